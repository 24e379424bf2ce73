"""From a closed meeting to what is kept of it.

Law: only what `record.py` names leaves a meeting. How long anybody spoke, who asked what, and
whether the clock was held end here.
"""

from datetime import datetime

from circle_tui.core.meeting import Meeting
from circle_tui.core.record import LookedBack, Record, Vitality


def record_of(meeting: Meeting) -> Record:
    """The record of a meeting that has ended, its moments in whole seconds.

    Raises `ValueError` for one that has not.
    """
    if meeting.ended is None:
        raise ValueError("this meeting has not ended")
    looked_back = vitality = None
    if meeting.choice is not None:
        looked_back = LookedBack(
            choice=meeting.choice, worked=meeting.worked or "", change=meeting.change or ""
        )
    if meeting.vitality and meeting.standing.check is not None:
        vitality = Vitality(meeting.standing.check, meeting.vitality)
    return Record(
        id=meeting.id,
        number=meeting.standing.number,
        cycle=meeting.standing.cycle,
        started=_second(meeting.opened),
        ended=_second(meeting.ended),
        opener=meeting.opened_by,
        order=meeting.done,
        attendance={person.id: person.kept_as for person in meeting.people},
        guests=meeting.guests,
        made=meeting.made,
        answered=meeting.answered,
        next=meeting.next,
        reaches_out={missing: by for missing, by in meeting.reaches_out.items() if by is not None},
        looked_back=looked_back,
        vitality=vitality,
    )


def _second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
