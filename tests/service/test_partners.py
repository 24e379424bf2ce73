"""Suggested pairs of partners, compared with every other possible choice."""

import random
import sys
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import pytest

from circle_tui.core.partner_list import PartnerSeeker
from circle_tui.service.partners import NoNetworkxError, Suggestions, people_in, suggest_partners
from circle_tui.store.errors import SaveError

pytest.importorskip("networkx")


def person(name: str, topics: str, circle: str = "") -> PartnerSeeker:
    return PartnerSeeker(
        name, {each: each.title() for each in topics.split()}, frozenset(circle.split())
    )


def names(found: Suggestions) -> list[list[str]]:
    return [[each.name for each in pair.people] for pair in found.pairs]


def suggested(*people: PartnerSeeker) -> Suggestions:
    return suggest_partners(sorted(people))


def test_a_pairs_reason_uses_the_words_that_people_wrote() -> None:
    found = suggested(person("Ana", "focus writing"), person("Ben", "writing calm focus"))
    (pair,) = found.pairs
    assert pair.topics == ("Focus", "Writing")
    assert found.alone == ()


def test_people_in_the_same_circle_are_not_suggested_to_each_other() -> None:
    people = (person("Ana", "a b", "pier"), person("Ben", "a b", "pier quay"), person("Cy", "a"))
    assert names(suggested(*people)) in ([["Ana", "Cy"]], [["Ben", "Cy"]])
    assert suggested(*people[:2]).pairs == ()


def test_a_person_left_over_joins_the_pair_with_which_they_share_most_topics() -> None:
    found = suggested(
        person("Ana", "a b c"), person("Ben", "a b c"), person("Cy", "d e"), person("Dee", "d e f"),
        person("Eve", "f"),
    )  # fmt: skip
    assert names(found) == [["Ana", "Ben"], ["Cy", "Dee", "Eve"]]
    assert found.pairs[1].topics == ("D", "E", "F")


def test_a_person_left_over_does_not_join_somebody_of_their_circle() -> None:
    found = suggested(person("Ana", "a", "pier"), person("Ben", "a"), person("Cy", "a", "pier"))
    assert len(found.pairs[0].people) == 2
    assert len(found.alone) == 1


def test_a_person_without_shared_topics_is_not_suggested_to_anybody() -> None:
    found = suggested(person("Ana", "a"), person("Ben", "a"), person("Cy", "x"), person("Di", ""))
    assert names(found) == [["Ana", "Ben"]]
    assert [each.name for each in found.alone] == ["Cy", "Di"]


def test_without_the_library_the_error_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(NoNetworkxError, match=r"pip install 'circle-tui\[partners\]'"):
        suggested(person("Ana", "a"), person("Ben", "a"))


def random_people(number: int, seed: int) -> list[PartnerSeeker]:
    chance = random.Random(seed)
    return [
        person(
            f"P{each:02}",
            " ".join(chance.sample("abcdef", chance.randint(0, 3))),
            chance.choice(["", "pier", "quay"]),
        )
        for each in range(number)
    ]


def every_matching(people: Sequence[PartnerSeeker]) -> Iterator[tuple[int, int]]:
    """The number of pairs and of shared topics in every possible choice of pairs."""
    if len(people) < 2:
        yield 0, 0
        return
    first, *rest = people
    yield from every_matching(rest)
    for at, other in enumerate(rest):
        common = len(first.topics.keys() & other.topics.keys())
        if common and not first.circles & other.circles:
            for pairs, topics in every_matching([*rest[:at], *rest[at + 1 :]]):
                yield pairs + 1, topics + common


@pytest.mark.parametrize("seed", range(12))
def test_no_other_choice_of_pairs_is_better(seed: int) -> None:
    people = random_people(7, seed)
    found = suggest_partners(people)
    pairs = [pair.people[:2] for pair in found.pairs]
    # A third person joined a pair that was best without them, so count only the best two of three.
    got = len(pairs)
    assert got == max(pairs for pairs, _ in every_matching(people))
    if all(len(pair.people) == 2 for pair in found.pairs):
        total = sum(len(pair.topics) for pair in found.pairs)
        assert (got, total) == max(every_matching(people))


@pytest.mark.parametrize("seed", range(6))
def test_everybody_is_in_the_result_exactly_once(seed: int) -> None:
    people = random_people(9, seed)
    found = suggest_partners(people)
    said = [each.name for pair in found.pairs for each in pair.people]
    said += [each.name for each in found.alone]
    assert sorted(said) == [each.name for each in people]
    for pair in found.pairs:
        for one, other in combinations(pair.people, 2):
            assert not one.circles & other.circles


def test_the_same_people_always_get_the_same_suggestions() -> None:
    people = random_people(20, 5)
    assert suggest_partners(people) == suggest_partners(list(people))


def test_pairs_are_not_written_over_the_list_they_come_from(tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text("name,topics\nMaya,writing\nTom,writing\n", encoding="utf-8")
    (tmp_path / "same.csv").symlink_to(listed)
    assert [each.name for each in people_in(listed, written_to=tmp_path / "pairs")] == [
        "Maya",
        "Tom",
    ]
    with pytest.raises(SaveError, match="is the list itself"):
        people_in(listed, written_to=tmp_path / "same.csv")
