"""The keys of the screens for a meeting held on paper, and for what is passed up of a meeting.

Invariant: a row says one action and its keys, as in `action_table`, of which these rows are part.
"""

from circle_tui.views.action_rows import BACK, BY_SEAT, cursor, row
from circle_tui.views.view import ActionSpec

PAPER_MEETING: tuple[ActionSpec, ...] = (
    row("save", "enter", "Save the meeting"),
    row("date", "d", "Another date"),
    row("mark", "space", "How they came"),
    row("choose", "space", "What you chose"),
    row("opened", "o", "Opened"),
    row("kept", "k", "Kept"),
    row("partly", "p", "Partly"),
    row("missed", "m", "Missed"),
    row("changed", "c", "Changed"),
    row("released", "x", "Let go"),
    row("again", "a", "Again"),
    row("smaller", "s", "Smaller"),
    row("different", "d", "Different"),
    row("promise", "n", "New commitment"),
    row("change", "e", "Change"),
    row("take_out", "x", "Take it out"),
    *cursor(keys=False),
    *BY_SEAT,
    BACK,
)

PASSING_UP: tuple[ActionSpec, ...] = (
    row("switch", "space enter", "Switch it on or off"),
    row("write", "n", "A line of your own"),
    *cursor(),
    BACK,
)
