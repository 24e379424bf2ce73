"""Who still has to reach out to whom after a meeting, and when that ends."""

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import membership, reaching_out
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record


def after_meeting(**reaches_out: str) -> CircleState:
    """A circle of five after a meeting; the argument says who reaches out to whom."""
    return CircleState(circle=circle_of(5), records=(record(1, reaches_out=reaches_out),))


def names(state: CircleState) -> list[tuple[str, str]]:
    return [(missing.name, by.name) for missing, by in reaching_out.to_reach(state)]


def test_nobody_reaches_out_before_the_first_meeting_or_if_everybody_came() -> None:
    assert names(CircleState(circle=circle_of(5))) == []
    assert names(after_meeting()) == []


def test_reaching_out_stays_on_the_list_until_it_is_marked_as_done() -> None:
    state = after_meeting(m4="m2", m1="m3")
    assert names(state) == [("Ada", "Cleo"), ("Dev", "Ben")]
    state = reaching_out.reach(state, START, "m4")
    assert names(state) == [("Ada", "Cleo")]
    assert names(reaching_out.reach(state, START, "m1")) == []


def test_only_the_last_meeting_counts_for_reaching_out() -> None:
    state = after_meeting(m4="m2")
    assert names(replace(state, records=(*state.records, record(2)))) == []


def test_a_member_who_left_neither_reaches_out_nor_is_reached_out_to() -> None:
    state = after_meeting(m4="m2", m1="m3")
    assert names(membership.leave(state, START, "m2")) == [("Ada", "Cleo")]
    assert names(membership.leave(state, START, "m1")) == [("Dev", "Ben")]
    # Members who are away are just those one reaches out to.
    assert names(membership.go_away(state, START, "m4")) == names(state)


@pytest.mark.parametrize("missing", ["m3", "m9", "m4"])
def test_reaching_out_that_is_not_on_the_list_cannot_be_marked_as_done(missing: str) -> None:
    state = reaching_out.reach(after_meeting(m4="m2"), START, "m4")
    with pytest.raises(RuleError):
        reaching_out.reach(state, START, missing)
