"""The way *reviewed*: a peer says whether the text was met, and may give another figure.

Invariant: a figure that differs from the text's has a written reason of at least a sentence.
"""

from fractions import Fraction

from circle_tui.core import text
from circle_tui.core.contracts import shares
from circle_tui.core.contracts.contract import Reviewed
from circle_tui.core.errors import RuleError

RUBRIC_AT_LEAST, RUBRIC_AT_MOST = 3, 5
USUAL_RUBRIC = ("outcome", "effort", "quality", "circumstances")
"""The first word of a rubric is about what came of it, in whichever language it is."""

SHORTEST_REASON = 20
"""Characters; a sentence has more."""


def as_written(met: bool) -> Fraction:
    """The share that is returned if the reviewer keeps to the text."""
    return shares.WHOLE if met else shares.NOTHING


def changed(before: Fraction, typed: str) -> Fraction:
    """The figure typed in place of `before`.

    Raises `RuleError` for text that is no figure, and for a figure equal to `before`.
    """
    figure = shares.read_figure(typed)
    if figure == before:
        raise RuleError("That's what it says as written. Esc, then Enter leaves it at that.")
    return figure


def check_reason(reason: str) -> str:
    """The reason as it is stored. Raises `RuleError` if it is shorter than a sentence."""
    cleaned = text.words(reason)
    if len(cleaned) < SHORTEST_REASON:
        raise RuleError("Your reason makes it fair: please write a sentence.")
    return cleaned


def unsettled(judged: Reviewed) -> tuple[str, ...]:
    """What is missing in the rubric, each as the end of a sentence."""
    enough = RUBRIC_AT_LEAST <= len(judged.rubric) <= RUBRIC_AT_MOST
    return () if enough else ("a rubric of three to five words",)
