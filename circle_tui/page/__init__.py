"""The page: a meeting followed in a browser, on a projector, on a phone, in a call.

Invariant: it runs in a process of its own and only reads, so a meeting never notices it.
"""
