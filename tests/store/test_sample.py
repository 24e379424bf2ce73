"""The sample file in the package is the one that the program would write."""

from pathlib import Path

import pytest

import circle_tui
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.references import dangling
from circle_tui.core.contracts import lookup
from circle_tui.core.contracts.contract import Way
from circle_tui.core.contracts.standing import State, standing
from circle_tui.service.demo import write_sample
from circle_tui.store.circle_file import CircleFile

PACKAGED_SAMPLE = Path(circle_tui.__file__).parents[1] / "sessions" / "sample.json"


@pytest.mark.skipif(
    not PACKAGED_SAMPLE.parent.is_dir(), reason="a source distribution has no sessions"
)
def test_the_packaged_sample_is_byte_for_byte_what_the_program_writes(tmp_path: Path) -> None:
    written = write_sample(tmp_path)
    assert written.path.name == "sample.json"
    assert written.path.read_bytes() == PACKAGED_SAMPLE.read_bytes()


def test_creating_the_sample_leaves_other_circles_alone(tmp_path: Path, circle: Circle) -> None:
    mine = CircleFile.create(tmp_path, circle)
    before = mine.path.read_bytes()
    sample = write_sample(tmp_path).read()
    assert sample.circle.sample
    assert mine.path.read_bytes() == before
    assert [record.number for record in sample.records] == list(range(1, 13))
    assert dangling(sample) == ()
    assert sample.covenant is not None
    assert set(sample.covenant.signatures) == {member.id for member in sample.active}
    assert [record.number for record in sample.records if record.looked_back] == [6, 12]


def test_the_sample_holds_a_contract_that_goes_on_and_a_trial_that_is_due_at_the_next_meeting(
    tmp_path: Path,
) -> None:
    state = write_sample(tmp_path).read()
    then = schedule.planned(state)
    assert then is not None
    goes_on, trial = (standing(state, each, then) for each in lookup.contract_ids(state))
    assert (goes_on.state, goes_on.shown.way) == (State.RUNNING, Way.TALK)
    assert (trial.state, trial.shown.way, trial.shown.trial) == (State.DUE, Way.GRADED, "a coffee")
    assert state.judgings == ()
