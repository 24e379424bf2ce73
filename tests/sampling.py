"""Which cases of a parametrized test an ordinary run tries; `--full` tries all of them.

Invariant: which they are depends on the test's name and on how many cases it has, and on nothing
else. Each test that has cases keeps at least one.
"""

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32


class Case(NamedTuple):
    """One case of a test."""

    test: str
    """The test's name, with its file's."""
    sampled: int | None = None
    """How many cases of its test an ordinary run tries; without a number, all of them."""
    full_only: bool = False
    """Whether `--full` alone tries it."""


def sample(test: str, cases: int, count: int) -> set[int]:
    """The places of `count` of so many cases, spread evenly.

    Where they begin depends on the test's name, so that tests with the same list of cases don't
    all try the same ones.
    """
    begin, count = crc32(test.encode()), min(count, cases)
    return {(begin + at * cases // count) % cases for at in range(count)}


def tried(cases: Sequence[Case], *, full: bool) -> list[bool]:
    """For each case whether it is tried."""
    if full:
        return [True] * len(cases)
    answers = [not case.full_only for case in cases]
    places: dict[Case, list[int]] = {}
    for place, case in enumerate(cases):
        if answers[place] and case.sampled is not None:
            places.setdefault(case, []).append(place)
    for case, of_test in places.items():
        assert case.sampled is not None
        chosen = sample(case.test, len(of_test), case.sampled)
        for at, place in enumerate(of_test):
            answers[place] = at in chosen
    return answers
