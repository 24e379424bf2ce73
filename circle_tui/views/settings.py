"""The settings of a circle, one row each.

Invariant: a row shows the current value, and one key changes it. The commands in
`core.circle.settings` decide what may be typed.
"""

from collections.abc import Callable
from typing import ClassVar

from msgspec import Struct

from circle_tui.core.circle import settings
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views import every_screen, meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import (
    Action,
    Ask,
    Execute,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    View,
    execute,
    offered,
)

_LABEL_CELLS = 15
"""So that the values of all cards stand below each other."""

_THE_CIRCLE, _A_MEETING, _CONTRACTS, _ON_THE_SCREEN = range(4)
CARDS = ("The circle", "A meeting", "Contracts", "On the screen")
"""The cards, from the top."""

Blocked = Callable[[CircleCommand[...]], str | None]
"""Why a meeting under way blocks a command, if it does."""

FROM_NEXT_MEETING = "It applies from the next meeting."


class SettingsView(View, frozen=True, kw_only=True):
    """A row for each setting of this circle's format, card by card; a card may have none.

    `explained` is what the setting with the cursor means.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", numbered=True),
        SpokenField("explained"),
    )

    cards: tuple[tuple[Row, ...], ...]
    explained: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order of the cursor."""
        return tuple(row for card in self.cards for row in card)


class _TypedSetting(Struct, frozen=True):
    """A setting that is typed.

    `shown` gives its value in words, `typed` the text that the field begins with.
    """

    label: str
    shown: Callable[[Circle], str]
    question: str
    typed: Callable[[Circle], str]
    command: CircleCommand[...]
    explained: str
    card: int
    args: tuple[int, ...] = ()

    def row(self, circle: Circle, *, dark: bool) -> Row:
        return Row("", self.shown(circle), name=f"{self.label:<{_LABEL_CELLS}}")

    def change(self, circle: Circle, blocked: Blocked) -> Offer:
        ask = Ask(self.question, self.command, self.args, self.typed(circle))
        return Offer(ask, blocked(self.command))


class _Switch(Struct, frozen=True):
    """A setting that is on or off, with a text for each."""

    label: str
    what: settings.Switch
    on: str
    off: str
    explained: str
    card: int

    def row(self, circle: Circle, *, dark: bool) -> Row:
        return Row(
            "",
            self.on if getattr(circle, self.what) else self.off,
            name=f"{self.label:<{_LABEL_CELLS}}",
        )

    def change(self, circle: Circle, blocked: Blocked) -> Offer:
        return Offer(execute(settings.switch, self.what), blocked(settings.switch))


class _Look(Struct, frozen=True):
    """Dark or light: each user's own, and not the circle's."""

    label: str
    explained: str
    card: int

    def row(self, circle: Circle, *, dark: bool) -> Row:
        return Row("", "dark" if dark else "light", name=f"{self.label:<{_LABEL_CELLS}}")

    def change(self, circle: Circle, blocked: Blocked) -> Offer:
        return Offer(Local.THEME)


_Setting = _TypedSetting | _Switch | _Look


def settings_view(
    snapshot: CircleSnapshot, *, cursor: int, asking: bool, dark: bool = True
) -> SettingsView:
    """The settings with the cursor on one of them.

    `asking` is whether text is being typed, `dark` whether the screen has its dark look.
    """
    circle = snapshot.circle
    all_settings = _settings_of(snapshot.state)
    # There may have been one more, until a contract was taken back.
    chosen = all_settings[min(cursor, len(all_settings) - 1)]
    return SettingsView(
        headline=(circle.name, "settings"),
        status=_status(circle, chosen, asking=asking),
        actions=_actions(snapshot, chosen, asking=asking),
        cards=tuple(
            tuple(each.row(circle, dark=dark) for each in all_settings if each.card == card)
            for card in range(len(CARDS))
        ),
        explained=chosen.explained,
    )


def shown(does: Ask) -> Callable[[Circle], str] | None:
    """How the setting that `does` asks for is shown; None for words, which say it themselves."""
    if does.command in {settings.rename, settings.set_prompt}:
        return None
    for each in (*_OF_A_CIRCLE, _JUDGED_A_MONTH):
        if isinstance(each, _TypedSetting) and each.command is does.command:
            return each.shown
    return None


def turns_bell_on(does: Execute, circle: Circle) -> bool:
    """Whether `does` has just turned the bell on; it rings once then, so that it is known."""
    return does == execute(settings.switch, "bell") and circle.bell


def _status(circle: Circle, chosen: _Setting, *, asking: bool) -> str:
    if asking:
        return every_screen.TYPING
    if isinstance(chosen, _Look):
        return "Enter changes it right away, just for you."
    if circle.preset.meets and chosen.card != _CONTRACTS:
        return f"Enter changes it. {FROM_NEXT_MEETING}"
    return "Enter changes it."


def _actions(snapshot: CircleSnapshot, chosen: _Setting, *, asking: bool) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.SETTINGS], {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        "change": chosen.change(snapshot.circle, snapshot.blocked_by_meeting),
        "back": Request.HOME,
    }
    return offered(TABLE[Place.SETTINGS], offers)


def _settings_of(state: CircleState) -> tuple[_Setting, ...]:
    """Card by card; only a circle that has made a contract has a card about them."""
    listed = _OF_A_CIRCLE if state.circle.preset.meets else _OF_A_PAIR
    if not state.contracts:
        return listed
    return tuple(sorted((*listed, _JUDGED_A_MONTH), key=lambda setting: setting.card))


def _judged_a_month(circle: Circle) -> str:
    most = circle.judged_a_month
    return "one at most" if most == 1 else f"{most} at most"


def _meetings(circle: Circle) -> str:
    return "1 meeting" if circle.cycle == 1 else f"{circle.cycle} meetings"


def _share(label: str, question: str, explained: str, card: int) -> _TypedSetting:
    return _TypedSetting(
        label,
        lambda circle: meeting_words.minutes(circle.share),
        question,
        lambda circle: settings.as_typed(circle.share),
        settings.set_share,
        explained,
        card,
    )


def _response(label: str, which: int) -> _TypedSetting:
    return _TypedSetting(
        label,
        lambda circle: meeting_words.quoted(circle.prompts[which]),
        f"The {label.lower()}, in your own words or language:",
        lambda circle: circle.prompts[which],
        settings.set_prompt,
        "After a share you say one of these two, and nothing else.",
        _A_MEETING,
        (which,),
    )


_NAME = _TypedSetting(
    "Name",
    lambda circle: circle.name,
    "What is the circle called?",
    lambda circle: circle.name,
    settings.rename,
    "What you call your circle. Its file keeps its name.",
    _THE_CIRCLE,
)
_ZONE = _TypedSetting(
    "Time zone",
    lambda circle: circle.zone,
    "Which time zone? Like Europe/London.",
    lambda circle: circle.zone,
    settings.set_zone,
    "Where your clocks are. Changing it doesn't move any meeting.",
    _THE_CIRCLE,
)
_JUDGED_A_MONTH = _TypedSetting(
    "Judging",
    _judged_a_month,
    "How many contracts of others may one person judge in a month?",
    lambda circle: str(circle.judged_a_month),
    settings.set_judged_a_month,
    "How many contracts of others you may judge in a month, so nobody is asked too often.",
    _CONTRACTS,
)
_LOOK = _Look("Look", "Dark or light, just for you, on this computer.", _ON_THE_SCREEN)
_OF_A_CIRCLE: tuple[_Setting, ...] = (
    _NAME,
    _TypedSetting(
        "Rhythm",
        lambda circle: str(circle.rhythm),
        "How often do you meet? Like every 2 weeks, every 10 days, or monthly.",
        lambda circle: str(circle.rhythm),
        settings.set_rhythm,
        "How often you meet, always at the same time of day.",
        _THE_CIRCLE,
    ),
    _TypedSetting(
        "Cycle",
        _meetings,
        "How many meetings until you look back?",
        lambda circle: str(circle.cycle),
        settings.set_cycle,
        "After this many meetings you look back, and choose how to continue.",
        _THE_CIRCLE,
    ),
    _ZONE,
    _Switch(
        "Clock",
        "twelve_hours",
        "12 hours: 6:30 pm",
        "24 hours: 18:30",
        "How times of day are written.",
        _THE_CIRCLE,
    ),
    _share(
        "Each share",
        "How many minutes does each person have?",
        "The time each person has to share. You can add a minute in the meeting.",
        _A_MEETING,
    ),
    _TypedSetting(
        "Meeting",
        lambda circle: meeting_words.minutes(circle.length),
        "How many minutes does a meeting take?",
        lambda circle: settings.as_typed(circle.length),
        settings.set_length,
        "How long a whole meeting takes.",
        _A_MEETING,
    ),
    _TypedSetting(
        "Responses",
        lambda circle: f"{meeting_words.minutes(circle.response)} for everyone",
        "How many minutes for all responses to one share?",
        lambda circle: settings.as_typed(circle.response),
        settings.set_response,
        "The time for everyone's responses to one share.",
        _A_MEETING,
    ),
    _response("First response", 0),
    _response("Second response", 1),
    _Switch(
        "Passing up",
        "passes_up",
        "asked after each meeting",
        "off",
        "If there's a circle above yours: after a meeting you choose what they hear, line by line.",
        _A_MEETING,
    ),
    _LOOK,
    _Switch(
        "Digits",
        "digits",
        "always shown",
        "last minute only",
        "Whether the minutes and seconds are shown during a share.",
        _ON_THE_SCREEN,
    ),
    _Switch(
        "Overtime",
        "overtime",
        "counted",
        "not counted",
        "When time is up, the clock keeps counting, or stops.",
        _ON_THE_SCREEN,
    ),
    _Switch(
        "Bell",
        "bell",
        "rings at the end",
        "silent",
        "Whether the computer rings once when a share's time is up.",
        _ON_THE_SCREEN,
    ),
)
_OF_A_PAIR: tuple[_Setting, ...] = (
    _NAME,
    _ZONE,
    _share(
        "Each recording",
        "How many minutes does each record for the other?",
        "How long each of you records for the other.",
        _THE_CIRCLE,
    ),
    _LOOK,
)
