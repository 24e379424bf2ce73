"""The sample of cases that an ordinary run tries."""

from itertools import pairwise

from .sampling import Case, sample, tried

SIZES = (1, 2, 5, 23, 62)


def test_a_sample_is_never_empty_and_as_large_as_asked_for() -> None:
    for cases in SIZES:
        for count in SIZES:
            chosen = sample("test_keys.py::test_footer", cases, count)
            assert len(chosen) == min(count, cases)
            assert chosen <= set(range(cases))


def test_a_sample_is_spread_evenly() -> None:
    chosen = sorted(sample("test_keys.py::test_footer", 60, 6))
    assert {after - before for before, after in pairwise(chosen)} == {10}


def test_a_sample_is_the_same_every_time_and_another_for_another_test() -> None:
    # Written down: any other sample would have to be looked at again.
    assert sample("test_keys.py::test_footer", 62, 3) == {15, 36, 56}
    assert len({frozenset(sample(f"test_{number}", 9, 2)) for number in range(20)}) > 3


def test_the_full_count_leaves_nothing_out() -> None:
    cases = [Case("a", sampled=1), Case("a", sampled=1), Case("b", full_only=True), Case("c")]
    assert all(tried(cases, full=True))
    assert len(tried(cases, full=True)) == len(cases)


def test_an_ordinary_run_leaves_out_only_what_is_marked() -> None:
    first, second = (Case(name, sampled=2) for name in "ab")
    plain, large = Case("c"), Case("a", sampled=2, full_only=True)
    cases = [plain, first, large, first, second, first, first, large, plain]
    answers = tried(cases, full=False)
    assert [answers[place] for place in (0, 2, 4, 7, 8)] == [True, False, True, False, True]
    assert sum(answers[place] for place in (1, 3, 5, 6)) == 2
