"""The review of one circle: attendance, meeting by meeting.

Invariant: the view is made from facts only. Members are in alphabetical or seat order; nothing is
counted, ranked or said about one of them.
"""

from collections.abc import Iterable
from typing import ClassVar

from circle_tui.core.attendance import figures, labels, summary
from circle_tui.core.attendance.facts import Attendance, Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import Cycle, Review
from circle_tui.core.attendance.roster import Attendee, order_of, people
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.core.ids import MeetingId
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.date_range import NOTHING_BEHIND, ask_days
from circle_tui.views.grid import SHADES, Column, Group, Noun
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Say,
    Scroll,
    SpokenField,
    View,
    offered,
)

MEMBER = Noun("member", "members")
MEETING = Noun("meeting", "meetings")

ATTENDANCE = "Attendance"
WEEKS = "Weeks"
SIGNS = "Signs"
_STATUS = "This only shows who came. Members see exactly what leads see."
_PAIRS_STATUS = "This only shows which weeks they traded. Members see exactly what leads see."
_CANCELLED_LEGEND = "× cancelled  ↻ rebooked within 48 hours  ↷ rebooked later"
_FIRST_MEETING = "That's the first meeting."
_LAST_MEETING = "That's the last meeting."
_NO_MEETING_IN_THESE_DAYS = "No meetings on these days. d for other days"
_NO_MEETING = "No meetings yet."
THE_PAIR = "The pair"
_WEEK, _TO_FIRST_WEEK, _TO_LAST_WEEK = "Week", "First week", "Last week"
_FIRST_WEEK = "That's the first week."
_LAST_WEEK = "That's the last week."
_NO_WEEK_IN_THESE_DAYS = "They have no weeks on these days. d for other days"
_NO_WEEK = "No week is over yet."
_WEEK_SIGNS = (labels.TRADED, labels.NOT_TRADED)

_SHADES = {sign: shade for (sign, _), shade in zip(labels.SIGNS, SHADES, strict=True)}


class ReviewOfOneView(View, frozen=True, kw_only=True):
    """The grid of one circle, and sentences about it.

    `title` stands above the grid. `names` are the rows, `count_labels` the labels of each column's
    counts. `meeting` is a sentence about the meeting under the cursor, `meeting_in_cycle` adds one
    about its cycle. `summary` is about the whole circle, most important sentence last.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("summary"),
        SpokenField("meeting_in_cycle"),
        SpokenField("who_came"),
    )

    title: str
    names: tuple[str, ...]
    groups: tuple[Group, ...]
    count_labels: tuple[str, ...]
    meeting: str
    meeting_in_cycle: str
    summary: tuple[str, ...]
    legend: str
    held: MeetingId | None = None
    """The id of the meeting under the cursor, if it was held."""
    who_came: tuple[str, ...] = ()
    """How everybody came to the meeting under the cursor, for whoever doesn't see the grid."""


def review_of_one_view(
    review: Review,
    *,
    cursor: int,
    by_seat: bool = False,
    as_members: bool = False,
    can_go_back: bool = False,
    can_correct: bool = False,
    asking: bool = False,
) -> ReviewOfOneView:
    """The review with the cursor on one meeting, counted from 0 over all cycles.

    `by_seat` is how members are ordered; `as_members` whether the headline calls it the members'
    view; `can_go_back` whether the screen was opened from another; `can_correct` whether the
    circle itself looks at it, and can set a meeting right; `asking` whether text is being typed.
    """
    rows = people(review, order_of(by_seat))
    cancelled = any(cycle.cancelled for cycle in review.cycles)
    trades = not review.circle.preset.meets
    meeting, meeting_in_cycle = _meeting(review, cursor)
    return ReviewOfOneView(
        headline=_headline(review, by_seat=by_seat, as_members=as_members),
        status=_PAIRS_STATUS if trades else _STATUS,
        actions=_actions(
            review, cursor, can_go_back=can_go_back, can_correct=can_correct, asking=asking
        ),
        # Every glyph that the grid can have, because a short screen does not show the legend.
        signs=_WEEK_SIGNS if trades else labels.SIGNS,
        title=WEEKS if trades else ATTENDANCE,
        names=(THE_PAIR,) if review.weeks else tuple(row.name for row in rows),
        groups=_weeks(review)
        if trades
        else tuple(_group(cycle, rows, review.circle) for cycle in review.cycles),
        count_labels=_count_labels(review),
        meeting=meeting,
        meeting_in_cycle=meeting_in_cycle,
        summary=tuple(summary.summary(review)),
        legend=_legend(_WEEK_SIGNS) if trades else _attendance_legend(cancelled=cancelled),
        held=_held(review, cursor),
        who_came=_who_came(review, rows, cursor),
    )


def last_meeting(review: Review) -> int:
    """The cursor's first position, the last meeting or week; 0 if there is none."""
    return max(_columns(review) - 1, 0)


def _columns(review: Review) -> int:
    """The number of meetings, or of a trading pair's weeks."""
    return len(review.weeks) or len(_meetings(review))


def _meetings(review: Review) -> list[tuple[Cycle, HeldMeeting | Cancelled]]:
    return [(cycle, meeting) for cycle in review.cycles for meeting in cycle.meetings]


def _held(review: Review, cursor: int) -> MeetingId | None:
    """The id of the meeting under the cursor; None if there is none, or it was cancelled."""
    meetings = _meetings(review)
    meeting = meetings[cursor][1] if meetings else None
    return meeting.id if isinstance(meeting, HeldMeeting) else None


def _count_labels(review: Review) -> tuple[str, ...]:
    if not review.circle.preset.meets:
        return ()
    return ("came", "of", "guests") if _has_guests(review) else ("came", "of")


def _who_came(review: Review, rows: tuple[Attendee, ...], cursor: int) -> tuple[str, ...]:
    """As in "late: Tom", in the order of the signs; those who weren't expected are left out."""
    meetings = _meetings(review)
    meeting = meetings[cursor][1] if meetings else None
    if not isinstance(meeting, HeldMeeting):
        return ()
    came: dict[str, list[str]] = {}
    for row in rows:
        glyph = labels.participation(meeting, row, review.circle)[0]
        came.setdefault(glyph, []).append(row.name)
    return tuple(
        f"{word}: {', '.join(came[glyph])}"
        for glyph, word in labels.SIGNS
        if glyph in came and glyph != labels.NOT_EXPECTED_GLYPH
    )


def _has_guests(review: Review) -> bool:
    return any(meeting.guests for cycle in review.cycles for meeting in cycle.held)


def _headline(review: Review, *, by_seat: bool, as_members: bool) -> tuple[str, ...]:
    order = "members by seat" if by_seat else "members by name"
    whose = "as members see it" if as_members else "attendance"
    if not review.circle.preset.meets:
        order, whose = "", whose if as_members else "trades"
    # The name comes last, because a narrow headline keeps its end.
    return tuple(filter(None, (whose, order, labels.date_range(review.range), review.circle.name)))


def _meeting(review: Review, cursor: int) -> tuple[str, str]:
    """A sentence about a meeting, and the same with one about its cycle."""
    if review.weeks:
        return (summary.week_sentence(review.weeks[cursor]),) * 2
    meetings = _meetings(review)
    if not meetings:
        return (summary.no_meeting(review),) * 2
    cycle, meeting = meetings[cursor]
    about = summary.meeting_sentence(meeting, review.circle)
    if not cycle.held:
        return about, about
    count, percent = labels.count(cycle.attendance), labels.percent(cycle.attendance)
    return about, f"{about} {summary.cycle_title(cycle)}: {count}, {percent}."


def _legend(signs: Iterable[tuple[str, str]]) -> str:
    return "  ".join(f"{glyph} {word}" for glyph, word in signs)


def _attendance_legend(*, cancelled: bool) -> str:
    states = _legend((labels.glyph(state), labels.word(state)) for state in (*Attendance, None))
    return f"{states}\n{_CANCELLED_LEGEND}" if cancelled else states


def _actions(
    review: Review, cursor: int, *, can_go_back: bool, can_correct: bool, asking: bool
) -> tuple[Action, ...]:
    table = TABLE[Place.REVIEW_OF_ONE]
    escape = "back" if can_go_back else "escape"
    if asking:
        return offered(table, {escape: Local.BACK})
    last = _columns(review) - 1
    trades = not review.circle.preset.meets

    def go(to: int) -> Intent:
        if last < 0:
            if trades:
                return Say(_NO_WEEK_IN_THESE_DAYS if review.facts.trades else _NO_WEEK)
            # A circle that never met has nothing on other days either.
            met = review.facts.records or review.facts.cancelled
            return Say(_NO_MEETING_IN_THESE_DAYS if met else _NO_MEETING)
        at = max(0, min(to, last))
        if at == cursor and to != at:
            if trades:
                return Say(_LAST_WEEK if to > at else _FIRST_WEEK)
            return Say(_LAST_MEETING if to > at else _FIRST_MEETING)
        return Move(at - cursor)

    starts, end = _starts_of_cycles(review)
    if trades:
        return offered(
            table,
            {
                **_way_back(can_go_back=can_go_back),
                "previous": Offer(go(cursor - 1), label=_WEEK),
                "next": Offer(go(cursor + 1), label=_WEEK),
                "first": Offer(go(0), label=_TO_FIRST_WEEK),
                "last": Offer(go(end), label=_TO_LAST_WEEK),
                "days": ask_days(review.range),
            },
        )
    correcting: dict[str, Offer | Intent] = {}
    if can_correct and _held(review, cursor) is not None:
        correcting["correct"] = Local.CORRECT
    return offered(
        table,
        {
            **correcting,
            **_way_back(can_go_back=can_go_back),
            "previous": go(cursor - 1),
            "next": go(cursor + 1),
            "previous_cycle": go(max((start for start in starts if start < cursor), default=-1)),
            "next_cycle": go(min((start for start in starts if start > cursor), default=end)),
            "first": go(0),
            "last": go(end),
            "scroll_up": Scroll(-1),
            "scroll_down": Scroll(1),
            "order": Local.REORDER,
            "days": ask_days(review.range),
        },
    )


def _way_back(*, can_go_back: bool) -> dict[str, Offer | Intent]:
    if can_go_back:
        return {"back": Request.BACK}
    return {"escape": Offer(Local.NOWHERE, NOTHING_BEHIND)}


def _starts_of_cycles(review: Review) -> tuple[list[int], int]:
    """The index of each cycle's first meeting, and the number of meetings."""
    if review.weeks:
        return [0], len(review.weeks) - 1
    starts, at = [], 0
    for cycle in review.cycles:
        starts.append(at)
        at += len(cycle.meetings)
    return starts, at


def _weeks(review: Review) -> tuple[Group, ...]:
    """A trading pair's weeks, each below its Monday."""
    if not review.weeks:
        return ()
    traded = labels.weeks(review.weeks)
    columns = tuple(
        Column(
            str(week.monday.day),
            f"{week.monday:%b}",
            ((labels.week(week)[0], "present" if week.traded else "none"),),
            (),
        )
        for week in review.weeks
    )
    return (Group((f"Weeks traded: {traded}", f"Weeks: {traded}", traded), columns),)


def _group(cycle: Cycle, rows: tuple[Attendee, ...], circle: CircleFacts) -> Group:
    columns = tuple(_column(meeting, rows, circle) for meeting in cycle.meetings)
    number = cycle.number
    if not cycle.held:
        return Group((f"Cycle {number}", f"C{number}"), columns)
    count, short = labels.count(cycle.attendance), labels.short_count(cycle.attendance)
    titles = (f"Cycle {number}: {count}", f"C{number}: {count}", f"{number}: {short}", short)
    return Group(titles, columns)


def _column(
    meeting: HeldMeeting | Cancelled, rows: tuple[Attendee, ...], circle: CircleFacts
) -> Column:
    glyphs = (labels.participation(meeting, row, circle)[0] for row in rows)
    signs = tuple((glyph, _SHADES[glyph]) for glyph in glyphs)
    local = figures.meeting_date(meeting).astimezone(circle.tz)
    day, month = str(local.day), f"{local:%b}"
    if isinstance(meeting, Cancelled):
        return Column(day, month, signs, ("", "", ""))
    attendance = figures.count_attendance([meeting])
    guests = f"+{meeting.guests}" if meeting.guests else ""
    counts = (str(attendance.attended), str(attendance.expected), guests)
    return Column(day, month, signs, counts)
