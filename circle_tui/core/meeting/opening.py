"""The state of a meeting as it opens, for the first time or again.

Invariant: a meeting that is open again stands at its closing and says what its record says; closed
again without a change, it gives the same record.
"""

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import events
from circle_tui.core.meeting.meeting import Meeting, Person, Phase


def open_meeting(event: events.MeetingOpened) -> Meeting:
    """The state right after opening: everybody counts as present until marked otherwise."""
    circle = event.context.circle
    return Meeting(
        id=event.id,
        opened=event.at,
        context=event.context,
        people=tuple(Person(member.id, member.name) for member in event.context.members),
        share=circle.share,
        chosen_share=circle.share,
    )


def is_as_opened(meeting: Meeting) -> bool:
    """Whether nothing is otherwise than when the meeting was opened, as if nobody had touched it.

    A meeting that was reopened began otherwise, and is not as opened.
    """
    opened = events.MeetingOpened(at=meeting.opened, id=meeting.id, context=meeting.context)
    return meeting == open_meeting(opened)


def reopen_meeting(event: events.MeetingReopened) -> Meeting:
    """The state of a reopened meeting at its closing, before any step of it is settled."""
    record, circle = event.record, event.context.circle
    opener = () if record.opener is None else (record.opener,)
    # Somebody may have been marked as absent since.
    order = tuple(member for member in record.order if record.attendance[member].attended)
    return Meeting(
        id=record.id,
        opened=record.started,
        context=event.context,
        people=tuple(
            _person(member.id, member.name, record.attendance[member.id])
            for member in event.context.members
        ),
        share=circle.share,
        chosen_share=circle.share,
        phase=Phase.CLOSING,
        guests=record.guests,
        began=record.started,
        order=order,
        # An opener who only passed is not among those who finished.
        passed=opener,
        finished=order,
        offered=(*opener, *(member for member in order if member not in opener)),
        made=record.made,
        answered=record.answered,
        closing_since=event.at,
        next=record.next,
        reopened=record,
    )


def _person(member: MemberId, name: str, attendance: Attendance) -> Person:
    return Person(
        member,
        name,
        attendance,
        here=attendance in {Attendance.PRESENT, Attendance.LATE},
        arrival=Attendance.LATE if attendance is Attendance.LATE else Attendance.PRESENT,
    )
