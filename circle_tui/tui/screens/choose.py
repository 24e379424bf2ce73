"""Choosing a circle out of several, with one line for each file that cannot be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget

from circle_tui.core import text
from circle_tui.tui import messages
from circle_tui.tui.screens.keys import UP_DOWN_SHOWN
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Headline
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row


class Choice(NamedTuple):
    """One circle to choose. `state` is a few words; `trouble` says why it cannot be opened."""

    path: Path
    name: str
    state: str
    trouble: str | None = None


class ChooseScreen(OldScreen):
    """The circles of the folder."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open"),
        *UP_DOWN_SHOWN,
        Binding("n", "new", "New circle"),
        Binding("d", "demo", "Demo"),
    ]

    def __init__(
        self,
        choices: tuple[Choice, ...],
        folder: Path,
        said: str | None = None,
        come_from: Path | None = None,
    ) -> None:
        super().__init__()
        self._come_from = come_from
        self._said = said
        self._choices = choices
        self._folder = folder
        sound = [at for at, choice in enumerate(choices) if choice.trouble is None]
        before = [at for at in sound if choices[at].path == come_from]
        self._at = (before or sound or [0])[0]

    def body(self) -> Iterator[Widget]:
        with Card(id="choices"):
            yield Rows()

    def on_mount(self) -> None:
        self.query_one(Headline).show(("Which circle?", f"in {text.clean(str(self._folder))}"))
        self._show()
        if self._said:
            self.say(self._said)

    def _show(self) -> None:
        rows = tuple(
            Row(
                "○" if choice.trouble is None else "!",
                choice.name,
                choice.state,
                dim=choice.trouble is not None,
            )
            for choice in self._choices
        )
        self.query_one(Rows).show(rows, cursor=self._at)
        trouble = self._choices[self._at].trouble if self._choices else None
        self.saying.set_default(
            trouble or ("" if self._choices else "No circle here yet: n sets one up.")
        )

    def action_move(self, by: int) -> None:
        """Choose another."""
        if self._choices:
            self._at = (self._at + by) % len(self._choices)
            self._show()

    def action_open(self) -> None:
        """Open the chosen one."""
        if not self._choices:
            self.say("There is nothing to open yet: n sets up a circle.")
        elif (choice := self._choices[self._at]).trouble is not None:
            self.say(choice.trouble)
        else:
            self.post_message(messages.CircleChosen(choice.path))

    def go_back(self) -> None:
        if self._come_from is None:
            super().go_back()
        else:
            self.post_message(messages.CircleChosen(self._come_from))

    def action_new(self) -> None:
        """Set up another."""
        self.post_message(messages.SetupRequested())

    def action_demo(self) -> None:
        """Ask for the demo."""
        self.post_message(messages.DemoRequested())
