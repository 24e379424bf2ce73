"""The keys that work now, and no others; and what the signs of the screen mean."""

from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static


class KeyHelp(NamedTuple):
    """A key or a sign, and what it does or means."""

    sign: str
    means: str


class HelpScreen(ModalScreen[None]):
    """Over the screen it is about."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#help"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter", "dismiss", "Back"),
    ]

    def __init__(self, keys: tuple[KeyHelp, ...], signs: tuple[KeyHelp, ...] = ()) -> None:
        super().__init__()
        self._keys, self._signs = keys, signs

    def compose(self) -> ComposeResult:
        widest = max((len(key.sign) for key in (*self._keys, *self._signs)), default=0)
        with VerticalScroll(id="help"):
            yield Static(Content("Keys that work now"), classes="title")
            for key in self._keys:
                yield _line(key, widest)
            if self._signs:
                yield Static(Content("Signs"), classes="title")
            for sign in self._signs:
                yield _line(sign, widest)
            yield Static(Content("esc back"), classes="keys")


def _line(key: KeyHelp, widest: int) -> Static:
    return Static(Content.assemble((f"{key.sign:>{widest}}", "bold $primary"), f"  {key.means}"))
