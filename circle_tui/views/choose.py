"""Choosing one of several circles.

Invariant: every file has a row, also one that cannot be read. Circles with equal names are told
apart by their file names.
"""

from collections import Counter

from msgspec import Struct

from circle_tui.core.text import clean
from circle_tui.views import common
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Say,
    View,
    offered,
)

_NOTHING_TO_OPEN = "There is nothing to open yet: n sets up a circle."


class CircleSummary(Struct, frozen=True, kw_only=True):
    """One file to choose.

    `slug` is the file's name without its suffix. `trouble` is the reason why the file cannot be
    read; the other fields are set only if it is None.
    """

    slug: str
    name: str = ""
    people: int = 0
    under_way: bool = False
    sample: bool = False
    trouble: str | None = None
    copies: tuple[str, ...] = ()
    """A sentence for each other file of this circle, which is not the newest."""


class ChooseView(View, frozen=True, kw_only=True):
    """The circles of a folder."""

    rows: tuple[Row, ...]


def choose_view(
    choices: tuple[CircleSummary, ...], *, cursor: int, folder: str, came_from_circle: bool
) -> ChooseView:
    """The circles in `folder`, with the cursor on one of them if there are any.

    `came_from_circle` is whether there is a circle to go back to.
    """
    return ChooseView(
        headline=("Which circle?", f"in {clean(folder)}"),
        status=_status(choices, cursor),
        actions=_actions(choices, cursor, came_from_circle=came_from_circle),
        rows=_rows(choices),
    )


def first_row(choices: tuple[CircleSummary, ...], before: int | None) -> int:
    """The cursor's first row: the circle open before, or the first that can be read."""
    readable = [row for row, choice in enumerate(choices) if choice.trouble is None]
    if before in readable:
        return before
    return readable[0] if readable else 0


def _status(choices: tuple[CircleSummary, ...], cursor: int) -> str:
    if not choices:
        return "No circle here yet: n sets one up."
    return choices[cursor].trouble or " ".join(choices[cursor].copies)


def _actions(
    choices: tuple[CircleSummary, ...], cursor: int, *, came_from_circle: bool
) -> tuple[Action, ...]:
    why_not = choices[cursor].trouble if choices else _NOTHING_TO_OPEN
    offers: dict[str, Offer | Intent] = {
        "open": Local.SELECT if why_not is None else Say(why_not),
        "previous": Move(-1),
        "next": Move(1),
        "new_circle": Request.NEW_CIRCLE,
        "demo": Request.DEMO,
        "back": Local.BACK if came_from_circle else Offer(Local.NOWHERE, common.NOTHING_BEHIND),
    }
    return offered(TABLE[Place.CHOOSE], offers)


def _rows(choices: tuple[CircleSummary, ...]) -> tuple[Row, ...]:
    names = Counter(choice.name for choice in choices if choice.trouble is None)

    def row(choice: CircleSummary) -> Row:
        slug = clean(choice.slug)
        if choice.trouble is not None:
            return Row("!", slug, "cannot be read", dim=True)
        name = choice.name if names[choice.name] == 1 else f"{choice.name} ({slug})"
        if choice.sample:
            return Row("○", name, "the sample")
        if choice.under_way:
            return Row("○", name, "a meeting is under way")
        return Row("○", name, f"{choice.people} people")

    return tuple(map(row, choices))
