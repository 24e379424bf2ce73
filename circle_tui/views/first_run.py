"""Setting up a circle: its name, its members, its format.

Invariant: no circle is created here, and `make_circle` checks what was typed.
"""

from enum import Enum

from circle_tui.core.circle.circle import FORMATS, Format
from circle_tui.views import common, meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Action, Intent, Local, Move, Offer, Request, Row, View, offered


class SetupField(Enum):
    """The fields, in the order in which they are filled in."""

    NAME = "name"
    MEMBERS = "members"
    FORMAT = "format"


LABELS = {
    SetupField.NAME: "Name of the circle",
    SetupField.MEMBERS: "Members, with commas or one a line",
    SetupField.FORMAT: "Format",
}
EXAMPLE_NAME = "Harbour Circle"
"""The placeholder while no name is typed."""

FORMAT_KEYS = tuple(FORMATS)
"""The key of each format, in the order of the rows."""

_STATUS = {
    SetupField.NAME: "Enter goes on to the members.",
    SetupField.MEMBERS: "Tab, or enter on an empty line, goes on to the format.",
    SetupField.FORMAT: "↑ ↓ chooses; enter creates the circle.",
}


class FirstRunView(View, frozen=True, kw_only=True):
    """The formats to choose from; the screen itself holds what is typed."""

    formats: tuple[Row, ...]


def first_run_view(*, first: bool, field: SetupField | None) -> FirstRunView:
    """Setting up the first circle or another; `field` has the focus, None before any has it."""
    return FirstRunView(
        headline=("Welcome: set up your circle" if first else "A new circle",),
        status=_status(first=first, field=field),
        actions=_actions(first=first, field=field),
        formats=tuple(map(_format_row, FORMATS.values())),
    )


def why_not_name(name: str) -> str | None:
    """Why the setup cannot continue with the members yet; None if it can."""
    return None if name.strip() else "The circle has no name yet: type one."


def _status(*, first: bool, field: SetupField | None) -> str:
    if field is not None:
        return _STATUS[field]
    if first:
        return "Type the circle's name, or press d to look at the demo first."
    return "Type the circle's name."


def _actions(*, first: bool, field: SetupField | None) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {"next_field": Local.NEXT_FIELD}
    if field is None:
        offers |= {"name": Local.NEXT_FIELD, "demo": Request.DEMO, "back": _back(first=first)}
    else:
        offers["back"] = Local.BACK
    if field is SetupField.FORMAT:
        offers |= {"create": Local.SELECT, "previous": Move(-1), "next": Move(1)}
    return offered(TABLE[Place.FIRST_RUN], offers)


def _back(*, first: bool) -> Offer:
    if first:
        return Offer(Local.NOWHERE, common.NOTHING_BEHIND)
    return Offer(Request.CHOOSE_CIRCLE)


def _format_row(preset: Format) -> Row:
    share = f"{meeting_words.minutes(preset.share)} each"
    length = meeting_words.minutes(preset.length) if preset.meets else "no meeting"
    details = " · ".join((preset.people, str(preset.rhythm), length, share))
    return Row("", f"{preset.title:<14}{details}")
