"""Who meets whom between two meetings of a circle of four."""

from collections import Counter
from itertools import combinations

import pytest

from circle_tui.core.circle.pairs import pairs

FOUR = ("m1", "m2", "m3", "m4")


def test_after_any_three_meetings_in_a_row_every_pair_has_met_once() -> None:
    for first in range(1, 10):
        met = Counter(
            frozenset(pair) for number in range(first, first + 3) for pair in pairs(FOUR, number)
        )
        assert met == {frozenset(pair): 1 for pair in combinations(FOUR, 2)}


def test_over_many_meetings_no_pair_meets_more_than_once_more_than_another() -> None:
    met = Counter({frozenset(pair): 0 for pair in combinations(FOUR, 2)})
    for number in range(1, 40):
        met.update(frozenset(pair) for pair in pairs(FOUR, number))
        assert max(met.values()) - min(met.values()) <= 1


def test_everybody_is_in_exactly_one_pair() -> None:
    for number in range(1, 7):
        assert sorted(who for pair in pairs(FOUR, number) for who in pair) == list(FOUR)


def test_changing_seats_does_not_change_the_pairs() -> None:
    moved = ("m3", "m1", "m4", "m2")
    for number in range(1, 7):
        assert set(map(frozenset, pairs(moved, number))) == set(map(frozenset, pairs(FOUR, number)))


def test_pairs_are_named_in_seat_order() -> None:
    moved = ("m3", "m1", "m4", "m2")
    assert pairs(moved, 1) == (("m3", "m4"), ("m1", "m2"))
    assert pairs(moved, 2) == (("m3", "m1"), ("m4", "m2"))
    assert pairs(moved, 3) == (("m3", "m2"), ("m1", "m4"))


@pytest.mark.parametrize("people", [1, 2, 3, 5, 6])
def test_there_are_no_pairs_unless_there_are_four(people: int) -> None:
    assert pairs(tuple(f"m{n}" for n in range(people)), 1) == ()


def test_there_are_no_pairs_before_the_first_meeting() -> None:
    assert pairs(FOUR, 0) == ()
