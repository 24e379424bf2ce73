"""The keys of the help, of the guide's pages and of the palette.

Invariant: a row says one action and its keys, as in `action_table`, of which these rows are part.
"""

from circle_tui.views.action_rows import HELP as _HELP
from circle_tui.views.action_rows import cursor, row, scroll

HELP = (
    row("open", "enter", "Run"),
    *cursor(shown=True, keys=False),
    row("erase", "backspace", "Erase a letter", footer=False, palette=False, spare=False),
    scroll("page_up", "pageup"),
    scroll("page_down", "pagedown"),
    scroll("top", "home"),
    scroll("bottom", "end"),
    row("back", "escape", "Back", shown="esc"),
    row("help", "question_mark f1", "Close", palette=False, shown="?", in_help=False),
)

GUIDE = (
    row("scroll_up", "up k", "Scroll", footer=False, palette=False, shown="↑↓"),
    row("scroll_down", "down j", "Scroll", palette=False, shown="↑↓"),
    scroll("page_up", "pageup"),
    scroll("page_down", "pagedown space"),
    scroll("top", "home"),
    scroll("bottom", "end"),
    row("previous", "left h", "Another page", footer=False, palette=False, shown="←→"),
    row("next", "right l", "Another page", palette=False, shown="←→"),
    row("back", "escape q", "Back", shown="esc"),
    _HELP,
)

PALETTE = (
    *cursor(shown=True, keys=False),
    row("open", "enter", "Run", palette=False),
    row("back", "escape", "Back", palette=False),
    # All other keys are typed.
    row("help", "f1", "Help", palette=False, in_help=False),
)
