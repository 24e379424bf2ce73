"""Choosing one of several circles.

Invariant: every file has a row, also one that cannot be read. Circles with equal names are told
apart by their file names.
"""

from collections import Counter
from datetime import datetime
from functools import lru_cache
from typing import ClassVar, Protocol

from msgspec import Struct

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import AttendanceFacts
from circle_tui.core.circle import schedule
from circle_tui.core.text import clean
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.ring import RingFace, Seat, SeatState
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Say,
    SpokenField,
    View,
    offered,
)

CIRCLES = "Circles"

_NOTHING_TO_OPEN = "There's nothing to open yet. n sets up a circle."
_NO_CIRCLE = "No circle here yet. n sets one up, d shows a demo."
_READING = "reading…"


class CircleSummary(Struct, frozen=True, kw_only=True):
    """One file to choose.

    `slug` is the file's name without its suffix. `members` are the names of those whom a meeting
    expects; `meets` says when they meet next in a few letters, and `when`
    in full. `trouble` is the reason why the file cannot be read; the other fields are set only if
    it is None.
    """

    slug: str
    name: str = ""
    members: tuple[str, ...] = ()
    meets: str = ""
    when: str = ""
    sample: bool = False
    trouble: str | None = None
    copies: tuple[str, ...] = ()
    """A sentence for each other file of this circle, which is not the newest."""
    instead_of: tuple[str, ...] = ()
    """Paths of such files that were listed before."""

    @property
    def sort_key(self) -> tuple[str, str]:
        """By name; by the file's name if there is no name, or two are equal."""
        return (self.name or self.slug).casefold(), self.slug


class ChooseView(View, frozen=True, kw_only=True):
    """The circles of a folder; `explained` is about the one with the cursor, as is the `face`."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", CIRCLES, numbered=True),
        SpokenField("explained"),
    )

    rows: tuple[Row, ...]
    explained: str = ""
    face: RingFace = RingFace()


def circle_summary(
    slug: str,
    facts: AttendanceFacts,
    now: datetime,
    *,
    under_way: bool,
    copies: tuple[str, ...] = (),
    instead_of: tuple[str, ...] = (),
) -> CircleSummary:
    """What the list shows of a circle at `now` (aware UTC)."""
    circle = facts.circle
    when = ""
    if under_way:
        meets = "a meeting is under way"
    elif not circle.preset.meets:
        meets = str(circle.rhythm)
    elif schedule.resting(facts):
        meets = "resting"
    else:
        planned = schedule.planned(facts)
        meets = dates.large_day(planned, circle)
        when = dates.spoken_date(planned, circle)
    return CircleSummary(
        slug=slug,
        name=circle.name,
        members=tuple(member.name for member in facts.active),
        meets=meets,
        when=when,
        sample=circle.sample,
        copies=copies,
        instead_of=instead_of,
    )


class ChoosableCircle(Protocol):
    """A circle's file that can be chosen. If it has no `facts`, `trouble` says why."""

    @property
    def slug(self) -> str:
        """The name of its file."""

    @property
    def trouble(self) -> str | None:
        """Why it can't be read; None if it can."""

    @property
    def facts(self) -> AttendanceFacts | None:
        """What leads may know of it."""

    @property
    def under_way(self) -> bool:
        """Whether a meeting has begun and is not closed."""

    @property
    def copies(self) -> tuple[str, ...]:
        """A sentence for each older copy."""

    @property
    def instead_of(self) -> tuple[object, ...]:
        """Copies that were given before as choices of their own."""


def summary_of(choice: ChoosableCircle, now: datetime) -> CircleSummary:
    """What is shown of a circle, or why it can't be read."""
    if choice.facts is None:
        return CircleSummary(slug=choice.slug, trouble=choice.trouble)
    return circle_summary(
        choice.slug,
        choice.facts,
        now,
        under_way=choice.under_way,
        copies=choice.copies,
        instead_of=tuple(map(str, choice.instead_of)),
    )


def choose_view(
    choices: tuple[CircleSummary, ...],
    *,
    cursor: int,
    folder: str,
    came_from_circle: bool,
    reading: bool = False,
    waiting: bool = False,
) -> ChooseView:
    """The circles in `folder`, with the cursor on one of them if there are any.

    `came_from_circle` is whether there is a circle to go back to. `reading` is whether there may be
    more circles than these, or newer files of them; `waiting` is whether the one with the cursor
    opens once that is known.
    """
    chosen = choices[cursor] if choices else None
    return ChooseView(
        headline=("Which circle?", f"in {clean(folder)}", *([_READING] if reading else ())),
        status=_status(chosen, reading=reading, waiting=waiting),
        actions=_actions(chosen, came_from_circle=came_from_circle),
        rows=_rows(choices),
        explained=_explained(chosen),
        face=_face(chosen),
    )


def first_row(choices: tuple[CircleSummary, ...], before: int | None) -> int:
    """The cursor's first row: the circle open before, or the first that can be read."""
    readable = [row for row, choice in enumerate(choices) if choice.trouble is None]
    if before in readable:
        return before
    return readable[0] if readable else 0


def _status(chosen: CircleSummary | None, *, reading: bool, waiting: bool) -> str:
    if chosen is None:
        return "Looking for circles…" if reading else _NO_CIRCLE
    if chosen.trouble is not None:
        return chosen.trouble
    if waiting:
        return f"{chosen.name} opens as soon as all files are read."
    return " ".join(chosen.copies) or f"Enter opens {chosen.name}."


def _explained(chosen: CircleSummary | None) -> str:
    if chosen is None:
        return ""
    if chosen.trouble is not None:
        return "This one can't be opened."
    return text.join_with_and(list(chosen.members)) or "Everyone is away."


def _face(chosen: CircleSummary | None) -> RingFace:
    if chosen is None or chosen.trouble is not None:
        return RingFace(remaining=0.0)
    seats = tuple(Seat(name, SeatState.WAITING) for name in chosen.members)
    return RingFace(seats, caption=chosen.name, note=chosen.when or chosen.meets)


def _actions(chosen: CircleSummary | None, *, came_from_circle: bool) -> tuple[Action, ...]:
    why_not = chosen.trouble if chosen is not None else _NOTHING_TO_OPEN
    offers: dict[str, Offer | Intent] = {
        "open": Local.SELECT if why_not is None else Say(why_not),
        "previous": Move(-1),
        "next": Move(1),
        "new_circle": Request.NEW_CIRCLE,
        "demo": Request.DEMO,
        "back": Local.BACK
        if came_from_circle
        else Offer(Local.NOWHERE, every_screen.NOTHING_BEHIND),
    }
    return offered(TABLE[Place.CHOOSE], offers)


@lru_cache(maxsize=1)
def _rows(choices: tuple[CircleSummary, ...]) -> tuple[Row, ...]:
    names = Counter(choice.name for choice in choices if choice.trouble is None)

    def row(choice: CircleSummary) -> Row:
        slug = clean(choice.slug)
        if choice.trouble is not None:
            return Row("", "can't be read", dim=True, name=slug)
        name = choice.name if names[choice.name] == 1 else f"{choice.name} ({slug})"
        if choice.sample:
            return Row("", "the sample", name=name)
        count = len(choice.members)
        return Row("", "1 person" if count == 1 else f"{count} people", choice.meets, name=name)

    return tuple(map(row, choices))
