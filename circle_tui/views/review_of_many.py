"""The review of many circles, one row each.

Invariant: a file that cannot be read has a row as well. Only the rows are kept in memory, not the
reviews.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import (
    ALL_DATES,
    DateRange,
)
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.date_range import NOTHING_BEHIND, ask_days
from circle_tui.views.review_room import ReviewRoom, share_room
from circle_tui.views.review_rows import (
    BARS,
    CircleRow,
    FilePath,
    ReviewRow,
    RowFilter,
    RowOrder,
    UnreadableRow,
)
from circle_tui.views.text import Text, bold, text
from circle_tui.views.view import Action, Ask, Intent, Local, Move, Offer, Say, View, offered

CIRCLES = "Circles"
_HELD, _NEXT, _LAST, _MEMBERS = "held", "next", "last met", "members"
HEADS = ("circle", "?", "attendance", _HELD, _NEXT, _LAST, _MEMBERS, "question to the circle")
"""The column headings."""
_HEAD_LINES = 1

_SIGNS = (
    # Explanations that do not fit into the column headings.
    ("?", "attendance raises a question to the circle"),
    (f"{BARS[0]} {BARS[-1]}", "attendance of one cycle, from nobody to everybody"),
    ("…", "there were cycles before these"),
)
_READING = "Reading…"
_NO_CIRCLE = "No circles here. Name a file or a folder, like circle-tui review DIR."
_NOTHING_TO_OPEN = "There's nothing to open."
_TYPING = "Enter continues · Esc cancels"
_NONE_YET = "No meeting yet."
_TEN = 10


class ReviewOfManyView(View, frozen=True, kw_only=True):
    """The texts of each row's columns; a row with a single text takes the whole line.

    `chosen` says more about the row under the cursor, under the title `chosen_title`. It has a card
    of its own where there is `room` for it, else the status says it.
    """

    rows: tuple[tuple[str, ...], ...]
    room: ReviewRoom = ReviewRoom(list_height=None, has_card=False)
    chosen_title: str = ""
    chosen: Text = ()


def review_of_many_view(
    rows: Sequence[ReviewRow],
    *,
    cursor: int,
    order: RowOrder,
    within: DateRange = ALL_DATES,
    name_filter: str = "",
    only: RowFilter = RowFilter.ALL,
    endings: Mapping[FilePath, str] | None = None,
    hidden_columns: Iterable[str] = (),
    room: int = 0,
    as_members: bool = False,
    reading: bool = False,
    asking: bool = False,
) -> ReviewOfManyView:
    """The list with the cursor on one of `rows`, which are those of `filter_rows`.

    `endings` are those of `path_endings`, `hidden_columns` the headings of columns without room,
    and `room` are the lines for the list and the card about the chosen row; 0 for no card.
    `reading` is whether more rows will come, `asking` whether text is being typed.
    """
    chosen = rows[cursor] if rows else None
    shared = share_room(len(rows) + _HEAD_LINES, room)
    if chosen is None:
        status = _none_listed(name_filter, only, reading=reading)
    elif shared.has_card:
        status = _TYPING if asking else _opens(chosen)
    else:
        status = _about(chosen, frozenset(hidden_columns))
    return ReviewOfManyView(
        headline=tuple(_headline(rows, order, within, name_filter, only, as_members=as_members)),
        status=status,
        actions=_actions(chosen, len(rows), cursor, within, name_filter, only, asking=asking),
        signs=_SIGNS,
        rows=tuple(_texts(row, endings or {}) for row in rows),
        room=shared,
        chosen_title=chosen.name if isinstance(chosen, CircleRow) else "",
        chosen=_in_card(chosen) if chosen is not None else (),
    )


def read_name_filter(typed: str) -> str:
    """The typed filter without surrounding spaces."""
    return typed.strip()


def _headline(
    rows: Sequence[ReviewRow],
    order: RowOrder,
    within: DateRange,
    name_filter: str,
    only: RowFilter,
    *,
    as_members: bool,
) -> Iterator[str]:
    found = [row for row in rows if isinstance(row, CircleRow)]
    left_out = sum(isinstance(row, UnreadableRow) and row.left_out for row in rows)
    circles, unread = len(found), len(rows) - len(found) - left_out
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
    if left_out:
        yield f"{left_out} older file{'' if left_out == 1 else 's'} left out"
    if only is not RowFilter.ALL:
        yield only.value
    if name_filter:
        yield f"with “{name_filter}”"
    if as_members:
        yield "as members see them"
    if days := labels.date_range(within):
        yield days
    yield order.value


def _none_listed(name_filter: str, only: RowFilter, *, reading: bool) -> str:
    if reading:
        return _READING
    if only is not RowFilter.ALL:
        return f"Showing {only.value}: there are none. f for others"
    if name_filter:
        return f"No circle has “{name_filter}” in its name. / to search again"
    return _NO_CIRCLE


def _about(chosen: ReviewRow, hidden_columns: frozenset[str]) -> str:
    """More about the row under the cursor."""
    if isinstance(chosen, UnreadableRow):
        return chosen.sentence
    if _NEXT not in hidden_columns:
        return _joined(f"{chosen.name}, {chosen.rhythm}.", chosen.last_cycle, chosen.question)
    # Hidden columns come first, because the line may be cut off.
    held = f"Held: {chosen.held}." if _HELD in hidden_columns else ""
    coming = _next_meeting(chosen.when)
    return _joined(f"{chosen.name}.", held, coming, chosen.question, chosen.last_cycle)


def _in_card(chosen: ReviewRow) -> Text:
    """More about the row under the cursor, where it has a card: what no column says first."""
    if isinstance(chosen, UnreadableRow):
        return text(chosen.sentence)
    rhythm = f"{chosen.rhythm[0].upper()}{chosen.rhythm[1:]}."
    said = _joined(rhythm, chosen.last_cycle or _NONE_YET)
    return text(said, "\n", bold(chosen.question)) if chosen.question else text(said)


def _opens(chosen: ReviewRow) -> str:
    return f"Enter opens {chosen.name}." if isinstance(chosen, CircleRow) else _NOTHING_TO_OPEN


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
    only: RowFilter,
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
        "only": Local.SHOW_ONLY,
        "sort": Local.REORDER,
        "days": ask_days(within),
        "back": Local.SHOW_ALL
        if name_filter or only is not RowFilter.ALL
        else Offer(Local.NOWHERE, NOTHING_BEHIND),
    }
    return offered(table, offers)


def _open(chosen: ReviewRow | None) -> Intent:
    match chosen:
        case CircleRow():
            return Local.SELECT
        case UnreadableRow(sentence=sentence):
            return Say(sentence)
        case None:
            return Say(_NOTHING_TO_OPEN)


def _texts(row: ReviewRow, endings: Mapping[FilePath, str]) -> tuple[str, ...]:
    if isinstance(row, UnreadableRow):
        return (row.sentence,)
    name = f"{row.name} ({endings[row.path]})" if row.path in endings else row.name
    question = "?" if row.question else ""
    members = str(row.members)
    return name, question, row.chart, row.held, row.when, row.last, members, row.question
