"""The listening rule over the stage.

Invariant: it shows the lines it was given, and names nobody.
"""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from circle_tui.tui.widgets.large_text import LargeText
from circle_tui.tui.widgets.overlay import Overlay

RULE_WITH_AIR = 160
"""Cells of the listening rule that fit on a small screen with blank lines between."""


class ListeningRule(Overlay):
    """The rule, its first line large; it names nobody."""

    DEFAULT_CSS = """
    ListeningRule { align: center middle; }
    ListeningRule LargeText { width: 100%; text-align: center; margin-bottom: 2; }
    ListeningRule Static {
        width: 100%; margin-bottom: 1; padding: 0 1; text-align: center; text-style: bold;
    }
    ListeningRule Static:last-child { margin: 0; }
    """

    def __init__(self, lines: tuple[str, ...]) -> None:
        """`lines` begins with the rule in two words."""
        super().__init__()
        self._lines = lines
        # On a small screen many words have no air between them: see app.tcss.
        self.set_class(Content("".join(lines)).cell_length > RULE_WITH_AIR, "-long")

    def least_rows(self, width: int) -> int:
        """The rows that all of it takes in `width` columns, without air and large letters."""
        return sum(len(Content(line).wrap(max(width - 2, 1))) for line in self._lines)

    def compose(self) -> ComposeResult:
        large = LargeText()
        large.show(self._lines[0])
        yield large
        for line in self._lines[1:]:
            yield Static(Content(line))
