"""Who is meant by a name that was typed."""

import pytest

from circle_tui.core.circle.name_lookup import the_one_called
from circle_tui.core.errors import RuleError

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
def test_capitals_do_not_matter_and_a_beginning_is_enough_where_it_is_one_name(
    typed: str, found: tuple[int, ...]
) -> None:
    assert the_one_called(typed, NAMES) == found


def test_what_may_be_several_names_is_asked_for_with_those_names() -> None:
    with pytest.raises(RuleError, match="Maya, May and Marc: write more"):
        the_one_called("ma", NAMES)
    with pytest.raises(RuleError, match="any of Tom and Tomas: write more"):
        the_one_called("to", ("Tom", "Ada", "Tomas"))


@pytest.mark.parametrize("typed", ["Zoe", "", "  ", "\x1b[2J", "aya"])
def test_a_name_that_nobody_has_is_answered_with_the_names_there_are(typed: str) -> None:
    for names, listed in (
        (NAMES, "Maya, May, Tom, Marc and Ötzi"),
        (("Ada", "Tom"), "Ada and Tom"),
        (("Ada",), "Ada"),
    ):
        with pytest.raises(RuleError, match=rf"^Nobody here .*: there are {listed}\.$") as refused:
            the_one_called(typed, names)
        assert "\x1b" not in str(refused.value)
