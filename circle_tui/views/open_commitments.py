"""The circle's open commitments, those kept in this cycle, and the history of each.

Invariant: everybody may read a history, but nobody's misses are counted. The days on which a member
kept a daily commitment are private and not shown.
"""

from collections.abc import Sequence
from datetime import date

from circle_tui.core.circle import commitments, correction, cycle
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.correction import Asked
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views import commitment_history
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.text import Text
from circle_tui.views.view import (
    Action,
    Ask,
    Command,
    Execute,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    View,
    offered,
)

_TYPING = "Enter takes what is typed, esc leaves it as it was."


class OpenCommitmentsView(View, frozen=True, kw_only=True):
    """One of the two lists, or the history of the chosen commitment.

    `listed` are the ids of the list's commitments, in order. `rows` also have the members' names,
    and `cursor_row` is the row of the chosen commitment. `empty` is shown instead of rows,
    `history` instead of the list. `chosen` is the id of the chosen commitment, and `came_from` the
    id it had before it was changed between meetings. `asked_at` is the meeting whose outcome of it
    can be set right: the last that asked for it, or for the one it came from.
    """

    listed: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    cursor_row: int | None = None
    empty: str = ""
    history: Text = ()
    chosen: str | None = None
    asked_at: Asked | None = None
    came_from: str | None = None


def open_commitments_view(
    snapshot: CircleSnapshot,
    *,
    cursor: int,
    kept: bool,
    history: bool,
    asking: bool,
    narrow: bool = False,
) -> OpenCommitmentsView:
    """The open commitments, or the `kept` ones, with the cursor on one of them.

    `history` is whether to show the chosen one's history instead, `asking` whether text is being
    typed, `narrow` whether there is little room for a row.
    """
    state = snapshot.state
    today = state.circle.day(snapshot.now)
    listed = _listed(state, kept=kept)
    chosen = listed[min(cursor, len(listed) - 1)] if listed else None
    history = history and chosen is not None
    asked_at = None if chosen is None else correction.outcome_to_correct(state, chosen.id)
    rows = _kept_rows(state, listed) if kept else _open_rows(state, listed, today, narrow=narrow)
    return OpenCommitmentsView(
        headline=(state.circle.name, "commitments", "kept in this cycle" if kept else "open"),
        status=_status(state, chosen, kept=kept, history=history, asking=asking),
        actions=_actions(snapshot, chosen, asked_at, kept=kept, history=history, asking=asking),
        listed=tuple(commitment.id for commitment in listed),
        rows=tuple(rows.values()),
        cursor_row=list(rows).index(chosen.id) if chosen is not None else None,
        empty="" if listed else _nothing(state, kept=kept),
        history=(
            commitment_history.history(state, chosen, snapshot.now)
            if history and chosen is not None
            else ()
        ),
        chosen=None if chosen is None else chosen.id,
        asked_at=asked_at,
        came_from=None if chosen is None else _came_from(state, chosen.id),
    )


def cursor_after_change(view: OpenCommitmentsView, state: CircleState, *, kept: bool) -> int | None:
    """The index of the commitment chosen in `view` in the list that `state` has now.

    It may have become another commitment, or an undo may have restored an earlier one. None if it
    is not in the list any more.
    """
    listed = [listed_commitment.id for listed_commitment in _listed(state, kept=kept)]
    became = {change.commitment: change.becomes for change in state.changes}
    for candidate in (view.chosen, became.get(view.chosen or ""), view.came_from):
        if candidate is not None and candidate in listed:
            return listed.index(candidate)
    return None


def flash_after_typing(snapshot: CircleSnapshot, command: Command, commitment: str) -> str | None:
    """The message after `command` was executed with typed text; None for no message."""
    if command is not commitments.set_due:
        return None
    today = snapshot.circle.day(snapshot.now)
    for candidate in commitments.open_commitments(snapshot.state):
        if candidate.id == commitment:
            return f"It comes up {commitment_history.due(candidate, today)}."
    return None


def _listed(state: CircleState, *, kept: bool) -> tuple[Commitment, ...]:
    if kept:
        number, _ = cycle.next_position(state.records, state.circle.cycle)
        return commitments.kept_in_cycle(state, number)
    seats = {member.id: seat for seat, member in enumerate(state.circle.members)}
    return tuple(
        sorted(
            commitments.open_commitments(state),
            key=lambda commitment: seats.get(commitment.member, len(seats)),
        )
    )


def _came_from(state: CircleState, commitment: str) -> str | None:
    return next(
        (change.commitment for change in state.changes if change.becomes == commitment), None
    )


def _status(
    state: CircleState, chosen: Commitment | None, *, kept: bool, history: bool, asking: bool
) -> str:
    if asking:
        return _TYPING
    if history:
        return "How it came about, oldest first. ← goes back to the list."
    if kept:
        return "Tab goes back to what is open."
    if chosen is not None:
        return "Enter or → shows how one came about, tab what was kept in this cycle."
    if not state.circle.preset.meets:
        return "Esc goes back, and t there notes what was sent and received."
    return "Esc goes back, and enter there begins the meeting."


def _nothing(state: CircleState, *, kept: bool) -> str:
    if not state.circle.preset.meets:
        return "A trading pair promises nothing here: it sends and receives."
    if kept:
        return "What is kept in this cycle will stand here."
    return "Nothing is open. Commitments are made in a meeting, by everybody in their own turn."


def _actions(
    snapshot: CircleSnapshot,
    chosen: Commitment | None,
    asked_at: Asked | None,
    *,
    kept: bool,
    history: bool,
    asking: bool,
) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.OPEN_COMMITMENTS], {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "previous": Scroll(-1) if history else Move(-1),
        "next": Scroll(1) if history else Move(1),
        "back": Local.DETAILS if history else Request.HOME,
    }
    if chosen is not None:
        offers["list" if history else "chain"] = Local.DETAILS
        if asked_at is not None:
            blocked = snapshot.blocked_by_meeting(correction.correct_outcome)
            offers["correct"] = Offer(Local.CORRECT, blocked)
        if not kept:
            offers |= _changes(snapshot, chosen)
    if not history:
        offers["open" if kept else "kept"] = Local.OTHER_LIST
    return offered(TABLE[Place.OPEN_COMMITMENTS], offers)


def _changes(snapshot: CircleSnapshot, chosen: Commitment) -> dict[str, Offer | Intent]:
    """The actions on an open commitment, which a meeting under way disables."""
    today = snapshot.circle.day(snapshot.now)
    name = snapshot.state.member(chosen.member).name
    daily = (
        "It is not asked for every day any more."
        if chosen.daily
        else f"A daily one: circle-tui today {name} asks for it, and a yes takes one key."
    )
    usual_due = chosen.due == commitments.NEXT
    return {
        "change": Offer(
            Ask("What does it say now?", commitments.change, (chosen.id,), chosen.text),
            snapshot.blocked_by_meeting(commitments.change),
        ),
        "release": Offer(
            Execute(commitments.release, (chosen.id,), flash="It is let go; u takes that back."),
            snapshot.blocked_by_meeting(commitments.release),
        ),
        "due": Offer(
            Ask(
                "When does it come up? As in 2 April; empty is the next meeting.",
                commitments.set_due,
                (chosen.id,),
                "" if usual_due else commitment_history.due(chosen, today),
            ),
            snapshot.blocked_by_meeting(commitments.set_due),
        ),
        "daily": Offer(
            Execute(commitments.set_daily, (chosen.id,), flash=daily),
            snapshot.blocked_by_meeting(commitments.set_daily),
        ),
    }


def _open_rows(
    state: CircleState, listed: Sequence[Commitment], today: date, *, narrow: bool
) -> dict[str, Row]:
    """Rows by id: each member's name, followed by their commitments."""
    rows: dict[str, Row] = {}
    for commitment in listed:
        if commitment.member not in rows:
            person = state.member(commitment.member)
            rows[commitment.member] = Row(person.name, "(away)" if person.away else "", dim=True)
        details = commitment_history.details(commitment, today, narrow=narrow)
        rows[commitment.id] = Row("○", commitment.text, details)
    return rows


def _kept_rows(state: CircleState, listed: Sequence[Commitment]) -> dict[str, Row]:
    return {
        commitment.id: Row("●", commitment.text, state.member(commitment.member).name)
        for commitment in listed
    }
