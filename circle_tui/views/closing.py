"""The closing: look back and health check if they are due, then the next date and the end.

Invariant: one step at a time is shown, with its own keys; steps that are not due are skipped.
"""

from typing import ClassVar

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import health_check
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import closing_cards, meeting_words
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.rounds import round_offers
from circle_tui.views.text import Text
from circle_tui.views.view import (
    Action,
    Ask,
    Intent,
    Local,
    Move,
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

_LOOKING_BACK = {
    ClosingStep.WORKED: "What worked? Enter to skip.",
    ClosingStep.CHANGE: "What should change? Enter to skip.",
}
_END_OF_CYCLE = (*_LOOKING_BACK, ClosingStep.CHOICE)
_BEFORE_THE_DATE = (*_END_OF_CYCLE, ClosingStep.VITALITY)

NEXT_TIME = "Next time"
UNTIL_THEN = "Until then"
CONTRACTS = "Contracts"

_SCROLLING: dict[str, Offer | Intent] = {"scroll_up": Scroll(-1), "scroll_down": Scroll(1)}

_OTHER_DATE = ask(
    "When shall we meet? Like 2 April 10:00, or just a day or a time.",
    closing_commands.propose_date,
)


class ClosingView(View, frozen=True, kw_only=True):
    """The current step; an empty text is not shown.

    `look_back` is a question to ask at once, without a key; None if none is due. `shared` is what
    the circle reads together before the date, under `title`. `large` is the next date, or the cycle
    that ends; `date` is more about the date. `missing` is about absent members, and `covenant` the
    clause about them.
    `contracts` says which contracts are due. `code` is the code of this meeting in the circle's
    chain.
    `rows` are the choices, and `cursor` is the row that enter takes, None if each row has its own
    key. `until_then` are everybody's commitments. `reaching_out` is whether the circle is choosing
    who reaches out.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("shared", label_field="title"),
        SpokenField("contracts", CONTRACTS),
        SpokenField("date", NEXT_TIME),
        SpokenField("code"),
        SpokenField("missing", label_field="missing_title"),
        SpokenField("covenant"),
        SpokenField("advice"),
        SpokenField("until_then", UNTIL_THEN),
        SpokenField("rows", numbered=True),
    )

    look_back: Ask | None = None
    title: str = ""
    shared: Text = ()
    large: str = ""
    date: Text = ()
    missing_title: str = ""
    missing: Text = ()
    covenant: Text = ()
    advice: Text = ()
    contracts: Text = ()
    code: Text = ()
    until_then: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    cursor: int | None = None
    reaching_out: bool = False


def closing_view(snapshot: MeetingSnapshot, *, cursor: int, asking: bool) -> ClosingView:
    """The current step, with the cursor on one of the members who could reach out.

    `asking` is whether text is being typed.
    """
    meeting = snapshot.meeting
    step = _step(meeting)
    headline = meeting_words.headline(snapshot)
    status = _status(meeting, step, asking=asking)
    actions = _actions(snapshot, step, cursor, asking=asking)
    if step in _BEFORE_THE_DATE:
        return ClosingView(
            headline=headline,
            status=status,
            actions=actions,
            large=closing_cards.large_cycle(meeting) if step in _END_OF_CYCLE else "",
            look_back=_ask_to_look_back(step),
            title=closing_cards.title(meeting, step),
            shared=closing_cards.shared(meeting, step),
            rows=closing_cards.choices(meeting) if step is ClosingStep.CHOICE else (),
        )
    reaching_out = step is ClosingStep.REACH_OUT
    return ClosingView(
        headline=headline,
        status=status,
        actions=actions,
        large=closing_cards.large_date(meeting),
        date=closing_cards.date(snapshot),
        missing_title=closing_cards.missing_title(meeting),
        missing=closing_cards.missing(meeting),
        covenant=closing_cards.covenant(meeting),
        advice=closing_cards.advice(meeting),
        contracts=closing_cards.contracts(meeting),
        code=closing_cards.code(meeting, step),
        until_then=closing_cards.until_then(meeting),
        rows=closing_cards.who_reaches_out(meeting) if reaching_out else (),
        cursor=cursor if reaching_out else None,
        reaching_out=reaching_out,
    )


def to_reach_out_to(meeting: Meeting) -> MemberId | None:
    """The missing member for whom somebody is chosen now, by id; None if all are settled."""
    return meeting.unreached[0].id if meeting.unreached else None


def row_of_seat(meeting: Meeting, seat: int) -> int | None:
    """The row of the member on a seat, counted from 1; None if they can't be chosen now."""
    if meeting.closing_step is not ClosingStep.REACH_OUT or not 1 <= seat <= len(meeting.people):
        return None
    person = meeting.people[seat - 1]
    could = closing_cards.could_reach_out(meeting)
    return could.index(person) if person in could else None


def _step(meeting: Meeting) -> ClosingStep | None:
    """The current step; None once the meeting is closed."""
    return None if meeting.phase is Phase.CLOSED else meeting.closing_step


def _ask_to_look_back(step: ClosingStep | None) -> Ask | None:
    if step not in _LOOKING_BACK:
        return None
    return ask(_LOOKING_BACK[step], closing_commands.look_back)


# Keys


def _actions(
    snapshot: MeetingSnapshot,
    step: ClosingStep | None,
    cursor: int,
    *,
    asking: bool,
) -> tuple[Action, ...]:
    meeting = snapshot.meeting
    if asking:
        return offered(TABLE[Place.CLOSING], {"back": Local.BACK})
    offers = round_offers(meeting)
    offers |= _offers_of_step(snapshot, step, cursor)
    resting = meeting.choice is CycleChoice.REST
    if meeting.context.contracts_due and step is not None:
        offers["contracts"] = Request.CONTRACTS
    if meeting.reopened is not None:
        offers["leave_as_it_was"] = Request.DROP_MEETING
    if step is not None and step not in _BEFORE_THE_DATE and not resting:
        offers["other_date"] = _OTHER_DATE
    return offered(TABLE[Place.CLOSING], offers)


def _offers_of_step(
    snapshot: MeetingSnapshot, step: ClosingStep | None, cursor: int
) -> dict[str, Offer | Intent]:
    meeting = snapshot.meeting
    look_back = _ask_to_look_back(step)
    if look_back is not None:
        return {"look_back": look_back}
    match step:
        case ClosingStep.CHOICE:
            return {
                f"choose_{choice}": execute(closing_commands.choose, choice)
                for choice in meeting.context.choices
            }
        case ClosingStep.VITALITY:
            return {
                f"answer_{answer}": execute(closing_commands.answer_question, answer)
                for answer in health_check.ANSWERS
            }
        case ClosingStep.DATE:
            keep = closing_commands.keep_date
            return {"keep_date": Offer(execute(keep), snapshot.why_not(keep)), **_SCROLLING}
        case ClosingStep.REACH_OUT:
            by = closing_cards.could_reach_out(meeting)[cursor]
            missing = meeting.unreached[0]
            settle = execute(closing_commands.settle_reach_out, missing.id, by.id if by else None)
            return {"reach_out": settle, "previous": Move(-1), "next": Move(1)}
        case None:
            # The meeting is closed, but its record could not be saved: try again.
            return {"close": Request.SAVE_MEETING, "back": Request.HOME}
        case _:
            return {
                "close": execute(closing_commands.close, then=Request.SAVE_MEETING),
                **_SCROLLING,
            }


def _status(meeting: Meeting, step: ClosingStep | None, *, asking: bool) -> str:
    if step in _LOOKING_BACK:
        if asking:
            return "Enter saves, even if it's empty · Esc cancels"
        return "Enter continues the look back · u undoes the last step"
    if step is not None and asking:
        return "Enter saves the date · Esc keeps the one you had"
    match step:
        case ClosingStep.CLOSE if meeting.reopened is not None:
            return "u to go back · l if someone came or left · Enter to save it again"
        case None:
            return "Enter saves the meeting · Esc leaves it for later"
        case ClosingStep.CHOICE:
            return "What comes next for this circle? One key, once you agree."
        case ClosingStep.VITALITY:
            return "Talk about it, then give one answer for all of us: y yes · p partly · n no"
        case ClosingStep.DATE:
            return "Enter if that works for everyone · d for another date"
        case ClosingStep.REACH_OUT:
            return f"Who reaches out to {meeting.unreached[0].name}? ↑ ↓ to choose · Enter saves"
        case _:
            return "One word each around the circle. Then Enter saves the meeting."
