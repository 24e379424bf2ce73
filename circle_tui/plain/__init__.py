"""The meeting line by line: for screen readers, braille displays, dumb terminals and pipes.

Invariant: it says what the views say and sends the commands that they offer; it rules nothing.
"""
