"""What the command does, a module each: build, verify, diff, bundle, audit, import, start, batch.

In: a project and what was asked for. Out: files in `outputs/`, and what to tell. What
lies in `outputs/` is put there by this room alone. May use every room below.
"""
