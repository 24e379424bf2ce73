"""The one way in which a rule says no.

Invariant: a refusal is one clear sentence for people, and whoever was refused has changed
nothing.
"""


class CircleError(Exception):
    """Base of every error with a sentence for people; `str()` is that sentence."""


class RuleError(CircleError):
    """What was asked cannot be done; `str()` is the sentence that says why, or what to do."""
