"""The exit statuses.

Invariant: a failed command never exits with 0. From 128 on, a status is 128 plus the number of the
signal that ended the program.
"""

FINE = 0
PROBLEM = 1
"""Something could not be read, or written."""
WRONG_USAGE = 2
"""The command line makes no sense, for example because of an unknown option."""
FIRST_SIGNAL = 128
INTERRUPTED = FIRST_SIGNAL + 2
NOBODY_READS = FIRST_SIGNAL + 13
