"""One circle between its meetings: members, covenant, settings, schedule and commitments.

Invariant: a `CircleState` is a frozen value; a circle command returns a new one or raises
`RuleError`.
"""
