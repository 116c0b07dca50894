"""One number: its exact value, its formula, its source, and the ratio functions.

In: cells' values and other numbers. Out: figures with all that stands behind them. Pure: nothing
here opens a file or knows a table. May use `errors` alone.
"""
