"""The circle at a glance, between two meetings.

Invariant: it shows what the file says and what comes next; the one thing to do is to begin, or to
wake a circle that rests. What a circle does not use takes no line of it.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import covenant, cycle, pairs, rebooking, rotation, trades
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.state import CircleState
from circle_tui.tui import messages
from circle_tui.tui.screens.keys import SCROLL
from circle_tui.tui.screens.old_base import OldScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.lines import Headline
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row


class HomeView(NamedTuple):
    """What the home screen shows. `parked` says where a meeting that was left stands, `unreadable`
    why it cannot be gone on with, `reading_only` why nothing can be written, `said` what just
    happened; `told_of_three` is whether a pair is told now that three is sturdier."""

    history: CircleState
    context: MeetingContext
    now: datetime
    parked: str | None = None
    under_way: bool = False
    unreadable: str | None = None
    reading_only: str | None = None
    said: str | None = None
    told_of_three: bool = False


class HomeScreen(OldScreen):
    """When, who opens and why, and what is open."""

    CSS_PATH = "home.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin the meeting"),
        Binding("enter", "go_on", "Go on with the meeting"),
        Binding("w", "wake", "Wake"),
        Binding("x", "set_aside", "Set it aside"),
        *(
            Binding(key, f"place('{place.name}')", does, show=shown)
            for key, place, does, shown in (
                ("c", messages.Place.COMMITMENTS, "Commitments", True),
                ("v", messages.Place.COVENANT, "Covenant", True),
                ("p", messages.Place.PEOPLE, "People", True),
                ("s", messages.Place.SETTINGS, "Settings", False),
                ("b", messages.Place.REBOOKING, "Cancel or rebook", False),
                ("i", messages.Place.CHECKINS, "Check in", True),
                ("t", messages.Place.TRADES, "Trades", True),
            )
        ),
        Binding("r", "attendance", "Review", show=False),
        Binding("n", "new", "New circle", show=False),
        Binding("o", "other", "Open another", show=False),
        *SCROLL,
    ]

    def __init__(self, glance: HomeView) -> None:
        super().__init__()
        self._glance = glance

    def body(self) -> Iterator[Widget]:
        between = _between(self._glance)
        with Card(id="glance"):
            yield Static(_next_meeting(self._glance), id="next")
            if self._meets:
                yield Static(_opener(self._glance.context), id="opener")
            if between:
                yield Static(Content("\n").join(map(Content, between)), id="between")
            if self._glance.history.circle.preset.meets:
                yield Static(Content("Open commitments"), classes="label")
                yield Rows(id="open")

    @property
    def _meets(self) -> bool:
        """Whether there is a next meeting."""
        return self._glance.history.circle.preset.meets and not self._glance.context.resting

    def on_mount(self) -> None:
        glance = self._glance
        self.query_one(Headline).show(_headline(glance))
        for rows in self.query(Rows):
            rows.show(
                _commitments(glance)
                or (Row("", "None yet: they are made in a meeting.", dim=True),)
            )
        self.saying.set_default(
            glance.reading_only or glance.unreadable or glance.parked or self._standing_line()
        )
        if glance.said:
            self.say(glance.said)

    def _standing_line(self) -> str:
        if not self._glance.history.circle.preset.meets:
            return "t says what was sent and received."
        if self._glance.context.resting:
            return "This circle rests. w wakes it."
        return "Enter begins the meeting."

    def action_begin(self) -> None:
        """Begin, or go on."""
        self.post_message(messages.BeginRequested())

    action_go_on = action_begin

    def action_wake(self) -> None:
        """Meet again, and on to the date."""
        place, said = messages.Place.REBOOKING, "The circle is awake again."
        self.post_message(messages.PlaceRequested(place, rebooking.wake, said))

    def action_set_aside(self) -> None:
        """Begin anew without the meeting that cannot be read."""
        self.post_message(messages.SetAsideRequested())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what this circle's format has, and only what cannot be read is set aside."""
        meets = self._glance.history.circle.preset.meets
        match action, parameters:
            case "set_aside", _:
                return self._glance.unreadable is not None
            case "begin", _:
                return self._meets and not self._glance.under_way
            case "go_on", _:
                return self._glance.under_way
            case "wake", _:
                return meets and self._glance.context.resting
            case "attendance", _:
                return meets
            case "place", (messages.Place.CHECKINS.name,):
                return self._glance.history.circle.preset.checkin
            case "place", (messages.Place.TRADES.name,):
                return not meets
            case "place", (messages.Place.REBOOKING.name,):
                return None if meets and self._glance.under_way else meets
        return True

    def why_not(self, action: str) -> str | None:
        if action == f"place('{messages.Place.REBOOKING.name}')":
            return "A meeting is under way: enter goes on with it."
        return super().why_not(action)

    def action_scroll(self, by: int) -> None:
        """Move through what a small terminal has no room for."""
        self.query_one(Card).scroll_relative(y=by, animate=False)

    def action_attendance(self) -> None:
        """Who came, as leads and members see it."""
        self.post_message(messages.AttendanceRequested())

    def action_place(self, name: str) -> None:
        """Show one of the places between two meetings."""
        self.post_message(messages.PlaceRequested(messages.Place[name]))

    def action_new(self) -> None:
        """Set up another circle."""
        self.post_message(messages.SetupRequested())

    def action_other(self) -> None:
        """Choose another circle."""
        self.post_message(messages.ChoiceRequested())


def _headline(glance: HomeView) -> tuple[str, ...]:
    context, circle = glance.context, glance.history.circle
    people = f"{len(context.members)} people, {circle.rhythm}"
    if not circle.preset.meets or context.resting:
        return circle.name, people
    return circle.name, f"Cycle {context.cycle}, meeting {context.number_in_cycle}", people


def _next_meeting(glance: HomeView) -> Content:
    context, circle = glance.context, glance.history.circle
    if glance.under_way:
        where = " in another terminal" if glance.reading_only else ""
        return Content.styled(f"The meeting is under way{where}.", "bold $primary")
    if not circle.preset.meets:
        return Content.assemble(("This week's trade", "bold $primary"), f"\n{_trade(glance)}")
    if context.resting:
        return Content.assemble(("This circle rests", "bold $primary"), "\nw wakes it.")
    when = dates.spoken_date(context.planned, circle)
    distance = dates.spoken_distance(context.planned, glance.now)
    return Content.assemble((f"Next meeting: {when}", "bold $primary"), f"\n{distance}")


def _trade(glance: HomeView) -> str:
    """What this week's trade lacks: said of the pair, never of one of them."""
    this = trades.weeks(glance.history, glance.now)[0]
    if this.traded:
        return "It is complete."
    if any(each.sent or each.received for each in this.trades):
        return "One recording has found its way; the other is still to come."
    return "Nothing is sent or received yet."


def _opener(context: MeetingContext) -> Content:
    chosen = rotation.opener([member.id for member in context.members], context.openings)
    if chosen is None:
        return Content("Everybody is away: p brings somebody back.")
    name = next(member.name for member in context.members if member.id == chosen.member)
    return Content.assemble((name, "bold"), f" opens: {chosen.reason}.")


def _commitments(glance: HomeView) -> tuple[Row, ...]:
    context = glance.context
    names = {member.id: member.name for member in context.circle.members}

    def row(commitment: Commitment, state: str = "") -> Row:
        words = f"{names.get(commitment.member, '')}: {commitment.text}"
        return Row("○", words, state, dim=bool(state))

    return (
        *map(row, context.open),
        *(row(each, _day(date.fromisoformat(each.due))) for each in context.later),
    )


def _day(day: date) -> str:
    return f"from {day.day} {day:%b}"


def _between(glance: HomeView) -> tuple[str, ...]:
    """What has happened, or waits, between two meetings, a sentence each; often nothing."""
    if glance.under_way:
        return ()
    history, context = glance.history, glance.context
    today = history.circle.day(glance.now)
    said = []
    if not context.resting and history.circle.preset.meets:
        said += [each for each in (_cancelled(glance), _chosen(history), _pairs(glance)) if each]
    if covenant.review_due(history, today):
        said.append("The covenant's review is due: v opens it.")
    if glance.told_of_three:
        said.append(
            "Two can hold a circle; three is sturdier, for it goes on when one of you leaves. "
            "p adds somebody."
        )
    return tuple(said)


def _cancelled(glance: HomeView) -> str | None:
    history = glance.history
    if (open_one := rebooking.waiting(history)) is not None:
        when = dates.spoken_date(open_one.planned, history.circle)
        in_time = open_one.in_time(glance.now)
        return f"Cancelled: {when}. {'Rebook within 48 hours: b.' if in_time else 'b rebooks.'}"
    if (moved := rebooking.rebooked(history)) is not None:
        return f"Rebooked from {dates.spoken_date(moved.planned, history.circle)}."
    return None


def _chosen(history: CircleState) -> str | None:
    """What the choice at the end of a cycle asks for now."""
    if cycle.chosen_last(history.records) is CycleChoice.GRADUATE:
        return "You have graduated: choose a longer rhythm with s, or find new partners."
    if covenant.to_be_redesigned(history):
        return "You chose to redesign: v opens the covenant."
    return None


def _pairs(glance: HomeView) -> str | None:
    """Who meets whom, in a circle of four."""
    context = glance.context
    met = pairs.pairs([member.id for member in context.members], context.number - 1)
    if not met:
        return None
    names = {member.id: member.name for member in context.members}
    spoken = ", ".join(text.listed([names[one], names[other]]) for one, other in met)
    return f"In pairs until then: {spoken}."
