"""The best pairs among many people, by how well each two would fit.

Invariant: as many pairs as possible, and among all such choices the greatest sum of weights,
however they were found. A choice among few of the possible pairs counts only if none is better.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

import networkx

_Pair = tuple[int, int]
"""Two people by their places; the lower one first."""

_FEW = 5_000
"""So many possible pairs are compared all at once."""
_OF_EACH_WEIGHT = 4
"""So many of each person's possible pairs of one weight are tried at first, of very many."""


class _PlainGraph(networkx.Graph):  # type: ignore[misc]
    """Gives its rows themselves, rather than views of them that take as long as all the rest."""

    def adjlist_outer_dict_factory(self) -> dict[int, dict[int, dict[str, int]]]:
        """Where networkx puts the rows."""
        self._rows: dict[int, dict[int, dict[str, int]]] = {}
        return self._rows

    def __getitem__(self, node: int) -> dict[int, dict[str, int]]:
        return self._rows[node]


def best_pairs(weights: Mapping[_Pair, int]) -> list[_Pair]:
    """The best of the possible pairs with these `weights` from 1 up, in order."""
    if len(weights) > _FEW:
        found = _matching({pair: weights[pair] for pair in _promising(weights)})
        if sum(weights[pair] for pair in found) == _upper_bound(weights):
            return found
    return _matching(weights)


def _matching(weights: Mapping[_Pair, int]) -> list[_Pair]:
    graph = _PlainGraph()
    graph.add_nodes_from(sorted(set(chain.from_iterable(weights))))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in weights.items())
    matched: Iterable[_Pair] = networkx.max_weight_matching(graph, maxcardinality=True)
    return sorted((min(pair), max(pair)) for pair in matched)


def _upper_bound(weights: Mapping[_Pair, int]) -> int:
    """A sum that no choice exceeds; one that reaches it has as many pairs as possible, too.

    Of each choice, the pairs of at least some weight are at most as many as there would be if no
    others were possible. Without weights that number is found quickly.
    """
    return sum(
        len(_matching({pair: 1 for pair, weight in weights.items() if weight >= least}))
        for least in range(1, max(weights.values()) + 1)
    )


def _promising(weights: Mapping[_Pair, int]) -> set[_Pair]:
    """A few possible pairs of each person and each weight, spread over all the others."""
    others: dict[tuple[int, int], list[int]] = {}
    for (one, other), weight in weights.items():
        others.setdefault((one, weight), []).append(other)
        others.setdefault((other, weight), []).append(one)
    chosen: set[_Pair] = set()
    for (one, _), found in others.items():
        found.sort(key=lambda other: (other < one, other))
        chosen.update((min(one, other), max(one, other)) for other in found[:_OF_EACH_WEIGHT])
    return chosen
