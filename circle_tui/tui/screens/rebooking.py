"""Cancelling the coming meeting, finding another date, waking a circle that rests."""

from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import dates
from circle_tui.core.attendance.facts import Cancelled
from circle_tui.core.circle import rebooking
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.state import CircleState
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.keys import SCROLL
from circle_tui.tui.screens.old_between import OldCircleScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row


class RebookingScreen(OldCircleScreen):
    """The coming meeting, and what was cancelled in this cycle."""

    CSS_PATH = "rebooking.tcss"
    TITLE_LINE = "rebooking"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("x", "cancel", "Cancel this meeting"),
        Binding("d", "other_date", "Another date"),
        Binding("w", "wake", "Wake the circle"),
        *SCROLL,
    ]

    def body(self) -> Iterator[Widget]:
        with Card(id="rebooking"):
            yield Static(id="coming")
            yield Static(id="state")
            yield Static(Content("Cancelled in this cycle"), classes="label")
            yield Rows()
        yield Prompt()

    def present(self, history: CircleState) -> None:
        context = self.opened.context
        self.query_one("#coming", Static).update(_coming(context, self.opened))
        state = _state(history, self.opened.now)
        self.query_one("#state", Static).update(Content(state))
        self.query_one("#state").display = bool(state)
        cancelled = rebooking.in_cycle(history, context.cycle)
        self.query_one(".label").display = bool(cancelled)
        rows = self.query_one(Rows)
        rows.display = bool(cancelled)
        rows.show(tuple(_row(each, history) for each in cancelled))
        self.query_one(Prompt).stop()

    def line(self, history: CircleState) -> str:
        if self.asking:
            return "Enter takes the date, esc leaves it as it was."
        if self.opened.context.resting:
            return "w wakes the circle; esc goes home."
        if rebooking.waiting(history) is not None:
            return "d sets another date; u takes the cancelling back."
        return "x cancels it, d finds another date, esc goes home."

    def action_cancel(self) -> None:
        """It does not take place; undo takes that back."""
        self.amend(rebooking.cancel)

    def action_other_date(self) -> None:
        """Ask for another date."""
        self.ask(
            "When? As in 2 April 10:00, or just a day or a time.",
            lambda typed: self.amend(rebooking.rebook, typed),
        )

    def action_wake(self) -> None:
        """Meet again."""
        self.amend(rebooking.wake)

    def action_scroll(self, by: int) -> None:
        """Move through what a small terminal has no room for."""
        self.query_one(Card).scroll_relative(y=by, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A circle that rests can only be woken."""
        resting = self.opened.context.resting
        if action == "wake":
            return resting
        if action in {"cancel", "other_date"}:
            return not resting
        return super().check_action(action, parameters)


def _coming(context: MeetingContext, opened: CircleService) -> Content:
    if context.resting:
        return Content.styled("This circle rests: no meeting is planned.", "bold $primary")
    when = dates.spoken_date(context.planned, context.circle)
    distance = dates.spoken_distance(context.planned, opened.now)
    return Content.assemble((f"Next meeting: {when}", "bold $primary"), f"\n{distance}")


def _state(history: CircleState, now: datetime) -> str:
    """What became of the date that was planned."""
    circle = history.circle
    if (open_one := rebooking.waiting(history)) is not None:
        in_time = f" within 48 hours, by {dates.spoken_date(open_one.rebook_by, circle)}"
        return (
            f"{dates.spoken_date(open_one.planned, circle)} is cancelled. "
            f"Rebook{in_time if open_one.in_time(now) else ''}: press d. "
            "Otherwise the usual date above stands."
        )
    if (moved := rebooking.rebooked(history)) is not None:
        return f"Rebooked from {dates.spoken_date(moved.planned, circle)}."
    return ""


def _row(cancelled: Cancelled, history: CircleState) -> Row:
    planned = _day(cancelled.planned, history)
    if cancelled.rebooked is None:
        return Row("·", f"{planned}, not rebooked")
    in_time = " within 48 hours" if cancelled.within_48_hours else ""
    return Row("↻", f"{planned} → {_day(cancelled.rebooked, history)}{in_time}")


def _day(when: datetime, history: CircleState) -> str:
    local = when.astimezone(history.circle.tz)
    return f"{local.day} {local:%b}"
