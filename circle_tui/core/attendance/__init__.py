"""Attendance: the facts that members and leads may see, and the figures derived from them.

Invariant: nothing in this package can hold what a member said.
"""
