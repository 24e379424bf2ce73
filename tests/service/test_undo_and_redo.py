"""Undo reverts the last change, in a meeting and between two, in one common order."""

from datetime import timedelta

import pytest

from circle_tui.core.circle import membership, settings
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.contracts import looking_back, making, signing, ways, wording
from circle_tui.core.contracts.contract import Way
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.changes import Change, CircleChange, MeetingChange
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import changes


def name_of(change: Change) -> str:
    """What a change is called on the screen."""
    if isinstance(change, MeetingChange):
        return changes.meeting_change(change.before, change.events)
    return changes.circle_change(change.command, change.args, change.before, change.after)


def names(service: CircleService) -> list[str]:
    """The names of the members in the circle's file."""
    return [member.name for member in service.file.read().circle.members]


def test_undo_between_meetings_restores_the_file_and_names_what_it_undid(
    service: CircleService,
) -> None:
    service.execute(membership.join, "Finn")
    assert names(service)[-1] == "Finn"
    assert name_of(service.undo()) == "Finn joining"
    assert names(service)[-1] == "Eve"
    assert not service.can_undo


def test_redo_repeats_what_undo_reverted_and_names_it(service: CircleService) -> None:
    service.execute(membership.join, "Finn")
    service.execute(membership.rename, "m1", "Adele")
    service.undo()
    service.undo()
    assert name_of(service.redo()) == "Finn joining"
    assert name_of(service.redo()) == "Ada's new name"
    assert names(service) == ["Adele", "Ben", "Cleo", "Dan", "Eve", "Finn"]
    assert not service.can_redo


def test_after_a_new_change_nothing_can_be_redone(service: CircleService) -> None:
    service.execute(membership.join, "Finn")
    service.undo()
    service.execute(membership.join, "Gwen")
    assert not service.can_redo
    with pytest.raises(RuleError, match="nothing to redo"):
        service.redo()
    assert names(service)[-1] == "Gwen"


def test_undo_and_redo_in_a_meeting_restore_the_same_meeting(
    service: CircleService, clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.start)
    clock.move(timedelta(minutes=3))
    service.execute(commands.finish)
    before = service.meeting
    clock.move(timedelta(seconds=5))
    assert name_of(service.undo()) == "the end of Ada's share"
    assert service.meeting is not None
    assert service.meeting.phase is Phase.SHARE
    clock.move(timedelta(seconds=5))
    assert name_of(service.redo()) == "the end of Ada's share"
    assert service.meeting == before


def test_a_redone_change_is_in_the_journal(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.pass_turn)
    service.undo()
    service.redo()
    meeting = service.meeting
    service.close()
    again = CircleService(file, clock)
    again.resume()
    assert again.meeting == meeting
    again.close()


def test_an_undone_change_is_not_in_the_journal(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    begun = service.meeting
    service.execute(commands.pass_turn)
    service.undo()
    service.close()
    again = CircleService(file, clock)
    again.resume()
    assert again.meeting == begun
    again.close()


def test_a_change_of_the_circle_during_a_meeting_is_undone_in_order(
    service: CircleService,
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(membership.join, "Finn")
    service.execute(commands.pass_turn)
    assert name_of(service.undo()) == "Ada's pass"
    assert name_of(service.undo()) == "Finn joining"
    assert name_of(service.undo()) == "the beginning of the round"
    assert name_of(service.redo()) == "the beginning of the round"
    assert name_of(service.redo()) == "Finn joining"
    assert names(service)[-1] == "Finn"


def test_a_resumed_meeting_is_undone_from_its_journal(
    service: CircleService, file: CircleFile, clock: ManualClock
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.close()
    again = CircleService(file, clock)
    again.resume()
    assert name_of(again.undo()) == "the beginning of the round"
    assert not again.can_undo
    again.close()


def test_after_a_meeting_its_changes_can_neither_be_undone_nor_redone(
    service: CircleService,
) -> None:
    service.begin()
    service.execute(commands.begin)
    service.execute(commands.pass_turn)
    service.undo()
    service.park()
    assert not service.can_undo
    assert not service.can_redo


def test_a_change_made_before_the_meeting_is_not_undone_in_it(service: CircleService) -> None:
    service.execute(membership.join, "Finn")
    service.begin()
    with pytest.raises(RuleError, match="nothing to undo"):
        service.undo()


def test_after_forgetting_a_member_nothing_can_be_undone_or_redone(service: CircleService) -> None:
    service.execute(membership.rename, "m1", "Adele")
    service.execute(settings.set_share, "7")
    service.undo()
    service.execute(membership.forget, "m2", "Ben")
    assert not service.can_undo
    assert not service.can_redo


def test_a_refused_command_changes_nothing_and_leaves_redo_possible(
    service: CircleService,
) -> None:
    service.execute(membership.join, "Finn")
    service.undo()
    with pytest.raises(RuleError):
        service.execute(membership.join, "Ada")
    assert service.can_redo


def test_a_meeting_command_without_a_meeting_is_refused(service: CircleService) -> None:
    with pytest.raises(RuleError, match="No meeting is under way"):
        service.execute(commands.begin)
    assert service.why_not(commands.begin) == "No meeting is under way."


def test_why_not_says_what_execute_would_raise(service: CircleService) -> None:
    reason = service.why_not(membership.come_back, "m1")
    with pytest.raises(RuleError) as refused:
        service.execute(membership.come_back, "m1")
    assert str(refused.value) == reason


def test_changes_to_a_contract_are_undone_and_redone_by_name(
    service: CircleService,
) -> None:
    done: list[tuple[CircleCommand[...], tuple[object, ...], str]] = [
        (making.make, ("design-feedback", ("m1", "m2")), "the new contract “Design feedback”"),
        (wording.rename, ("k", "Flow"), "the new name of “Design feedback”"),
        (ways.set_way, ("k", Way.GRADED), "how “Flow” is judged"),
        (ways.set_helper, ("k", "third", "m3"), "the third of “Flow”"),
        (wording.set_stake, ("k", "m2", "A dinner."), "Ben's stake in “Flow”"),
        (signing.sign, ("k", "m1"), "Ada's signature to “Flow”"),
        (signing.sign, ("k", "m2"), "Ben's signature to “Flow”"),
        (signing.accept, ("k", "m3"), "Cleo agreeing to judge “Flow”"),
        (looking_back.step_out, ("k", "m2"), "Ben stepping out of “Flow”"),
    ]
    states = [service.state]
    contract = ""
    for command, args, _ in done:
        service.execute(command, *(contract if each == "k" else each for each in args))
        contract = service.state.contracts[0].contract
        states.append(service.state)
    assert service.state.contracts[0].ended is not None
    for before, (_, _, name) in zip(reversed(states[:-1]), reversed(done), strict=True):
        change = service.undo()
        assert isinstance(change, CircleChange)
        assert name_of(change) == name
        assert service.file.read() == before
    for after in states[1:]:
        service.redo()
        assert service.file.read() == after
