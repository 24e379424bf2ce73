"""Suggests pairs of people with as many common topics as possible.

Invariant: the result does not depend on the order of the people. Nobody is matched with somebody of
their own circle, or without a common topic. Nothing is saved.
"""

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.errors import CircleError
from circle_tui.core.partner_list import PartnerSeeker, read_people
from circle_tui.store.errors import SaveError, clean_path
from circle_tui.store.output_file import is_same_file
from circle_tui.store.table_file import read_table


class NoNetworkxError(CircleError):
    """The library that finds the pairs is not installed."""

    def __init__(self) -> None:
        super().__init__("this needs networkx. Install it with: pip install 'circle-tui[partners]'")


class Suggestion(NamedTuple):
    """Two people, or three where one was left, and the topics that they have in common.

    Of three, `topics` are those that each of them shares with another one.
    """

    people: tuple[PartnerSeeker, ...]
    topics: tuple[str, ...]


class Suggestions(NamedTuple):
    """The pairs, and who has no topic in common with anybody of another circle who is free."""

    pairs: tuple[Suggestion, ...]
    alone: tuple[PartnerSeeker, ...]


def people_in(file: Path, *, written_to: Path | None) -> tuple[PartnerSeeker, ...]:
    """The people in a list that somebody has written; their pairs go to `written_to`, if given.

    Raises `LoadError` if it can't be read, `RuleError` for a wrong line, and `SaveError` if the
    pairs would replace the list itself.
    """
    people = read_people(read_table(file))
    if written_to is not None and is_same_file(written_to, file):
        raise SaveError(f"{clean_path(written_to)} is the list itself: choose another name.")
    return people


def suggest_partners(people: Sequence[PartnerSeeker]) -> Suggestions:
    """The pairs among `people`, who stand in the order of their names.

    As many people as possible are in a pair, and among such choices the topics in common are the
    most. Raises `NoNetworkxError`.
    """
    try:
        import networkx  # noqa: F401 - what finds the pairs needs it

        from circle_tui.service.best_pairs import best_pairs
    except ImportError:
        raise NoNetworkxError() from None
    pairs = best_pairs(
        {
            (one, other): len(topics)
            for one, other in combinations(range(len(people)), 2)
            if (topics := _in_common(people[one], people[other]))
        }
    )
    groups: list[tuple[int, ...]] = list(pairs)
    taken = {place for pair in pairs for place in pair}
    alone = []
    for place in range(len(people)):
        if place in taken:
            continue
        if (at := _best_pair(people, groups, place)) is None:
            alone.append(people[place])
        else:
            groups[at] = (*groups[at], place)
    return Suggestions(
        tuple(_suggestion([people[place] for place in sorted(group)]) for group in groups),
        tuple(alone),
    )


def _in_common(one: PartnerSeeker, other: PartnerSeeker) -> tuple[str, ...]:
    """The topics of both; none if they are in one circle already."""
    if one.circles & other.circles:
        return ()
    return tuple(topic for topic in one.topics if topic in other.topics)


def _best_pair(
    people: Sequence[PartnerSeeker], groups: Sequence[tuple[int, ...]], place: int
) -> int | None:
    """The index of the pair that somebody fits best as the third; None if they fit none."""
    best: tuple[int, int] | None = None
    for at, group in enumerate(groups):
        shared = [len(_in_common(people[place], people[other])) for other in group]
        same = any(people[place].circles & people[other].circles for other in group)
        if len(group) == 2 and not same and any(shared) and (best is None or sum(shared) > best[0]):
            best = sum(shared), at
    return None if best is None else best[1]


def _suggestion(group: Sequence[PartnerSeeker]) -> Suggestion:
    shared = {
        topic: one.topics[topic]
        for one, other in combinations(group, 2)
        for topic in _in_common(one, other)
    }
    return Suggestion(tuple(group), tuple(shared[topic] for topic in sorted(shared)))
