"""The home screen of a circle, between meetings.

Invariant: it says what comes next and has one main action: begin or continue the meeting, or wake
the circle. Features that a circle does not use are not shown. A thing to do is listed until it is
done or the next meeting begins; the screen never says who hasn't done it.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core import dates, text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import (
    covenant,
    cycle,
    pairs,
    paper_meeting,
    reaching_out,
    rebooking,
    rotation,
    trades,
)
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.reopening import reopening
from circle_tui.views.text import CyclePlace, Text, bold, clickable, muted, strong
from circle_tui.views.text import text as spans
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    SpokenField,
    View,
    execute,
    offered,
)

NEXT_MEETING = "Next meeting"
THIS_WEEK = "This week's trade"
TO_DO = "To do"
OPEN_COMMITMENTS = "Open commitments"
_AWAKE = "The circle is awake again."
_SETTING_ASIDE = (
    "x again sets this meeting aside: it won't be recorded, and what was said stays in a file. "
    "Esc keeps it."
)
_NO_REAL_DATES = "This is a made-up circle, so its dates don't belong in a calendar."
_NO_REAL_FACTS = "This is a made-up circle, so there's no lead to hear from it."
_NO_COMMITMENTS = Row("", "None yet. You'll make them in a meeting.", dim=True)


class ToDo(Struct, frozen=True):
    """One thing to do, or to know, before the next meeting; `does` is what a click on it does."""

    sentence: str
    does: Intent | None = None


class HomeView(View, frozen=True, kw_only=True):
    """What comes next, who opens, what is to do, and open commitments.

    `cycle` is the cycle as dots, empty in a circle that never meets; `coming` is when the circle
    meets, and `on_ring` whether the ring says that too; `opener` is who opens and why, empty
    without a coming meeting; `commitments` is empty in a circle that never meets. `cursor` is the
    row of `to_do` that a key is about, None where there is only one. `flash` is a message to show
    once.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("coming", label_field="title"),
        SpokenField("cycle"),
        SpokenField("opener"),
        SpokenField("to_do", TO_DO, numbered=True),
        SpokenField("commitments", OPEN_COMMITMENTS),
    )

    title: str
    coming: Text
    on_ring: bool = False
    cycle: Text = ()
    opener: Text = ()
    to_do: tuple[ToDo, ...] = ()
    cursor: int | None = None
    commitments: tuple[Row, ...] = ()
    flash: str | None = None


def home_view(
    snapshot: CircleSnapshot,
    *,
    parked: str | None = None,
    unreadable: str | None = None,
    setting_aside: bool = False,
    flash: str | None = None,
    told_of_three: bool = False,
    dropped: bool = False,
    cursor: int = 0,
) -> HomeView:
    """The circle at the snapshot's moment.

    `parked` describes a meeting that was left, `unreadable` is why it cannot be continued.
    `setting_aside` is whether it is explained what setting the parked meeting aside means.
    `told_of_three` is whether to tell a circle of two now that three are safer. `dropped` is
    whether a meeting was just dropped. `cursor` is on one of those who are still to be reached.
    """
    context = snapshot.context
    meets = snapshot.circle.preset.meets
    coming = meets and not context.resting
    reaching = _reaching_out(snapshot)
    cursor %= max(len(reaching), 1)
    return HomeView(
        headline=_headline(context),
        status=_SETTING_ASIDE if setting_aside else unreadable or _status(snapshot, context),
        actions=_actions(
            snapshot,
            context,
            unreadable=unreadable is not None,
            setting_aside=setting_aside,
            dropped=dropped,
            reaching=reaching,
            chosen=cursor,
        ),
        title=NEXT_MEETING if meets else THIS_WEEK,
        coming=_coming(snapshot, context),
        on_ring=coming and not snapshot.under_way,
        cycle=_cycle(context) if coming else (),
        opener=_opener(context) if coming else (),
        to_do=(*reaching, *_to_do(snapshot, context, parked, told_of_three=told_of_three)),
        cursor=cursor if len(reaching) > 1 else None,
        commitments=_commitments(context) if meets else (),
        flash=flash,
    )


def _headline(context: MeetingContext) -> tuple[str, ...]:
    circle = context.circle
    people = f"{len(context.members)} people, {circle.rhythm}"
    if not circle.preset.meets or context.resting:
        return circle.name, people
    at = CyclePlace(f"Cycle {context.cycle}, meeting {context.number_in_cycle}")
    return circle.name, at, people


def _status(snapshot: CircleSnapshot, context: MeetingContext) -> str:
    if not context.circle.preset.meets:
        return "t to note what was sent and received."
    if snapshot.under_way:
        return "Enter continues the meeting."
    if context.resting:
        return "This circle is resting. w wakes it up."
    return "Enter begins the meeting."


def _actions(
    snapshot: CircleSnapshot,
    context: MeetingContext,
    *,
    unreadable: bool,
    setting_aside: bool,
    dropped: bool,
    reaching: tuple[ToDo, ...],
    chosen: int,
) -> tuple[Action, ...]:
    preset = snapshot.circle.preset
    offers: dict[str, Offer | Intent] = {
        "commitments": Request.COMMITMENTS,
        "covenant": Request.COVENANT,
        "people": Request.PEOPLE,
        "settings": Request.SETTINGS,
        "calendar": Offer(Request.CALENDAR, _NO_REAL_DATES if snapshot.circle.sample else None),
        "facts": Offer(Request.FACTS_FOR_LEAD, _NO_REAL_FACTS if snapshot.circle.sample else None),
        "new_circle": Request.NEW_CIRCLE,
        "choose_circle": Request.CHOOSE_CIRCLE,
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        "back": Offer(Local.NOWHERE, every_screen.NOTHING_BEHIND),
    }
    if unreadable or setting_aside:
        offers["set_aside"] = Request.SET_ASIDE
    elif snapshot.under_way and snapshot.reading_only is None:
        offers["set_aside"] = Local.CONFIRM
    if setting_aside:
        offers["back"] = Local.BACK
    if reaching and (done := reaching[chosen].does) is not None:
        offers["reached"] = done
    if len(reaching) > 1:
        offers["next"] = Move(1)
        offers["previous"] = Move(-1)
    if snapshot.under_way:
        watched = "Watch the meeting" if snapshot.reading_only else None
        offers["continue"] = Offer(Request.BEGIN_MEETING, label=watched)
    elif preset.meets and not context.resting:
        offers["begin"] = Request.BEGIN_MEETING
    offers[_contracts_key(snapshot)] = Request.CONTRACTS
    if preset.checkin:
        offers["checkins"] = Request.CHECKINS
    if not preset.meets:
        offers["trades"] = Request.TRADES
        return offered(TABLE[Place.HOME], offers)
    offers["review"] = Request.REVIEW
    if snapshot.circle.passes_up and snapshot.state.records:
        offers["passing_up"] = Request.PASSING_UP
    offers["paper_meeting"] = Offer(
        Request.PAPER_MEETING, snapshot.blocked_by_meeting(paper_meeting.record)
    )
    offers["rebooking"] = Offer(
        Request.REBOOKING, rebooking.cancel.blocked_by_meeting if snapshot.under_way else None
    )
    if context.resting:
        offers["wake"] = execute(rebooking.wake, then=Request.REBOOKING, flash=_AWAKE)
    return (*offered(TABLE[Place.HOME], offers), *reopening(snapshot, dropped=dropped))


def _contracts_key(snapshot: CircleSnapshot) -> str:
    """The id of the action of `h`; a circle without contracts finds it in help and palette only."""
    if not snapshot.state.contracts:
        return "first_contract"
    # Imported here, because a circle without contracts does not need their rules.
    from circle_tui.core.contracts import overview

    any_left = overview.has_any(snapshot.state, snapshot.now)
    return "contracts" if any_left else "first_contract"


def _contract_to_do(snapshot: CircleSnapshot) -> ToDo | None:
    """The most urgent contract."""
    if not snapshot.state.contracts:
        return None
    from circle_tui.views import contract_words

    said = contract_words.at_home(snapshot)
    return None if said is None else ToDo(said, Request.CONTRACTS)


def _cycle(context: MeetingContext) -> Text:
    """The cycle as dots: meetings that were held, the coming one, and those after it."""
    held = context.number_in_cycle - 1
    length = max(context.circle.cycle, context.number_in_cycle)
    return spans(
        strong("● " * held),
        bold("◉ "),
        muted("○ " * (length - context.number_in_cycle)),
        muted(f"  meeting {context.number_in_cycle} of {length}, cycle {context.cycle}"),
    )


def _coming(snapshot: CircleSnapshot, context: MeetingContext) -> Text:
    circle = snapshot.circle
    if snapshot.under_way:
        if snapshot.reading_only:
            return spans(strong("The meeting is under way in another terminal."))
        return spans(strong("The meeting is under way."))
    if not circle.preset.meets:
        return spans(strong(_trade(snapshot)))
    if context.resting:
        return spans(strong("This circle is resting."), "  ", *clickable("wake", "w wakes it up."))
    when = snapshot.spoken_date(context.planned)
    distance = dates.spoken_distance(context.planned, snapshot.now)
    return spans(strong(when), f"  {distance}")


def _trade(snapshot: CircleSnapshot) -> str:
    """What is missing in this week's trade, about the pair and not about one partner."""
    this_week = trades.weeks(snapshot.state, snapshot.now)[0]
    if this_week.traded:
        return "It's complete."
    if any(trade.sent or trade.received for trade in this_week.trades):
        return "One recording sent; waiting for the other."
    return "Nothing sent or received yet."


def _opener(context: MeetingContext) -> Text:
    chosen = rotation.opener([member.id for member in context.members], context.openings)
    if chosen is None:
        return spans("Everyone is away. p brings someone back.")
    name = next(member.name for member in context.members if member.id == chosen.member)
    return spans(bold(f"{name} opens"), muted(f": {chosen.reason}."))


def _commitments(context: MeetingContext) -> tuple[Row, ...]:
    names = {member.id: member.name for member in context.circle.members}

    def row(commitment: Commitment, state: str = "") -> Row:
        name = names.get(commitment.member, "")
        return Row("", commitment.text, state, dim=bool(state), name=name)

    rows = (
        *_named_once(map(row, context.open)),
        *(
            row(cancellation, _from(date.fromisoformat(cancellation.due)))
            for cancellation in context.later
        ),
    )
    return rows or (_NO_COMMITMENTS,)


def _named_once(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows with each name only on the first of its rows."""
    before = None
    for row in rows:
        yield row if row.name != before else replace(row, name="")
        before = row.name


def _from(day: date) -> str:
    return f"from {day.day} {day:%b}"


def _reaching_out(snapshot: CircleSnapshot) -> tuple[ToDo, ...]:
    """Who reaches out to whom, until they say it's done or the next meeting begins."""
    if snapshot.under_way:
        return ()

    def to_do(missing: Member, by: Member) -> ToDo:
        flash = f"{by.name} has reached out to {missing.name}. u if that was a slip."
        return ToDo(
            f"{by.name} reaches out to {missing.name}. d when it's done.",
            execute(reaching_out.reach, missing.id, flash=flash),
        )

    return tuple(to_do(missing, by) for missing, by in reaching_out.to_reach(snapshot.state))


def _to_do(
    snapshot: CircleSnapshot, context: MeetingContext, parked: str | None, *, told_of_three: bool
) -> tuple[ToDo, ...]:
    """News and reminders between two meetings; often none."""
    if snapshot.under_way:
        return (ToDo(parked, Request.BEGIN_MEETING),) if parked is not None else ()
    state = snapshot.state
    things: list[ToDo | None] = []
    if not context.resting and snapshot.circle.preset.meets:
        things += [_cancelled(snapshot), _what_the_cycle_asks(state), _pairs(context)]
    if covenant.review_due(state, snapshot.circle.day(snapshot.now)):
        things.append(ToDo("Time to review your covenant. v opens it.", Request.COVENANT))
    things.append(_contract_to_do(snapshot))
    if told_of_three:
        things.append(
            ToDo(
                "Two can be a circle, and three is safer: the circle survives if one leaves. "
                "p adds someone.",
                Request.PEOPLE,
            )
        )
    return tuple(thing for thing in things if thing is not None)


def _cancelled(snapshot: CircleSnapshot) -> ToDo | None:
    state = snapshot.state
    if (waiting := rebooking.awaiting_new_date(state)) is not None:
        when = snapshot.spoken_date(waiting.planned)
        within = " within 48 hours" if waiting.in_time(snapshot.now) else ""
        return ToDo(
            f"{when} is cancelled. b to find another date{within}.",
            Request.REBOOKING,
        )
    if (moved := rebooking.latest_rebooked(state)) is not None:
        return ToDo(f"Moved from {snapshot.spoken_date(moved.planned)}.")
    return None


def _what_the_cycle_asks(state: CircleState) -> ToDo | None:
    """The reminder of what the circle chose at the end of its last cycle."""
    if cycle.last_choice(state.records) is CycleChoice.GRADUATE:
        return ToDo(
            "You've graduated. s to choose a longer rhythm, or find new partners.",
            Request.SETTINGS,
        )
    if covenant.redesign_is_due(state):
        return ToDo("You chose to redesign. v opens your covenant.", Request.COVENANT)
    return None


def _pairs(context: MeetingContext) -> ToDo | None:
    """Who meets whom until the next meeting, in a circle of four."""
    matched = pairs.pairs([member.id for member in context.members], context.number - 1)
    if not matched:
        return None
    names = {member.id: member.name for member in context.members}
    spoken = ", ".join(text.join_with_and([names[one], names[other]]) for one, other in matched)
    return ToDo(f"In pairs until then: {spoken}.")
