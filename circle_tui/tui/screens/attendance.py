"""One circle as leads and members see it: who came, meeting by meeting.

Invariant: it is made of facts alone. Members stand in alphabetical or seat order and no other;
nothing is counted, ranked or said about one of them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.attendance import figures, labels, summary
from circle_tui.core.attendance.facts import Attendance, AttendanceFacts, Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import ALWAYS, Cycle, Range
from circle_tui.core.attendance.roster import Attendee, order_of, people
from circle_tui.core.circle.circle import Circle
from circle_tui.tui.review_messages import RangeRequested
from circle_tui.tui.screens.date_range import DAYS, DateRangeScreen
from circle_tui.tui.widgets.fitted_column import FittedColumn
from circle_tui.tui.widgets.grid import SHADES, Column, Grid, Group
from circle_tui.tui.widgets.lines import Headline

_LOW, _SAID_IF_LOW, _SAID_IF_SHORT = 12, 1, 2
"""Below so many lines of the terminal a sentence has one of them, and else no more than two."""

_SHADES = {sign: shade for (sign, _), shade in zip(labels.SIGNS, SHADES, strict=True)}


class AttendanceScreen(DateRangeScreen):
    """The grid of one circle."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "move(-1)", show=False),
        Binding("right,l", "move(1)", "Meeting", key_display="←→"),
        Binding("pageup", "cycle(-1)", show=False),
        Binding("pagedown", "cycle(1)", "Cycle", key_display="pgup pgdn"),
        Binding("home", "edge(0)", "First meeting", show=False),
        Binding("end", "edge(1)", "Last meeting", show=False),
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", "More members", key_display="↑↓", show=False),
        Binding("o", "order", "Order"),
        DAYS,
    ]

    def __init__(
        self,
        facts: AttendanceFacts,
        now: datetime,
        within: Range = ALWAYS,
        *,
        seats: bool = False,
        as_members: bool = False,
        behind: bool = False,
    ) -> None:
        """`seats` is whether members stand by seat; `as_members` says whose view it is called."""
        super().__init__(within, behind=behind)
        self._facts, self._now = facts, now
        self._seats, self._as_members = seats, as_members
        self._review = figures.review(facts, now, within)
        self._at = max(len(self._meetings) - 1, 0)

    @property
    def _meetings(self) -> list[tuple[Cycle, HeldMeeting | Cancelled]]:
        return [(cycle, each) for cycle in self._review.cycles for each in cycle.meetings]

    @property
    def signs(self) -> tuple[tuple[str, str], ...]:
        """All that can stand in the grid; on a short screen there is no legend."""
        return labels.SIGNS

    def looked_at(self) -> Iterator[Widget]:
        with FittedColumn():
            yield Grid("member", "meeting", id="grid")
            yield Static(id="meeting", classes="main")
            yield Static(id="circle")
            yield Static(id="legend", classes="label")

    def on_mount(self) -> None:
        self._show()

    @on(RangeRequested)
    def _look_within(self, asked: RangeRequested) -> None:
        """Look at other days; whoever shows this screen may want to know of it."""
        self.within = asked.within
        self._review = figures.review(self._facts, self._now, asked.within)
        self._at = max(len(self._meetings) - 1, 0)
        self._show()

    def _show(self) -> None:
        review, circle = self._review, self._review.circle
        rows = people(review, order_of(self._seats))
        order = "members by seat" if self._seats else "members by name"
        whose = "as members see it" if self._as_members else "attendance"
        self.query_one(Headline).show(
            # The name comes last: that is what a small headline keeps.
            tuple(filter(None, (whose, order, labels.days(self.within), circle.name)))
        )
        self.query_one(Grid).show(
            tuple(each.name for each in rows),
            tuple(_group(cycle, rows, circle) for cycle in review.cycles),
            ("came", "of", "guests")[: 3 if self._has_guests else 2],
            self._at,
        )
        self._show_meeting()
        self.query_one("#circle", Static).update(Content(" ".join(summary.summary(review))))
        fates = any(cycle.cancelled for cycle in review.cycles)
        self.query_one("#legend", Static).update(Content("\n".join(_legend(cancelled=fates))))
        self.saying.set_default(self._line())
        self.query_one(FittedColumn).fit()

    @property
    def _has_guests(self) -> bool:
        return any(each.guests for cycle in self._review.cycles for each in cycle.held)

    def _show_meeting(self) -> None:
        line = self.query_one("#meeting", Static)
        if not self._meetings:
            line.update(Content(summary.no_meeting(self._review)))
            return
        cycle, meeting = self._meetings[self._at]
        said = summary.of_meeting(meeting, self._review.circle)
        if not self.has_class("-short") and cycle.held:
            came = cycle.came
            said += f" {summary.of_cycle(cycle)}: {labels.count(came)}, {labels.percent(came)}."
        line.update(Content(said))

    def _line(self) -> str:
        """What stands below; where there is no room for more, the most of it."""
        if self.has_class("-short"):
            room = _SAID_IF_LOW if self.size.height < _LOW else _SAID_IF_SHORT
            width = max(self.size.width - 2, 1)
            said = reversed([*summary.summary(self._review)])
            return next((each for each in said if len(Content(each).wrap(width)) <= room), "")
        return "Who came, and only that: members see exactly what leads see."

    def on_resize(self) -> None:
        """The line below depends on the room above."""
        self.call_after_refresh(self._show)

    def action_move(self, by: int) -> None:
        """Another meeting."""
        self._go(self._at + by)

    def action_cycle(self, by: int) -> None:
        """The first meeting of another cycle, or of this one."""
        starts, at = [], 0
        for cycle in self._review.cycles:
            starts.append(at)
            at += len(cycle.meetings)
        if by < 0:
            self._go(max((each for each in starts if each < self._at), default=-1))
        else:
            self._go(min((each for each in starts if each > self._at), default=at))

    def action_edge(self, end: int) -> None:
        """The first meeting, or the last."""
        self._go(end * len(self._meetings))

    def _go(self, to: int) -> None:
        last = len(self._meetings) - 1
        if last < 0:
            # Other days are of no use to a circle that has never met.
            other = ": d chooses other days" if self._has_history else ""
            self.say(f"There is no meeting to look at{other}.")
            return
        if not 0 <= to <= last and self._at == max(0, min(to, last)):
            self.say("That is the last meeting." if to > 0 else "That is the first meeting.")
        self._at = max(0, min(to, last))
        self._show()

    @property
    def _has_history(self) -> bool:
        return bool(self._facts.records or self._facts.cancelled)

    def action_scroll(self, by: int) -> None:
        """Move through members that have no room."""
        self.query_one(Grid).scroll_rows(by)

    def action_order(self) -> None:
        """Members by name, or by seat."""
        self._seats = not self._seats
        self._show()


def _group(cycle: Cycle, rows: tuple[Attendee, ...], circle: Circle) -> Group:
    number, count, brief = cycle.number, labels.count(cycle.came), labels.brief_count(cycle.came)
    held = (f"Cycle {number}: {count}", f"C{number}: {count}", f"{number}: {brief}", brief)
    not_held = (f"Cycle {number}", f"C{number}")
    columns = tuple(_column(each, rows, circle) for each in cycle.meetings)
    return Group(held if cycle.held else not_held, columns)


def _column(meeting: HeldMeeting | Cancelled, rows: tuple[Attendee, ...], circle: Circle) -> Column:
    found = (labels.part(meeting, each, circle)[0] for each in rows)
    signs = tuple((sign, _SHADES[sign]) for sign in found)
    if isinstance(meeting, Cancelled):
        return Column(labels.fate_glyph(meeting), signs, ("", "", ""))
    came = figures.came([meeting])
    guests = f"+{meeting.guests}" if meeting.guests else ""
    return Column(str(meeting.number), signs, (str(came.came), str(came.expected), guests))


def _legend(*, cancelled: bool) -> Iterator[str]:
    yield "   ".join(f"{labels.glyph(how)} {labels.word(how)}" for how in (*Attendance, None))
    if cancelled:
        yield "× cancelled   ↻ rebooked within 48 hours   ↷ rebooked later"
