"""Cancelling and rebooking the coming meeting, and waking a circle that rests.

Invariant: it never says who cancelled, and does not reproach the circle for rebooking late.
"""

from datetime import datetime
from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core.attendance.facts import Cancelled
from circle_tui.core.circle import rebooking
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.text import Text, muted, strong, text
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Offer,
    Request,
    Row,
    Scroll,
    SpokenField,
    View,
    ask,
    execute,
    offered,
)

NEXT_MEETING = "Next meeting"
CANCELLED = "Cancelled"
CANCELLED_IN_CYCLE = "Cancelled in this cycle"


class RebookingView(View, frozen=True, kw_only=True):
    """The coming meeting, the cancellation it follows, and this cycle's cancellations.

    `day` is the coming meeting's, to be shown large; empty if none is planned. `outcome` describes
    the cancellation or rebooking; empty if there was none.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("coming", NEXT_MEETING),
        SpokenField("outcome", CANCELLED),
        SpokenField("cancelled", CANCELLED_IN_CYCLE),
    )

    day: str
    coming: Text
    outcome: str = ""
    cancelled: tuple[Row, ...] = ()


def rebooking_view(snapshot: CircleSnapshot, *, asking: bool) -> RebookingView:
    """The coming meeting; `asking` is whether a date is being typed."""
    context = snapshot.context
    return RebookingView(
        headline=(snapshot.circle.name, "rebooking"),
        status=_status(snapshot, context, asking=asking),
        actions=_actions(context, asking=asking),
        day="" if context.resting else dates.large_day(context.planned, snapshot.circle),
        coming=_coming(snapshot, context),
        outcome=_outcome(snapshot),
        cancelled=tuple(
            _row(cancellation, snapshot.circle)
            for cancellation in rebooking.cancelled_in_cycle(snapshot.state, context.cycle)
        ),
    )


def _status(snapshot: CircleSnapshot, context: MeetingContext, *, asking: bool) -> str:
    if asking:
        return every_screen.TYPING
    if context.resting:
        return "w wakes the circle up · Esc goes home"
    if rebooking.awaiting_new_date(snapshot.state) is not None:
        return "d to set another date · u to undo"
    return "x cancels it · d to find another date · Esc goes home"


def _actions(context: MeetingContext, *, asking: bool) -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        "back": Local.BACK if asking else Request.HOME,
    }
    if context.resting:
        offers["wake"] = execute(rebooking.wake)
    else:
        offers["cancel"] = execute(rebooking.cancel)
        offers["other_date"] = ask(
            "When? Like 2 April 10:00, or just a day or a time.", rebooking.rebook
        )
    return offered(TABLE[Place.REBOOKING], offers)


def _coming(snapshot: CircleSnapshot, context: MeetingContext) -> Text:
    if context.resting:
        return text(strong("This circle is resting."), " No meeting is planned.")
    when = snapshot.spoken_date(context.planned)
    distance = dates.spoken_distance(context.planned, snapshot.now)
    return text(strong(when), muted(f"  {distance}"))


def _outcome(snapshot: CircleSnapshot) -> str:
    if (waiting := rebooking.awaiting_new_date(snapshot.state)) is not None:
        planned = snapshot.spoken_date(waiting.planned)
        if not waiting.in_time(snapshot.now):
            return (
                f"{planned} is cancelled. d to find another date, or meet on the usual one above."
            )
        return (
            f"{planned} is cancelled. d to find another date within 48 hours, by "
            f"{snapshot.spoken_date(waiting.rebook_by)}, or meet on the usual one above."
        )
    if (moved := rebooking.latest_rebooked(snapshot.state)) is not None:
        return f"Moved from {snapshot.spoken_date(moved.planned)}."
    return ""


def _row(cancelled: Cancelled, circle: Circle) -> Row:
    planned = _day(cancelled.planned, circle)
    if cancelled.rebooked is None:
        return Row("", "no other date yet", name=planned)
    rebooked = _day(cancelled.rebooked, circle)
    if cancelled.within_48_hours:
        return Row("", f"moved to {rebooked}", "within 48 hours", name=planned)
    return Row("", f"moved to {rebooked}", name=planned)


def _day(when: datetime, circle: Circle) -> str:
    local = when.astimezone(circle.tz)
    return f"{local.day} {local:%b}"
