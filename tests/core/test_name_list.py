"""Lists of names as people paste them: each person is found once, or the problem is described."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from circle_tui.core import text
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.name_list import read_name, read_names, spoken_names

from .meetings import attempt
from .test_text import TRICKY_CHARACTERS


@pytest.mark.parametrize(
    "pasted",
    [
        "Ada, Ben, Cleo",
        "Ada;Ben; Cleo",
        "Ada\nBen\nCleo",
        "Ada\r\nBen\r\nCleo\r\n",
        "Ada\rBen\rCleo",
        ",,Ada,\n\nBen;,Cleo,\u200b,",
        "  Ada  ,\tBen\t,Cleo  ",
    ],
)
def test_names_are_read_from_lists_of_many_forms(pasted: str) -> None:
    assert read_names(pasted) == ("Ada", "Ben", "Cleo")


@pytest.mark.parametrize(
    ("pasted", "why"),
    [
        ("", "No names yet"),
        (" , ;\n\u200b,", "No names yet"),
        ("Ada", "at least two people"),
        ("Ada,", "at least two people"),
        ("Ada, ADA", "twice"),
        ("Ada, Ben, a\u200bda", "twice"),
        ("Straße, STRASSE", "twice"),
        ("René, Rene\u0301", "twice"),
        ("Ada, " + "B" * 200, "room for 40"),
        ("Ada, Ben, \u0301", "is empty"),
        (",".join(f"P{n}" for n in range(21)), "21 people, and one circle holds 20"),
    ],
)
def test_names_that_cannot_form_a_circle_are_refused_with_a_sentence(pasted: str, why: str) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        read_names(pasted)
    assert str(refused.value).endswith(".")
    assert "\n" not in str(refused.value)


def test_twenty_members_are_fine() -> None:
    assert len(read_names(",".join(f"P{n}" for n in range(20)))) == 20


def test_brackets_and_right_to_left_names_are_kept_as_text() -> None:
    assert read_names("[red], [/], עדה, أمل") == ("[red]", "[/]", "עדה", "أمل")


@given(
    st.text(
        st.one_of(st.sampled_from(TRICKY_CHARACTERS + ",;\n"), st.characters(exclude_categories=[]))
    )
)
def test_any_input_gives_whole_names_or_is_refused(pasted: str) -> None:
    found = attempt(read_names, pasted)
    if isinstance(found, tuple):
        assert 2 <= len(found) <= 20
        assert len({each.casefold() for each in found}) == len(found)
        assert all(each and text.cell_width(each) <= 40 for each in found)
    else:
        assert str(found).endswith(".")


def test_two_names_that_look_the_same_are_the_same() -> None:
    with pytest.raises(RuleError, match="twice"):
        read_names("René, Rene\u200b\u0301")


@pytest.mark.parametrize(
    ("pasted", "people"),
    [
        ("王伟，李娜，张敏", ("王伟", "李娜", "张敏")),
        ("محمد، فاطمة، علي", ("محمد", "فاطمة", "علي")),
        ("佐藤、鈴木", ("佐藤", "鈴木")),
        ("Ада；Борис", ("Ада", "Борис")),
        ("آدا؛ بن", ("آدا", "بن")),
        ("1. Maya\n2. Tom\n10. Priya", ("Maya", "Tom", "Priya")),
        ("1) Maya 2) Tom 3) Priya", ("Maya", "Tom", "Priya")),
        ("1. Maya, 2. Tom, 3. Priya", ("Maya", "Tom", "Priya")),
        ("1、王伟\n2、李娜", ("王伟", "李娜")),
        ("• Maya\n•Tom", ("Maya", "Tom")),
        ("- Maya\n– Tom\n* Priya", ("Maya", "Tom", "Priya")),
        ("[ ] Maya\n[x] Tom", ("Maya", "Tom")),
        ("a) Maya\nb) Tom", ("Maya", "Tom")),
        ("Maya, Tom and Priya", ("Maya", "Tom", "Priya")),
        ("Maya, Tom, and Priya.", ("Maya", "Tom", "Priya")),
        ("Maya & Tom", ("Maya", "Tom")),
        ("Members: Maya, Tom", ("Maya", "Tom")),
        ("Sam Smith, Jr.\nAnn Lee", ("Sam Smith Jr.", "Ann Lee")),
        ("Ann Lee, Ph.D., Sam Smith, III", ("Ann Lee Ph.D.", "Sam Smith III")),
        ("Sam Smith, Jr. and Ann Lee", ("Sam Smith Jr.", "Ann Lee")),
        ("Maya\n, Tom\n, Priya", ("Maya", "Tom", "Priya")),
        ("J. Smith, A. Lee", ("J. Smith", "A. Lee")),
        ("Sandy Rosand, Band Leader", ("Sandy Rosand", "Band Leader")),
        (
            "Maya Smith, Tom Jones\nAnn Lee, Bo Berg",
            ("Maya Smith", "Tom Jones", "Ann Lee", "Bo Berg"),
        ),
        ("Maya, Tom; Priya\nLena", ("Maya", "Tom", "Priya", "Lena")),
        ('"Smith, Ann", "Jones, Bob"', ("Ann Smith", "Bob Jones")),
        ('Sam "Smitty" Smith, Ann', ('Sam "Smitty" Smith', "Ann")),
    ],
)
def test_people_are_found_in_a_list_of_any_kind(pasted: str, people: tuple[str, ...]) -> None:
    assert read_names(pasted) == people


@pytest.mark.parametrize(
    ("pasted", "people"),
    [
        ("Maya\tTom\tPriya", ("Maya", "Tom", "Priya")),
        ("Maya\tmaya@x.org\nTom\ttom@x.org", ("Maya", "Tom")),
        ("1\tMaya\t+44 20 7946\n2\tTom\t2026-03-05", ("Maya", "Tom")),
        ("•\tMaya\n•\tTom", ("Maya", "Tom")),
        ("Name\tE-mail\nMaya\tm@x.org\nTom\t", ("Maya", "Tom")),
        ("First name\tLast name\nMaya\tSmith\nTom\tJones", ("Maya Smith", "Tom Jones")),
        ("Surname\tFirst Name\nSmith\tMaya\nJones\tTom", ("Maya Smith", "Tom Jones")),
        ("Name,Email\nMaya,m@x.org\nTom,t@x.org", ("Maya", "Tom")),
        ('Name,Email\n"Smith, Ann",a@x.org\nTom,t@x.org', ("Ann Smith", "Tom")),
        ('Email,Name\na@x.org,"Smith, Ann"\nt@x.org,Tom', ("Ann Smith", "Tom")),
        ("Members\nMaya\nTom", ("Maya", "Tom")),
        ("Smith, Ann\ta@x.org\nJones, Bob\tb@x.org", ("Ann Smith", "Bob Jones")),
        ("| Maya | Tom |", ("Maya", "Tom")),
        ("Maya,maya@x.org\nTom", ("Maya", "Tom")),
        ("Maya, maya@x.org, Tom, tom@x.org", ("Maya", "Tom")),
        ("Maya <m@x.org>, Tom (t@x.org)", ("Maya", "Tom")),
        ('"Smith, Ann" <a@x.org>; Bob <b@x.org>', ("Ann Smith", "Bob")),
        ("To: Maya <mailto:m@x.org>\nTom - t@x.org", ("Maya", "Tom")),
    ],
)
def test_people_are_found_in_a_table_without_their_addresses(
    pasted: str, people: tuple[str, ...]
) -> None:
    assert read_names(pasted) == people


@pytest.mark.parametrize(
    ("pasted", "readings"),
    [
        ("Smith, Ann\nJones, Bob", ("Smith, Ann, Jones, Bob", "Ann Smith, Bob Jones")),
        ("Smith, Ann; Jones, Bob", ("Smith, Ann, Jones, Bob", "Ann Smith, Bob Jones")),
        ("Smith, Ann\nPrince", ("Smith, Ann, Prince", "Ann Smith, Prince")),
        ("Smith, Sam, Jr.\nJones, Bo", ("Smith, Sam Jr., Jones, Bo", "Sam Smith Jr., Bo Jones")),
        ("Maya\tSmith\nTom\tJones", ("Maya, Smith, Tom, Jones", "Maya Smith, Tom Jones")),
    ],
)
def test_input_that_may_be_one_person_or_two_is_asked_about(
    pasted: str, readings: tuple[str, ...]
) -> None:
    with pytest.raises(AmbiguousError, match="may be one person or two") as asked:
        read_names(pasted)
    assert asked.value.readings == readings
    for reading in readings:
        assert ", ".join(read_names(reading)) == reading


def test_if_only_one_reading_forms_a_circle_it_is_used() -> None:
    pasted = "\n".join(f"Smith{n}, Ann{n}" for n in range(12))
    assert read_names(pasted) == tuple(f"Ann{n} Smith{n}" for n in range(12))


@pytest.mark.parametrize(
    "pasted",
    [
        "maya@x.org\ntom@x.org",
        "Maya, Priya, tom@x.org",
        "Maya\nTom\npriya@x.org",
        "Maya; t@x.org; Bo",
    ],
)
def test_an_address_without_a_name_is_reported(pasted: str) -> None:
    with pytest.raises(RuleError, match=r"@x.org” is an address. Write the person's name\.$"):
        read_names(pasted)


def test_a_table_row_without_a_name_is_reported() -> None:
    with pytest.raises(RuleError, match="isn't a name"):
        read_names("Name\tPhone\nMaya\t1\n\t2\nTom\t3")


def test_a_very_long_input_is_refused_without_parsing() -> None:
    for pasted in ("a" * 1_000_000, "Maya, " * 200_000, "@." * 500_000):
        with pytest.raises(RuleError, match="too long for a list of names"):
            read_names(pasted)


NAMES = st.lists(
    st.builds(
        lambda first, rest: text.clean(first + rest),
        st.sampled_from("abé王ع"),
        st.text("abcdé王ع'’- ", max_size=10),
    ),
    min_size=2,
    max_size=20,
    unique_by=str.casefold,
)


@given(NAMES, st.sampled_from([", ", "\n", "; ", "、", "，", "\r\n- ", "\t"]))
def test_all_names_are_found_whatever_separates_them(names: list[str], between: str) -> None:
    assert read_names(between.join(names)) == tuple(names)


@example("Smith, Ann\nJones, Bob")
@example("Maya, Maya., ")
@example('Maya, Maya".')
@given(
    st.lists(
        st.sampled_from(
            ["Maya", "Smith", " ", ", ", ",", "\n", "\t", "; ", "and", " & ", "1. ", "- ", ", Jr.",
             '"', "a@x.org", "<b@x.org>", "Name", "王", "、", ".", "|", "("]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_the_names_that_were_understood_can_be_typed_again(pasted: str) -> None:
    found = attempt(read_names, pasted)
    if isinstance(found, AmbiguousError):
        for reading in found.readings:
            assert ", ".join(read_names(reading)) == reading
    elif isinstance(found, tuple):
        assert read_names(", ".join(found)) == found
    else:
        assert str(found).endswith(".")


def test_the_names_that_were_understood_are_listed_with_their_number() -> None:
    assert spoken_names(read_names("1. Maya\n2. Tom\n3. Priya")) == (
        "3 people: Maya, Tom and Priya"
    )


# One name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Priya", "Priya"),
        ("- Priya <p@x.org>", "Priya"),
        ("4. Priya,", "Priya"),
        ("Sam Smith, Jr.", "Sam Smith Jr."),
        ('"Smith, Ann" <a@x.org>', "Ann Smith"),
        ("Tom & Ann", "Tom & Ann"),
        ("[red]", "[red]"),
    ],
)
def test_one_name_is_read_as_people_paste_it(typed: str, name: str) -> None:
    assert read_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Maya, Tom, Priya", "That's 3 names: write one at a time"),
        ("Maya Smith\nTom Jones", "That's 2 names"),
        ("佐藤、鈴木 一郎、田中", "That's 3 names"),
        ("Smith, Ann", "may be one person or two: write Ann Smith, or one name at a time"),
        ("maya@x.org", "is an address"),
        ("", "is empty"),
        ("- ", "is empty"),
    ],
)
def test_input_that_is_not_one_name_is_refused_with_a_sentence(typed: str, why: str) -> None:
    with pytest.raises(RuleError, match=why):
        read_name(typed)
