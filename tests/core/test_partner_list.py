"""A list of people looking for partners, as spreadsheets and people write it."""

import pytest

from circle_tui.core.errors import RuleError
from circle_tui.core.partner_list import PartnerSeeker, read_people

USUAL = "name,topics,circle\nMaya,speaking up; Delegating,Harbour\nTom,writing,\n"


def person(content: str) -> PartnerSeeker:
    (found,) = read_people(content)
    return found


def test_people_are_read_with_name_topics_and_circles() -> None:
    tom_first = "name,topics,circle\nTom,writing,\nMaya,speaking up; Delegating,Harbour\n"
    assert read_people(USUAL) == read_people(tom_first)
    maya, tom = read_people(USUAL)
    assert maya.topics == {"speaking up": "speaking up", "delegating": "Delegating"}
    assert maya.circles == {"harbour"}
    assert (tom.name, tom.circles) == ("Tom", frozenset())


@pytest.mark.parametrize(
    "content",
    [
        'name;topics\nMaya;"focus; writing"\n',
        "Name\tTopics\tMail\r\nMaya\tfocus; writing\tm@example.org\r\n",
        ' topics , name \n" focus ;; writing;focus ",Maya\n',
        "\n\nNAME,TOPICS\r\rMaya,focus;writing\r,,\r",
        'name,topics\n"Maya","focus;\nwriting"\n',
    ],
    ids=["semicolons", "tabs and more columns", "other order", "old ends of lines", "a line break"],
)
def test_lists_are_read_as_different_spreadsheets_save_them(content: str) -> None:
    found = person(content)
    assert found.name == "Maya"
    assert set(found.topics) == {"focus", "writing"}


@pytest.mark.parametrize("name", ["Ana, Jr.", 'Ana "Quote"', "דנה", "王小明🌊", "Ana; Bo"])
def test_any_name_is_read_completely(name: str) -> None:
    quoted = name.replace('"', '""')
    assert person(f'name,topics\n"{quoted}",focus\n').name == name


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;;;", "sep=,"])
def test_the_line_in_which_excel_names_the_delimiter_is_no_heading(first: str) -> None:
    assert person(f'{first}\r\nname;topics\r\nMaya;"a; b"\r\n').topics == {"a": "a", "b": "b"}
    with pytest.raises(RuleError, match="Line 4 has no name"):
        read_people(f"{first}\nname;topics\nMaya;a\n;b\n")


def test_a_person_without_topics_is_accepted() -> None:
    assert person("name,topics\nMaya,\n").topics == {}
    assert person("name,topics\nMaya\n").topics == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "It's empty."),
        ("\n ,, \n", "It's empty."),
        ("Maya,focus\n", "first line has to name the columns"),
        ("name,name,topics\n", "two columns “name”"),
        ("name,topics\n\nMaya,a\nTom,b\nmaya,c\n", "Line 5 has maya again, who is in line 3"),
        ("name,topics\nMaya,a\n,writing\n", "Line 3 has no name"),
        ("name,topics\nMaya,focus, at home\n", "Line 2 has more columns than the first line"),
        ("name;topics\nMaya;a;b\n", "Line 2 has more columns than the first line: write quotes"),
        ('name,topics\nMaya,a\nTom,"b\n', "In line 3 a quotation mark is left open"),
        ('name,topics\nMaya,"a" b\n', "In line 2 a quotation mark"),
        (f"name,topics\n{'x' * 300},a\n", "Line 2 has a name that's too long"),
        ("name,topics\n" + "".join(f"p{n},a\n" for n in range(501)), "has 501 people"),
    ],
)
def test_a_mistake_is_reported_with_its_line(content: str, said: str) -> None:
    with pytest.raises(RuleError) as refused:
        read_people(content)
    assert said in str(refused.value)
    assert str(refused.value).count("\n") == 0
