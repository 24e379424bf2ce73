"""The closing: look back and health check if they are due, then the next date and the end.

Invariant: one step at a time is shown, with its own keys; steps that are not due are skipped.
"""

from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core import text as words
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import health_check
from circle_tui.core.circle.state import Clause
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.closing_code import closing_code
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Person, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import meeting_words
from circle_tui.views.action_table import CHOICE_KEYS, TABLE, Place
from circle_tui.views.rounds import round_offers
from circle_tui.views.text import Span, Text, bold, muted, strong, text
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
_BEFORE_THE_DATE = (*_LOOKING_BACK, ClosingStep.CHOICE, ClosingStep.VITALITY)

_CHOICES = {
    CycleChoice.RENEW: "renew: another cycle like this one",
    CycleChoice.REDESIGN: "redesign: rework our covenant first",
    CycleChoice.REST: "rest: until someone wakes us up",
    CycleChoice.GRADUATE: "graduate: less often, new partners",
}

NEXT_TIME = "Next time"
UNTIL_THEN = "Until then"
CONTRACTS = "Contracts"
CODE = "Today's code, to write down:"

_SCROLLING: dict[str, Offer | Intent] = {"scroll_up": Scroll(-1), "scroll_down": Scroll(1)}

_OTHER_DATE = ask(
    "When shall we meet? Like 2 April 10:00, or just a day or a time.",
    closing_commands.propose_date,
)


class ClosingView(View, frozen=True, kw_only=True):
    """The current step; an empty text is not shown.

    `look_back` is a question to ask at once, without a key; None if none is due. `shared` is what
    the circle reads together before the date, under `title`. `large` is the next date, and `date`
    more about it. `missing` is about absent members, and `covenant` the clause about them.
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


def closing_view(
    snapshot: MeetingSnapshot, *, cursor: int, asking: bool, overlay_shown: bool = False
) -> ClosingView:
    """The current step, with the cursor on one of the members who could reach out.

    `asking` is whether text is being typed, `overlay_shown` whether the listening rule or the
    covenant covers the screen.
    """
    meeting = snapshot.meeting
    step = _step(meeting)
    headline = meeting_words.headline(snapshot)
    status = _status(meeting, step, asking=asking)
    actions = _actions(snapshot, step, cursor, asking=asking, overlay_shown=overlay_shown)
    if step in _BEFORE_THE_DATE:
        return ClosingView(
            headline=headline,
            status=status,
            actions=actions,
            look_back=_ask_to_look_back(step),
            title=_title(meeting, step),
            shared=_shared(meeting, step),
            rows=_choices(meeting) if step is ClosingStep.CHOICE else (),
        )
    reaching_out = step is ClosingStep.REACH_OUT
    return ClosingView(
        headline=headline,
        status=status,
        actions=actions,
        large=_large_date(meeting),
        date=_date(snapshot),
        missing_title=_missing_title(meeting),
        missing=_missing(meeting),
        covenant=_covenant(meeting),
        advice=_advice(meeting),
        contracts=_contracts(meeting),
        code=_code(meeting, step),
        until_then=_until_then(meeting),
        rows=_who_reaches_out(meeting) if reaching_out else (),
        cursor=cursor if reaching_out else None,
        reaching_out=reaching_out,
    )


def to_reach_out_to(meeting: Meeting) -> MemberId | None:
    """The missing member for whom somebody is chosen now, by id; None if all are settled."""
    return meeting.unreached[0].id if meeting.unreached else None


def _step(meeting: Meeting) -> ClosingStep | None:
    """The current step; None once the meeting is closed."""
    return None if meeting.phase is Phase.CLOSED else meeting.closing_step


def _could_reach_out(meeting: Meeting) -> tuple[Person | None, ...]:
    """Everybody who attended, and None for nobody."""
    attended = tuple(person for person in meeting.people if person.recorded_attendance.attended)
    return (*attended, None)


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
    overlay_shown: bool,
) -> tuple[Action, ...]:
    meeting = snapshot.meeting
    if asking:
        return offered(TABLE[Place.CLOSING], {"back": Local.BACK})
    offers = round_offers(meeting, overlay_shown=overlay_shown)
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
            by = _could_reach_out(meeting)[cursor]
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


# What is shown


def _title(meeting: Meeting, step: ClosingStep | None) -> str:
    if step is ClosingStep.VITALITY:
        return f"A look at ourselves, {meeting.context.check}"
    return f"Cycle {meeting.context.cycle} ends here"


def _shared(meeting: Meeting, step: ClosingStep | None) -> Text:
    if step is ClosingStep.VITALITY:
        return text(strong(meeting.next_question or ""))
    parts: list[str | Span] = ["Take five minutes to look back together."]
    if meeting.worked:
        parts += [muted("\nWhat worked  "), meeting.worked]
    if meeting.change:
        parts += [muted("\nWhat to change  "), meeting.change]
    return text(*parts)


def _choices(meeting: Meeting) -> tuple[Row, ...]:
    return tuple(Row(CHOICE_KEYS[choice], _CHOICES[choice]) for choice in meeting.context.choices)


def _large_date(meeting: Meeting) -> str:
    """The day of the next meeting, to be read from afar; empty if there is none."""
    if meeting.choice is CycleChoice.REST or meeting.next is None:
        return ""
    return dates.large_day(meeting.next, meeting.circle)


def _date(snapshot: MeetingSnapshot) -> Text:
    meeting, now = snapshot.meeting, snapshot.now
    if meeting.choice is CycleChoice.REST:
        return text("The circle rests now. There's no next meeting until someone wakes it.")
    if meeting.next is None:
        return text("There's no next date yet. Press d to set one.")
    when = dates.spoken_date(meeting.next, meeting.circle, now=now, here=snapshot.here)
    distance = dates.spoken_distance(meeting.next, now)
    parts: list[str | Span] = [
        strong(when) if meeting.next_is_settled else strong(f"Shall we meet on {when}?"),
        f"\n{distance}",
    ]
    opener = meeting.next_opener()
    if opener is not None:
        name = meeting.person(opener.member).name
        parts += ["  ·  ", bold(name), f" opens: {opener.reason}."]
    return text(*parts)


def _missing_title(meeting: Meeting) -> str:
    if not meeting.missing:
        return ""
    return f"We missed {words.join_with_and([person.name for person in meeting.missing])} today"


def _missing(meeting: Meeting) -> Text:
    """Who reaches out to whom; before that question comes, that it will come."""
    asked = meeting.closing_step is ClosingStep.REACH_OUT
    lines = [
        _reaches_out(meeting, person)
        for person in meeting.missing
        if person.id in meeting.reaches_out or not asked
    ]
    return text("\n".join(lines)) if lines else ()


def _reaches_out(meeting: Meeting, person: Person) -> str:
    if person.id not in meeting.reaches_out:
        return f"Who reaches out to {person.name}?"
    by = meeting.reaches_out[person.id]
    if by is None:
        return f"Nobody reaches out to {person.name} this time."
    return f"{meeting.person(by).name} reaches out to {person.name}."


def _until_then(meeting: Meeting) -> tuple[Row, ...]:
    """Everybody's commitments until the next meeting, each name once."""
    rows = []
    for person in meeting.people:
        texts = [
            *(commitment.text for commitment in meeting.open_commitments_of(person.id)),
            *(made.text for made in meeting.commitments_made_by(person.id)),
        ]
        rows += [
            Row("", commitment, name=person.name if first else "")
            for first, commitment in zip([True, *[False] * len(texts)], texts, strict=False)
        ]
    return tuple(rows)


def _covenant(meeting: Meeting) -> Text:
    """The covenant's clause about missing members, if somebody is missing."""
    clause = meeting.context.covenant.get(Clause.MISSED) if meeting.missing else None
    return text(f"Our covenant says: {clause}") if clause else ()


def _advice(meeting: Meeting) -> Text:
    advice = health_check.advice(meeting.context.check, meeting.vitality)
    return () if advice is None else text(advice)


def _contracts(meeting: Meeting) -> Text:
    """The contracts that were due as the meeting began, by name; empty if none was."""
    due = meeting.context.contracts_due
    if not due:
        return ()
    from circle_tui.views import contract_words

    return text(contract_words.at_closing(due))


def _code(meeting: Meeting, step: ClosingStep | None) -> Text:
    """The meeting's code, once everything else is settled."""
    if step not in {ClosingStep.CLOSE, None}:
        return ()
    code = closing_code(meeting)
    return () if code is None else text(muted(f"{CODE}  "), code)


def _who_reaches_out(meeting: Meeting) -> tuple[Row, ...]:
    return tuple(
        Row("", person.name if person else "nobody this time")
        for person in _could_reach_out(meeting)
    )
