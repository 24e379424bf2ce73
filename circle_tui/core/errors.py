"""The errors that carry a sentence for people.

Invariant: a command that raises one has changed nothing, and `str()` is a sentence to show.
"""


class CircleError(Exception):
    """Base of every error with a sentence for people; `str()` is that sentence."""


class RuleError(CircleError):
    """What was asked cannot be done; `str()` is the sentence that says why, or what to do."""


class AmbiguousError(RuleError):
    """What was typed may mean several things.

    `readings` are those that can be meant, each as it can be typed to mean that one alone.
    """

    def __init__(self, sentence: str, readings: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.readings = readings
