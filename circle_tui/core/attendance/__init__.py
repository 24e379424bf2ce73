"""Who came: the facts that anybody may see, and the figures and sentences derived from them.

Invariant: nothing in this package can hold what somebody said.
"""
