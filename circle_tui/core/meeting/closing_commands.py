"""The commands of the closing.

Invariant: steps are settled one at a time, in the order of `ClosingStep`. As in `commands.py`, a
command returns events or raises `RuleError`.
"""

from datetime import datetime

from circle_tui.core import date_reading, text
from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle.health_check import ANSWERS
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import events
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.core.meeting.events import Events
from circle_tui.core.meeting.meeting import ROUND, ClosingStep, Meeting, Phase
from circle_tui.core.meeting.preconditions import require_person, require_phase
from circle_tui.core.meeting.replay import next_date


@MeetingCommand
def cut_short(meeting: Meeting, now: datetime) -> Events:
    """End the round early and begin the closing."""
    require_phase(meeting, *ROUND)
    return (events.CutShort(at=now),)


def _require_step(meeting: Meeting, step: ClosingStep) -> None:
    """Raise `RuleError` unless `step` is the one to settle now."""
    require_phase(meeting, Phase.CLOSING)
    if meeting.closing_step is not step:
        raise RuleError(
            {
                ClosingStep.WORKED: "First the look back: what worked?",
                ClosingStep.CHANGE: "First the look back: what should change?",
                ClosingStep.CHOICE: "First choose what comes next for the circle.",
                ClosingStep.VITALITY: "First answer the questions to all of you.",
                ClosingStep.DATE: (
                    "First choose the next date. Enter if it works for everyone, d for another."
                ),
                ClosingStep.REACH_OUT: "First choose who reaches out to those you missed.",
                ClosingStep.CLOSE: "Everything's settled. Enter saves the meeting.",
            }[meeting.closing_step]
        )


@MeetingCommand
def look_back(meeting: Meeting, now: datetime, words: str) -> Events:
    """At the end of a cycle: first what worked, then what to change; `words` may be empty."""
    if meeting.closing_step is not ClosingStep.CHANGE:
        _require_step(meeting, ClosingStep.WORKED)
    require_phase(meeting, Phase.CLOSING)
    return (events.LookBackAnswered(at=now, words=text.words(words)),)


@MeetingCommand
def choose(meeting: Meeting, now: datetime, choice: CycleChoice) -> Events:
    """At the end of a cycle: choose how the circle continues."""
    _require_step(meeting, ClosingStep.CHOICE)
    if choice not in meeting.context.choices:
        raise RuleError("A circle graduates after two strong cycles.")
    return (events.CycleChosen(at=now, choice=choice),)


@MeetingCommand
def answer_question(meeting: Meeting, now: datetime, answer: str) -> Events:
    """Answer the current question of the health check, for the circle as a whole."""
    _require_step(meeting, ClosingStep.VITALITY)
    question = meeting.next_question
    if question is None or answer not in ANSWERS:
        raise RuleError("Answer yes, partly or no.")
    return (events.QuestionAnswered(at=now, question=question, answer=answer),)


@MeetingCommand
def keep_date(meeting: Meeting, now: datetime) -> Events:
    """Confirm the proposed date of the next meeting."""
    _require_step(meeting, ClosingStep.DATE)
    if meeting.next is None or meeting.next <= now:
        raise RuleError("That date has passed. Press d to set another.")
    return (events.NextMeetingSet(at=now, when=meeting.next, kept=True),)


@MeetingCommand
def propose_date(meeting: Meeting, now: datetime, typed: str) -> Events:
    """Propose another date, as typed; `keep_date` still has to confirm it."""
    require_phase(meeting, Phase.CLOSING)
    if meeting.choice is CycleChoice.REST:
        raise RuleError("The circle rests after this, so it needs no date.")
    when = date_reading.read_moment(
        meeting.circle, text.clean(typed), meeting.next or meeting.opened, now
    )
    return (events.NextMeetingSet(at=now, when=when, kept=False),)


@MeetingCommand
def settle_reach_out(
    meeting: Meeting, now: datetime, missing: MemberId, by: MemberId | None
) -> Events:
    """Decide which attendee reaches out to `missing`; None for nobody."""
    _require_step(meeting, ClosingStep.REACH_OUT)
    if require_person(meeting, missing) not in meeting.unreached:
        raise RuleError(
            f"{require_person(meeting, missing).name} doesn't need anybody to reach out."
        )
    if by is not None and not require_person(meeting, by).recorded_attendance.attended:
        raise RuleError(f"{require_person(meeting, by).name} was missing too.")
    return (events.ReachOutSettled(at=now, missing=missing, by=by),)


@MeetingCommand
def close(meeting: Meeting, now: datetime) -> Events:
    """Close the meeting."""
    _require_step(meeting, ClosingStep.CLOSE)
    return (events.MeetingClosed(at=now),)


@MeetingCommand
def close_as_it_stands(meeting: Meeting, now: datetime) -> Events:
    """Close a meeting that will not be continued, with the proposed date and no reaching out."""
    if meeting.phase is Phase.GATHERING:
        raise RuleError("The round never began, so there's nothing to save. Drop it instead.")
    require_phase(meeting, *ROUND, Phase.CLOSING)
    cut = () if meeting.phase is Phase.CLOSING else cut_short(meeting, now)
    closed = events.MeetingClosed(at=now)
    keeps = meeting.reopened is not None and meeting.next_is_settled
    if meeting.next is not None and meeting.next <= now and not keeps:
        when = next_date(meeting, now)
        return (*cut, events.NextMeetingSet(at=now, when=when, kept=False), closed)
    return (*cut, closed)
