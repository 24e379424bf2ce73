"""Who still reaches out to whom after a meeting, and how that ends."""

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import membership, reaching_out
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError

from .meetings import START, circle_of, record


def missed(**reaches_out: str) -> CircleState:
    """A circle of five after a meeting, with who reaches out to whom."""
    return CircleState(circle=circle_of(5), records=(record(1, reaches_out=reaches_out),))


def names(state: CircleState) -> list[tuple[str, str]]:
    return [(missing.name, by.name) for missing, by in reaching_out.to_reach(state)]


def test_nobody_reaches_out_before_the_first_meeting_or_where_all_were_there() -> None:
    assert names(CircleState(circle=circle_of(5))) == []
    assert names(missed()) == []


def test_it_is_to_be_done_until_it_is_said_to_be_done() -> None:
    state = missed(m4="m2", m1="m3")
    assert names(state) == [("Ada", "Cleo"), ("Dev", "Ben")]
    state = reaching_out.reach(state, START, "m4")
    assert names(state) == [("Ada", "Cleo")]
    assert names(reaching_out.reach(state, START, "m1")) == []


def test_only_the_last_meeting_counts() -> None:
    state = missed(m4="m2")
    assert names(replace(state, records=(*state.records, record(2)))) == []


def test_whoever_has_left_is_neither_reached_nor_reaches_out() -> None:
    state = missed(m4="m2", m1="m3")
    assert names(membership.leave(state, START, "m2")) == [("Ada", "Cleo")]
    assert names(membership.leave(state, START, "m1")) == [("Dev", "Ben")]
    # Away for a while is what one reaches out about.
    assert names(membership.go_away(state, START, "m4")) == names(state)


@pytest.mark.parametrize("missing", ["m3", "m9", "m4"])
def test_what_is_not_to_be_done_cannot_be_done(missing: str) -> None:
    state = reaching_out.reach(missed(m4="m2"), START, "m4")
    with pytest.raises(RuleError):
        reaching_out.reach(state, START, missing)
