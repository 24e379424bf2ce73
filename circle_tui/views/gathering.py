"""The gathering: who is here, the speaking order, and whether there is enough time.

Invariant: check-ins and the question to the circle are shown only if there are any. Where anything
was done, dropping the gathering takes two keys.
"""

from typing import ClassVar

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.circle import PAIR
from circle_tui.core.meeting import agenda, commands
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.core.meeting.opening import is_as_opened
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.resume import DROP_AGAIN
from circle_tui.views.text import Span, Text, bold, clickable, muted, strong, text
from circle_tui.views.view import (
    Action,
    ChooseSeat,
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

_STATES = {
    Attendance.PRESENT: "here",
    Attendance.LATE: "late",
    Attendance.EXCUSED: "excused",
    Attendance.ABSENT: "absent",
}

_CHECKINS_WAIT = text("There are check-ins. ", *clickable("checkins", "Press i to read them."))

WHO_IS_HERE = "Who is here"
THE_ROUND = "The round"
QUESTION = "A question to all of us"
CONTRACTS = "Contracts"
SINCE_LAST_TIME = "Since last time"


class GatheringView(View, frozen=True, kw_only=True):
    """The people, the plan, and what was written since the circle last met.

    Parts that are not shown are empty; while check-ins are read, all other parts are empty.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", WHO_IS_HERE, numbered=True),
        SpokenField("question", QUESTION),
        SpokenField("order", THE_ROUND),
        SpokenField("minutes"),
        SpokenField("contracts", CONTRACTS),
        SpokenField("checkins", SINCE_LAST_TIME),
    )

    rows: tuple[Row, ...] = ()
    question: Text = ()
    order: Text = ()
    minutes: Text = ()
    checkins: Text = ()
    contracts: Text = ()


def gathering_view(
    snapshot: MeetingSnapshot,
    *,
    cursor: int,
    seat: int | None,
    reading: bool,
    checkins_beside: bool,
    dropping: bool = False,
) -> GatheringView:
    """The gathering with the cursor on one of the people.

    `seat` is the seat just chosen by its number, counted from 1; the same number again marks that
    member. `reading` is whether only the check-ins are shown, `checkins_beside` whether there is
    room for them beside the plan, `dropping` whether it was asked if all this is to be dropped.
    """
    meeting = snapshot.meeting
    headline = meeting_words.headline(snapshot)
    if reading:
        return GatheringView(
            headline=headline,
            status="Check-ins since last time, for those who are here. ↑ ↓ scroll · i goes back",
            actions=_actions_while_reading(),
            checkins=_checkins(meeting),
        )
    waiting = bool(meeting.context.checkins) and not checkins_beside
    return GatheringView(
        headline=headline,
        status=DROP_AGAIN if dropping else _status(meeting),
        actions=_actions(snapshot, cursor, seat, checkins_wait=waiting, dropping=dropping),
        rows=_rows(meeting),
        question=_question(meeting),
        order=_order(meeting),
        minutes=_minutes(meeting),
        checkins=_CHECKINS_WAIT if waiting else _checkins(meeting),
        contracts=_contracts(meeting),
    )


def _status(meeting: Meeting) -> str:
    if _only_a_pair(meeting):
        return "Two of you are here. Enter to talk as a pair · r to find another date"
    if meeting.too_few:
        return "It takes two for a round. Wait a little, or press r to find another date."
    if meeting.guests:
        return "Ask your guest first: what's said here stays here."
    return "Everyone's here unless you mark them. Space: here → late → excused → absent."


def _only_a_pair(meeting: Meeting) -> bool:
    """Whether exactly two members of a larger circle are here, and nobody else is expected."""
    return meeting.too_few and len(meeting.here) == PAIR


def _actions_while_reading() -> tuple[Action, ...]:
    offers: dict[str, Offer | Intent] = {
        "stop_reading": Local.BACK,
        "checkins": Local.BACK,
        "previous": Scroll(-1),
        "next": Scroll(1),
        "back": Local.BACK,
    }
    return offered(TABLE[Place.GATHERING], offers)


def _actions(
    snapshot: MeetingSnapshot,
    cursor: int,
    chosen_seat: int | None,
    *,
    checkins_wait: bool,
    dropping: bool,
) -> tuple[Action, ...]:
    meeting = snapshot.meeting

    def offer(command: MeetingCommand[[]]) -> Offer:
        return Offer(execute(command), snapshot.why_not(command))

    def choose_or_mark(seat: int) -> Intent:
        if seat == chosen_seat:
            return execute(commands.mark_next, meeting.people[seat - 1].id)
        return ChooseSeat(seat)

    offers: dict[str, Offer | Intent] = {
        "begin_pair" if _only_a_pair(meeting) else "begin": offer(commands.begin),
        "mark": execute(commands.mark_next, meeting.people[cursor].id),
        "previous": Move(-1),
        "next": Move(1),
        **{f"seat_{seat}": choose_or_mark(seat) for seat in range(1, 10)},
        "fit": offer(commands.fit_shares),
        "guest": offer(commands.welcome_guest),
        "longer": offer(commands.give_minute),
        "shorter": offer(commands.take_minute),
        "drop": Request.DROP_MEETING if dropping or is_as_opened(meeting) else Local.CONFIRM,
        "back": Local.BACK if dropping else Request.HOME,
    }
    if meeting.too_few:
        offers["rebook"] = Request.REBOOK_INSTEAD
    if checkins_wait:
        offers["checkins"] = Local.CHECKINS
    return offered(TABLE[Place.GATHERING], offers)


def _rows(meeting: Meeting) -> tuple[Row, ...]:
    return tuple(
        Row(
            labels.GLYPHS[person.attendance],
            f"{seat} {person.name}",
            _STATES[person.attendance],
            dim=not person.here,
        )
        for seat, person in enumerate(meeting.people, 1)
    )


def _question(meeting: Meeting) -> Text:
    question = meeting.context.question
    return () if question is None else text(bold(question))


def _contracts(meeting: Meeting) -> Text:
    """The contracts that are due, by name; empty if none is."""
    due = meeting.context.contracts_due
    if not due:
        return ()
    from circle_tui.views import contract_words

    return text(contract_words.at_gathering(due))


def _checkins(meeting: Meeting) -> Text:
    """The check-ins since the last meeting; empty if there are none."""
    if not meeting.context.checkins:
        return ()
    names = {member.id: member.name for member in meeting.circle.members}
    parts: list[str | Span] = []
    for checkin in meeting.context.checkins:
        parts += ["\n" if parts else "", bold(names.get(checkin.member, "")), f"  {checkin.text}"]
    return text(*parts)


def _order(meeting: Meeting) -> Text:
    """The speaking order in one line, and why it begins where it does."""
    opener = meeting.opener_now()
    if opener is None:
        return text("Nobody's here yet.")
    parts: list[str | Span] = [strong(meeting.person(opener.member).name)]
    for member in meeting.order_now()[1:]:
        person = meeting.person(member)
        parts.append(f" → {person.name}" if person.here else f" → {person.name} (late)")
    if meeting.guests == 1:
        parts.append(", and 1 guest, listening")
    elif meeting.guests:
        parts.append(f", and {meeting.guests} guests, listening")
    parts.append(muted(f"\n{meeting.person(opener.member).name} {opener.reason}."))
    return text(*parts)


def _minutes(meeting: Meeting) -> Text:
    """Whether the plan fits and what would, then its parts in minutes."""
    plan = agenda.plan(meeting)
    minutes, count_minutes = meeting_words.minutes, meeting_words.count_minutes
    share, response = minutes(meeting.share), minutes(meeting.circle.response)
    return text(
        f"{share} each, {response} to respond. ",
        *_verdict(meeting, plan),
        muted(
            # "min" once, so that it has room in one line.
            f"\n{minutes(plan.opening)} to open, "
            f"{count_minutes(plan.turns)} for the round, "
            f"{count_minutes(plan.closing)} to close"
        ),
    )


def _verdict(meeting: Meeting, plan: agenda.Plan) -> Text:
    minutes = meeting_words.minutes
    length, slack = minutes(meeting.circle.length), minutes(plan.slack)
    if plan.fits:
        return text(f"Fits in {length}, with {slack} to spare.")
    if plan.fitting_share is None:
        return text(strong(f"{slack} over {length}. Not even a minute each would fit."))
    fits = f"Press f for {minutes(plan.fitting_share)} each."
    return text(strong(f"{slack} over {length}. "), *clickable("fit", strong(fits)))
