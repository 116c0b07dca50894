"""What the command does, one module each: build, verify, compare, pack, audit, import, start, batch.

In: a project and what was asked for. Out: files in `outputs/`, and what to tell. The one room
that writes outputs. May use every room below.
"""
