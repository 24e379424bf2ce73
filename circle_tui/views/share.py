"""A share: who speaks, the remaining time, and what the others do meanwhile.

Invariant: nothing is typed while a member speaks. Digits are shown in the last minute or on
request; past the end only if the circle counts overtime.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from circle_tui.core.circle import settings
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.ring import RingFace
from circle_tui.views.rounds import round_offers
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Offer,
    SpokenField,
    View,
    execute,
    offered,
)

LAST_MINUTE = timedelta(minutes=1)


class ShareView(View, frozen=True, kw_only=True):
    """The ring and the keys."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = ()

    face: RingFace


def share_view(snapshot: MeetingSnapshot, *, digits: bool) -> ShareView:
    """Before and during a share; `digits` is whether to show digits all the time."""
    meeting = snapshot.meeting
    return ShareView(
        headline=meeting_words.headline(snapshot),
        status=_status(meeting),
        actions=_actions(snapshot),
        face=share_face(snapshot, digits=digits),
        only_action="resume" if _held(meeting) else "",
    )


def share_face(snapshot: MeetingSnapshot, *, digits: bool) -> RingFace:
    """The ring at the snapshot's moment."""
    meeting, now = snapshot.meeting, snapshot.now
    countdown = meeting.countdown
    name = meeting_words.speaker(meeting)
    shown = "" if countdown is None else _digits(meeting, countdown, now, digits)
    return RingFace(
        seats=meeting_words.seats(meeting),
        remaining=1.0 if countdown is None else countdown.fraction_remaining(now),
        digits=shown,
        large="HOLD" if countdown is not None and countdown.is_paused else name,
        caption=_caption(meeting, now, name_is_large=not shown),
        note=_note(meeting),
        steps=_steps(meeting),
    )


def bell_is_due(meeting: Meeting, before: timedelta, left: timedelta) -> bool:
    """Whether the time has just run out, from `before` to `left`, and the circle uses the bell."""
    return meeting.circle.bell and before > timedelta() >= left


def _bell_switched(meeting: Meeting) -> str:
    """The message after switching the bell, from its present setting."""
    if meeting.circle.bell:
        return "The bell won't ring when time is up."
    return "The bell will ring when time is up."


def digits_to_come(digits: bool) -> str:
    """The message about the digits while no share runs."""
    return f"The clock will show {'minutes and seconds' if digits else 'only the ring'}."


def _actions(snapshot: MeetingSnapshot) -> tuple[Action, ...]:
    meeting = snapshot.meeting
    offers: dict[str, Offer | Intent] = {
        **round_offers(meeting),
        "pass": execute(commands.pass_turn),
        "digits": Local.DIGITS,
        "bell": execute(settings.switch, "bell", flash=_bell_switched(meeting)),
        "backdate": Offer(execute(commands.backdate), snapshot.why_not(commands.backdate)),
    }
    if meeting.phase is Phase.READY:
        offers["start"] = execute(commands.start)
        if snapshot.why_not(commands.arrive_and_pass) is None:
            offers["pass"] = Offer(execute(commands.pass_turn), label="Not here yet")
            offers["arrive_and_pass"] = execute(commands.arrive_and_pass)
        return offered(TABLE[Place.SHARE], offers)
    held = _held(meeting)
    offers |= {
        "resume" if held else "hold": execute(commands.resume if held else commands.pause),
        "finish_held" if held else "finish": execute(commands.finish),
        "longer": Offer(execute(commands.give_minute), snapshot.why_not(commands.give_minute)),
        "shorter": Offer(execute(commands.take_minute), snapshot.why_not(commands.take_minute)),
    }
    if not held and meeting.turn is not None and meeting.turn.step + 1 < len(meeting.steps):
        offers["next_step"] = execute(commands.next_step)
    return offered(TABLE[Place.SHARE], offers)


def _held(meeting: Meeting) -> bool:
    return meeting.countdown is not None and meeting.countdown.is_paused


def _status(meeting: Meeting) -> str:
    if meeting.phase is Phase.READY:
        person = meeting.person(meeting.turn.member) if meeting.turn else None
        if person is not None and not person.here:
            if meeting.turn is not None and meeting.turn.offered_again:
                return f"Is {person.name} here now? Enter starts · h to pass · p if still missing"
            return f"Is {person.name} here now? Enter starts · h to pass · p to come back later"
        return "Enter starts the clock · b if it began a minute ago"
    if _held(meeting):
        return "On hold. Take all the time you need. Space resumes."
    return meeting_words.listening_status(meeting.circle)


def _digits(meeting: Meeting, countdown: Countdown, now: datetime, always: bool) -> str:
    if countdown.is_paused:
        return ""
    remaining = countdown.remaining(now)
    if remaining <= timedelta() and not meeting.circle.overtime:
        return ""
    if always or remaining <= LAST_MINUTE:
        return meeting_words.clock_face(remaining)
    return ""


def _caption(meeting: Meeting, now: datetime, *, name_is_large: bool) -> str:
    """What stands below the name, or the name itself below the time."""
    name = meeting_words.speaker(meeting)
    countdown = meeting.countdown
    if countdown is None:
        return "when you're ready"
    if countdown.is_paused:
        return name
    if countdown.remaining(now) <= timedelta():
        return "that's your time" if name_is_large else f"{name}, that's your time"
    return "" if name_is_large else name


def _note(meeting: Meeting) -> str:
    turn = meeting.turn
    if turn is None or _held(meeting):
        return ""
    if meeting.phase is Phase.READY:
        if turn.offered_again:
            return "passed earlier: share now?"
        first = not meeting.finished and not meeting.waiting_again
        return "a breath first, together" if first else ""
    if meeting.steps:
        return meeting.steps[turn.step]
    if meeting.circle.preset.prompt:
        return meeting.circle.preset.prompt
    return f"next: {meeting.person(meeting.waiting[0]).name}" if meeting.waiting else ""


def _steps(meeting: Meeting) -> tuple[int, int] | None:
    """The present step of the share and how many there are; None if it has no steps."""
    if not meeting.steps or meeting.turn is None or meeting.phase is Phase.READY:
        return None
    return meeting.turn.step + 1, len(meeting.steps)
