"""The rules of a circle: no file, no screen, no clock, no randomness.

Invariant: everything here is a value or a pure function of values. Moments are passed in as aware
UTC `datetime`s, lengths are `timedelta`s, members are ids. Nothing here imports another package of
the program.
"""
