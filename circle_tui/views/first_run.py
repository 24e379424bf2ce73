"""Setting up a circle: its name, its members, its format.

Invariant: no circle is created here, and `make_circle` checks what was typed.
"""

from enum import Enum

from circle_tui.core.circle.circle import FORMATS, Format
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.name_list import read_names, spoken_names
from circle_tui.views import common, meeting_words, question
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.question import Question
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


_UNDERSTOOD = {
    SetupField.MEMBERS: "Tab, or enter on an empty line, goes on with {people}.",
    SetupField.FORMAT: "↑ ↓ chooses; enter creates the circle with {people}.",
}
"""The same, once it is understood who the members are."""


class FirstRunView(View, frozen=True, kw_only=True):
    """The formats to choose from; the screen itself holds what is typed."""

    formats: tuple[Row, ...]


def first_run_view(*, first: bool, field: SetupField | None, members: str = "") -> FirstRunView:
    """Setting up the first circle or another; `field` has the focus, None before any has it.

    `members` is what is typed in that field so far.
    """
    return FirstRunView(
        headline=("Welcome: set up your circle" if first else "A new circle",),
        status=_status(first=first, field=field, members=members),
        actions=_actions(first=first, field=field),
        formats=tuple(map(_format_row, FORMATS.values())),
    )


def why_not_name(name: str) -> str | None:
    """Why the setup cannot continue with the members yet; None if it can."""
    return None if name.strip() else "The circle has no name yet: type one."


def doubtful(members: str) -> AmbiguousError | None:
    """What is to be asked about the names that were typed; None where they can mean one thing."""
    try:
        read_names(members)
    except AmbiguousError as asked:
        return asked
    except RuleError:
        # The rules say so when the circle is made.
        return None
    return None


def ask_who_is_meant(asked: AmbiguousError) -> Question:
    """Which people are meant: how many they are says more than commas do."""
    answers = (spoken_names(read_names(reading)) for reading in asked.readings)
    return question.which_reading(asked, *answers)


def ask_whether_a_second(name: str) -> Question:
    """Whether to make a second circle of the same name and people."""
    return question.ask(
        f"There is a circle “{name}” of these people already.",
        "Open that one",
        "Make a second one",
        leaves="esc goes back to the names",
    )


OPEN_THAT_ONE = 1
"""The number of that answer."""


def _status(*, first: bool, field: SetupField | None, members: str) -> str:
    if field in _UNDERSTOOD and members.strip():
        try:
            return _UNDERSTOOD[field].format(people=spoken_names(read_names(members)))
        except RuleError as refused:
            return str(refused) if field is SetupField.FORMAT else _STATUS[field]
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
