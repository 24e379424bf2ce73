"""The circles that a review lists: what is in each row, which are shown, and in which order.

Invariant: rows are ordered by name, date or rhythm, never by attendance. A row keeps texts and
dates, not the review.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum

from msgspec import Struct

from circle_tui.core import dates, text
from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import ALL_DATES, AttendanceCount, Cycle, Review

CYCLES = 6
"""The number of cycles in a chart; more than two years of a peer circle."""

BARS = "▁▂▃▄▅▆▇█"
_MONTH = timedelta(days=31)

_NEVER = datetime.max.replace(tzinfo=UTC)

FilePath = tuple[str, ...]
"""The parts of a file's path."""


class CircleRow(Struct, frozen=True):
    """The columns of one circle, and what its row is sorted by.

    `stride` is the time between two meetings. `next` is the next meeting (aware UTC), or the latest
    possible date if there is none; `when` is the same in words. `last` is the day of the latest
    meeting in words, and `not_met` whether there was none in a month. `question` may be empty.
    """

    path: FilePath
    name: str
    rhythm: str
    stride: timedelta
    chart: str
    last_cycle: str
    held: str
    next: datetime
    when: str
    last: str
    members: int
    overdue: bool
    resting: bool
    question: str
    not_met: bool = False


class UnreadableRow(Struct, frozen=True):
    """A file or folder without a review, and the sentence with the reason.

    `left_out` is whether it could be read, but a newer file of the same circle replaces it.
    """

    path: FilePath
    sentence: str
    left_out: bool = False


ReviewRow = CircleRow | UnreadableRow


class RowFilter(Enum):
    """Which circles are shown; the value says so in the headline."""

    ALL = ""
    OVERDUE = "only those past their date"
    NOT_MET = "only those not met in a month"
    QUESTION = "only those with a question"
    RESTING = "only those resting"

    @property
    def next(self) -> "RowFilter":
        """The choice after this one, in a cycle."""
        choices = list(RowFilter)
        return choices[(choices.index(self) + 1) % len(choices)]

    def has(self, row: CircleRow) -> bool:
        """Whether a circle is one of those."""
        match self:
            case RowFilter.ALL:
                return True
            case RowFilter.OVERDUE:
                return row.overdue
            case RowFilter.NOT_MET:
                return row.not_met
            case RowFilter.QUESTION:
                return bool(row.question)
            case RowFilter.RESTING:
                return row.resting


class RowOrder(Enum):
    """How the circles are ordered; the value is the name of the order."""

    NAME = "by name"
    DATE = "by date"
    RHYTHM = "by rhythm"

    @property
    def next(self) -> "RowOrder":
        """The order after this one, in a cycle."""
        orders = list(RowOrder)
        return orders[(orders.index(self) + 1) % len(orders)]

    def key(self, row: CircleRow) -> tuple[object, ...]:
        """The key that sorts rows in this order."""
        by_name = (text.sort_key(row.name), row.path)
        match self:
            case RowOrder.NAME:
                return by_name
            case RowOrder.DATE:
                return (row.next, *by_name)
            case RowOrder.RHYTHM:
                return (row.stride, *by_name)


def circle_row(path: FilePath, review: Review, here: tzinfo | None = None) -> CircleRow:
    """The row of one circle; `here` is the zone of the clock that people see beside the screen."""
    circle = review.circle
    rhythm = circle.rhythm
    held = [cycle for cycle in review.cycles if cycle.held]
    return CircleRow(
        path=path,
        name=circle.name,
        rhythm=str(rhythm),
        stride=timedelta(days=rhythm.days),
        chart=_chart_and_figure(held),
        last_cycle=f"Cycle {held[-1].number}: {labels.count(held[-1].attendance)} came."
        if held
        else "",
        held=_held(review),
        next=review.next or _NEVER,
        when=_when(review, here),
        last=_last(review),
        members=sum(member.expected for member in circle.members),
        overdue=review.overdue,
        resting=review.resting,
        question=review.question or "",
        not_met=_has_not_met(review),
    )


def _has_not_met(review: Review) -> bool:
    """Whether a circle that meets has not done so in a month."""
    records = review.facts.records
    return review.circle.preset.meets and (not records or review.now - records[-1].started > _MONTH)


def _chart_and_figure(held: Sequence[Cycle]) -> str:
    """The attendance of the last cycle, and the chart of all: " 67%  ▅ ▆"."""
    if not held:
        return ""
    bars = chart([cycle.attendance for cycle in held])
    return f"{labels.percent(held[-1].attendance):>4}  {bars}"


def chart(cycles: Sequence[AttendanceCount]) -> str:
    """A bar for each cycle, as high as its attendance; "…" before the last `CYCLES` of many."""
    ratios = [came.ratio for came in cycles[-CYCLES:]]
    bars = [" " if ratio is None else BARS[round(ratio * 7)] for ratio in ratios]
    return " ".join(["…", *bars] if len(cycles) > CYCLES else bars)


def _held(review: Review) -> str:
    if review.planned:
        return f"{review.held} of {review.planned}"
    if not review.circle.preset.meets:
        return labels.weeks(review.weeks) if review.weeks else "no meetings"
    return "none yet" if review.range == ALL_DATES else "none"


def _when(review: Review, here: tzinfo | None) -> str:
    if review.as_of is not None:
        return f"as of {labels.short_day(review.as_of, review.circle)}"
    if review.resting:
        return "resting"
    if review.next is None:
        return "no meetings"
    when = labels.short_day(review.next, review.circle)
    if review.overdue:
        return f"was due {when}"
    return f"{when}, {dates.spoken_time(review.next, review.circle, here=here)}"


def _last(review: Review) -> str:
    """The day of the circle's latest meeting, whatever days are looked at."""
    if not review.facts.records:
        return ""
    return labels.short_day(review.facts.records[-1].started, review.circle)


def filter_rows(
    circles: Iterable[CircleRow],
    unread: Iterable[UnreadableRow],
    *,
    order: RowOrder,
    name_filter: str,
    only: RowFilter = RowFilter.ALL,
) -> tuple[ReviewRow, ...]:
    """The rows whose names contain `name_filter`, in `order`; unread files come last.

    `only` is the filter of circles to show.
    """
    letters = name_filter.casefold()
    matching = (
        circle for circle in circles if letters in circle.name.casefold() and only.has(circle)
    )
    if only is not RowFilter.ALL:
        return tuple(sorted(matching, key=order.key))
    # Files left out for a newer one come last, because nothing is wrong with them.
    not_read = sorted(
        (unread_file for unread_file in unread if letters in unread_file.sentence.casefold()),
        key=lambda unread_file: unread_file.left_out,
    )
    return (*sorted(matching, key=order.key), *not_read)


def path_endings(circles: Iterable[CircleRow]) -> dict[FilePath, str]:
    """For circles with equal names, the shortest path endings that tell them apart."""
    by_name = defaultdict[str, list[FilePath]](list)
    for circle in circles:
        by_name[circle.name.casefold()].append(circle.path)
    endings: dict[FilePath, str] = {}
    for paths in by_name.values():
        length = 1
        while len(paths) > 1:
            endings_of_paths = {path: _without_suffix(path)[-length:] for path in paths}
            if len(set(endings_of_paths.values())) == len(paths) or length >= max(map(len, paths)):
                endings |= {
                    path: text.clean("/".join(parts)) for path, parts in endings_of_paths.items()
                }
                break
            length += 1
    return endings


def _without_suffix(path: FilePath) -> FilePath:
    *folders, name = path
    return (*folders, name.rpartition(".")[0] or name)
