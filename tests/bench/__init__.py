"""Measurements, run by hand: `python -m tests.bench [PART …]` prints them as a table.

Invariant: every figure is a ratio, or a rate, of things measured in one and the same run, by
turns, so that a slow or busy machine slows both. Nothing here is asserted by a test.
"""
