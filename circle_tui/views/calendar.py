"""The texts of a circle's dates in a calendar.

Invariant: a calendar is often shared, so it holds dates, the circle's name and who opens next;
never a commitment, a contract's name, or who was absent.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from circle_tui.core.calendar import (
    DAY_BEFORE,
    MINUTES_BEFORE,
    MORNING_BEFORE,
    Calendar,
    CalendarEvent,
)
from circle_tui.core.circle import meeting_dates, rotation
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.meeting_dates import MeetingDate
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState

_OFF = "This isn't planned any more."
_REVIEW = "The day you chose to review your covenant together."
_CONTRACT = "The day you chose to look back on a contract. Open circle-tui to see which one."
_CHECKIN = "Write two or three sentences for the others: circle-tui checkin NAME."
_ENDS = "It's the last one of the cycle, so you'll look back together."
_NO_DATES = "{name} has no meeting, review or contract date yet, so there's nothing for a calendar."
_NEVER_MEETS = "{name} is a trading pair: it doesn't meet, so there's no next meeting."
_RESTING = "{name} is resting, so there's no next meeting. Press w at home to wake it."
_NOBODY = "Everyone in {name} is away, so there's no next meeting."
_PLAIN_ID = re.compile("[0-9A-Za-z-]{1,64}")


def circle_calendar(
    snapshot: CircleSnapshot, saved: datetime, *, only_next: bool = False
) -> Calendar:
    """The circle's dates; with `only_next`, only the next meeting.

    `saved` is when the circle's file was written (aware UTC). There may be no event: see
    `why_empty`.
    """
    state = snapshot.state
    moments = [record.ended for record in state.records]
    moments += [cancelled.rebooked_at or cancelled.at for cancelled in state.cancelled]
    made = max(saved, *moments) if moments else saved
    events = tuple(_next(state) if only_next else _events(snapshot))
    return Calendar(state.circle.name, made, events)


def why_empty(state: CircleState, *, only_next: bool = False) -> str:
    """Why a circle's calendar has no event, as a sentence."""
    name = state.circle.name
    if not only_next:
        return _NO_DATES.format(name=name)
    if not state.circle.preset.meets:
        return _NEVER_MEETS.format(name=name)
    return (_RESTING if state.active else _NOBODY).format(name=name)


def saved_to(path: str) -> str:
    """The calendar was saved as a file."""
    return f"Your dates are in {path}. Open it with your calendar."


def _next(state: CircleState) -> Iterator[CalendarEvent]:
    for meeting in meeting_dates.coming(state)[:1]:
        if not meeting.off:
            yield _meeting(state, meeting, opener=_opener(state))


def _events(snapshot: CircleSnapshot) -> Iterator[CalendarEvent]:
    state = snapshot.state
    before: datetime | None = None
    for meeting in meeting_dates.held(state):
        yield _meeting(state, meeting, held=True)
        before = meeting.starts
    opener = _opener(state)
    for meeting in meeting_dates.coming(state):
        yield _meeting(state, meeting, opener=opener)
        if before is not None and state.circle.preset.checkin:
            yield _checkin(state, meeting, before)
        opener, before = "", meeting.starts
    yield from _covenant_review(state)
    if state.contracts:
        yield from _contracts(snapshot)


def _meeting(
    state: CircleState, meeting: MeetingDate, *, opener: str = "", held: bool = False
) -> CalendarEvent:
    circle = state.circle
    said = [f"Meeting {meeting.at} of cycle {meeting.cycle}."]
    if meeting.off:
        said.append(_OFF)
    else:
        said += [opener] if opener else []
        said += [_ENDS] if not held and meeting.at >= circle.cycle else []
    return CalendarEvent(
        _uid(circle, f"meeting-{meeting.number}"),
        circle.name,
        " ".join(said),
        meeting.starts,
        meeting.ends,
        meeting.off,
        () if meeting.off or held else (DAY_BEFORE, MINUTES_BEFORE),
    )


def _opener(state: CircleState) -> str:
    """Who opens the next meeting, if the rotation can tell."""
    openings = rotation.last_openings(state.records)
    chosen = rotation.opener([member.id for member in state.active], openings)
    if chosen is None:
        return ""
    return f"If everyone comes, {state.member(chosen.member).name} opens."


def _checkin(state: CircleState, meeting: MeetingDate, before: datetime) -> CalendarEvent:
    day = meeting_dates.checkin_day(state, meeting, before)
    return _day(state, f"checkin-{meeting.number}", "your check-in", _CHECKIN, day, meeting.off)


def _covenant_review(state: CircleState) -> Iterator[CalendarEvent]:
    days = [each.review for each in state.covenants if each.review is not None]
    if days and state.covenant is not None:
        off = state.covenant.review is None
        yield _day(state, "covenant", "review your covenant", _REVIEW, days[-1], off)


def _contracts(snapshot: CircleSnapshot) -> Iterator[CalendarEvent]:
    # Imported here, because a circle without contracts does not need their rules.
    from circle_tui.core.contracts.review_days import review_days

    state = snapshot.state
    for contract, day, off in review_days(state, snapshot.now):
        # An id that somebody has edited may be words, so only its digest is exported.
        what = f"contract-{_digest(contract)}"
        yield _day(state, what, "a contract is due", _CONTRACT, day, off)


def _day(
    state: CircleState, what: str, about: str, description: str, day: date, off: bool
) -> CalendarEvent:
    """A whole day."""
    circle = state.circle
    return CalendarEvent(
        _uid(circle, what),
        f"{circle.name}: {about}",
        _OFF if off else description,
        day,
        day + timedelta(days=1),
        off,
        () if off else (MORNING_BEFORE,),
    )


def _uid(circle: Circle, what: str) -> str:
    """The id of an event, which stays the same when the event is moved."""
    circle_id = circle.id or f"{circle.name} {circle.first}"
    if not _PLAIN_ID.fullmatch(circle_id):
        circle_id = _digest(circle_id)
    return f"{circle_id}-{what}@circle-tui"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
