"""Opens the last meeting again, at its closing.

Invariant: the reopened meeting is made from the record alone, which has no speaking times. Changes
made since the meeting are kept.
"""

from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from circle_tui.core.circle import continuity, cycle
from circle_tui.core.circle.context import MeetingContext, meeting_context
from circle_tui.core.circle.health_check import QUESTIONS
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import events
from circle_tui.core.meeting.events import Event, Events


def reopen(state: CircleState, now: datetime) -> tuple[Events, ...]:
    """The acts that open the last meeting again and settle its closing as it was.

    All but the first can be undone. Raises `RuleError` if the circle has not met yet.
    """
    if not state.records:
        raise RuleError("There's no meeting to open again yet.")
    record = state.records[-1]
    opened = events.MeetingReopened(at=now, record=record, context=_context(state, record))
    return ((opened,), *((event,) for event in _closing(record, now)))


def _context(state: CircleState, record: MeetingRecord) -> MeetingContext:
    """The context that the meeting had, as far as its closing needs it."""
    before = replace(state, records=state.records[:-1])
    ends_cycle = record.looked_back is not None
    return replace(
        meeting_context(before, record.started),
        members=tuple(member for member in state.circle.members if member.id in record.attendance),
        number=record.number,
        cycle=record.cycle,
        number_in_cycle=1 + sum(each.cycle == record.cycle for each in before.records),
        open=(),
        later=(),
        wins=(),
        checkins=(),
        question=None,
        check=None if record.vitality is None else record.vitality.check,
        choices=cycle.choices(before.records, record.cycle) if ends_cycle else (),
        resting=False,
        chain=continuity.head_now(state),
    )


def _closing(record: MeetingRecord, now: datetime) -> Iterator[Event]:
    """The steps of the closing, in their order."""
    if record.looked_back is not None:
        for words in (record.looked_back.worked, record.looked_back.change):
            yield events.LookBackAnswered(at=now, words=words)
        yield events.CycleChosen(at=now, choice=record.looked_back.choice)
    if record.vitality is not None:
        for question in QUESTIONS:
            if question in record.vitality.answers:
                answer = record.vitality.answers[question]
                yield events.QuestionAnswered(at=now, question=question, answer=answer)
    if record.next is not None:
        yield events.NextMeetingSet(at=now, when=record.next, kept=True)
    for member, attendance in record.attendance.items():
        if not attendance.attended:
            by = record.reaches_out.get(member)
            yield events.ReachOutSettled(at=now, missing=member, by=by)
