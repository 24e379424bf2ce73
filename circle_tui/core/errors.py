"""The errors that carry a sentence for people.

Invariant: a command that raises one has changed nothing, and `str()` is a sentence to show.
"""


class CircleError(Exception):
    """Base of every error with a sentence for people; `str()` is that sentence."""


class RuleError(CircleError):
    """A command cannot be done; `str()` is the sentence that says why, or what to do instead."""


class AmbiguousError(RuleError):
    """The typed text has several possible meanings.

    `readings` has for each meaning a text that can be typed instead of all of it, and means only
    that. `typed` is the part that the doubt is about.
    """

    def __init__(self, sentence: str, readings: tuple[str, ...], typed: str) -> None:
        super().__init__(sentence)
        self.readings = readings
        self.typed = typed
