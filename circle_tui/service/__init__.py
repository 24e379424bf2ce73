"""One circle on this machine: commands, undo and redo over its file, its lock and its journal.

Invariant: a change is on the disk before it is visible.
"""
