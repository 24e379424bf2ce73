"""The circle's open commitments, those kept in this cycle, and the history of the chosen one.

Invariant: everybody may read a history, but nobody's misses are counted. The days on which a member
kept a daily commitment are private and not shown.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import ClassVar

from circle_tui.core.circle import commitments, correction, cycle
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.correction import CommitmentAtMeeting
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import CommitmentId, MemberId
from circle_tui.views import commitment_history, every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.place_face import member_at, place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.text import Text
from circle_tui.views.view import (
    Action,
    Command,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    SpokenField,
    View,
    ask,
    execute,
    offered,
)

OPEN = "Open commitments"
KEPT = "Kept in this cycle"


class OpenCommitmentsView(View, frozen=True, kw_only=True):
    """One of the two lists, and the history of the chosen commitment.

    `listed` are the ids of the commitments in `rows`, in order; `cursor` is the row of the chosen
    one, None if there is none. `empty` is shown instead of rows. `reading` is whether keys scroll
    the history. `chosen` is the id of the chosen commitment, `owner` whose it is, and `came_from`
    the id it had before it was changed between meetings. `asked_at` is the last meeting that asked
    for it, or for the one it came from, and at which its outcome can be corrected.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", label_field="title", numbered=True),
        SpokenField("empty"),
        SpokenField("history", label_field="history_title"),
    )

    title: str
    listed: tuple[CommitmentId, ...]
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    empty: str = ""
    history: Text = ()
    history_title: str = ""
    reading: bool = False
    chosen: CommitmentId | None = None
    owner: MemberId | None = None
    asked_at: CommitmentAtMeeting | None = None
    came_from: CommitmentId | None = None


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

    `history` is whether keys scroll the chosen one's history, `asking` whether text is being
    typed, `narrow` whether there is little room for a row.
    """
    state = snapshot.state
    today = state.circle.day(snapshot.now)
    listed = _listed(state, kept=kept)
    chosen = listed[min(cursor, len(listed) - 1)] if listed else None
    history = history and chosen is not None
    asked_at = None if chosen is None else correction.outcome_to_correct(state, chosen.id)
    return OpenCommitmentsView(
        headline=(state.circle.name, "commitments", "kept in this cycle" if kept else "open"),
        status=_status(state, chosen, kept=kept, history=history, asking=asking),
        actions=_actions(snapshot, chosen, asked_at, kept=kept, history=history, asking=asking),
        title=KEPT if kept else OPEN,
        listed=tuple(commitment.id for commitment in listed),
        rows=tuple(_rows(state, listed, today, kept=kept, narrow=narrow)),
        cursor=None if chosen is None else listed.index(chosen),
        empty="" if listed else _nothing(state, kept=kept),
        history=(
            commitment_history.history(state, chosen, snapshot.now) if chosen is not None else ()
        ),
        history_title=f"{state.member(chosen.member).name}: how it came about" if chosen else "",
        reading=history,
        owner=None if chosen is None else chosen.member,
        chosen=None if chosen is None else chosen.id,
        asked_at=asked_at,
        came_from=None if chosen is None else _came_from(state, chosen.id),
    )


def commitments_face(snapshot: CircleSnapshot, view: OpenCommitmentsView) -> RingFace:
    """The circle with the owner of the chosen commitment lit."""
    return place_face(snapshot, chosen=view.owner, title=OPEN)


def cursor_of_seat(view: OpenCommitmentsView, snapshot: CircleSnapshot, seat: int) -> int | None:
    """The row of the first commitment of the member on a seat; None if they have none."""
    member = member_at(snapshot, seat)
    owners = {
        commitment.id: commitment.member
        for commitment in (
            *commitments.open_commitments(snapshot.state),
            *_listed(snapshot.state, kept=True),
        )
    }
    return next((row for row, each in enumerate(view.listed) if owners[each] == member), None)


def cursor_after_change(view: OpenCommitmentsView, state: CircleState, *, kept: bool) -> int | None:
    """The index of the commitment chosen in `view` in the list that `state` has now.

    It may have become another commitment, or an undo may have restored an earlier one. None if it
    is not in the list any more.
    """
    listed = [listed_commitment.id for listed_commitment in _listed(state, kept=kept)]
    became = {change.commitment: change.becomes for change in state.changes}
    after = None if view.chosen is None else became.get(view.chosen)
    for candidate in (view.chosen, after, view.came_from):
        if candidate is not None and candidate in listed:
            return listed.index(candidate)
    return None


def flash_after_typing(
    snapshot: CircleSnapshot, command: Command, commitment: CommitmentId
) -> str | None:
    """The message after `command` was executed with typed text; None for no message."""
    if command is not commitments.set_due:
        return None
    today = snapshot.circle.day(snapshot.now)
    for candidate in commitments.open_commitments(snapshot.state):
        if candidate.id == commitment:
            return f"Due {commitment_history.due_in_words(candidate, today)}."
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


def _came_from(state: CircleState, commitment: CommitmentId) -> CommitmentId | None:
    return next(
        (change.commitment for change in state.changes if change.becomes == commitment), None
    )


def _status(
    state: CircleState, chosen: Commitment | None, *, kept: bool, history: bool, asking: bool
) -> str:
    if asking:
        return every_screen.TYPING
    if history:
        return "Oldest first. ← for the list"
    if kept:
        return "Tab for what's open"
    if chosen is not None:
        return "Enter to read how it came about · Tab for what was kept"
    if not state.circle.preset.meets:
        return "Esc for home, then t for your trades"
    return "Esc for home, then Enter begins the meeting"


def _nothing(state: CircleState, *, kept: bool) -> str:
    if not state.circle.preset.meets:
        return "A trading pair doesn't make commitments. You send and receive."
    if kept:
        return "Nothing yet. You'll see here what you keep in this cycle."
    return "Nothing is open. You make commitments in a meeting, each in your own turn."


def _actions(
    snapshot: CircleSnapshot,
    chosen: Commitment | None,
    asked_at: CommitmentAtMeeting | None,
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
        "No longer asked every day."
        if chosen.daily
        else f"Daily now. Run circle-tui today {name} each day to answer."
    )
    usual_due = chosen.due == commitments.NEXT
    return {
        "change": Offer(
            ask("What should it say?", commitments.renegotiate, chosen.id, value=chosen.text),
            snapshot.blocked_by_meeting(commitments.renegotiate),
        ),
        "release": Offer(
            execute(commitments.release, chosen.id, flash="Let go. u brings it back."),
            snapshot.blocked_by_meeting(commitments.release),
        ),
        "due": Offer(
            ask(
                "When is it due? Like 2 April. Empty for the next meeting.",
                commitments.set_due,
                chosen.id,
                value="" if usual_due else commitment_history.due_in_words(chosen, today),
            ),
            snapshot.blocked_by_meeting(commitments.set_due),
        ),
        "daily": Offer(
            execute(commitments.set_daily, chosen.id, flash=daily),
            snapshot.blocked_by_meeting(commitments.set_daily),
        ),
    }


def _rows(
    state: CircleState,
    listed: Sequence[Commitment],
    today: date,
    *,
    kept: bool,
    narrow: bool,
) -> Iterator[Row]:
    """A row for each commitment; the member's name stands on the first of theirs."""
    before = None
    for commitment in listed:
        person = state.member(commitment.member)
        name = "" if person.id == before else person.name
        away = " (away)" if name and person.away else ""
        details = "" if kept else commitment_history.details(commitment, today, narrow=narrow)
        yield Row("", commitment.text, details, name=f"{name}{away}")
        before = person.id
