"""Setting up a circle: its name, its members, its format.

Invariant: no circle is created here, and `make_circle` checks what was typed. The view shows how
the typed members are understood, so that people see a wrongly split list before they accept it.
"""

from enum import Enum

from circle_tui.core.circle.circle import FORMATS, Format
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.name_list import names_so_far, read_names, spoken_names
from circle_tui.views import meeting_words, question
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.question import Question
from circle_tui.views.ring import RingFace, Seat, SeatState
from circle_tui.views.view import Action, Intent, Local, Move, Offer, Request, Row, View, offered


class SetupField(Enum):
    """The fields, in the order in which they are filled in."""

    NAME = "name"
    MEMBERS = "members"
    FORMAT = "format"


LABELS = {
    SetupField.NAME: "Name of the circle",
    SetupField.MEMBERS: "Members",
    SetupField.FORMAT: "Format",
}
EXAMPLE_NAME = "Harbour Circle"
"""The placeholder while no name is typed."""

FORMAT_KEYS = tuple(FORMATS)
"""The key of each format, in the order of the rows."""

LOSES_DRAFT = "You'll lose what you typed here. Press the same key again to leave."
NOTHING_BEHIND = "There's nothing to go back to. Ctrl+C quits."

_STATUS = {
    SetupField.NAME: "Type a name, then Enter.",
    SetupField.MEMBERS: "Tab continues, or Enter on an empty line.",
    SetupField.FORMAT: "↑ ↓ to choose · Enter creates the circle",
}
_FIRST_STATUS = "Welcome! Type a name for your circle, then Enter. F2 shows a demo."
_HOW_TO_TYPE = "Who is in it? Put commas between names, or one name on each line."
_EXPLAINED = {
    "peer-circle": (
        "{figures}. The usual one. Everyone shares in turn, and the others listen and respond."
    ),
    "pod": "{figures}. What you said you'd do, what got in the way, what's next.",
    "movement-pod": (
        "{figures}. Each works on one strategic behaviour, and checks in between meetings."
    ),
    "trading-pair": "{figures}. You don't meet: each week, you record for each other.",
}


class FirstRunView(View, frozen=True, kw_only=True):
    """The formats to choose from; the screen itself holds what is typed.

    `names` are the members as they are understood so far; `understood` is a sentence about them, or
    about why they cannot be read. `explained` is what the chosen format means.
    """

    formats: tuple[Row, ...]
    names: tuple[str, ...] = ()
    understood: str = ""
    explained: str = ""
    face: RingFace = RingFace()


def first_run_view(
    *,
    first: bool,
    field: SetupField | None,
    name: str = "",
    members: str = "",
    cursor: int = 0,
) -> FirstRunView:
    """Setting up the first circle or another; `field` has the focus (None if none has it yet).

    `name` and `members` are what is typed so far, `cursor` is the row of the chosen format.
    """
    field = field or SetupField.NAME
    names, understood = _understood(members)
    return FirstRunView(
        headline=("Set up your circle" if first else "A new circle",),
        status=_FIRST_STATUS if first and field is SetupField.NAME else _STATUS[field],
        actions=_actions(first=first, field=field),
        formats=tuple(map(_format_row, FORMATS.values())),
        names=names,
        understood=understood,
        explained=_explained(FORMATS[FORMAT_KEYS[cursor]]),
        face=_face(name, names),
    )


def why_not_name(name: str) -> str | None:
    """Why the setup cannot continue with the members yet; None if it can."""
    return None if name.strip() else "Your circle has no name yet. Type one."


def _understood(members: str) -> tuple[tuple[str, ...], str]:
    """The names in the typed text, and the sentence about them."""
    try:
        names = names_so_far(members)
    except RuleError as refused:
        return (), str(refused)
    if len(names) > 1:
        return names, f"{spoken_names(names)}."
    return names, f"1 person: {names[0]}. Add someone." if names else _HOW_TO_TYPE


def doubtful(members: str) -> AmbiguousError | None:
    """The error to ask about if the typed names are ambiguous; None if they are not."""
    try:
        read_names(members)
    except AmbiguousError as asked:
        return asked
    except RuleError:
        # `make_circle` refuses this when the circle is made.
        return None
    return None


def ask_who_is_meant(asked: AmbiguousError) -> Question:
    """The question which people are meant; each answer says how many they are."""
    answers = (spoken_names(read_names(reading)) for reading in asked.readings)
    return question.which_reading(asked, *answers)


def ask_whether_a_second(name: str) -> Question:
    """The question whether to make a second circle of the same name and people."""
    return question.ask(
        f"There's a circle “{name}” with these people already.",
        "Open that one",
        "Make a second one",
        leaves="Esc goes back to the names",
    )


OPEN_THAT_ONE = 1
"""The number of the answer that opens the existing circle."""


def _face(name: str, names: tuple[str, ...]) -> RingFace:
    """The ring as seats are added: full as soon as the circle can meet."""
    return RingFace(
        tuple(Seat(each, SeatState.DONE) for each in names),
        remaining=1.0 if len(names) > 1 else 0.0,
        caption=name.strip() or "Your circle",
        note=f"{len(names)} people" if len(names) > 1 else "",
    )


def _actions(*, first: bool, field: SetupField) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "next_field": Local.NEXT_FIELD,
        "demo": Request.DEMO,
        "back": Local.BACK,
    }
    if field is SetupField.NAME:
        offers["back"] = (
            Offer(Local.NOWHERE, NOTHING_BEHIND) if first else Offer(Request.CHOOSE_CIRCLE)
        )
    if field is SetupField.FORMAT:
        offers |= {"create": Local.SELECT, "previous": Move(-1), "next": Move(1)}
    return offered(TABLE[Place.FIRST_RUN], offers)


def _format_row(preset: Format) -> Row:
    return Row("", preset.people, str(preset.rhythm), name=preset.title)


def _explained(preset: Format) -> str:
    share = f"{meeting_words.minutes(preset.share)} each"
    length = f"{meeting_words.minutes(preset.length)}, " if preset.meets else ""
    return _EXPLAINED[preset.key].format(figures=f"{length}{share}")
