"""What can still be asked about promises where a file lost some, or tells of them in a circle."""

from msgspec.structs import replace

from circle_tui.core.circle import commitments
from circle_tui.core.circle.record import CommitmentResult, Outcome
from circle_tui.core.circle.state import Change

from .meetings import START, commitments_of, history_of, record


def test_a_chain_begins_where_the_promise_before_it_was_lost() -> None:
    answered = (CommitmentResult("c1", Outcome.CHANGED, becomes="c2"),)
    state = history_of([record(1, made=commitments_of(("m1", "Walk"), first=2), answered=answered)])
    assert [link.text for link in commitments.chain(state, "c2")] == ["Walk"]


def test_what_was_kept_is_not_shown_where_its_words_were_lost() -> None:
    answered = (CommitmentResult("c1", Outcome.KEPT), CommitmentResult("c2", Outcome.KEPT))
    made = commitments_of(("m1", "Walk"), first=2)
    state = history_of([record(1, made=made), record(2, answered=answered)])
    assert [each.text for each in commitments.kept_in_cycle(state, 1)] == ["Walk"]


def test_what_a_lost_promise_became_is_nobodys() -> None:
    changed = Change(commitment="c1", at=START, outcome=Outcome.CHANGED, becomes="c2", text="Walk")
    state = replace(history_of([record(1)]), changes=(changed,))
    assert commitments.open_commitments(state) == ()
    assert commitments.next_id(state) == 3


def test_a_chain_that_runs_in_a_circle_comes_to_an_end() -> None:
    changes = tuple(
        Change(commitment=one, at=START, outcome=Outcome.CHANGED, becomes=other, text="Walk")
        for one, other in (("c1", "c2"), ("c2", "c1"))
    )
    state = history_of([record(1, made=commitments_of(("m1", "Run")))])
    assert len(commitments.chain(replace(state, changes=changes), "c2")) == 2
