"""One circle as leads and members see it: who came, meeting by meeting.

Law: it is made of facts alone. Members stand in alphabetical or seat order and no other; nothing
is counted, ranked or said about one of them.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import attendance
from circle_tui.core.attendance import ALWAYS, Cycle, Range
from circle_tui.core.facts import Attendance, Cancelled, Facts, Held
from circle_tui.share import sentences, words
from circle_tui.share.people import Person, order_of, people
from circle_tui.tui.review_messages import RangeRequested
from circle_tui.tui.screens.ranged import DAYS, RangedScreen
from circle_tui.tui.widgets.grid import Column, Grid, Group
from circle_tui.tui.widgets.lines import Headline

_SHADES = {
    Attendance.PRESENT: "present",
    Attendance.LATE: "part",
    Attendance.LEFT_EARLY: "part",
    Attendance.EXCUSED: "excused",
    Attendance.ABSENT: "absent",
    None: "none",
}


class AttendanceScreen(RangedScreen):
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
        facts: Facts,
        now: datetime,
        within: Range = ALWAYS,
        *,
        seats: bool = False,
        as_members: bool = False,
    ) -> None:
        """`seats` is whether members stand by seat; `as_members` says whose view it is called."""
        super().__init__(within)
        self._facts, self._now = facts, now
        self._seats, self._as_members = seats, as_members
        self._review = attendance.review(facts, now, within)
        self._at = max(len(self._meetings) - 1, 0)

    @property
    def _meetings(self) -> list[tuple[Cycle, Held | Cancelled]]:
        return [(cycle, each) for cycle in self._review.cycles for each in cycle.meetings]

    def looked_at(self) -> Iterator[Widget]:
        with Vertical():
            yield Grid(("members", "meetings", "came / of"), id="grid")
            yield Static(id="meeting", classes="main")
            yield Static(id="circle")
            yield Static(id="legend", classes="label")

    def on_mount(self) -> None:
        self._show()

    @on(RangeRequested)
    def _look_within(self, asked: RangeRequested) -> None:
        """Look at other days; whoever shows this screen may want to know of it."""
        self.within = asked.within
        self._review = attendance.review(self._facts, self._now, asked.within)
        self._at = max(len(self._meetings) - 1, 0)
        self._show()

    def _show(self) -> None:
        review, circle = self._review, self._review.circle
        rows = people(review, order_of(self._seats))
        order = "members by seat" if self._seats else "members by name"
        whose = "as members see it" if self._as_members else "attendance"
        self.query_one(Headline).show(
            # The name comes last: that is what a small headline keeps.
            tuple(filter(None, (whose, order, words.days(self.within), circle.name)))
        )
        self.query_one(Grid).show(
            tuple(each.name for each in rows),
            tuple(_group(cycle, rows) for cycle in review.cycles),
            self._at,
        )
        self._show_meeting()
        self.query_one("#circle", Static).update(Content(" ".join(sentences.summary(review))))
        fates = any(cycle.cancelled for cycle in review.cycles)
        self.query_one("#legend", Static).update(Content("\n".join(_legend(cancelled=fates))))
        self.saying.rest(self._line())

    def _show_meeting(self) -> None:
        line = self.query_one("#meeting", Static)
        if not self._meetings:
            when = " in these days" if self.within != ALWAYS else ""
            line.update(Content(f"No meeting has taken place{when} yet."))
            return
        cycle, meeting = self._meetings[self._at]
        said = sentences.of_meeting(meeting, self._review.circle)
        if not self.has_class("-short") and cycle.held:
            came = cycle.came
            said += f" Cycle {cycle.number}: {words.count(came)}, {words.percent(came)}."
        line.update(Content(said))

    def _line(self) -> str:
        """What stands below; where there is no room for more, the most of it."""
        if self.has_class("-short"):
            return [*sentences.summary(self._review)][-1]
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
            self.say("There is no meeting to look at: d chooses other days.")
            return
        if not 0 <= to <= last and self._at == max(0, min(to, last)):
            self.say("That is the last meeting." if to > 0 else "That is the first meeting.")
        self._at = max(0, min(to, last))
        self._show()

    def action_scroll(self, by: int) -> None:
        """Move through members that have no room."""
        self.query_one(Grid).scroll_rows(by)

    def action_order(self) -> None:
        """Members by name, or by seat."""
        self._seats = not self._seats
        self._show()


def _group(cycle: Cycle, rows: tuple[Person, ...]) -> Group:
    return Group(
        f"Cycle {cycle.number}: {words.count(cycle.came)}"
        if cycle.held
        else f"Cycle {cycle.number}",
        tuple(_column(each, rows) for each in cycle.meetings),
    )


def _column(meeting: Held | Cancelled, rows: tuple[Person, ...]) -> Column:
    if isinstance(meeting, Cancelled):
        sign = words.fate_glyph(meeting)
        return Column(sign, tuple((sign, "none") for _ in rows), ("", ""))
    came = attendance.came([meeting])
    how = [meeting.attendance.get(each.id) for each in rows]
    return Column(
        str(meeting.number),
        tuple((words.glyph(each), _SHADES[each]) for each in how),
        (str(came.came), str(came.expected)),
    )


def _legend(*, cancelled: bool) -> Iterator[str]:
    yield "   ".join(f"{words.glyph(how)} {words.word(how)}" for how in (*Attendance, None))
    if cancelled:
        yield "× cancelled   ↻ rebooked within 48 hours   ↷ rebooked later"
