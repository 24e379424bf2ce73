"""The errors that carry a sentence for people.

Invariant: a command that raises one has changed nothing, and `str()` is a sentence to show.
"""

NOTHING_TO_UNDO = "There's nothing to undo."
NOTHING_TO_REDO = "There's nothing to redo."


class CircleError(Exception):
    """Base of every error with a sentence for people; `str()` is that sentence."""


class RuleError(CircleError):
    """A command cannot be done; `str()` is the sentence that says why, or what to do instead."""


class AmbiguousError(RuleError):
    """The typed text has several possible meanings.

    `readings` has an unambiguous text for each meaning, which can be typed in place of the whole.
    `typed` is the ambiguous part.
    """

    def __init__(self, sentence: str, readings: tuple[str, ...], typed: str) -> None:
        super().__init__(sentence)
        self.readings = readings
        self.typed = typed
