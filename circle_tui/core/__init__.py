"""The rules of a circle: no file, no screen, no clock, no randomness.

Invariant: everything here is a value or a function of values. Moments are handed in as aware UTC
`datetime`s, lengths are `timedelta`s, members are referred to by id. Nothing here imports another
room of the house.
"""
