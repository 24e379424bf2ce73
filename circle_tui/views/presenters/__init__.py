"""What each place remembers while it's shown: the cursor, what is open, what is only marked so far.

Invariant: pure like the views; nothing here draws, saves or reads a file. A presenter hands an
intent back wherever something has to be done that isn't its own.
"""
