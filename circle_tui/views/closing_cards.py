"""What the cards of the closing say: the look back, the next date, who was missed, what comes next.

Invariant: a card with nothing to say is empty.
"""

from circle_tui.core import dates
from circle_tui.core import text as words
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import health_check
from circle_tui.core.circle.state import Clause
from circle_tui.core.meeting.closing_code import closing_code
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Person
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.action_table import CHOICE_KEYS
from circle_tui.views.text import Span, Text, bold, clickable, muted, strong, text
from circle_tui.views.view import Row

_CHOICES = {
    CycleChoice.RENEW: "renew: another cycle like this one",
    CycleChoice.REDESIGN: "redesign: rework our covenant first",
    CycleChoice.REST: "rest: until someone wakes us up",
    CycleChoice.GRADUATE: "graduate: less often, new partners",
}
CODE = "Today's code, to write down:"


def could_reach_out(meeting: Meeting) -> tuple[Person | None, ...]:
    """Everybody who attended, and None for nobody."""
    attended = tuple(person for person in meeting.people if person.recorded_attendance.attended)
    return (*attended, None)


def title(meeting: Meeting, step: ClosingStep | None) -> str:
    """The title over what is answered together, before the date."""
    if step is ClosingStep.VITALITY:
        return f"A look at ourselves, {meeting.context.check}"
    return f"Cycle {meeting.context.cycle} ends here"


def shared(meeting: Meeting, step: ClosingStep | None) -> Text:
    """What is talked about together: the look back so far, or a question of the health check."""
    if step is ClosingStep.VITALITY:
        return text(strong(meeting.next_question or ""))
    parts: list[str | Span] = ["Take five minutes to look back together."]
    if meeting.worked:
        parts += [muted("\nWhat worked  "), meeting.worked]
    if meeting.change:
        parts += [muted("\nWhat to change  "), meeting.change]
    return text(*parts)


def choices(meeting: Meeting) -> tuple[Row, ...]:
    """What can be chosen at the end of the cycle, each with its key."""
    return tuple(Row(CHOICE_KEYS[choice], _CHOICES[choice]) for choice in meeting.context.choices)


def large_cycle(meeting: Meeting) -> str:
    """The cycle that ends, to be read from afar."""
    return f"Cycle {meeting.context.cycle}"


def large_date(meeting: Meeting) -> str:
    """The day of the next meeting, to be read from afar; empty if there is none."""
    if meeting.choice is CycleChoice.REST or meeting.next is None:
        return ""
    return dates.large_day(meeting.next, meeting.circle)


def date(snapshot: MeetingSnapshot) -> Text:
    """The next date, how far away it is, and who opens then."""
    meeting, now = snapshot.meeting, snapshot.now
    if meeting.choice is CycleChoice.REST:
        return text("The circle rests now. There's no next meeting until someone wakes it.")
    if meeting.next is None:
        return text("There's no next date yet. ", *clickable("other_date", "Press d to set one."))
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


def missing_title(meeting: Meeting) -> str:
    """Who was missed; empty if nobody was."""
    if not meeting.missing:
        return ""
    return f"We missed {words.join_with_and([person.name for person in meeting.missing])} today"


def missing(meeting: Meeting) -> Text:
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


def until_then(meeting: Meeting) -> tuple[Row, ...]:
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


def covenant(meeting: Meeting) -> Text:
    """The covenant's clause about missing members, if somebody is missing."""
    clause = meeting.context.covenant.get(Clause.MISSED) if meeting.missing else None
    return text(f"Our covenant says: {clause}") if clause else ()


def advice(meeting: Meeting) -> Text:
    """What the guide advises after the answers of the health check; empty if nothing."""
    advice = health_check.advice(meeting.context.check, meeting.vitality)
    return () if advice is None else text(advice)


def contracts(meeting: Meeting) -> Text:
    """The contracts that were due as the meeting began, by name; empty if none was."""
    due = meeting.context.contracts_due
    if not due:
        return ()
    from circle_tui.views import contract_words

    return text(contract_words.at_closing(due))


def code(meeting: Meeting, step: ClosingStep | None) -> Text:
    """The meeting's code, once everything else is settled."""
    if step not in {ClosingStep.CLOSE, None}:
        return ()
    code = closing_code(meeting)
    return () if code is None else text(muted(f"{CODE}  "), code)


def who_reaches_out(meeting: Meeting) -> tuple[Row, ...]:
    """A row for each of `could_reach_out`."""
    return tuple(
        Row("", person.name if person else "nobody this time")
        for person in could_reach_out(meeting)
    )
