"""Undo at home: it opens the last meeting again, until the next one begins.

Invariant: right after a meeting was dropped it asks first, for whoever undoes wants that one back.
"""

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views.action_table import Place, spec
from circle_tui.views.view import Action, Pick, Request

_ASK_FIRST = Pick(
    "What you dropped can't come back. Open the last meeting again?",
    (("Open the last meeting", Request.REOPEN_MEETING),),
)


def reopening(snapshot: CircleSnapshot, *, dropped: bool) -> tuple[Action, ...]:
    """The action; none where there is no meeting to open. `dropped` is whether one just was."""
    if not snapshot.state.records or snapshot.under_way:
        return ()
    row = spec(Place.EVERYWHERE, "reopen")
    does = _ASK_FIRST if dropped else Request.REOPEN_MEETING
    return (Action(row, does, row.label, snapshot.reading_only),)
