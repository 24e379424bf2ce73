"""Contracts between two to five members: their words, their terms, and how they are judged.

Invariant: everything here is pure. A command returns a new `CircleState` or raises `RuleError`;
what state a contract is in is derived from its documents and the moment, and never stored.
"""
