"""Executed sections made into documents: page, PDF, Word, official forms.

In: executed notebooks and a loaded run. Out: names and bytes of documents. Knows nothing of how
notebooks are run. May use `notebook` and every room below it.
"""
