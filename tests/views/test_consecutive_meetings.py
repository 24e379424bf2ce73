"""What one meeting carries over to the next, and for whom, without a terminal."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from circle_tui.core.circle.record import Outcome
from circle_tui.core.meeting.meeting import ClosingStep, Phase

from .circle_reader import CircleReader
from .reader import press, read, snapshot

FIRST = datetime(2026, 3, 5, 10, tzinfo=UTC)


def circle_of(folder: Path, members: str, cycle: int = 6) -> CircleReader:
    """A circle in London, where clocks change after the second meeting."""
    return CircleReader(folder, members, first=FIRST, zone="Europe/London", cycle=cycle)


def speaker(reader: CircleReader) -> str:
    """The name of the member who has the turn."""
    meeting = snapshot(reader.service).meeting
    assert meeting.turn is not None
    return meeting.person(meeting.turn.member).name


def pass_until_closing(reader: CircleReader) -> None:
    """Let everybody pass twice."""
    while snapshot(reader.service).meeting.phase is not Phase.CLOSING:
        press(reader.service, reader.share(), "p")


def close(reader: CircleReader) -> None:
    """Go through the closing: the cycle is renewed, and each question is answered with yes."""
    meeting = snapshot(reader.service).meeting
    while (step := meeting.closing_step) is not ClosingStep.CLOSE:
        key = {ClosingStep.CHOICE: "r", ClosingStep.VITALITY: "y"}.get(step, "enter")
        press(reader.service, reader.closing(), key)
        meeting = snapshot(reader.service).meeting
    reader.close()


def test_the_second_meeting_has_the_right_opener_number_and_commitments(tmp_path: Path) -> None:
    reader = circle_of(tmp_path, "Maya, Tom, Priya")
    reader.begin_round()
    order = []
    for number in range(3):
        order.append(speaker(reader))
        reader.whole_turn(f"promise {number}")
    assert order == ["Maya", "Tom", "Priya"]
    close(reader)
    assert "Cycle 1, meeting 2" in reader.home().headline
    assert all(f"promise {number}" in read(reader.home()) for number in range(3))

    reader.clock.moment = reader.service.context.planned
    assert "Cycle 1, meeting 2" in reader.home().headline
    assert read(reader.home()).count("Tom opens\n") == 1
    reader.begin_round()
    order = []
    for outcome in "kpx":
        order.append(speaker(reader))
        reader.whole_turn(outcome=outcome)
    assert order == ["Tom", "Priya", "Maya"]
    outcomes = {each.id: each.outcome for each in snapshot(reader.service).meeting.answered}
    assert outcomes == {"c2": Outcome.KEPT, "c3": Outcome.PARTLY, "c1": Outcome.RELEASED}
    close(reader)
    reader.service.close()

    first, second = reader.service.file.read().records
    assert (first.number, second.number) == (1, 2)
    assert (first.opener, second.opener) == ("m1", "m2")
    # The same local time in London, after the clock change.
    assert first.next == datetime(2026, 3, 19, 10, 0, tzinfo=UTC)
    assert second.next == datetime(2026, 4, 2, 9, 0, tzinfo=UTC)


def test_a_member_absent_when_they_should_have_opened_opens_the_next_meeting(
    tmp_path: Path,
) -> None:
    reader = circle_of(tmp_path, "Maya, Tom, Priya")
    openers = []
    for absent in (None, 1, None, None):
        reader.service.begin()
        if absent is not None:
            for _ in range(3):
                press(reader.service, reader.gathering(cursor=absent), "space")
        press(reader.service, reader.gathering(), "enter")
        openers.append(speaker(reader))
        while snapshot(reader.service).meeting.phase is Phase.READY:
            reader.whole_turn()
        close(reader)
        reader.clock.moment = reader.service.context.planned
    assert openers == ["Maya", "Priya", "Tom", "Maya"]
    reader.service.close()


def test_the_meeting_after_the_last_of_a_cycle_begins_the_next_cycle(tmp_path: Path) -> None:
    reader = circle_of(tmp_path, "Maya, Tom", cycle=2)
    for expected in ((1, 1, 1), (2, 1, 2), (3, 2, 1)):
        reader.begin_round()
        context = snapshot(reader.service).meeting.context
        assert (context.number, context.cycle, context.number_in_cycle) == expected
        pass_until_closing(reader)
        close(reader)
        reader.clock.moment = reader.service.context.planned
    reader.service.close()


def test_a_reset_commitment_comes_up_only_with_its_new_words(tmp_path: Path) -> None:
    reader = circle_of(tmp_path, "Maya, Tom")
    reader.run_to_closing(Maya="I run daily")
    close(reader)
    reader.clock.moment = reader.service.context.planned
    reader.begin_round()
    press(reader.service, reader.share(), "p")
    press(reader.service, reader.share(), "enter")
    press(reader.service, reader.share(), "n")
    press(reader.service, reader.responses(), "n")
    press(reader.service, reader.commitments(), "m")
    press(reader.service, reader.commitments(), "enter", "")
    press(reader.service, reader.commitments(), "s", "I run daily!")
    press(reader.service, reader.commitments(), "enter")
    pass_until_closing(reader)
    close(reader)
    assert read(reader.home()).count("I run daily") == 1
    assert "I run daily!" in read(reader.home())
    reader.clock.moment = reader.service.context.planned
    reader.begin_round()
    open_of_maya = snapshot(reader.service).meeting.open_commitments_of("m1")
    assert [each.text for each in open_of_maya] == ["I run daily!"]
    reader.service.close()


@pytest.mark.parametrize(
    "keys",
    [
        "k p x",
        "m enter a m enter l",
        "m enter:ill s:less",
        "m enter d:other",
        "c:changed n:new",
        "c:changed k x",
    ],
)
def test_each_outcome_and_reset_is_undone_one_by_one(reader: CircleReader, keys: str) -> None:
    reader.begin_round()
    reader.whole_turn("I do this", "I do that", "I do more")
    pass_until_closing(reader)
    close(reader)
    reader.clock.moment = reader.service.context.planned
    reader.begin_round()
    for _ in range(4):
        press(reader.service, reader.share(), "p")
    press(reader.service, reader.share(), "enter")
    press(reader.service, reader.share(), "n")
    press(reader.service, reader.responses(), "enter")
    meetings = [snapshot(reader.service).meeting]
    for each in keys.split():
        key, _, words = each.partition(":")
        reader.wait(seconds=1)
        press(reader.service, reader.commitments(), key, words)
        meetings.append(snapshot(reader.service).meeting)
    assert len(meetings) == len(keys.split()) + 1
    for before in reversed(meetings[:-1]):
        reader.service.undo()
        assert snapshot(reader.service).meeting == before
