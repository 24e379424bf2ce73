"""Each way of judging from "new" to "ended": every step is saved before it is shown, and can be
undone.

After each step the file alone says the same, as a program would find it that starts after a crash.
"""

from datetime import timedelta

import pytest

from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.contracts import (
    judging,
    ledger,
    looking_back,
    making,
    objecting,
    signing,
    voting,
    ways,
    wording,
)
from circle_tui.core.contracts.contract import BallotChoice, Ending, Way
from circle_tui.core.contracts.standing import State, standing
from circle_tui.core.errors import RuleError
from circle_tui.service.changes import CircleChange
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import changes

REASON = "A day late, because the sources had to be checked twice."
RUBRIC = dict.fromkeys(("outcome", "effort", "quality", "circumstances"), "=")
MET = dict.fromkeys(
    ("Shown or answered on the day", "Useful for a decision", "About users, not taste"), "met"
)
FORTNIGHT, LATER = timedelta(days=14), timedelta(hours=49)
Do = tuple[CircleCommand[...], tuple[object, ...]]
ALL_MET = dict.fromkeys(("m3", "m4", "m5"), BallotChoice.MET)

NEW: list[Do] = [(making.make, ("design-feedback", ("m1", "m2")))]
SIGNED: list[Do] = [(signing.sign, ("m1",)), (signing.sign, ("m2",))]
CONTENT: list[Do] = [(judging.accept_results, ("m1",)), (judging.accept_results, ("m2",))]
END: list[Do] = [(looking_back.look_back, ("The sketches.", "Thursday.", Ending.END))]
STAKE: list[Do] = [(wording.set_stake, ("m1", "A dinner."))]

WAYS: dict[Way, list[Do | timedelta]] = {
    Way.TALK: [*NEW, *SIGNED, FORTNIGHT, *END],
    Way.GRADED: [
        *NEW,
        (ways.set_way, (Way.GRADED,)),
        (ways.set_helper, ("third", "m3")),
        (ways.set_helper, ("decider", "m4")),
        *STAKE,
        (wording.set_trial, ()),
        *SIGNED,
        (signing.accept, ("m3",)),
        (signing.accept, ("m4",)),
        timedelta(days=7),
        (judging.open_judging, ()),
        (judging.grade, ("m1", "m2", MET)),
        (judging.grade, ("m2", "m1", {**MET, "Useful for a decision": "17 of 20"})),
        (objecting.object_to, ("m2", "m2")),
        (objecting.ask_third, ("m2", "m2")),
        (objecting.give_third_opinion, ("m2", "m3", "half", REASON)),
        (objecting.ask_decider, ("m2", "m1")),
        (objecting.decide_dispute, ("m2", "m4", "3/4", REASON)),
        LATER,
        (looking_back.look_back, ("", "", Ending.RENEW, "The weights.")),
        *SIGNED,
        (signing.accept, ("m3",)),
        (signing.accept, ("m4",)),
        # Until the next meeting on or after a fortnight.
        timedelta(days=21),
        (judging.open_judging, ()),
        (judging.grade, ("m1", "m2", MET)),
        (judging.grade, ("m2", "m1", MET)),
        *CONTENT,
        *END,
    ],
    Way.REVIEWED: [
        *NEW,
        (ways.set_way, (Way.REVIEWED,)),
        (ways.set_reviewer, ("m1", "m3")),
        (ways.set_helper, ("second", "m5")),
        *STAKE,
        *SIGNED,
        (signing.accept, ("m3",)),
        (signing.accept, ("m5",)),
        FORTNIGHT,
        (judging.open_judging, ()),
        (judging.pass_on, ("m1", "m3")),
        (judging.review, ("m1", "m5", False, RUBRIC, "2/3", REASON)),
        (judging.review, ("m2", "m1", True, RUBRIC)),
        (objecting.object_to, ("m2", "m1")),
        (objecting.decide_appeal, ("m2", "m5", "half", REASON)),
        LATER,
        *END,
    ],
    Way.PANEL: [
        *NEW,
        (ways.set_way, (Way.PANEL,)),
        *STAKE,
        *SIGNED,
        *((signing.accept, (voter,)) for voter in ALL_MET),
        FORTNIGHT,
        (judging.open_judging, ()),
        (voting.count_vote, ({"m1": ALL_MET, "m2": {**ALL_MET, "m5": BallotChoice.PARTLY}},)),
        *CONTENT,
        *END,
    ],
}


@pytest.mark.parametrize("way", Way)
def test_a_contract_can_go_from_new_to_ended_in_each_way(
    service: CircleService, file: CircleFile, clock: ManualClock, way: Way
) -> None:
    contract = ""
    found: set[State] = set()
    for step in WAYS[way]:
        if isinstance(step, timedelta):
            clock.move(step)
            continue
        command, args = step
        before = service.state
        called = args if command is making.make else (contract, *args)
        assert service.why_not(command, *called) is None
        service.execute(command, *called)
        contract = service.state.contracts[0].contract
        after = service.state
        assert CircleFile(file.path).read() == after != before
        found.add(standing(after, contract, clock.now()).state)
        if command is voting.count_vote:
            with pytest.raises(RuleError, match="nothing to undo"):
                service.undo()
            continue
        change = service.undo()
        assert isinstance(change, CircleChange)
        assert changes.circle_change(change.command, change.args, change.before, change.after)
        assert CircleFile(file.path).read() == before
        service.redo()
        assert CircleFile(file.path).read() == after
    assert standing(service.state, contract, clock.now()).state is State.ENDED
    if way is not Way.TALK:
        assert {State.BEING_JUDGED, State.JUDGED} <= found
        assert [row.member for row in ledger.stakes(service.state, clock.now())] == ["m1"]
        assert all(not step.reason and not step.marks for step in service.state.judgings)


def test_a_contract_can_be_changed_during_a_meeting_without_affecting_it(
    service: CircleService, file: CircleFile
) -> None:
    service.execute(making.make, "design-feedback", ("m1", "m2"))
    contract = service.state.contracts[0].contract
    service.begin()
    for member in ("m1", "m2"):
        service.execute(signing.sign, contract, member)
    journal = b"".join(
        each.read_bytes() for each in file.path.parent.iterdir() if ".live" in each.name
    )
    assert b"sketches" not in journal
    assert contract.encode() not in journal
    service.undo()
    assert list(service.state.contracts[0].signatures) == ["m1"]
