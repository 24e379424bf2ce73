"""The keys of the help and of the guide's pages.

Invariant: a row says one action and its keys, as in `action_table`, of which these rows are part.
"""

from circle_tui.views.action_rows import cursor, row, scroll

HELP = (
    row("open", "enter", "Run"),
    *cursor(shown=True, keys=False),
    row("erase", "backspace", "Erase a letter", footer=False, palette=False, spare=False),
    scroll("page_up", "pageup"),
    scroll("page_down", "pagedown"),
    scroll("top", "home"),
    scroll("bottom", "end"),
    row("back", "escape question_mark f1", "Back", shown="esc"),
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
    row("back", "escape q question_mark f1", "Back", shown="esc"),
)
