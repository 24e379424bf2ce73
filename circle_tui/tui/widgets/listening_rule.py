"""The listening rule over everything, until a key.

Invariant: it shows the lines it was given, and names nobody; it takes no focus and no key.
"""

from textual.app import ComposeResult
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Static

from circle_tui.tui.widgets.large_text import LargeText

RULE_WITH_AIR = 160
"""Cells of the listening rule that fit on a small screen with blank lines between."""


class ListeningRule(Middle):
    """The rule, its first line large, over everything; it names nobody."""

    DEFAULT_CSS = """
    ListeningRule {
        layer: rule; dock: top; width: 100%; height: 100%; margin-bottom: 1;
        background: $background; align: center middle; text-align: center;
    }
    ListeningRule LargeText { width: 100%; text-align: center; margin-bottom: 2; }
    ListeningRule Static {
        width: 100%; margin-bottom: 1; padding: 0 1; text-align: center; text-style: bold;
    }
    ListeningRule .last { margin: 1 0 0 0; text-style: none; color: $text-muted; }
    """

    def __init__(self, lines: tuple[str, ...], hint: str) -> None:
        """`lines` begins with the rule in two words; `hint` says how it goes away."""
        super().__init__()
        self._lines = lines
        self._hint = hint
        # On a small screen many words have no air between them: see app.tcss.
        self.set_class(Content("".join(lines)).cell_length > RULE_WITH_AIR, "-long")

    def compose(self) -> ComposeResult:
        large = LargeText()
        large.show(self._lines[0])
        yield large
        for line in self._lines[1:]:
            yield Static(Content(line))
        yield Static(Content(self._hint), classes="last")
