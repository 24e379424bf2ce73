"""Correcting the record of a finished meeting: who came, who opened, how commitments went.

Invariant: each correction says who opens next, because that depends on who came and opened.
"""

from typing import ClassVar, ParamSpec

from circle_tui.core import dates
from circle_tui.core.attendance import labels
from circle_tui.core.circle import correction, rotation
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.correction import OutcomeAtMeeting
from circle_tui.core.circle.record import MeetingRecord, Outcome
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import CommitmentId, MeetingId, MemberId
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.commitments import GLYPHS
from circle_tui.views.view import (
    Action,
    Command,
    Intent,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    View,
    execute,
    offered,
)

P = ParamSpec("P")
_OUTCOMES = {
    "kept": Outcome.KEPT,
    "partly": Outcome.PARTLY,
    "missed": Outcome.MISSED,
    "released": Outcome.RELEASED,
}


class CorrectionView(View, frozen=True, kw_only=True):
    """The members whom the meeting expected, then the commitments that it asked for.

    `ids` are the ids of the members and commitments, row by row.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("next_opener"),
        SpokenField("rows", numbered=True),
    )

    rows: tuple[Row, ...] = ()
    members: tuple[MemberId, ...] = ()
    commitments: tuple[CommitmentId, ...] = ()
    next_opener: str = ""


def correction_view(snapshot: CircleSnapshot, meeting: MeetingId, *, cursor: int) -> CorrectionView:
    """The meeting with that id, the cursor on one of the rows. Raises `RuleError` without one."""
    state = snapshot.state
    record = correction.require_record(state, meeting)
    members = tuple(each.id for each in state.circle.members if each.id in record.attendance)
    outcomes = correction.outcomes(state, record)
    asked = tuple(each.commitment.id for each in outcomes)
    row = min(cursor, len(members) + len(asked) - 1)
    is_member = row < len(members)
    member = members[row] if is_member else None
    commitment = None if is_member else asked[row - len(members)]
    rows = (
        *(_member_row(state, record, each) for each in members),
        *(_outcome_row(state, each) for each in outcomes),
    )
    return CorrectionView(
        headline=(state.circle.name, _which(snapshot, record), "correct it"),
        status=_status(state, member),
        actions=_actions(snapshot, record, member, commitment),
        rows=rows,
        members=members,
        commitments=asked,
        next_opener=_next_opener(state, state),
    )


def _which(snapshot: CircleSnapshot, record: MeetingRecord) -> str:
    circle = snapshot.circle
    day = dates.spoken_day(circle.day(record.started), circle.day(snapshot.now))
    return f"meeting {record.number}, {day}"


def _member_row(state: CircleState, record: MeetingRecord, member: MemberId) -> Row:
    attendance = record.attendance[member]
    came = f"{attendance}, opened" if record.opener == member else str(attendance)
    name = state.member(member).name
    return Row(labels.GLYPHS[attendance], name, came, dim=not attendance.attended)


def _outcome_row(state: CircleState, then: OutcomeAtMeeting) -> Row:
    words = f"{state.member(then.commitment.member).name}: {then.commitment.text}"
    if then.result is None:
        return Row("○", words, "left open")
    return Row(GLYPHS[then.result.outcome], words, str(then.result.outcome))


def _status(state: CircleState, member: MemberId | None) -> str:
    if member is not None:
        name = state.member(member).name
        return f"Was {name} there? Space changes it · o if {name} opened · Esc when you're done"
    return "How did it go? k kept · p partly · m missed · x let go · Esc when you're done"


def _actions(
    snapshot: CircleSnapshot,
    record: MeetingRecord,
    member: MemberId | None,
    commitment: CommitmentId | None,
) -> tuple[Action, ...]:
    """What can be done about a member, or else about a commitment."""
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        "back": Request.HOME,
    }
    if member is not None:
        attendance = correction.next_attendance(record, member)
        offers |= {
            "attendance": _correct(
                snapshot, correction.correct_attendance, record.id, member, attendance
            ),
            "opener": _correct(snapshot, correction.correct_opener, record.id, member),
        }
    elif commitment is not None:
        offers |= {
            action: _correct(snapshot, correction.correct_outcome, record.id, commitment, outcome)
            for action, outcome in _OUTCOMES.items()
        }
    return offered(TABLE[Place.CORRECTION], offers)


def _correct(
    snapshot: CircleSnapshot, command: CircleCommand[P], *args: P.args, **kwargs: P.kwargs
) -> Offer:
    """A correction, and who opens next once it is made."""
    if (refused := snapshot.why_not(command, *args, **kwargs)) is not None:
        return Offer(execute(command, *args), refused)
    after = command(snapshot.state, snapshot.now, *args, **kwargs)
    return Offer(execute(command, *args, flash=_corrected(snapshot.state, after, command, args)))


def _corrected(
    before: CircleState, after: CircleState, command: Command, args: tuple[object, ...]
) -> str:
    if command is not correction.correct_outcome:
        return _next_opener(before, after)
    meeting, commitment, outcome = args
    (record,) = (each for each in after.records if each.id == meeting)
    became = next(each.becomes for each in record.answered if each.id == commitment)
    if became is None:
        return f"Recorded as {outcome}."
    return f"Recorded as {outcome}. What came of it is still open."


def _next_opener(before: CircleState, after: CircleState) -> str:
    """Who opens the next meeting; `before` tells whether that has changed."""
    opener = _opener(after)
    if opener is None:
        return ""
    name = after.member(opener.member).name
    if before is after:
        return f"{name} opens next: {opener.reason}."
    earlier = _opener(before)
    if earlier is not None and earlier.member == opener.member:
        return f"{name} still opens next."
    return f"Now {name} opens next: {opener.reason}."


def _opener(state: CircleState) -> rotation.Opener | None:
    seats = [member.id for member in state.active]
    return rotation.opener(seats, rotation.last_openings(state.records))
