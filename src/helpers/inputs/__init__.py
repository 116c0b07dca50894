"""What a run is given, read: parameters, tables, texts, notebooks, score sheets, fingerprints.

In: files of a project. Out: typed values, every cell with its place, and what is wrong with it.
Opens all inputs but given fonts. May use `figures` and the modules below the rooms.
"""
