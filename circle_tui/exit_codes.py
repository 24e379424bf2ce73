"""How a run ends, as a shell is told.

Invariant: what did not come about never ends as what did. From 128 on they are as shells count
signals.
"""

FINE = 0
PROBLEM = 1
"""Something could not be read, or written."""
WRONG_USAGE = 2
"""What was asked for cannot be meant: as with an option that there is not."""
FIRST_SIGNAL = 128
INTERRUPTED = FIRST_SIGNAL + 2
NOBODY_READS = FIRST_SIGNAL + 13
