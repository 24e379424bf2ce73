"""The only room that touches disk: a circle's file, its live journal, its lock, its folder.

Invariant: what was acknowledged is on the disk, whole, whatever dies in between; every failure
comes out as one sentence a person can act on (`failures`), and none of them quotes anybody's
words.
"""
