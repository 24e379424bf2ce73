"""The way graded: totals, tiers, and what cannot be signed."""

import itertools
from fractions import Fraction

import pytest
from msgspec.structs import replace

from circle_tui.core.contracts import graded as rules
from circle_tui.core.contracts import judging, shares, signing, ways
from circle_tui.core.contracts.contract import Criterion

from .agreements import ADA, BEN, CRITERIA, K, Runner, contract_of, graded

USUAL = (("9/10", "1"), ("7/10", "1/2"), ("0", "0"))

# weights, marks, total, shown, comes back, tiers
TOTALS = [
    ((1, 1, 1), ("100", "100", "100"), "1", "100%", "1", USUAL),
    ((1, 1, 1), ("90", "90", "90"), "9/10", "90%", "1", USUAL),
    ((50, 30, 20), ("90", "90", "89"), "449/500", "89.8%", "1/2", USUAL),
    ((1, 1, 1), ("90", "90", "8999 of 10000"), "26999/30000", "89.9%", "1/2", USUAL),
    ((3, 2, 1), ("50", "90", "90"), "7/10", "70%", "1/2", USUAL),
    ((1, 1, 1, 1), ("70", "70", "70", "68"), "139/200", "69.5%", "0", USUAL),
    ((1, 1, 1), ("20", "95", "95"), "7/10", "70%", "1/2", USUAL),
    ((2, 2, 1), ("100", "50", "100"), "4/5", "80%", "1/2", USUAL),
    ((30, 30, 30), ("90", "90", "90"), "9/10", "90%", "1", USUAL),
    ((60, 25, 15), ("100", "80", "60"), "89/100", "89%", "1/2", USUAL),
    ((1, 1, 1), ("6 of 5", "100", "70"), "9/10", "90%", "1", USUAL),
    ((2, 1, 1), ("17 of 20", "100", "90"), "9/10", "90%", "1", USUAL),
    ((1, 1, 1), ("2 of 3", "2 of 3", "2 of 3"), "2/3", "66.6%", "0", USUAL),
    ((40, 40, 20), ("100", "100", "0"), "4/5", "80%", "1/2", USUAL),
    ((45, 45, 10), ("100", "100", "0"), "9/10", "90%", "1", USUAL),
    ((1, 1, 1), ("75", "75", "75"), "3/4", "75%", "1", (("3/4", "1"), ("0", "0"))),
    ((1, 1, 1), ("0", "0", "0"), "0", "0%", "0", USUAL),
]


@pytest.mark.parametrize(
    ("weights", "marks", "total", "shown", "comes_back", "tiers"),
    TOTALS,
)
def test_totals_are_computed_exactly(
    weights: tuple[int, ...],
    marks: tuple[str, ...],
    total: str,
    shown: str,
    comes_back: str,
    tiers: tuple[tuple[str, str], ...],
) -> None:
    judged = graded(weights, tiers=tiers)
    typed = {each.name: mark for each, mark in zip(judged.criteria, marks, strict=True)}
    read = {name: shares.read_mark(mark) for name, mark in typed.items()}
    found = rules.total(judged.criteria, read)
    assert found == Fraction(total)
    assert shares.percent(found) == shown
    run = Runner(contract_of(judged=judged)).opened()
    run.do(judging.grade, K, ADA, BEN, typed)
    assert run.result().comes_back == Fraction(comes_back)


def test_a_criterion_with_a_tenth_of_the_weight_brings_a_warning() -> None:
    assert rules.light(graded((45, 45, 10)).criteria) == ("About users",)
    assert rules.light(graded((40, 40, 20)).criteria) == ()


def test_judging_with_a_missing_mark_is_refused_with_the_criterions_name() -> None:
    run = Runner(contract_of(judged=graded())).opened()
    marks = dict.fromkeys(CRITERIA[:2], "90")
    assert run.refused(judging.grade, K, ADA, BEN, marks) == "About users has no mark yet."
    assert run.result().comes_back is None


@pytest.mark.parametrize("number", [2, 6])
def test_two_or_six_criteria_cannot_be_signed(number: int) -> None:
    criteria = tuple(Criterion(name=f"Criterion {at}") for at in range(number))
    run = Runner(contract_of(judged=replace(graded(), criteria=criteria)))
    assert "three to five criteria" in run.refused(signing.sign, K, ADA)


@pytest.mark.parametrize("weight", [0, 101, 1.5, True, "2"])
def test_a_weight_is_a_whole_number_from_1_to_100(weight: object) -> None:
    run = Runner(contract_of(judged=graded()))
    said = run.refused(ways.set_criterion, K, 0, "On the day", weight)
    assert said == "A weight is a whole number from 1 to 100."


def test_one_criterion_must_be_about_the_outcome() -> None:
    judged = graded()
    efforts = tuple(replace(each, about="effort") for each in judged.criteria)
    run = Runner(contract_of(judged=replace(judged, criteria=efforts)))
    assert "one of them has to be about what came of it" in run.refused(signing.sign, K, ADA)


@pytest.mark.parametrize(
    "tiers",
    [
        (("70", "all"), ("90", "half"), ("0", "none")),
        (("90", "half"), ("70", "half"), ("0", "none")),
        (("90", "all"), ("70", "half")),
    ],
)
def test_tiers_must_be_in_falling_order(tiers: tuple[tuple[str, str], ...]) -> None:
    run = Runner(contract_of(judged=graded()))
    assert "ier" in run.refused(ways.set_tiers, K, tiers)


@pytest.mark.parametrize("number", [2, 4])
def test_two_to_four_tiers_can_be_set(number: int) -> None:
    run = Runner(contract_of(judged=graded()))
    tiers = (("90", "all"), ("70", "half"), ("50", "1/4"), ("0", "none"))
    run.do(ways.set_tiers, K, (*tiers[: number - 1], tiers[-1]))
    assert len(run.standing.newest.judged.tiers) == number  # type: ignore[union-attr]


@pytest.mark.parametrize("number", [1, 5])
def test_one_or_five_tiers_are_refused(number: int) -> None:
    run = Runner(contract_of(judged=graded()))
    tiers = (("90", "100"), ("70", "50"), ("50", "25"), ("30", "10"), ("0", "0"))
    said = run.refused(ways.set_tiers, K, tiers[-number:])
    assert said == "Write two to four tiers."


def test_a_criterion_is_added_after_the_last_and_nowhere_beyond() -> None:
    run = Runner(contract_of(judged=graded()))
    run.refused(ways.set_criterion, K, 4, "Kind", 1)
    run.do(ways.set_criterion, K, 3, "Kind", 1)
    criteria = run.standing.newest.judged.criteria  # type: ignore[union-attr]
    assert [each.name for each in criteria] == [*CRITERIA, "Kind"]


def test_a_total_exactly_on_a_tiers_edge_reaches_the_tier() -> None:
    fives = range(0, 101, 5)
    wrong_with_floats = 0
    for weights in itertools.product(range(1, 6), repeat=3):
        criteria = [Criterion(name=str(at), weight=each) for at, each in enumerate(weights)]
        whole = sum(weights)
        for edge, (one, two) in itertools.product((90, 70), itertools.product(fives, repeat=2)):
            three, rest = divmod(edge * whole - weights[0] * one - weights[1] * two, weights[2])
            if rest or three not in fives:
                continue
            marks = (one, two, three)
            total = rules.total(
                criteria, {str(at): Fraction(each, 100) for at, each in enumerate(marks)}
            )
            assert total == Fraction(edge, 100)
            assert rules.share_for_total(USUAL, total) == (1 if edge == 90 else Fraction(1, 2))
            with_floats = sum(
                weight * (mark / 100) for weight, mark in zip(weights, marks, strict=True)
            )
            wrong_with_floats += with_floats / whole < edge / 100
    assert wrong_with_floats == 969
