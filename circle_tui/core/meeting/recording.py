"""Makes the record of a closed meeting.

Invariant: a record has only the fields of `record.py`. How long anybody spoke, who gave which
response and whether the clock was paused are never recorded.
"""

from datetime import datetime

from circle_tui.core.circle.record import HealthCheck, MeetingRecord, Retrospective
from circle_tui.core.meeting.meeting import Meeting


def record_of(meeting: Meeting) -> MeetingRecord:
    """The record of a closed meeting, with moments in whole seconds.

    Raises `ValueError` if the meeting has not ended.
    """
    if meeting.ended is None:
        raise ValueError("this meeting has not ended")
    looked_back = vitality = None
    if meeting.choice is not None:
        looked_back = Retrospective(
            choice=meeting.choice, worked=meeting.worked or "", change=meeting.change or ""
        )
    if meeting.vitality and meeting.context.check is not None:
        vitality = HealthCheck(meeting.context.check, meeting.vitality)
    return MeetingRecord(
        id=meeting.id,
        number=meeting.context.number,
        cycle=meeting.context.cycle,
        started=_second(meeting.opened),
        ended=_second(meeting.ended),
        opener=meeting.opened_by,
        order=meeting.finished,
        attendance={person.id: person.recorded_attendance for person in meeting.people},
        guests=meeting.guests,
        made=meeting.made,
        answered=meeting.answered,
        next=meeting.next,
        reaches_out={missing: by for missing, by in meeting.reaches_out.items() if by is not None},
        looked_back=looked_back,
        vitality=vitality,
        # Lines are passed up after the closing; reopening the meeting does not change the choice.
        passed_up=() if meeting.reopened is None else meeting.reopened.passed_up,
    )


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
