"""Where words stand: a column in the middle of the screen.

Invariant: the eyes of a group find it at the same place on every screen; where there is too
little room it scrolls rather than hide a line.
"""

from textual.containers import VerticalScroll


class Card(VerticalScroll, can_focus=False):
    """A centred column, as wide as a line can be read."""

    DEFAULT_CSS = """
    Card { height: 1fr; padding: 1 2; align: center middle; }
    Card > * { width: 76; max-width: 100%; }
    Card > .label { color: $text-muted; }
    Card > .main { text-style: bold; color: $primary; }
    """
