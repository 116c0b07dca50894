"""What the command does, a module each: build, verify, diff, bundle, audit, import, start, batch.

In: a project and what was asked for. Out: files in `outputs/`, and what to tell. The one room
that writes outputs. May use every room below.
"""
