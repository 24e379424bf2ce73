"""The code that closing a meeting adds to the circle's chain.

Invariant: it equals the code in the circle's file after the meeting is saved, unless another
program writes that file meanwhile.
"""

from circle_tui.core.circle import continuity
from circle_tui.core.meeting.meeting import Meeting


def closing_code(meeting: Meeting) -> str | None:
    """The code if the meeting closed now; None for a circle that has no chain yet."""
    context, circle_id = meeting.context, meeting.circle.id
    if not circle_id:
        return None
    present = continuity.present_digests(
        ((person.id, person.recorded_attendance) for person in meeting.people), circle_id
    )
    again = meeting.reopened
    if (
        again is not None
        and continuity.present_digests(again.attendance.items(), circle_id) == present
    ):
        # A reopened meeting with the same attendance has its link already.
        return continuity.code(context.chain) if context.chain else None
    link = continuity.digest(
        context.number, meeting.circle.day(meeting.opened), present, corrected=again is not None
    )
    return continuity.code(continuity.next_head(context.chain, link))
