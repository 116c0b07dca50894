"""Notebooks run by papermill: in processes forked for them, or in ordinary kernels.

In: notebooks and a loaded run. Out: executed notebooks, or why one failed. Knows nothing of
documents. May use `notebook` and every room below it.
"""
