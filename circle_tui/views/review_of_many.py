"""The review of many circles, one row each.

Invariant: rows are ordered by name, date or rhythm, never by attendance. A file that cannot be read
has a row as well. Only the rows are kept in memory, not the reviews.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum

from msgspec import Struct

from circle_tui.core import dates, text
from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import (
    ALL_DATES,
    AttendanceCount,
    Cycle,
    DateRange,
    Review,
)
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.date_range import NOTHING_BEHIND, ask_days
from circle_tui.views.view import Action, Ask, Intent, Local, Move, Offer, Say, View, offered

CIRCLES = "Circles"
_HELD, _NEXT, _LAST, _MEMBERS = "held", "next", "last met", "members"
HEADS = ("circle", "?", "attendance", _HELD, _NEXT, _LAST, _MEMBERS, "question to the circle")
"""The column headings."""

CYCLES = 6
"""The number of cycles in a chart; more than two years of a peer circle."""

_BARS = "▁▂▃▄▅▆▇█"
_SIGNS = (
    # Explanations that do not fit into the column headings.
    ("?", "attendance raises a question to the circle"),
    (f"{_BARS[0]} {_BARS[-1]}", "attendance of a cycle, nobody to everybody"),
    ("…", "there were cycles before these"),
)
_READING = "Reading…"
_NO_CIRCLE = "No circles here. Name a file or a folder, like circle-tui review DIR."
_NOTHING_TO_OPEN = "There's nothing to open."
_TEN = 10

_NEVER = datetime.max.replace(tzinfo=UTC)

FilePath = tuple[str, ...]
"""The parts of a file's path."""


class CircleRow(Struct, frozen=True):
    """The columns of one circle, and what its row is sorted by.

    `stride` is the time between two meetings. `next` is the next meeting (aware UTC), or the latest
    possible date if there is none; `when` is the same in words. `last` is the day of the latest
    meeting in words. `question` may be empty.
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


class UnreadRow(Struct, frozen=True):
    """A file or folder that cannot be read, and the sentence with the reason."""

    path: FilePath
    sentence: str


ReviewRow = CircleRow | UnreadRow


class Order(Enum):
    """How the circles are ordered; the value is the name of the order."""

    NAME = "by name"
    DATE = "by date"
    RHYTHM = "by rhythm"

    @property
    def next(self) -> "Order":
        """The order after this one, in a cycle."""
        orders = list(Order)
        return orders[(orders.index(self) + 1) % len(orders)]

    def key(self, row: CircleRow) -> tuple[object, ...]:
        """The key that sorts rows in this order."""
        by_name = (text.sort_key(row.name), row.path)
        match self:
            case Order.NAME:
                return by_name
            case Order.DATE:
                return (row.next, *by_name)
            case Order.RHYTHM:
                return (row.stride, *by_name)


class ReviewOfManyView(View, frozen=True, kw_only=True):
    """The texts of each row's columns; a row with a single text takes the whole line."""

    rows: tuple[tuple[str, ...], ...]


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
    )


def _chart_and_figure(held: Sequence[Cycle]) -> str:
    """The attendance of the last cycle, and the chart of all: " 67%  ▅ ▆"."""
    if not held:
        return ""
    bars = chart([cycle.attendance for cycle in held])
    return f"{labels.percent(held[-1].attendance):>4}  {bars}"


def chart(cycles: Sequence[AttendanceCount]) -> str:
    """A bar for each cycle, as high as its attendance; "…" before the last `CYCLES` of many."""
    ratios = [came.ratio for came in cycles[-CYCLES:]]
    bars = [" " if ratio is None else _BARS[round(ratio * 7)] for ratio in ratios]
    return " ".join(["…", *bars] if len(cycles) > CYCLES else bars)


def _held(review: Review) -> str:
    if review.planned:
        return f"{review.held} of {review.planned}"
    if not review.circle.preset.meets:
        return "no meetings"
    return "none yet" if review.range == ALL_DATES else "none"


def _when(review: Review, here: tzinfo | None) -> str:
    if review.resting:
        return "resting"
    if review.next is None:
        return "no meetings"
    local = review.next.astimezone(review.circle.tz)
    when = f"{local.day} {local:%b} {local.year}"
    if review.overdue:
        return f"was due {when}"
    return f"{when}, {dates.spoken_time(review.next, review.circle, here=here)}"


def _last(review: Review) -> str:
    """The day of the circle's latest meeting, whatever days are looked at."""
    if not review.facts.records:
        return ""
    day = review.facts.records[-1].started.astimezone(review.circle.tz)
    return f"{day.day} {day:%b} {day.year}"


def filter_rows(
    circles: Iterable[CircleRow], unread: Iterable[UnreadRow], *, order: Order, name_filter: str
) -> tuple[ReviewRow, ...]:
    """The rows whose names contain `name_filter`, in `order`; unread files come last."""
    letters = name_filter.casefold()
    matching = (circle for circle in circles if letters in circle.name.casefold())
    not_read = (unread_file for unread_file in unread if letters in unread_file.sentence.casefold())
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


def review_of_many_view(
    rows: Sequence[ReviewRow],
    *,
    cursor: int,
    order: Order,
    within: DateRange = ALL_DATES,
    name_filter: str = "",
    endings: Mapping[FilePath, str] | None = None,
    hidden_columns: Iterable[str] = (),
    as_members: bool = False,
    reading: bool = False,
    asking: bool = False,
) -> ReviewOfManyView:
    """The list with the cursor on one of `rows`, which are those of `filter_rows`.

    `endings` are those of `path_endings`, `hidden_columns` the headings of columns without room.
    `reading` is whether more rows will come, `asking` whether text is being typed.
    """
    chosen = rows[cursor] if rows else None
    return ReviewOfManyView(
        headline=tuple(_headline(rows, order, within, name_filter, as_members=as_members)),
        status=(
            _none_listed(name_filter, reading=reading)
            if chosen is None
            else _about(chosen, frozenset(hidden_columns))
        ),
        actions=_actions(chosen, len(rows), cursor, within, name_filter, asking=asking),
        signs=_SIGNS,
        rows=tuple(_texts(row, endings or {}) for row in rows),
    )


def read_name_filter(typed: str) -> str:
    """The typed filter without surrounding spaces."""
    return typed.strip()


def _headline(
    rows: Sequence[ReviewRow],
    order: Order,
    within: DateRange,
    name_filter: str,
    *,
    as_members: bool,
) -> Iterator[str]:
    found = [row for row in rows if isinstance(row, CircleRow)]
    circles, unread = len(found), len(rows) - len(found)
    if circles or not unread:
        yield "1 circle" if circles == 1 else f"{circles} circles"
    if overdue := sum(circle.overdue for circle in found):
        yield f"{overdue} past {'its' if circles == 1 else 'their'} date"
    if questions := sum(bool(circle.question) for circle in found):
        yield f"{questions} with a question"
    if resting := sum(circle.resting for circle in found):
        yield f"{resting} resting"
    if unread:
        yield f"{unread} couldn't be read"
    if name_filter:
        yield f"with “{name_filter}”"
    if as_members:
        yield "as members see them"
    if days := labels.date_range(within):
        yield days
    yield order.value


def _none_listed(name_filter: str, *, reading: bool) -> str:
    if reading:
        return _READING
    if name_filter:
        return f"No circle has “{name_filter}” in its name. / to search again"
    return _NO_CIRCLE


def _about(chosen: ReviewRow, hidden_columns: frozenset[str]) -> str:
    """More about the row under the cursor."""
    if isinstance(chosen, UnreadRow):
        return chosen.sentence
    if _NEXT not in hidden_columns:
        return _joined(f"{chosen.name}, {chosen.rhythm}.", chosen.last_cycle, chosen.question)
    # Hidden columns come first, because the line may be cut off.
    held = f"Held: {chosen.held}." if _HELD in hidden_columns else ""
    coming = _next_meeting(chosen.when)
    return _joined(f"{chosen.name}.", held, coming, chosen.question, chosen.last_cycle)


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _next_meeting(when: str) -> str:
    return f"Next: {when}." if when[0].isdigit() else f"{when[0].upper()}{when[1:]}."


def _actions(
    chosen: ReviewRow | None,
    count: int,
    cursor: int,
    within: DateRange,
    name_filter: str,
    *,
    asking: bool,
) -> tuple[Action, ...]:
    table = TABLE[Place.REVIEW_OF_MANY]
    if asking:
        return offered(table, {"back": Local.BACK})
    offers: dict[str, Offer | Intent] = {
        "open": _open(chosen),
        "previous": Move(-1),
        "next": Move(1),
        "ten_back": Move(-_TEN),
        "ten_on": Move(_TEN),
        "first": Move(-cursor),
        "last": Move(count - 1 - cursor),
        "filter": Ask(
            "Which circles? Type letters of their names. Empty shows all.",
            read_name_filter,
            value=name_filter,
        ),
        "sort": Local.REORDER,
        "days": ask_days(within),
        "back": Local.SHOW_ALL if name_filter else Offer(Local.NOWHERE, NOTHING_BEHIND),
    }
    return offered(table, offers)


def _open(chosen: ReviewRow | None) -> Intent:
    match chosen:
        case CircleRow():
            return Local.SELECT
        case UnreadRow(sentence=sentence):
            return Say(sentence)
        case None:
            return Say(_NOTHING_TO_OPEN)


def _texts(row: ReviewRow, endings: Mapping[FilePath, str]) -> tuple[str, ...]:
    if isinstance(row, UnreadRow):
        return (row.sentence,)
    name = f"{row.name} ({endings[row.path]})" if row.path in endings else row.name
    question = "?" if row.question else ""
    members = str(row.members)
    return name, question, row.chart, row.held, row.when, row.last, members, row.question
