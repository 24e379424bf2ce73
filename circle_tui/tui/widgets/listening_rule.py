"""The listening rule over everything, for a moment.

Invariant: it shows the lines it was given, and names nobody; it takes no focus and no key.
"""

from textual.app import ComposeResult
from textual.containers import Middle
from textual.content import Content
from textual.widgets import Static

RULE_WITH_AIR = 160
"""Cells of the listening rule that fit on a small screen with blank lines between."""


class ListeningRule(Middle):
    """The rule, large, over everything; it names nobody."""

    DEFAULT_CSS = """
    ListeningRule {
        layer: rule; dock: top; width: 100%; height: 100%;
        background: $background; align: center middle; text-align: center;
    }
    ListeningRule Static {
        width: 100%; margin-bottom: 1; text-align: center; text-style: bold;
    }
    ListeningRule .last { margin-bottom: 0; }
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__()
        self._lines = lines
        # On a small screen many words have no air between them: see app.tcss.
        self.set_class(Content("".join(lines)).cell_length > RULE_WITH_AIR, "-long")

    def compose(self) -> ComposeResult:
        for line in self._lines[:-1]:
            yield Static(Content(line))
        for line in self._lines[-1:]:
            yield Static(Content(line), classes="last")
