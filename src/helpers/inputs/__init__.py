"""What a run is given, read: parameters, tables, texts, notebooks, score sheets, fingerprints.

In: files of a project. Out: typed values, every cell with its place, and what is wrong with it.
The one room that opens inputs. May use `figures` and `errors`.
"""
