"""Many circles as their leads see them: a row each.

Invariant: rows stand by name, date or rhythm, and by nothing that could be read as better or
worse. What cannot be read is a line of its own. Of a circle only its row is kept.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from circle_tui.core import dates, text
from circle_tui.core.attendance import labels
from circle_tui.core.attendance.figures import ALWAYS, Came, Range, Review
from circle_tui.service.reviews import Reviewed
from circle_tui.store.attendance_reader import Unread
from circle_tui.store.errors import shown
from circle_tui.tui.review_messages import ReviewRequested
from circle_tui.tui.screens.date_range import DAYS, DateRangeScreen
from circle_tui.tui.screens.keys import UP_DOWN_SHOWN
from circle_tui.tui.widgets.columns import Columns
from circle_tui.tui.widgets.lines import Headline

if TYPE_CHECKING:
    from textual.widgets import ProgressBar

_BARS = "▁▂▃▄▅▆▇█"
_CYCLES = 6
"""So many cycles, the last ones, have room in a chart: two years of peer circles and more."""

_NEVER = datetime.max.replace(tzinfo=UTC)


class Entry(NamedTuple):
    """What the list knows of one circle."""

    path: Path
    name: str
    rhythm: str
    stride: timedelta
    chart: str
    last: str
    held: str
    next: datetime
    when: str
    question: str


class _Order(NamedTuple):
    name: str
    key: Callable[[Entry], tuple[object, ...]]


_ORDERS = (
    _Order("by name", lambda row: (text.natural(row.name), row.path)),
    _Order("by date", lambda row: (row.next, text.natural(row.name), row.path)),
    _Order("by rhythm", lambda row: (row.stride, text.natural(row.name), row.path)),
)


def entry(reviewed: Reviewed) -> Entry:
    """The row of one circle."""
    path, review = reviewed
    circle = review.circle
    rhythm = circle.rhythm
    held = [cycle for cycle in review.cycles if cycle.held]
    last = f"Cycle {held[-1].number}: {labels.count(held[-1].came)} came." if held else ""
    return Entry(
        path=path,
        name=circle.name,
        rhythm=str(rhythm),
        stride=timedelta(days=rhythm.days),
        chart=chart([cycle.came for cycle in held]),
        last=last,
        held=_held(review),
        next=review.next or _NEVER,
        when=_when(review),
        question=review.question or "",
    )


def chart(cycles: Sequence[Came]) -> str:
    """A bar for each cycle, as high as its attendance; of many the last ones, after a sign."""
    ratios = [came.ratio for came in cycles[-_CYCLES:]]
    bars = [" " if each is None else _BARS[round(each * 7)] for each in ratios]
    return " ".join(["…", *bars] if len(cycles) > _CYCLES else bars)


def _held(review: Review) -> str:
    if review.planned:
        return f"{review.held} of {review.planned}"
    if not review.circle.preset.meets:
        return "no meetings"
    return "none yet" if review.range == ALWAYS else "none"


def _when(review: Review) -> str:
    if review.resting:
        return "rests"
    if review.next is None:
        return "does not meet"
    local = review.next.astimezone(review.circle.tz)
    when = f"{local.day} {local:%b} {local.year}"
    if review.overdue:
        return f"was due {when}"
    return f"{when}, {dates.spoken_time(review.next, review.circle)}"


def _coming(row: Entry) -> str:
    when = row.when
    return f"Next: {when}." if when[0].isdigit() else f"{when[0].upper()}{when[1:]}."


class ReviewScreen(DateRangeScreen):
    """The circles, and what could not be read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open"),
        *UP_DOWN_SHOWN,
        Binding("pageup", "move(-10)", show=False),
        Binding("pagedown", "move(10)", "Ten further", show=False),
        Binding("home", "edge(0)", "First", show=False),
        Binding("end", "edge(1)", "Last", show=False),
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("s", "sort", "Sort"),
        DAYS,
    ]

    def __init__(self, within: Range = ALWAYS, *, as_members: bool = False) -> None:
        super().__init__(within)
        self._as_members = as_members
        self._rows: list[Entry] = []
        self._unread: list[Unread] = []
        self._tails: dict[Path, str] = {}
        self._order = 0
        self._filter = ""
        self._filtering = False
        self._at = 0
        self._kept: Path | None = None
        """Whose row the cursor is to stay on."""
        self._reading = True
        self._bar: ProgressBar | None = None

    @property
    def signs(self) -> tuple[tuple[str, str], ...]:
        """What the heads of the columns have no room for."""
        return (
            ("?", "attendance raises a question to the circle"),
            (f"{_BARS[0]} {_BARS[-1]}", "attendance of a cycle, nobody to everybody"),
            ("…", "there were cycles before these"),
        )

    def looked_at(self) -> Iterator[Widget]:
        yield Columns(
            ("circle", "?", "attendance", "held", "next", "question to the circle"),
            (1, 2 * _CYCLES + 1, 11, 19, 38),
        )

    def on_mount(self) -> None:
        self._show()

    def begin_anew(self, within: Range) -> None:
        """Forget what was read: it is read again, for other days."""
        self._keep(self._listed)
        self.within = within
        self._rows, self._unread, self._reading = [], [], True
        self._show()

    def add(self, found: Sequence[Entry | Unread]) -> None:
        """Show what was read meanwhile."""
        for each in found:
            if isinstance(each, Unread):
                self._unread.append(each)
            else:
                self._rows.append(each)
        self._tails = _tails(self._rows)
        self._show()

    def progress(self, done: int, of: int) -> None:
        """Show how far reading is."""
        from textual.widgets import ProgressBar

        if not self.is_attached:
            return
        if self._bar is None:
            self._bar = ProgressBar(show_eta=False, id="progress")
            self.mount(self._bar, after=self.query_one(Columns))
        self._bar.update(total=of, progress=done)

    def end_reading(self) -> None:
        """Everything is read."""
        self._reading = False
        if self._bar is not None:
            self._bar.remove()
            self._bar = None
        self._show()

    @property
    def _listed(self) -> list[Entry | Unread]:
        sought = self._filter.casefold()
        rows = [each for each in self._rows if sought in each.name.casefold()]
        unread = [each for each in self._unread if sought in str(each).casefold()]
        return [*sorted(rows, key=_ORDERS[self._order].key), *unread]

    def _show(self) -> None:
        if self.is_attached:
            self._show_all(self._listed)

    def _show_all(self, listed: Sequence[Entry | Unread]) -> None:
        if self._kept is not None:
            kept = (at for at, each in enumerate(listed) if each.path == self._kept)
            self._at = next(kept, 0)
        self._at = max(0, min(self._at, len(listed) - 1))
        texts = [_texts(each, self._tails) for each in listed]
        self.query_one(Columns).show(texts, self._at)
        self.query_one(Headline).show(tuple(filter(None, self._head(listed))))
        self.saying.set_default(self._line(listed))

    def _head(self, listed: Sequence[Entry | Unread]) -> Iterator[str]:
        circles = sum(isinstance(each, Entry) for each in listed)
        unread = len(listed) - circles
        if circles or not unread:
            yield f"{circles} circle{'' if circles == 1 else 's'}"
        if unread:
            yield f"{unread} could not be read"
        if self._filter:
            yield f"with “{self._filter}”"
        if self._as_members:
            yield "as members see them"
        yield labels.days(self.within)
        yield _ORDERS[self._order].name

    def _line(self, listed: Sequence[Entry | Unread]) -> str:
        """What stands below: more of the one under the cursor."""
        if not listed:
            if self._reading:
                return "Reading…"
            if self._filter:
                return f"No circle has “{self._filter}” in its name: / looks for another."
            return "There is no circle here: name a file or a folder, as in circle-tui review DIR."
        chosen = listed[self._at]
        if isinstance(chosen, Unread):
            return str(chosen)
        dropped = self.query_one(Columns).dropped
        if "next" not in dropped:
            said = (f"{chosen.name}, {chosen.rhythm}.", chosen.last, chosen.question)
        else:
            # What has no column comes first: there may not be room for all of it.
            held = f" Held: {chosen.held}." if "held" in dropped else ""
            said = (f"{chosen.name}.{held} {_coming(chosen)}", chosen.question, chosen.last)
        return " ".join(filter(None, said))

    def on_resize(self) -> None:
        """The line below says what has no room above."""
        self.call_after_refresh(self._show)

    def action_move(self, by: int) -> None:
        """Choose another."""
        self._go(self._at + by)

    def action_edge(self, end: int) -> None:
        """Choose the first, or the last."""
        self._go(end * (len(self._rows) + len(self._unread)))

    def _go(self, to: int) -> None:
        self._kept = None
        self._at = to
        listed = self._listed
        self._show_all(listed)
        self._keep(listed)

    def _keep(self, listed: Sequence[Entry | Unread]) -> None:
        """Stay with this circle, wherever its row comes to stand."""
        if listed:
            self._kept = listed[self._at].path

    def action_open(self) -> None:
        """Go into the chosen circle."""
        listed = self._listed
        if not listed:
            self.say("There is nothing to open.")
        elif isinstance(chosen := listed[self._at], Unread):
            self.say(str(chosen))
        else:
            self.post_message(ReviewRequested(chosen.path))

    def action_filter(self) -> None:
        """Only circles whose names hold these letters."""
        self._filtering = True
        self.ask(
            "Which circles? Letters of their names; nothing shows all.", self._find, self._filter
        )

    def _find(self, typed: str) -> None:
        self._seek(typed)
        self.leave()

    def _seek(self, typed: str) -> None:
        self._filter = typed.strip()
        self._show()

    def action_back(self) -> None:
        """Out of the question, or to all circles, or back."""
        if self.asking or not self._filter:
            super().action_back()
        else:
            self._keep(self._listed)
            self._seek("")

    @on(Input.Changed)
    def _look(self, event: Input.Changed) -> None:
        """While letters are typed, so that nobody has to type them all."""
        if self._filtering and self.asking:
            self._seek(event.value)

    def action_days(self) -> None:
        """Choose the days to look at."""
        self._filtering = False
        super().action_days()

    def action_sort(self) -> None:
        """By name, date or rhythm."""
        self._keep(self._listed)
        self._order = (self._order + 1) % len(_ORDERS)
        self._show()


def _tails(rows: Sequence[Entry]) -> dict[Path, str]:
    """For circles of the same name as much of the end of each one's path as tells them apart."""
    alike = defaultdict[str, list[Path]](list)
    for each in rows:
        alike[each.name.casefold()].append(each.path)
    tails: dict[Path, str] = {}
    for paths in alike.values():
        length = 1
        while len(paths) > 1:
            found = {path: path.with_suffix("").parts[-length:] for path in paths}
            if len(set(found.values())) == len(paths) or length >= max(map(_depth, paths)):
                tails |= {path: shown(Path(*parts)) for path, parts in found.items()}
                break
            length += 1
    return tails


def _depth(path: Path) -> int:
    return len(path.parts)


def _texts(each: Entry | Unread, tails: Mapping[Path, str]) -> tuple[str, ...]:
    if isinstance(each, Unread):
        return (str(each),)
    asked = "?" if each.question else ""
    name = f"{each.name} ({tails[each.path]})" if each.path in tails else each.name
    return name, asked, each.chart, each.held, each.when, each.question
