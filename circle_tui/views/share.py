"""A share: who speaks, the remaining time, and what the others do meanwhile.

Invariant: nothing is typed while a member speaks. Digits are shown in the last minute or on
request; past the end only if the circle counts overtime.
"""

from datetime import datetime, timedelta

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.ring import Face
from circle_tui.views.rounds import round_offers
from circle_tui.views.view import Action, Execute, Intent, Local, Offer, View, offered

LAST_MINUTE = timedelta(minutes=1)


class ShareView(View, frozen=True, kw_only=True):
    """The ring and the keys."""

    face: Face


def share_view(
    snapshot: MeetingSnapshot, *, digits: bool, overlay_shown: bool = False
) -> ShareView:
    """Before and during a share; `digits` is whether to show digits all the time.

    `overlay_shown` is whether the rule or the covenant covers the screen.
    """
    meeting, now = snapshot.meeting, snapshot.now
    return ShareView(
        headline=meeting_words.headline(meeting, now),
        status=_status(meeting),
        actions=_actions(snapshot, overlay_shown=overlay_shown),
        face=face(snapshot, digits=digits),
    )


def face(snapshot: MeetingSnapshot, *, digits: bool) -> Face:
    """The ring at the snapshot's moment."""
    meeting, now = snapshot.meeting, snapshot.now
    countdown = meeting.countdown
    return Face(
        seats=meeting_words.seats(meeting),
        remaining=1.0 if countdown is None else countdown.fraction_remaining(now),
        digits="" if countdown is None else _digits(meeting, countdown, now, digits),
        caption=_caption(meeting, now),
        note=_note(meeting),
    )


def bell_is_due(meeting: Meeting, before: timedelta, left: timedelta) -> bool:
    """Whether the time has just run out, from `before` to `left`, and the circle uses the bell."""
    return meeting.circle.bell and before > timedelta() >= left


def digits_to_come(digits: bool) -> str:
    """The message about the digits before a share runs."""
    return f"The clock will run {'in digits' if digits else 'as the ring alone'}."


def _actions(snapshot: MeetingSnapshot, *, overlay_shown: bool) -> tuple[Action, ...]:
    meeting = snapshot.meeting
    offers: dict[str, Offer | Intent] = {
        **round_offers(meeting, overlay_shown=overlay_shown),
        "pass": Execute(commands.pass_turn),
        "digits": Local.DIGITS,
        "backdate": Offer(Execute(commands.backdate), snapshot.why_not(commands.backdate)),
    }
    if meeting.phase is Phase.READY:
        offers["start"] = Execute(commands.start)
        return offered(TABLE[Place.SHARE], offers)
    held = meeting.countdown is not None and meeting.countdown.held
    offers |= {
        "resume" if held else "hold": Execute(commands.resume if held else commands.hold),
        "finish_held" if held else "finish": Execute(commands.finish),
        "longer": Offer(Execute(commands.give_minute), snapshot.why_not(commands.give_minute)),
        "shorter": Offer(Execute(commands.take_minute), snapshot.why_not(commands.take_minute)),
    }
    if not held and meeting.turn is not None and meeting.turn.step + 1 < len(meeting.steps):
        offers["next_step"] = Execute(commands.next_step)
    return offered(TABLE[Place.SHARE], offers)


def _status(meeting: Meeting) -> str:
    if meeting.phase is Phase.READY:
        person = meeting.person(meeting.turn.member) if meeting.turn else None
        if person is not None and not person.here:
            return f"{person.name} is late: enter if they are here now, p to come back to them."
        return "Enter starts the clock; b starts it as of a minute ago."
    if meeting.countdown is not None and meeting.countdown.held:
        return "Everything waits. Enter or space goes on."
    if meeting.steps and meeting.turn is not None:
        at = meeting.turn.step
        return f"{at + 1} of {len(meeting.steps)}: {meeting.steps[at]}"
    return meeting_words.listening_status(meeting.circle)


def _digits(meeting: Meeting, countdown: Countdown, now: datetime, always: bool) -> str:
    remaining = countdown.remaining(now)
    if remaining <= timedelta() and not meeting.circle.overtime:
        return ""
    if always or remaining <= LAST_MINUTE:
        return meeting_words.clock_face(remaining)
    return ""


def _caption(meeting: Meeting, now: datetime) -> str:
    name = meeting_words.speaker(meeting)
    countdown = meeting.countdown
    if countdown is None:
        return f"{name}, when you are ready"
    if countdown.held:
        return "Held"
    if countdown.remaining(now) <= timedelta():
        return f"{name}, the time is round"
    return f"{name} is speaking"


def _note(meeting: Meeting) -> str:
    turn = meeting.turn
    if turn is None:
        return ""
    if meeting.phase is Phase.READY:
        if turn.offered_again:
            return "offered again"
        first = not meeting.finished and not meeting.waiting_again
        return "a breath first, together" if first else ""
    return meeting.circle.preset.prompt
