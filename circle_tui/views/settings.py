"""The settings of a circle, one row each.

Invariant: a row shows the current value, and one key changes it. The commands in
`core.circle.settings` decide what may be typed.
"""

from collections.abc import Callable

from msgspec import Struct

from circle_tui.core.circle import settings
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views import common, meeting_words
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
    View,
    offered,
)

_LABEL_CELLS = 16


class SettingsView(View, frozen=True, kw_only=True):
    """A row for each setting of this circle's format."""

    rows: tuple[Row, ...]


class _TypedSetting(Struct, frozen=True):
    """A setting that is typed.

    `shown` gives its value in words, `typed` the text that the field begins with.
    """

    label: str
    shown: Callable[[Circle], str]
    question: str
    typed: Callable[[Circle], str]
    command: CircleCommand[...]
    args: tuple[int, ...] = ()

    def row(self, circle: Circle) -> Row:
        return Row(" ", f"{self.label:<{_LABEL_CELLS}}{self.shown(circle)}")

    def change(self, circle: Circle) -> Ask:
        return Ask(self.question, self.command, self.args, self.typed(circle))


class _Switch(Struct, frozen=True):
    """A setting that is on or off, with a text for each."""

    label: str
    what: settings.Switch
    on: str
    off: str

    @property
    def command(self) -> CircleCommand[...]:
        return settings.switch

    def row(self, circle: Circle) -> Row:
        is_on = getattr(circle, self.what)
        value = self.on if is_on else self.off
        return Row("●" if is_on else "○", f"{self.label:<{_LABEL_CELLS}}{value}")

    def change(self, circle: Circle) -> Execute:
        return Execute(self.command, (self.what,))


def settings_view(snapshot: CircleSnapshot, *, cursor: int, asking: bool) -> SettingsView:
    """The settings with the cursor on one of them; `asking` is whether text is being typed."""
    circle = snapshot.circle
    all_settings = _settings_of(circle)
    return SettingsView(
        headline=(circle.name, "settings"),
        status=_status(circle, asking=asking),
        actions=_actions(snapshot, all_settings[cursor], asking=asking),
        rows=tuple(setting.row(circle) for setting in all_settings),
    )


def shown(does: Ask) -> Callable[[Circle], str] | None:
    """How the setting that `does` asks for is shown; None for words, which say it themselves."""
    if does.command in {settings.rename, settings.set_prompt}:
        return None
    for each in _OF_A_CIRCLE:
        if isinstance(each, _TypedSetting) and each.command is does.command:
            return each.shown
    return None


def turns_bell_on(does: Execute, circle: Circle) -> bool:
    """Whether `does` has just turned the bell on; it rings once then, so that it is known."""
    return does == Execute(settings.switch, ("bell",)) and circle.bell


def _status(circle: Circle, *, asking: bool) -> str:
    if asking:
        return common.TYPING
    if circle.preset.meets:
        return "Enter changes the chosen one. It counts from the next meeting."
    return "Enter changes the chosen one."


def _actions(
    snapshot: CircleSnapshot, chosen: _TypedSetting | _Switch, *, asking: bool
) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.SETTINGS], {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        "change": Offer(
            chosen.change(snapshot.circle), snapshot.blocked_by_meeting(chosen.command)
        ),
        "back": Request.HOME,
    }
    return offered(TABLE[Place.SETTINGS], offers)


def _settings_of(circle: Circle) -> tuple[_TypedSetting | _Switch, ...]:
    return _OF_A_CIRCLE if circle.preset.meets else _OF_A_PAIR


def _meetings(circle: Circle) -> str:
    return "1 meeting" if circle.cycle == 1 else f"{circle.cycle} meetings"


def _share(label: str, question: str) -> _TypedSetting:
    return _TypedSetting(
        label,
        lambda circle: meeting_words.minutes(circle.share),
        question,
        lambda circle: settings.as_typed(circle.share),
        settings.set_share,
    )


def _response(label: str, which: int) -> _TypedSetting:
    return _TypedSetting(
        label,
        lambda circle: meeting_words.quoted(circle.prompts[which]),
        f"The {label.lower()}, in your own language; there are two, and no third.",
        lambda circle: circle.prompts[which],
        settings.set_prompt,
        (which,),
    )


_NAME = _TypedSetting(
    "Name",
    lambda circle: circle.name,
    "What is the circle called?",
    lambda circle: circle.name,
    settings.rename,
)
_ZONE = _TypedSetting(
    "Time zone",
    lambda circle: circle.zone,
    "In which time zone? As in Europe/London. No meeting moves.",
    lambda circle: circle.zone,
    settings.set_zone,
)
_OF_A_CIRCLE: tuple[_TypedSetting | _Switch, ...] = (
    _NAME,
    _share("Each share", "How many minutes has each person?"),
    _TypedSetting(
        "Meeting",
        lambda circle: meeting_words.minutes(circle.length),
        "How many minutes does a meeting take?",
        lambda circle: settings.as_typed(circle.length),
        settings.set_length,
    ),
    _TypedSetting(
        "Responses",
        lambda circle: f"{meeting_words.minutes(circle.response)} for all",
        "How many minutes for all responses to one share?",
        lambda circle: settings.as_typed(circle.response),
        settings.set_response,
    ),
    _TypedSetting(
        "Rhythm",
        lambda circle: str(circle.rhythm),
        "How often? As in every 2 weeks, every 10 days, or monthly.",
        lambda circle: str(circle.rhythm),
        settings.set_rhythm,
    ),
    _TypedSetting(
        "Cycle",
        _meetings,
        "How many meetings until you look back?",
        lambda circle: str(circle.cycle),
        settings.set_cycle,
    ),
    _ZONE,
    _Switch("Clock", "twelve_hours", "12 hours: 6:30 pm", "24 hours: 18:30"),
    _Switch("Digits", "digits", "always there", "last minute only"),
    _Switch("Bell", "bell", "rings at the end", "silent"),
    _Switch("Overtime", "overtime", "counts on", "not counted"),
    _response("First response", 0),
    _response("Second response", 1),
)
_OF_A_PAIR: tuple[_TypedSetting | _Switch, ...] = (
    _NAME,
    _share("Each recording", "How many minutes does each record for the other?"),
    _ZONE,
)
