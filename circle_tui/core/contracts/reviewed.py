"""The way *reviewed*: what the text says, unless a peer changes it and says why.

Invariant: a figure other than the one as written has a reason of at least a sentence, in writing.
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
    """What comes back where the reviewer lets stand what the text says."""
    return shares.WHOLE if met else shares.NOTHING


def changed(before: Fraction, typed: str) -> Fraction:
    """The figure typed instead of the one there is.

    Raises `RuleError` for what is none, and for the same figure once more.
    """
    figure = shares.read_figure(typed)
    if figure == before:
        raise RuleError("That's what it says as written. Esc, then Enter leaves it at that.")
    return figure


def check_reason(reason: str) -> str:
    """The reason as it is kept. Raises `RuleError` where it is less than a sentence."""
    cleaned = text.words(reason)
    if len(cleaned) < SHORTEST_REASON:
        raise RuleError("Your reason makes it fair: please write a sentence.")
    return cleaned


def unsettled(judged: Reviewed) -> tuple[str, ...]:
    """What of the rubric is still to be settled, each as the end of a sentence."""
    enough = RUBRIC_AT_LEAST <= len(judged.rubric) <= RUBRIC_AT_MOST
    return () if enough else ("a rubric of three to five words",)
