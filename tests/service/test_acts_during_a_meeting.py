"""What can be done to a circle during its meeting, and what has to wait."""

from datetime import timedelta

import pytest

from circle_tui.core.circle import commitments, membership, settings
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock

TURN = (commands.start, commands.finish, commands.end_responses)


def hold_meeting(service: CircleService, *, promise: str = "") -> None:
    """A whole meeting in which the first speaker makes a commitment."""
    service.begin()
    to_commitments(service)
    promise_something(service, promise)
    finish(service)


def to_commitments(service: CircleService) -> None:
    for command in (commands.begin, *TURN):
        service.execute(command)


def promise_something(service: CircleService, words: str) -> None:
    service.execute(commands.promise, words)
    service.execute(commands.end_turn)


def finish(service: CircleService) -> None:
    assert service.meeting is not None
    while service.meeting.phase is not Phase.CLOSING:
        service.execute(commands.pass_turn)
    service.execute(closing_commands.keep_date)
    service.execute(closing_commands.close)
    service.finish()


@pytest.mark.parametrize(
    ("command", "args"),
    [(commitments.renegotiate, ("c1", "I write")), (commitments.release, ("c1",))],
)
def test_a_commitment_cannot_be_changed_or_released_outside_the_meeting_under_way(
    service: CircleService, clock: ManualClock, command: CircleCommand[...], args: tuple[str, ...]
) -> None:
    hold_meeting(service, promise="I read")
    clock.move(timedelta(weeks=2))
    service.begin()
    assert service.why_not(command, *args) == str(command.blocked_by_meeting)
    with pytest.raises(RuleError, match="You're in a meeting"):
        service.execute(command, *args)
    # It stays refused while the meeting is parked.
    service.execute(commands.begin)
    service.park()
    with pytest.raises(RuleError, match="You're in a meeting"):
        service.execute(command, *args)


def test_a_commitment_made_in_a_meeting_keeps_its_words_whatever_is_done_elsewhere(
    service: CircleService, clock: ManualClock
) -> None:
    hold_meeting(service, promise="I read")
    clock.move(timedelta(weeks=2))
    service.begin()
    to_commitments(service)
    with pytest.raises(RuleError):
        service.execute(commitments.renegotiate, "c1", "I write")
    promise_something(service, "I call the client")
    finish(service)
    assert {each.text for each in commitments.open_commitments(service.state)} == {
        "I read",
        "I call the client",
    }


def test_changes_that_do_not_affect_the_meeting_can_be_made_and_undone(
    service: CircleService,
) -> None:
    service.begin()
    before = service.meeting
    service.execute(membership.join, "Noor")
    service.execute(settings.rename, "Quay")
    assert (service.circle.name, service.circle.members[-1].name) == ("Quay", "Noor")
    assert service.meeting == before
    service.undo()
    service.undo()
    assert service.circle.name == "Harbour"
    assert service.meeting == before
