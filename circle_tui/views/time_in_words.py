"""The time in words, for people who don't see the ring: the marks of a share, and the rest of it.

Invariant: a mark is spoken once, when the remaining time falls below it.
"""

import math
from datetime import datetime, timedelta, tzinfo

from circle_tui.core import dates
from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting.countdown import Countdown
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words, share

_LAST_MINUTE = timedelta(minutes=1)
_HALF_FROM = timedelta(minutes=3)
"""In a shorter share, half of the time is close to the last minute."""

HALF = "Half the time is left."
ONE_MINUTE = "One minute left."
TIME_IS_UP = "That's your time. Finish when you're ready."


def marks(length: timedelta) -> dict[timedelta, str]:
    """The sentences for a share of `length`, by the remaining time, longest first."""
    said = {}
    if length >= _HALF_FROM:
        said[length / 2] = HALF
    if length > _LAST_MINUTE:
        said[_LAST_MINUTE] = ONE_MINUTE
    said[timedelta()] = TIME_IS_UP
    return said


def crossed(length: timedelta, before: timedelta, left: timedelta) -> str | None:
    """The sentence of the last mark between the remaining times `before` and `left`, if any."""
    said = [words for mark, words in marks(length).items() if left <= mark < before]
    return said[-1] if said else None


def until_next_mark(countdown: Countdown | None, now: datetime) -> timedelta | None:
    """The time until the next mark of a running share; None if there are no more."""
    if countdown is None or countdown.is_paused:
        return None
    left = countdown.remaining(now)
    return min((left - mark for mark in marks(countdown.length) if mark < left), default=None)


def turn(snapshot: MeetingSnapshot) -> str:
    """Whose turn it is and how long; while they speak, how much of it is left."""
    meeting, name = snapshot.meeting, meeting_words.speaker(snapshot.meeting)
    countdown = meeting.countdown
    if countdown is None:
        note = share.share_face(snapshot, digits=False).note
        said = f"{name}'s turn: {_spoken(meeting.share)}{f', {note}' if note else ''}"
        return said if said.endswith("?") else f"{said}."
    remaining = countdown.remaining(snapshot.now)
    left = f"{_spoken(remaining)} left" if remaining > timedelta() else "time is up"
    if countdown.is_paused:
        return f"On hold: {name}, {left}."
    step = f" ({meeting.steps[meeting.turn.step]})" if meeting.steps and meeting.turn else ""
    return f"{name} speaks{step}: {left}."


def in_a_meeting(snapshot: MeetingSnapshot) -> str:
    """What time it is in a meeting: what is left of the share, and when the meeting ends."""
    said = [turn(snapshot)] if snapshot.meeting.countdown is not None else []
    said.append(f"It's {_o_clock(snapshot.now, snapshot.meeting.circle, snapshot.here)}.")
    end = meeting_words.headline(snapshot)[-1]
    if snapshot.meeting.reopened is None:
        said.append(f"The meeting {end}.")
    return " ".join(said)


def between_meetings(circle: Circle, now: datetime, here: tzinfo | None) -> str:
    """What time it is on the circle's clock."""
    return f"It's {_o_clock(now, circle, here)}."


def _o_clock(now: datetime, circle: Circle, here: tzinfo | None) -> str:
    return dates.spoken_time(now, circle, here=here)


def _spoken(length: timedelta) -> str:
    """A length as it is spoken: "6 minutes 12 seconds"."""
    minutes, seconds = divmod(math.ceil(length.total_seconds()), 60)
    parts = [
        f"{number} {unit}{'' if number == 1 else 's'}"
        for number, unit in ((minutes, "minute"), (seconds, "second"))
        if number
    ]
    return " ".join(parts) or "0 seconds"
