"""Events as lines of a journal: each is read as it was written, and nothing else is accepted."""

from typing import get_args

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.events import Event, MeetingOpened, Resumed, from_json, to_json
from circle_tui.core.meeting.meeting import Phase
from circle_tui.core.meeting.reopening import reopen
from circle_tui.core.meeting.replay import apply, replay

from .eventful_meeting import eventful_meeting
from .meetings import START, MeetingRunner, circle_of, history_of


def test_every_kind_of_event_is_read_as_it_was_written() -> None:
    runner = eventful_meeting()
    reopened = reopen(history_of([runner.record], runner.meeting.circle), runner.now)[0]
    written = [*runner.events, *reopened]
    assert {type(event) for event in written} == set(get_args(Event))
    for event in written:
        line = to_json(event)
        assert "\n" not in line
        assert from_json(line) == event
        assert to_json(from_json(line)) == line


def test_replaying_the_journal_gives_the_same_meeting_at_every_step() -> None:
    runner = eventful_meeting()
    lines = [to_json(event) for event in runner.events]
    meeting = replay([from_json(lines[0])])
    for number, line in enumerate(lines[1:], 2):
        meeting = apply(meeting, from_json(line))
        assert meeting == replay(from_json(each) for each in lines[:number])
    assert meeting == runner.meeting
    assert meeting.phase is Phase.CLOSED


def test_undoing_acts_one_by_one_gives_each_earlier_state() -> None:
    runner = eventful_meeting()
    states = [
        replay(event for act in runner.acts[:n] for event in act)
        for n in range(1, len(runner.acts))
    ]
    for earlier in reversed(states):
        assert runner.undo().meeting == earlier
    assert runner.meeting.phase is Phase.GATHERING


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "null",
        "[]",
        "{}",
        '"WentOn"',
        '{"type":"WentOn"}',
        '{"type":"Unheard","at":"2026-03-05T10:00:00Z"}',
        '{"at":"2026-03-05T10:00:00Z"}',
        '{"type":"WentOn","at":"yesterday"}',
        '{"type":"GuestsCounted","at":"2026-03-05T10:00:00Z","guests":"two"}',
    ],
)
def test_a_line_that_is_not_an_event_raises_a_value_error(line: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_json(line)


def test_an_unknown_field_of_a_newer_version_is_ignored() -> None:
    line = '{"type":"WentOn","at":"2026-03-05T10:00:00Z","mood":"fine"}'
    assert from_json(line) == Resumed(at=START)


def test_a_journal_that_does_not_begin_with_a_meeting_is_refused() -> None:
    for happened in ([], [Resumed(at=START)]):
        with pytest.raises(ValueError, match="do not begin"):
            replay(happened)


def test_a_second_meeting_opened_event_is_refused() -> None:
    runner = MeetingRunner()
    (opened,) = runner.acts[0]
    assert isinstance(opened, MeetingOpened)
    with pytest.raises(ValueError, match="does not happen within a meeting"):
        apply(runner.meeting, opened)


@pytest.mark.parametrize(
    "kind", [commands.events.ShareEnded, commands.events.Resumed, commands.events.TurnEnded]
)
def test_an_event_out_of_place_raises_only_a_value_error(kind: type[Event]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        apply(MeetingRunner().meeting, kind(at=START))


JOURNAL = """
{"type":"AttendanceMarked","at":"2026-03-05T10:00:00Z","member":"m3","attendance":"late"}
{"type":"GuestsCounted","at":"2026-03-05T10:00:00Z","guests":1}
{"type":"ShareSet","at":"2026-03-05T10:00:00Z","share":"PT420S"}
{"type":"RoundBegan","at":"2026-03-05T10:01:00Z","order":["m1","m2","m3"]}
{"type":"ShareStarted","at":"2026-03-05T10:05:00Z","since":"2026-03-05T10:04:00Z"}
{"type":"Held","at":"2026-03-05T10:06:00Z","since":"2026-03-05T10:06:00Z"}
{"type":"WentOn","at":"2026-03-05T10:07:00Z"}
{"type":"ShareLengthened","at":"2026-03-05T10:07:00Z","by":"-PT60S"}
{"type":"ShareBackdated","at":"2026-03-05T10:07:00Z","by":"PT60S"}
{"type":"StepEnded","at":"2026-03-05T10:07:00Z"}
{"type":"ShareEnded","at":"2026-03-05T10:08:00Z"}
{"type":"Responded","at":"2026-03-05T10:08:00Z","member":"m2"}
{"type":"CommitmentMade","at":"2026-03-05T10:09:00Z","id":"c1","text":"Read"}
{"type":"TurnEnded","at":"2026-03-05T10:09:00Z"}
{"type":"Passed","at":"2026-03-05T10:09:00Z"}
{"type":"MemberArrived","at":"2026-03-05T10:10:00Z","member":"m3","share":"PT420S"}
{"type":"MemberLeavesSoon","at":"2026-03-05T10:10:00Z","member":"m2"}
{"type":"MemberLeft","at":"2026-03-05T10:10:00Z","member":"m2","share":"PT420S"}
{"type":"CutShort","at":"2026-03-05T10:11:00Z"}
{"type":"NextMeetingSet","at":"2026-03-05T10:11:00Z","when":"2026-03-19T10:00:00Z","kept":true}
{"type":"ReachOutSettled","at":"2026-03-05T10:11:00Z","missing":"m2","by":null}
{"type":"MeetingClosed","at":"2026-03-05T10:12:00Z"}
"""


def test_a_journal_written_by_the_first_version_can_still_be_read() -> None:
    opened = MeetingRunner(circle_of(3)).events
    meeting = replay([*opened, *(from_json(line) for line in JOURNAL.strip().splitlines())])
    assert meeting.phase is Phase.CLOSED
    assert meeting.finished == ("m1",)
    assert [made.text for made in meeting.made] == ["Read"]
    assert (meeting.guests, meeting.reaches_out) == (1, {"m2": None})
    assert [person.recorded_attendance.value for person in meeting.people] == [
        "present",
        "left early",
        "late",
    ]


def test_a_journal_of_a_circle_without_an_id_can_still_be_read() -> None:
    opened = MeetingRunner(circle_of(3)).events[0]
    assert isinstance(opened, MeetingOpened)
    assert opened.context.circle.id == ""
    assert from_json(to_json(opened)) == opened
