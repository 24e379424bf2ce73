"""Reading commitments from a damaged file that lost some, or in which they form a loop."""

from msgspec.structs import replace

from circle_tui.core.circle import commitments
from circle_tui.core.circle.record import CommitmentResult, Outcome
from circle_tui.core.circle.state import Change

from .meetings import START, commitments_of, history_of, record


def test_a_chain_begins_after_a_lost_commitment() -> None:
    answered = (CommitmentResult("c1", Outcome.CHANGED, becomes="c2"),)
    state = history_of([record(1, made=commitments_of(("m1", "Walk"), first=2), answered=answered)])
    assert [link.text for link in commitments.chain(state, "c2")] == ["Walk"]


def test_a_kept_commitment_whose_words_were_lost_is_not_listed() -> None:
    answered = (CommitmentResult("c1", Outcome.KEPT), CommitmentResult("c2", Outcome.KEPT))
    made = commitments_of(("m1", "Walk"), first=2)
    state = history_of([record(1, made=made), record(2, answered=answered)])
    assert [each.text for each in commitments.kept_in_cycle(state, 1)] == ["Walk"]


def test_the_successor_of_a_lost_commitment_belongs_to_nobody() -> None:
    changed = Change(commitment="c1", at=START, outcome=Outcome.CHANGED, becomes="c2", text="Walk")
    state = replace(history_of([record(1)]), changes=(changed,))
    assert commitments.open_commitments(state) == ()
    assert commitments.next_id(state) == 3


def test_a_chain_that_forms_a_loop_ends() -> None:
    changes = tuple(
        Change(commitment=one, at=START, outcome=Outcome.CHANGED, becomes=other, text="Walk")
        for one, other in (("c1", "c2"), ("c2", "c1"))
    )
    state = history_of([record(1, made=commitments_of(("m1", "Run")))])
    assert len(commitments.chain(replace(state, changes=changes), "c2")) == 2
