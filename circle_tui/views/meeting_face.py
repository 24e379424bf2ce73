"""The ring during a meeting, on every screen except a share's.

Invariant: seats stay in seat order from the gathering to the closing. The ring shows how much of
the round is done, and is full at its end.
"""

from datetime import timedelta

from circle_tui.core import dates
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.meeting import agenda
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.ring import RingFace, Seat, SeatState


def meeting_face(snapshot: MeetingSnapshot) -> RingFace:
    """The circle during a meeting, on every screen but a share's."""
    meeting = snapshot.meeting
    match meeting.phase:
        case Phase.GATHERING:
            return _gathering(snapshot)
        case Phase.RESPONSES:
            return _responses(meeting)
        case Phase.CLOSING | Phase.CLOSED:
            return _closing(snapshot)
        case Phase.COMMITMENTS:
            return RingFace(
                meeting_words.seats(meeting),
                remaining=_round_done(meeting),
                caption=meeting_words.speaker(meeting),
                note="commitments",
            )
        case _:
            return RingFace(
                meeting_words.seats(meeting),
                remaining=_round_done(meeting),
                large=meeting_words.speaker(meeting),
            )


def _gathering(snapshot: MeetingSnapshot) -> RingFace:
    meeting = snapshot.meeting
    opener = meeting.opener_now()
    plan = agenda.plan(meeting)
    length = meeting.circle.length
    end = dates.spoken_time(
        agenda.projected_end(meeting, snapshot.now), meeting.circle, here=snapshot.here
    )
    spent = max(length - plan.slack, timedelta())
    return RingFace(
        tuple(
            Seat(
                person.name,
                SeatState.NOW
                if opener is not None and person.id == opener.member
                else SeatState.DONE
                if person.here
                else SeatState.AWAY,
            )
            for person in meeting.people
        ),
        remaining=min(1.0, spent / length),
        caption="" if opener is None else f"{meeting.person(opener.member).name} opens",
        note=f"{meeting_words.minutes(spent)}, until {end}",
    )


def _responses(meeting: Meeting) -> RingFace:
    """The ring with those lit who have responded; the speaker keeps the turn."""
    waiting = set(meeting.responders)
    first = meeting.responders[0] if meeting.responders else None
    speaker = meeting.turn.member if meeting.turn is not None else None
    seats = tuple(
        Seat(
            person.name,
            SeatState.NOW
            if person.id == speaker
            else SeatState.AWAY
            if not person.here
            else SeatState.RESPONDING
            if person.id == first
            else SeatState.WAITING
            if person.id in waiting
            else SeatState.DONE,
        )
        for person in meeting.people
    )
    others = sum(1 for person in meeting.people if person.here and person.id != speaker)
    name = meeting_words.speaker(meeting)
    return RingFace(
        seats,
        remaining=_round_done(meeting),
        caption=f"{meeting.person(first).name} to {name}" if first is not None else name,
        steps=(others - len(waiting) + 1, others) if first is not None else None,
    )


def _round_done(meeting: Meeting) -> float:
    """The fraction of the turns that have begun, 0 to 1."""
    begun = len(meeting.finished) + len(meeting.waiting_again) + (meeting.turn is not None)
    total = begun + len(meeting.waiting)
    return begun / total if total else 1.0


def _closing(snapshot: MeetingSnapshot) -> RingFace:
    meeting = snapshot.meeting
    seats = meeting_words.seats(meeting)
    match meeting.closing_step:
        case ClosingStep.WORKED | ClosingStep.CHANGE | ClosingStep.CHOICE:
            return RingFace(seats, caption="Looking back", note="then the next date")
        case ClosingStep.VITALITY:
            return RingFace(seats, caption="A look at ourselves", note="then the next date")
    if meeting.next is None or meeting.choice is CycleChoice.REST:
        return RingFace(seats, caption="One word each")
    if not meeting.next_is_settled:
        return RingFace(seats, caption="The next date", note="then one word each")
    return RingFace(
        seats,
        caption="See you on",
        note=dates.spoken_date(meeting.next, meeting.circle, now=snapshot.now, here=snapshot.here),
    )
