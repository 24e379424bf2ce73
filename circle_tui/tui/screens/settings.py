"""The settings of a circle, on one screen.

Invariant: a row says how it is now, one key changes it, and it is in the file at once. What may
be typed is for the rules to say; what they refuse stays in the field.
"""

from collections.abc import Callable, Iterator
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from circle_tui.core.circle import settings
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.keys import UP_DOWN
from circle_tui.tui.screens.old_between import OldCircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import meeting_words
from circle_tui.views.view import Row

LABEL_CELLS = 16


class Asked(NamedTuple):
    """A setting that is typed: what is asked, and what stands in the field to begin with."""

    label: str
    shown: Callable[[Circle], str]
    question: str
    typed: Callable[[Circle], str]
    change: CircleCommand[[str]]


class Switched(NamedTuple):
    """A setting that is on or off, and what each of the two means."""

    label: str
    what: settings.Switch
    on: str
    off: str


_NAME = Asked(
    "Name",
    lambda circle: circle.name,
    "What is the circle called?",
    lambda circle: circle.name,
    settings.rename,
)
_ZONE = Asked(
    "Time zone",
    lambda circle: circle.zone,
    "In which time zone? As in Europe/London. No meeting moves.",
    lambda circle: circle.zone,
    settings.set_zone,
)


def _share(label: str, question: str) -> Asked:
    return Asked(
        label,
        lambda circle: meeting_words.minutes(circle.share),
        question,
        lambda circle: settings.as_typed(circle.share),
        settings.set_share,
    )


def _prompt(which: int, label: str) -> Asked:
    return Asked(
        label,
        lambda circle: meeting_words.quoted(circle.prompts[which]),
        f"The {label.lower()}, in your own language; there are two, and no third.",
        lambda circle: circle.prompts[which],
        CircleCommand(lambda state, now, words: settings.set_prompt(state, now, which, words)),
    )


_OF_A_CIRCLE: tuple[Asked | Switched, ...] = (
    _NAME,
    _share("Each share", "How many minutes has each person?"),
    Asked(
        "Meeting",
        lambda circle: meeting_words.minutes(circle.length),
        "How many minutes does a meeting take?",
        lambda circle: settings.as_typed(circle.length),
        settings.set_length,
    ),
    Asked(
        "Responses",
        lambda circle: f"{meeting_words.minutes(circle.response)} for all",
        "How many minutes for all responses to one share?",
        lambda circle: settings.as_typed(circle.response),
        settings.set_response,
    ),
    Asked(
        "Rhythm",
        lambda circle: str(circle.rhythm),
        "How often? As in every 2 weeks, every 10 days, or monthly.",
        lambda circle: str(circle.rhythm),
        settings.set_rhythm,
    ),
    Asked(
        "Cycle",
        lambda circle: f"{circle.cycle} meeting{'' if circle.cycle == 1 else 's'}",
        "How many meetings until you look back?",
        lambda circle: str(circle.cycle),
        settings.set_cycle,
    ),
    _ZONE,
    Switched("Clock", "twelve_hours", "12 hours: 6:30 pm", "24 hours: 18:30"),
    Switched("Digits", "digits", "always there", "last minute only"),
    Switched("Bell", "bell", "rings at the end", "silent"),
    Switched("Overtime", "overtime", "counts on", "not counted"),
    _prompt(0, "First response"),
    _prompt(1, "Second response"),
)
_OF_A_PAIR: tuple[Asked | Switched, ...] = (
    _NAME,
    _share("Each recording", "How many minutes does each record for the other?"),
    _ZONE,
)


class SettingsScreen(OldCircleScreen):
    """A row for each setting of this circle's format."""

    CSS_PATH = "settings.tcss"
    TITLE_LINE = "settings"
    BINDINGS: ClassVar[list[BindingType]] = [
        *UP_DOWN,
        Binding("enter,space", "change", "Change", key_display="enter"),
    ]

    def __init__(self, opened: CircleService) -> None:
        super().__init__(opened)
        self._settings = _OF_A_CIRCLE if opened.circle.preset.meets else _OF_A_PAIR
        self._at = 0

    def body(self) -> Iterator[Widget]:
        with Card(id="settings"):
            yield Rows()
        yield Prompt()

    def present(self, history: CircleState) -> None:
        self.query_one(Prompt).stop()
        self.query_one(Rows).show(
            tuple(_row(each, history.circle) for each in self._settings), cursor=self._at
        )

    def line(self, history: CircleState) -> str:
        if self.asking:
            return "Enter takes what is typed, esc leaves it."
        if history.circle.preset.meets:
            return "Enter changes the chosen one. It counts from the next meeting."
        return "Enter changes the chosen one."

    def action_move(self, by: int) -> None:
        """Choose another setting."""
        self._at = (self._at + by) % len(self._settings)
        self.present(self.opened.state)

    def action_change(self) -> None:
        """Turn the chosen one on or off, or ask for its value."""
        chosen = self._settings[self._at]
        if isinstance(chosen, Asked):
            self.ask(
                chosen.question,
                lambda typed: self.amend(chosen.change, typed),
                chosen.typed(self.opened.circle),
            )
        elif self.amend(settings.switch, chosen.what) and self._bell_is_on(chosen):
            self.app.bell()

    def _bell_is_on(self, changed: Switched) -> bool:
        """A bell that was just turned on is tried, so that it is not heard first in a meeting."""
        return changed.what == "bell" and self.opened.circle.bell

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a value is asked, only that."""
        if action in {"move", "change"}:
            return not self.asking
        return super().check_action(action, parameters)


def _row(setting: Asked | Switched, circle: Circle) -> Row:
    if isinstance(setting, Asked):
        return Row(" ", f"{setting.label:<{LABEL_CELLS}}{setting.shown(circle)}")
    is_on = getattr(circle, setting.what)
    value = setting.on if is_on else setting.off
    return Row("●" if is_on else "○", f"{setting.label:<{LABEL_CELLS}}{value}")
