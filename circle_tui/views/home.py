"""The home screen of a circle, between meetings.

Invariant: it says what comes next and has one main action: begin or continue the meeting, or wake
the circle. Features that a circle does not use are not shown.
"""

from datetime import date

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import covenant, cycle, pairs, rebooking, rotation, trades
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views import common
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.text import Text, bold, strong
from circle_tui.views.text import text as spans
from circle_tui.views.view import (
    Action,
    Execute,
    Intent,
    Local,
    Offer,
    Request,
    Row,
    Scroll,
    View,
    offered,
)

OPEN_COMMITMENTS = "Open commitments"
_AWAKE = "The circle is awake again."
_NO_COMMITMENTS = Row("", "None yet: they are made in a meeting.", dim=True)


class HomeView(View, frozen=True, kw_only=True):
    """What comes next, who opens, news since the last meeting, and open commitments.

    `opener` is empty without a coming meeting, `commitments` in a circle that never meets.
    `flash` is a message to show once.
    """

    coming: Text
    opener: Text = ()
    between: tuple[str, ...] = ()
    commitments: tuple[Row, ...] = ()
    flash: str | None = None


def home_view(
    snapshot: CircleSnapshot,
    *,
    parked: str | None = None,
    unreadable: str | None = None,
    flash: str | None = None,
    told_of_three: bool = False,
) -> HomeView:
    """The circle at the snapshot's moment.

    `parked` describes a meeting that was left, `unreadable` is why it cannot be continued.
    `told_of_three` is whether to tell a circle of two now that three are sturdier.
    """
    context = snapshot.context
    meets = snapshot.circle.preset.meets
    return HomeView(
        headline=_headline(context),
        status=unreadable or parked or _status(context),
        actions=_actions(snapshot, context, unreadable=unreadable is not None),
        coming=_coming(snapshot, context),
        opener=_opener(context) if meets and not context.resting else (),
        between=_between(snapshot, context, told_of_three=told_of_three),
        commitments=_commitments(context) if meets else (),
        flash=flash,
    )


def _headline(context: MeetingContext) -> tuple[str, ...]:
    circle = context.circle
    people = f"{len(context.members)} people, {circle.rhythm}"
    if not circle.preset.meets or context.resting:
        return circle.name, people
    return circle.name, f"Cycle {context.cycle}, meeting {context.number_in_cycle}", people


def _status(context: MeetingContext) -> str:
    if not context.circle.preset.meets:
        return "t says what was sent and received."
    if context.resting:
        return "This circle rests. w wakes it."
    return "Enter begins the meeting."


def _actions(
    snapshot: CircleSnapshot, context: MeetingContext, *, unreadable: bool
) -> tuple[Action, ...]:
    preset = snapshot.circle.preset
    offers: dict[str, Offer | Intent] = {
        "commitments": Request.COMMITMENTS,
        "covenant": Request.COVENANT,
        "people": Request.PEOPLE,
        "settings": Request.SETTINGS,
        "new_circle": Request.NEW_CIRCLE,
        "choose_circle": Request.CHOOSE_CIRCLE,
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        "back": Offer(Local.NOWHERE, common.NOTHING_BEHIND),
    }
    if unreadable:
        offers["set_aside"] = Request.SET_ASIDE
    if snapshot.under_way:
        offers["continue"] = Request.BEGIN_MEETING
    elif preset.meets and not context.resting:
        offers["begin"] = Request.BEGIN_MEETING
    if preset.checkin:
        offers["checkins"] = Request.CHECKINS
    if not preset.meets:
        offers["trades"] = Request.TRADES
        return offered(TABLE[Place.HOME], offers)
    offers["review"] = Request.REVIEW
    offers["rebooking"] = Offer(
        Request.REBOOKING, rebooking.cancel.blocked_by_meeting if snapshot.under_way else None
    )
    if context.resting:
        offers["wake"] = Execute(rebooking.wake, then=Request.REBOOKING, flash=_AWAKE)
    return offered(TABLE[Place.HOME], offers)


def _coming(snapshot: CircleSnapshot, context: MeetingContext) -> Text:
    circle = snapshot.circle
    if snapshot.under_way:
        if snapshot.reading_only:
            return spans(strong("The meeting is under way in another terminal."))
        return spans(strong("The meeting is under way."))
    if not circle.preset.meets:
        return spans(strong("This week's trade"), f"\n{_trade(snapshot)}")
    if context.resting:
        return spans(strong("This circle rests"), "\nw wakes it.")
    when = snapshot.spoken_date(context.planned)
    distance = dates.spoken_distance(context.planned, snapshot.now)
    return spans(strong(f"Next meeting: {when}"), f"\n{distance}")


def _trade(snapshot: CircleSnapshot) -> str:
    """What is missing in this week's trade, said about the pair and not about one partner."""
    this_week = trades.weeks(snapshot.state, snapshot.now)[0]
    if this_week.traded:
        return "It is complete."
    if any(trade.sent or trade.received for trade in this_week.trades):
        return "One recording has found its way; the other is still to come."
    return "Nothing is sent or received yet."


def _opener(context: MeetingContext) -> Text:
    chosen = rotation.opener([member.id for member in context.members], context.openings)
    if chosen is None:
        return spans("Everybody is away: p brings somebody back.")
    name = next(member.name for member in context.members if member.id == chosen.member)
    return spans(bold(name), f" opens: {chosen.reason}.")


def _commitments(context: MeetingContext) -> tuple[Row, ...]:
    names = {member.id: member.name for member in context.circle.members}

    def row(commitment: Commitment, state: str = "") -> Row:
        words = f"{names.get(commitment.member, '')}: {commitment.text}"
        return Row("○", words, state, dim=bool(state))

    rows = (
        *map(row, context.open),
        *(
            row(cancellation, _from(date.fromisoformat(cancellation.due)))
            for cancellation in context.later
        ),
    )
    return rows or (_NO_COMMITMENTS,)


def _from(day: date) -> str:
    return f"from {day.day} {day:%b}"


def _between(
    snapshot: CircleSnapshot, context: MeetingContext, *, told_of_three: bool
) -> tuple[str, ...]:
    """News and reminders between two meetings, one sentence each; often none."""
    if snapshot.under_way:
        return ()
    state = snapshot.state
    sentences: list[str | None] = []
    if not context.resting and snapshot.circle.preset.meets:
        sentences += [_cancelled(snapshot), _what_the_cycle_asks(state), _pairs(context)]
    if covenant.review_due(state, snapshot.circle.day(snapshot.now)):
        sentences.append("The covenant's review is due: v opens it.")
    if told_of_three:
        sentences.append(
            "Two can hold a circle; three is sturdier, for it goes on when one of you leaves. "
            "p adds somebody."
        )
    return tuple(sentence for sentence in sentences if sentence is not None)


def _cancelled(snapshot: CircleSnapshot) -> str | None:
    state = snapshot.state
    if (waiting := rebooking.awaiting_new_date(state)) is not None:
        when = snapshot.spoken_date(waiting.planned)
        if waiting.in_time(snapshot.now):
            return f"Cancelled: {when}. Rebook within 48 hours: b."
        return f"Cancelled: {when}. b rebooks."
    if (moved := rebooking.latest_rebooked(state)) is not None:
        return f"Rebooked from {snapshot.spoken_date(moved.planned)}."
    return None


def _what_the_cycle_asks(state: CircleState) -> str | None:
    """The reminder of what the circle chose at the end of its last cycle."""
    if cycle.last_choice(state.records) is CycleChoice.GRADUATE:
        return "You have graduated: choose a longer rhythm with s, or find new partners."
    if covenant.redesign_is_due(state):
        return "You chose to redesign: v opens the covenant."
    return None


def _pairs(context: MeetingContext) -> str | None:
    """Who meets whom until the next meeting, in a circle of four."""
    matched = pairs.pairs([member.id for member in context.members], context.number - 1)
    if not matched:
        return None
    names = {member.id: member.name for member in context.members}
    spoken = ", ".join(text.join_with_and([names[one], names[other]]) for one, other in matched)
    return f"In pairs until then: {spoken}."
