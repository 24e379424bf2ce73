"""The best pairs of many people, compared with what is found the plain way."""

import random
from collections.abc import Mapping
from itertools import combinations

import pytest

networkx = pytest.importorskip("networkx")

from circle_tui.service import best_pairs  # noqa: E402 - it needs networkx

Weights = dict[tuple[int, int], int]


def random_weights(seed: int, people: int = 40) -> Weights:
    """How many topics each two have in common: of all the same number, or of different ones."""
    chance = random.Random(seed)
    fewest = 3 if seed % 2 else 1
    each = [set(chance.sample("abcdefg", chance.randint(fewest, 3))) for _ in range(people)]
    circles = [chance.randrange(people // 3) for _ in range(people)]
    return {
        (one, other): common
        for one, other in combinations(range(people), 2)
        if circles[one] != circles[other] and (common := len(each[one] & each[other]))
    }


def total(pairs: list[tuple[int, int]], weights: Weights) -> tuple[int, int]:
    return len(pairs), sum(weights[pair] for pair in pairs)


def plainly(weights: Weights) -> tuple[int, int]:
    graph = networkx.Graph()
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    matched = networkx.max_weight_matching(graph, maxcardinality=True)
    return total([(min(pair), max(pair)) for pair in matched], weights)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_found_first_among_few_is_as_good_as_what_is_found_among_all(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(best_pairs, "_FEW", 0)
    weights = random_weights(seed, people=30 + seed)
    found = best_pairs.best_pairs(weights)
    assert total(found, weights) == plainly(weights)
    places = [place for pair in found for place in pair]
    assert len(places) == len(set(places))


def test_where_everybody_has_equally_many_common_topics_few_pairs_are_compared_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    weights = random_weights(1, people=120)
    assert len(weights) > best_pairs._FEW
    sizes: list[int] = []
    matching = best_pairs._matching

    def counted(some: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
        if max(some.values()) > 1:
            sizes.append(len(some))
        return matching(some)

    monkeypatch.setattr(best_pairs, "_matching", counted)
    found = best_pairs.best_pairs(weights)
    assert total(found, weights) == plainly(weights)
    assert len(sizes) == 1
    assert sizes[0] < len(weights) / 4


def test_nobody_is_in_a_pair_where_none_is_possible() -> None:
    assert best_pairs.best_pairs({}) == []
