"""The time plan of one meeting: whether it fits, when it will end, which share length would fit.

Invariant: the projected end allows for every share still to come. A refitted share is never
shorter than a minute nor longer than the group chose.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from circle_tui.core.circle.circle import SHORTEST_SHARE, Circle
from circle_tui.core.meeting.meeting import Meeting, Phase

LOOK_BACK = timedelta(minutes=5)
"""The look back at the end of a cycle (guide: practice, Cycles and choices)."""

_ROUNDING = timedelta(seconds=30)
_ZERO = timedelta()


def opening(circle: Circle) -> timedelta:
    """Silence, covenant and listening rule: 5 of 60 minutes.

    See guide: practice, A meeting, minute by minute.
    """
    return circle.length / 12


def closing(circle: Circle) -> timedelta:
    """One word each and the next date: 4 of 60 minutes.

    See guide: practice, A meeting, minute by minute.
    """
    return circle.length / 15


class Plan(NamedTuple):
    """How a meeting's time is divided.

    `slack` is negative if the plan does not fit. `fitting_share` is the longest share that fits,
    None if not even the shortest does.
    """

    speakers: int
    opening: timedelta
    turns: timedelta
    closing: timedelta
    slack: timedelta
    fitting_share: timedelta | None

    @property
    def fits(self) -> bool:
        """Whether the plan fits into the meeting's length."""
        return self.slack >= _ZERO


def plan(meeting: Meeting) -> Plan:
    """The plan during the gathering, for everybody present or expected late."""
    circle = meeting.circle
    speakers = len(meeting.order_now())
    start, end = opening(circle), _closing_length(meeting)
    turns = speakers * (meeting.share + circle.response)
    slack = circle.length - start - turns - end
    fitting_share = share_within(circle.length - start - end, speakers, circle.response)
    return Plan(
        speakers,
        start,
        turns,
        end,
        slack,
        fitting_share if fitting_share >= SHORTEST_SHARE else None,
    )


def projected_end(meeting: Meeting, now: datetime) -> datetime:
    """When the meeting will end (aware UTC) if every remaining part takes its planned time."""
    if meeting.phase is Phase.CLOSED and meeting.ended is not None:
        return meeting.ended
    if meeting.reopened is not None:
        return meeting.reopened.ended
    return (
        now
        + _before_next_turn(meeting, now)
        + _turns_to_come(meeting)
        + _closing_left(meeting, now)
    )


def refit_share(before: Meeting, after: Meeting, now: datetime) -> timedelta:
    """The share length for the remaining speakers after somebody arrived or left.

    `before` and `after` are the meeting on both sides of that event. The share is chosen to keep
    the planned end, or the end projected so far if that is later.
    """
    if before.began is None:
        return before.share
    target = max(before.began + before.circle.length, projected_end(before, now))
    to_come = len(after.waiting) + len(after.waiting_again)
    spent = _before_next_turn(after, now) + _closing_left(after, now)
    response = after.circle.response
    if after.phase is Phase.READY:
        # The share on offer has not begun, so it is refitted like the others.
        to_come += 1
        spent -= after.share + response
    if to_come == 0:
        return before.share
    fitting_share = share_within(target - now - spent, to_come, response)
    return min(max(fitting_share, SHORTEST_SHARE), before.chosen_share)


def share_within(budget: timedelta, speakers: int, response: timedelta) -> timedelta:
    """The longest share, in half minutes, that `speakers` people can have in `budget`."""
    if speakers == 0:
        return _ZERO
    share = budget / speakers - response
    return max(share // _ROUNDING * _ROUNDING, _ZERO)


def _before_next_turn(meeting: Meeting, now: datetime) -> timedelta:
    """The time that the opening and the current turn still take."""
    turn, response = meeting.turn, meeting.circle.response
    if meeting.phase is Phase.GATHERING:
        return opening(meeting.circle)
    if turn is None:
        return _ZERO
    if meeting.phase is Phase.READY:
        breath = _ZERO
        if not meeting.finished and not meeting.waiting_again and meeting.began is not None:
            breath = max(opening(meeting.circle) - (now - meeting.began), _ZERO)
        return breath + meeting.share + response
    if meeting.phase is Phase.SHARE and turn.countdown is not None:
        return max(turn.countdown.remaining(now), _ZERO) + response
    if turn.share_ended is not None:
        return max(response - (now - turn.share_ended), _ZERO)
    return _ZERO


def _turns_to_come(meeting: Meeting) -> timedelta:
    """The time for all turns after the current one."""
    if meeting.phase is Phase.GATHERING:
        to_come = len(meeting.order_now())
    else:
        to_come = len(meeting.waiting) + len(meeting.waiting_again)
    return to_come * (meeting.share + meeting.circle.response)


def _closing_length(meeting: Meeting) -> timedelta:
    """The length of the closing, including the look back if a cycle ends."""
    return closing(meeting.circle) + (LOOK_BACK if meeting.context.choices else _ZERO)


def _closing_left(meeting: Meeting, now: datetime) -> timedelta:
    whole = _closing_length(meeting)
    if meeting.closing_since is None:
        return whole
    return max(whole - (now - meeting.closing_since), _ZERO)
