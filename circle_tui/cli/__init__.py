"""The command line. Invariant: a failed command never exits 0, and never shows a traceback."""
