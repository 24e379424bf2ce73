"""What the next meeting gets to know, derived from the records; and what a record contains."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from circle_tui.core.attendance.facts import Attendance, Cancelled, sort_by_number
from circle_tui.core.circle.commitments import Commitment, next_id, open_commitments
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import (
    CommitmentResult,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
)
from circle_tui.core.circle.state import Change
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.recording import record_of

from .meetings import START, MeetingRunner, circle_of, commitments_of, history_of, record, wall_time


def test_the_next_meeting_of_a_new_circle_is_its_first() -> None:
    circle = circle_of(4)
    context = meeting_context(history_of(circle=circle), START)
    assert (context.number, context.cycle, context.number_in_cycle) == (1, 1, 1)
    assert context.planned == START
    assert context.anchor == circle.first
    assert (context.openings, context.open, context.next_commitment) == ({}, (), 1)
    assert context.members == circle.members
    assert (context.later, context.wins, context.checkins, context.covenant) == ((), (), (), {})
    assert (context.question, context.check, context.choices) == (None, None, ())
    assert not context.resting


def test_meetings_are_numbered_and_every_cycle_has_six() -> None:
    circle, records, seen = circle_of(4), [], []
    for _ in range(14):
        context = meeting_context(
            history_of(records, circle), records[-1].ended if records else START
        )
        seen.append((context.number, context.cycle, context.number_in_cycle))
        records.append(MeetingRunner(circle, records, at=context.planned).close().record)
    assert seen == [(n, 1 + (n - 1) // 6, 1 + (n - 1) % 6) for n in range(1, 15)]
    assert [each.number for each in records] == list(range(1, 15))
    assert [each.cycle for each in records] == [1] * 6 + [2] * 6 + [3] * 2


def test_fourteen_meetings_keep_their_local_time_and_rotate_the_opener() -> None:
    circle, records = circle_of(4), []
    for _ in range(14):
        planned = meeting_context(history_of(records, circle), START).planned
        runner = MeetingRunner(circle, records, at=planned)
        records.append(runner.close().record)
    shown = [each.started.astimezone(circle.tz).replace(tzinfo=None) for each in records]
    assert shown == [wall_time(2026, 3, 5, 10) + timedelta(weeks=2 * n) for n in range(14)]
    assert [each.opener for each in records] == ["m1", "m2", "m3", "m4"] * 3 + ["m1", "m2"]


def test_meetings_are_ordered_by_number_whatever_their_order_in_the_file() -> None:
    assert [each.number for each in sort_by_number([record(3), record(1), record(2)])] == [1, 2, 3]


def test_the_next_meeting_is_planned_for_the_date_that_was_kept() -> None:
    when = datetime(2026, 3, 20, 18, 0, tzinfo=UTC)
    assert meeting_context(history_of([record(1, next=when)]), START).planned == when


def test_without_an_agreed_date_the_rhythm_gives_the_next_meeting() -> None:
    planned = meeting_context(history_of([record(1, next=None)]), START).planned
    assert planned == START + timedelta(weeks=2)


def test_the_rhythm_counts_from_the_first_date_the_circle_chose() -> None:
    first = datetime(2026, 3, 19, 18, 0, tzinfo=UTC)
    later = datetime(2026, 4, 3, 8, 0, tzinfo=UTC)
    context = meeting_context(history_of([record(1, next=first), record(2, next=later)]), START)
    assert context.anchor == wall_time(2026, 3, 19, 18)
    assert context.planned == later


def test_a_circle_without_a_first_date_counts_its_rhythm_from_its_first_agreed_date() -> None:
    circle = circle_of(first=wall_time(2026, 3, 5, 14, 37))
    runner = MeetingRunner(circle, at=START + timedelta(hours=4, minutes=37)).rest_of_round()
    runner.do(closing_commands.propose_date, "19 March 10:00").close()
    second = MeetingRunner(circle, [runner.record], at=runner.record.next or START).close()
    assert second.record.next == datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


def test_openings_and_commitments_are_carried_to_the_next_meeting() -> None:
    circle = circle_of(3)
    first = MeetingRunner(circle).begin(m3=Attendance.EXCUSED)
    first.to_commitments().do(commands.promise, "Read").do(commands.promise, "Run").do(
        commands.end_turn
    )
    first.to_commitments().do(commands.promise, "Write").do(commands.end_turn).close()
    assert first.record.opener == "m1"

    second = MeetingRunner(circle, [first.record], at=START + timedelta(weeks=2)).begin()
    assert second.meeting.order == ("m2", "m3", "m1")
    second.to_commitments().do(commands.answer, "c3", Outcome.KEPT).do(
        commands.end_turn
    ).whole_turn()
    second.to_commitments().do(commands.answer, "c1", Outcome.MISSED).do(
        commands.reset, Reset.AGAIN
    )
    second.do(commands.end_turn).close()

    context = meeting_context(history_of([first.record, second.record], circle), second.now)
    assert context.openings == {"m1": 1, "m2": 2}
    assert [(each.id, each.text, each.since) for each in context.open] == [
        ("c2", "Run", first.record.ended),
        ("c4", "Read", second.record.ended),
    ]
    assert context.next_commitment == 5


def test_an_open_commitment_says_whose_it_is_and_when_it_was_made() -> None:
    made = (NewCommitment("c7", "m2", "Read", "2026-04-01"), NewCommitment("c8", "m1", "Run"))
    records = [record(3, made=made), record(4, answered=(CommitmentResult("c8", Outcome.KEPT),))]
    assert open_commitments(history_of(records)) == (
        Commitment("c7", "m2", "Read", "2026-04-01", records[0].ended),
    )


def test_commitments_are_numbered_on_even_beside_ids_of_another_program() -> None:
    made = (
        NewCommitment("c7", "m2", "Read"),
        NewCommitment("x99", "m2", "Run"),
        NewCommitment("cx", "m2", "Rest"),
    )
    records = [record(1, made=made), record(2, made=commitments_of(("m1", "a"), first=3))]
    assert next_id(history_of(records)) == 8
    assert next_id(history_of()) == 1


def ninth_meeting() -> MeetingRecord:
    """A ninth meeting of five members: one is late, one left early, one is absent."""
    earlier = [
        record(n, cycle=1 if n < 7 else 2, opener=f"m{n % 5 or 5}", next=START) for n in range(1, 7)
    ]
    openers = {"opener": "m5", "cycle": 2}
    earlier.append(record(7, made=commitments_of(("m2", "Read"), first=24), **openers))
    earlier.append(record(8, **{**openers, "opener": "m1"}))
    runner = MeetingRunner(circle_of(5), earlier, at=START + timedelta(seconds=4, microseconds=77))
    runner.begin(m1=Attendance.LATE, m4=Attendance.EXCUSED).to_commitments()
    runner.do(commands.answer, "c24", Outcome.MISSED).do(commands.say_what_got_in_the_way, "Rain")
    runner.do(commands.reset, Reset.SMALLER, "Read a page").do(commands.end_turn)
    runner.do(commands.start).wait(1).do(commands.pause).wait(5).do(commands.resume).do(
        commands.finish
    )
    runner.do(commands.respond).do(commands.end_responses).do(commands.end_turn)
    runner.whole_turn().do(commands.leave, "m5").do(commands.arrive, "m1").whole_turn()
    runner.do(closing_commands.keep_date).do(closing_commands.settle_reach_out, "m4", "m2").wait(
        2.5
    ).do(closing_commands.close)
    return runner.record


def test_a_stored_record_has_the_form_shown_in_the_design() -> None:
    kept = msgspec.to_builtins(ninth_meeting())
    assert kept.pop("id")
    assert kept.pop("ended").endswith("Z")
    assert kept == {
        "number": 9,
        "cycle": 2,
        "started": "2026-03-05T10:00:04Z",
        "opener": "m2",
        "order": ("m2", "m3", "m5", "m1"),
        "attendance": {
            "m1": "late",
            "m2": "present",
            "m3": "present",
            "m4": "excused",
            "m5": "left early",
        },
        "guests": 0,
        "made": (
            {
                "id": "c25-hgddcef499",
                "member": "m2",
                "text": "Read a page",
                "due": "next",
                "daily": False,
            },
        ),
        "answered": (
            {
                "id": "c24",
                "outcome": "missed",
                "got_in_the_way": "Rain",
                "reset": "smaller",
                "becomes": "c25-hgddcef499",
            },
        ),
        "next": "2026-03-19T10:00:00Z",
        "reaches_out": {"m4": "m2"},
        "looked_back": None,
        "vitality": None,
        "passed_up": (),
        "reached": (),
    }


def test_a_record_contains_neither_speaking_times_nor_questions_nor_pauses() -> None:
    kept = msgspec.json.encode(ninth_meeting()).decode()
    for word in ("share", "hold", "held", "heard", "respon", "countdown", "since", "PT", "spoke"):
        assert word not in kept
    assert set(MeetingRecord.__struct_fields__) == {
        "id",
        "number",
        "cycle",
        "started",
        "ended",
        "opener",
        "order",
        "attendance",
        "guests",
        "made",
        "answered",
        "next",
        "reaches_out",
        "looked_back",
        "vitality",
        "reached",
        "passed_up",
    }


def test_a_record_is_read_from_its_stored_form_as_it_was() -> None:
    kept = ninth_meeting()
    assert msgspec.json.decode(msgspec.json.encode(kept), type=MeetingRecord) == kept
    assert msgspec.convert(msgspec.to_builtins(kept), type=MeetingRecord) == kept


def test_a_stored_result_leaves_out_empty_fields() -> None:
    assert msgspec.to_builtins(CommitmentResult("c1", Outcome.KEPT)) == {
        "id": "c1",
        "outcome": "kept",
    }


def test_a_meeting_that_has_not_ended_leaves_no_record() -> None:
    with pytest.raises(ValueError, match="has not ended"):
        record_of(MeetingRunner().begin().rest_of_round().meeting)


@pytest.mark.parametrize(
    ("attendance", "came"),
    [
        ("present", True),
        ("late", True),
        ("left early", True),
        ("excused", False),
        ("absent", False),
    ],
)
def test_late_and_left_early_count_as_having_come(attendance: str, came: bool) -> None:
    assert Attendance(attendance).attended is came


@pytest.mark.parametrize(
    ("shape", "moments"), [(MeetingRecord, ("started", "ended")), (Cancelled, ("at",))]
)
def test_a_stored_moment_without_a_zone_is_refused(shape: type, moments: tuple[str, ...]) -> None:
    cancelled = Cancelled(id="x1", cycle=1, planned=START, at=START)
    sound = msgspec.to_builtins(record(1) if shape is MeetingRecord else cancelled)
    msgspec.convert(sound, shape)
    for moment in moments:
        with pytest.raises(msgspec.ValidationError, match=moment):
            msgspec.convert({**sound, moment: "2026-03-05T10:00:00"}, shape)


def test_a_stored_change_is_due_at_the_next_meeting_and_not_daily_by_default() -> None:
    stored = {"commitment": "c1", "at": START.isoformat(), "outcome": "changed", "becomes": "c2"}
    change = msgspec.convert(stored, Change)
    assert (change.due, change.daily, change.text) == ("next", False, "")
