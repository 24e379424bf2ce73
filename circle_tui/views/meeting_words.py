"""Sentences about a meeting that more than one screen needs.

Invariant: these are pure functions of the meeting and the moment; each sentence is defined once.
"""

from datetime import datetime, timedelta

from circle_tui.core import dates, text
from circle_tui.core.circle.circle import Circle
from circle_tui.core.meeting import agenda
from circle_tui.core.meeting.meeting import Meeting, Person, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.ring import Seat, SeatState
from circle_tui.views.text import CyclePlace, EndTime

_STATUS_CELLS = 78
"""The width of the status line on an 80-column terminal, in cells."""

_LABEL_CELLS = 20
"""The longest label of a response in the footer, in cells, without its ellipsis."""

_LABELS_CELLS = 34
"""The width of both labels together, in cells, so that the footer's other keys fit."""


def quoted(prompt: str) -> str:
    """A response in quotation marks, because it is said aloud."""
    return f"“{prompt}”"


def listening_status(circle: Circle) -> str:
    """The status line during a share; it does not quote the responses if they are too long."""
    first, second = map(quoted, circle.prompts)
    line = f"Just listen. Then {first}, or {second}"
    if text.cell_width(line) <= _STATUS_CELLS:
        return line
    return "Just listen. Then one of the two responses."


def listening_rule(circle: Circle) -> tuple[str, ...]:
    """The listening rule, line by line."""
    first, second = map(quoted, circle.prompts)
    return (
        "We listen",
        "No advice, no fixing, no questions while someone speaks.",
        f"Afterwards {first},",
        f"or {second}",
    )


def response_labels(circle: Circle) -> tuple[str, ...]:
    """The footer labels of the two responses, shortened so that both fit."""
    whole = tuple(_label(prompt, _LABEL_CELLS) for prompt in circle.prompts)
    if sum(map(text.cell_width, whole)) <= _LABELS_CELLS:
        return whole
    return tuple(_label(prompt, _LABELS_CELLS // 2 - 2) for prompt in circle.prompts)


def _label(prompt: str, room: int) -> str:
    """The first words of a response, as in "What did you notice…?"."""
    if text.cell_width(prompt) <= room:
        return prompt
    first, *words = prompt.split(" ")
    for word in words:
        if text.cell_width(f"{first} {word}") > room:
            break
        first = f"{first} {word}"
    cut = _first_cells(first, room).rstrip(" ,;:…?!.")
    return f"{cut}…{'?' if prompt.endswith(('?', '？')) else ''}"


def _first_cells(words: str, room: int) -> str:
    """The longest beginning of `words` that fits into `room` cells."""
    while text.cell_width(words) > room:
        words = words[:-1]
    return words


def minutes(length: timedelta) -> str:
    """A length in a plan: "8 min", "7:30 min"."""
    return f"{count_minutes(length)} min"


def count_minutes(length: timedelta) -> str:
    """A length in a plan without its unit: "8", "7:30"."""
    whole, seconds = divmod(round(abs(length).total_seconds()), 60)
    return f"{whole}:{seconds:02}" if seconds else f"{whole}"


def clock_face(left: timedelta) -> str:
    """Remaining time as "4:57", or "-0:12" past the end; a second that has begun counts as left."""
    seconds = left.total_seconds()
    shown = int(-(-seconds // 1)) if seconds > 0 else int(-seconds // 1)
    sign = "-" if seconds <= -1 else ""
    return f"{sign}{shown // 60}:{shown % 60:02}"


def gap_notice(gap: timedelta, *, left: timedelta | None) -> str | None:
    """The message after a gap that needs no question; None if there is nothing to tell.

    `left` is the time left of the share that is paused since then; None if no share was running.
    """
    if left is not None:
        return (
            f"Back after {dates.spoken_length(gap)}, on hold with {clock_face(left)} left. "
            "Space resumes · u counts the time away"
        )
    if gap < timedelta(minutes=1):
        return None
    return f"Welcome back after {dates.spoken_length(gap)}. No clock was running."


def headline(snapshot: MeetingSnapshot) -> tuple[str, ...]:
    """The headline of every screen of a meeting, most important part first."""
    meeting, context = snapshot.meeting, snapshot.meeting.context
    cycle = CyclePlace(f"Cycle {context.cycle}, meeting {context.number_in_cycle}")
    parts: list[str] = [meeting.circle.name, cycle]
    if meeting.turn is not None:
        at = len(meeting.finished) + len(meeting.waiting_again) + 1
        total = len(meeting.finished) + len(meeting.waiting_again) + len(meeting.waiting) + 1
        again = meeting.turn.offered_again
        parts.append("passed earlier" if again else f"turn {at} of {total}")
    if meeting.reopened is not None:
        parts.append(f"open again, held on {day_held(meeting, snapshot.now)}")
        return tuple(parts)
    projected = agenda.projected_end(meeting, snapshot.now)
    end = dates.spoken_time(projected, meeting.circle, here=snapshot.here)
    parts.append(EndTime(f"ends about {end}"))
    return tuple(parts)


def day_held(meeting: Meeting, now: datetime) -> str:
    """The day on which the meeting began, as in "12 March"."""
    circle = meeting.circle
    return dates.spoken_day(circle.day(meeting.opened), circle.day(now))


def reopened(meeting: Meeting, now: datetime) -> str:
    """The message after undo has opened the last meeting again."""
    return (
        f"The meeting of {day_held(meeting, now)} is open again, at its closing. "
        "x leaves it as it was."
    )


def dropped(meeting: Meeting, now: datetime, file: str) -> str:
    """The message after a meeting was ended without a record.

    `file` is the name of the file that keeps what was said in it.
    """
    if meeting.reopened is not None:
        return f"The meeting of {day_held(meeting, now)} stays as it was."
    if meeting.phase is Phase.GATHERING:
        return "Gathering dropped. Nothing was recorded."
    return (
        f"Meeting dropped. It leaves no record. What was said stays in {text.clean(file)} "
        "until the next drop. Delete that file to remove it now."
    )


def seats(meeting: Meeting) -> tuple[Seat, ...]:
    """Everybody around the circle, in seat order."""
    return tuple(Seat(person.name, _seat_state(meeting, person)) for person in meeting.people)


def _seat_state(meeting: Meeting, person: Person) -> SeatState:
    if meeting.turn is not None and meeting.turn.member == person.id:
        return SeatState.NOW
    if not person.here:
        return SeatState.AWAY
    if person.id in meeting.finished:
        return SeatState.DONE
    if person.id in meeting.waiting_again:
        return SeatState.PASSED
    return SeatState.WAITING


def speaker(meeting: Meeting) -> str:
    """The name of the member who has the turn; empty if nobody has."""
    return meeting.person(meeting.turn.member).name if meeting.turn else ""


def whereabouts(meeting: Meeting, now: datetime) -> str:
    """What was happening in a meeting that was left, as one sentence."""
    name = speaker(meeting)
    match meeting.phase:
        case Phase.GATHERING:
            return "The circle was gathering."
        case Phase.READY:
            return f"{name}'s turn was about to begin."
        case Phase.SHARE if meeting.countdown is not None:
            left = meeting.countdown.remaining(now)
            if left <= timedelta():
                return f"{name} was speaking, and the time was up."
            return f"{name} was speaking, with {clock_face(left)} left."
        case Phase.RESPONSES:
            return f"The circle was responding to {name}."
        case Phase.COMMITMENTS:
            return f"{name} was looking at their commitments."
        case _:
            return "The circle was closing."


def parked(meeting: Meeting, now: datetime) -> str:
    """What was happening in a parked meeting, and how to continue it."""
    return f"{whereabouts(meeting, now)} Enter continues."
