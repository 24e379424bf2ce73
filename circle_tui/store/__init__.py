"""The only package that touches the disk: a circle's file, its journal, its lock, its folder.

Invariant: a change that was acknowledged survives a kill and a power cut. Every failure becomes one
sentence that a person can act on (`errors`), and no such sentence quotes what anybody said.
"""
