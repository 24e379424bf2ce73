"""Which person or circle is meant by a typed name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from circle_tui.core import text
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.name_lookup import same_circle, unambiguous_match, without_accents
from circle_tui.core.errors import RuleError

from .meetings import START

NAMES = ("Maya", "May", "Tom", "Marc", "Ötzi", "Tom")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Maya", (0,)),
        ("maya", (0,)),
        ("  MAYA ", (0,)),
        ("May", (1,)),
        ("mar", (3,)),
        ("öT", (4,)),
        ("O\u0308tzi", (4,)),
        ("tom", (2, 5)),
        ("t", (2, 5)),
    ],
)
def test_capitals_do_not_matter_and_an_unambiguous_beginning_is_enough(
    typed: str, found: tuple[int, ...]
) -> None:
    assert unambiguous_match(typed, NAMES) == found


PEOPLE = (
    "José",
    "Josef",
    "Zoë",
    "Seán O’Brien",
    "D'Arcy",
    "Anne-Marie",
    "Łukasz",
    "Søren",
    "Strauß",
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("José", (0,)),
        ("Josef", (1,)),
        ("zoe", (2,)),
        ("ZO", (2,)),
        ("Sean O'Brien", (3,)),
        ("sean o`b", (3,)),
        ("SEAN OBRIEN", (3,)),
        ("D’Arcy", (4,)),
        ("darcy", (4,)),
        ("Anne Marie", (5,)),
        ("anne‑marie", (5,)),
        ("lukasz", (6,)),
        ("Soren", (7,)),
        ("strauss", (8,)),
        ("zoé", (2,)),
    ],
)
def test_accents_and_apostrophes_do_not_matter_if_the_name_is_unambiguous(
    typed: str, found: tuple[int, ...]
) -> None:
    assert unambiguous_match(typed, PEOPLE) == found


@pytest.mark.parametrize(
    ("typed", "names", "listed"),
    [
        ("Jose", ("José", "Josef"), "José and Josef"),
        ("jo", ("José", "Jörg"), "José and Jörg"),
        ("o'b", ("O'Brien", "O’Bannon"), "O'Brien and O’Bannon"),
        ("Josè", ("José", "Jose"), "José and Jose"),
    ],
)
def test_an_ambiguous_name_is_answered_with_all_names_it_may_mean(
    typed: str, names: tuple[str, ...], listed: str
) -> None:
    with pytest.raises(RuleError, match=rf"may be any of {listed}: write more of the name"):
        unambiguous_match(typed, names)


def test_an_exact_name_is_preferred_to_one_that_differs_by_an_accent() -> None:
    assert unambiguous_match("Jose", ("José", "Jose")) == (1,)
    assert unambiguous_match("jö", ("Joseph", "Jörg")) == (1,)


@given(st.lists(st.text("aeéöoO'’- ńł", min_size=1, max_size=6), min_size=1, max_size=5))
def test_everybody_is_found_by_their_name_with_its_capitals_or_without(names: list[str]) -> None:
    people = [text.clean(name) for name in names if without_accents(name)]
    for name in people:
        meant = {people[at].casefold() for at in unambiguous_match(name.upper(), people)}
        assert meant == {name.casefold()}


@pytest.mark.parametrize(
    ("name", "members", "same"),
    [
        ("Harbour", "Maya, Tom", True),
        ("harbour", "tom, MAYA", True),
        ("Harbour", "Mayá, Tom", True),
        ("Harbour", "Maya, Tom, Lena", False),
        ("Harbour", "Maya, Lena", False),
        ("Quay", "Maya, Tom", False),
    ],
)
def test_a_second_circle_with_the_same_name_and_people_is_noticed(
    name: str, members: str, same: bool
) -> None:
    def circle(called: str, people: str) -> Circle:
        return make_circle(called, people, "peer-circle", zone="UTC", now=START)

    there = circle("Harbour", "Maya, Tom")
    others = [circle("Quay", "Ada, Ben"), there]
    assert same_circle(circle(name, members), others) is (there if same else None)


def test_the_question_about_an_ambiguous_name_lists_the_names() -> None:
    with pytest.raises(RuleError, match="Maya, May and Marc: write more"):
        unambiguous_match("ma", NAMES)
    with pytest.raises(RuleError, match="any of Tom and Tomas: write more"):
        unambiguous_match("to", ("Tom", "Ada", "Tomas"))


@pytest.mark.parametrize("typed", ["Zoe", "", "  ", "\x1b[2J", "aya"])
def test_an_unknown_name_is_answered_with_the_existing_names(typed: str) -> None:
    for names, listed in (
        (NAMES, "Maya, May, Tom, Marc and Ötzi"),
        (("Ada", "Tom"), "Ada and Tom"),
        (("Ada",), "Ada"),
    ):
        with pytest.raises(RuleError, match=rf"^Nobody here .*: there are {listed}\.$") as refused:
            unambiguous_match(typed, names)
        assert "\x1b" not in str(refused.value)
