"""What a report shows, as data: headings, paragraphs, tables, figures, and words with numbers.

In: numbers and texts. Out: blocks, as JSON that travels in an executed notebook, and as HTML.
Knows nothing of runs and notebooks. May use `figures` and below.
"""
