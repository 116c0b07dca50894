"""Tables become figures, and figures scores, by the rubric.

In: tables and parameters, as `inputs` gives them. Out: the ledger of figures, the indicators, the
score sheets. Pure: nothing here opens a file. May use `inputs` for its types, and `figures`.
"""
