"""Words are cleaned when they enter the model, or refused."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from circle_tui.core import text
from circle_tui.core.errors import RuleError

# Characters that are more likely to do harm than those that hypothesis usually draws.
TRICKY_CHARACTERS = (
    "\x00\x07\x08\t\n\r\x0b\x0c\x1b\x1c\x7f\x80\x85\x9b\x9f\xa0\xad\u0301\u0308\u034f\u061c\u115f"
    "\u180e\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202e\u2060\u2066\u2069\u3000\u3164\ud800\udfff"
    "\ue000\ufe0f\ufeff\uffff\ufffe\U000e0041\U0010fffd[/]ae e\u0301\u1100\u1161אب👩💻"
)
RAW = st.text(
    st.one_of(st.sampled_from(TRICKY_CHARACTERS), st.characters(exclude_categories=[])), max_size=40
)


@given(RAW)
def test_cleaned_words_contain_no_control_characters(raw: str) -> None:
    for character in text.clean(raw):
        assert character == "\u200d" or unicodedata.category(character) not in {
            "Cc",
            "Cf",
            "Cs",
            "Co",
            "Cn",
            "Zl",
            "Zp",
        }


@given(RAW)
def test_cleaned_words_have_single_spaces_and_none_at_the_ends(raw: str) -> None:
    cleaned = text.clean(raw)
    assert cleaned == " ".join(cleaned.split())


@given(RAW)
def test_cleaned_words_can_be_encoded(raw: str) -> None:
    assert text.clean(raw).encode("utf-8").decode("utf-8") == text.clean(raw)


@given(st.text(st.sampled_from("abc éא👩💻[]/,.-'"), max_size=40))
def test_harmless_words_are_not_changed(raw: str) -> None:
    assert text.clean(raw) == " ".join(unicodedata.normalize("NFC", raw).split())


@given(st.text(st.characters(exclude_categories=["C"], exclude_characters="\u200d"), max_size=40))
def test_cleaning_printable_words_twice_changes_nothing_more(raw: str) -> None:
    assert text.clean(text.clean(raw)) == text.clean(raw)


@example("e\u200b\u0301")
@example("\u200d \u200da")
@given(RAW)
def test_cleaning_anything_twice_changes_nothing_more(raw: str) -> None:
    assert text.clean(text.clean(raw)) == text.clean(raw)


def test_removing_a_character_joins_a_letter_with_its_accent() -> None:
    assert text.clean("Rene\u200b\u0301") == "René"


@pytest.mark.parametrize(
    ("raw", "cleaned"), [("\u200d \u200da", "a"), ("a \u200d b", "a b"), ("a\u200d b", "a b")]
)
def test_a_joiner_that_joins_nothing_is_removed(raw: str, cleaned: str) -> None:
    assert text.clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("Rene\u0301", "René"),
        ("  Ada \t  Lovelace \n", "Ada Lovelace"),
        ("A\x00d\x07a\x7f", "Ada"),
        ("\x1b[31mAda\x1b[0m", "[31mAda[0m"),
        ("\x1b]0;title\x07Ada", "]0;titleAda"),
        ("\x9b31mAda\x80", "31mAda"),
        ("Ada\u202enaB", "AdanaB"),
        ("\u2066Ada\u2069\u200f\u200e\u061c", "Ada"),
        ("Ad\ud800a\udfff", "Ada"),
        ("Ad\ue000a\U0010fffd", "Ada"),
        ("Ad\uffffa\U000e0041", "Ada"),
        ("A\u200bd\u200c\ufeffa\u2060\u00ad", "Ada"),
        ("a\u2028b\u2029c\u3000d\u00a0e", "a b c d e"),
        ("a \x00 b", "a b"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("\u200dAda\u200d", "Ada"),
        ("[red]Ada[/red]", "[red]Ada[/red]"),
        ("[/]", "[/]"),
        ("עדה", "עדה"),
        ("آدا", "آدا"),
        ("\u200b\x1b\u202e", ""),
        ("", ""),
    ],
)
def test_words_are_cleaned(raw: str, cleaned: str) -> None:
    assert text.clean(raw) == cleaned


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("Ada,  Ben ", "Ada,  Ben "),
        ("Ada\n\tBen", "Ada\n\tBen"),
        ("Ada\r\nBen\rCleo\u2028Dev\x85Eve", "Ada\nBen\nCleo\nDev\nEve"),
        ("\x1b[31mAda\x07\u202e\ud800\ue000", "[31mAda"),
        ("👩\u200d👧", "👩\u200d👧"),
    ],
)
def test_a_text_field_keeps_line_breaks_and_no_harmful_characters(raw: str, shown: str) -> None:
    assert text.remove_unprintable(raw) == shown


@pytest.mark.parametrize(
    ("words", "cells"),
    [
        ("Ada", 3),
        ("Rene\u0301", 4),
        ("日本", 4),
        ("👩", 2),
        ("עדה", 3),
        ("❤\ufe0f", 2),
        ("👨\u200d👩\u200d👧", 2),
        ("", 0),
    ],
)
def test_width_is_measured_in_cells(words: str, cells: int) -> None:
    assert text.cell_width(words) == cells


@pytest.mark.parametrize(
    "raw", ["", "   ", "\n\t", "\u200b", "\x1b\x00", "\u202e", "\u200d", "\u0301"]
)
def test_a_name_without_visible_characters_is_refused(raw: str) -> None:
    with pytest.raises(RuleError, match=r"^The circle's name is empty: .*\.$"):
        text.name(raw, "The circle's name")


@pytest.mark.parametrize("raw", ["\u3164", "\u115f", "\u1160", "\uffa0"])
def test_a_name_of_blank_letters_is_refused(raw: str) -> None:
    with pytest.raises(RuleError):
        text.name(raw, "The circle's name")


@pytest.mark.parametrize("raw", ["a" * 200, "a" * 41, "日" * 21, "👩" * 21])
def test_a_name_too_wide_for_its_seat_is_refused(raw: str) -> None:
    with pytest.raises(RuleError, match=r"has room for 40 characters: .*\.$"):
        text.name(raw, "A member's name")


@pytest.mark.parametrize("raw", ["a" + "\u0334" * 2000, "a" + "\u200d" * 2000 + "b"])
def test_a_name_of_thousands_of_marks_is_refused(raw: str) -> None:
    with pytest.raises(RuleError):
        text.name(raw, "A member's name")


def test_each_letter_of_a_long_name_may_carry_four_marks_and_no_more() -> None:
    marked = ("q" + "\u0301\u0323\u0334\u0308") * 40
    assert text.fits(text.name(marked, "A member's name"), 40)
    assert len(text.clean(marked)) == 200
    with pytest.raises(RuleError):
        text.name(marked + "\u0301", "A member's name")


@pytest.mark.parametrize("raw", ["a" * 40, "日" * 20, "A", "7", "👩", "?", "[red]", "[/]", "עדה"])
def test_a_name_that_fits_is_accepted(raw: str) -> None:
    assert text.name(raw, "A member's name") == raw


def test_words_can_be_empty_or_have_several_lines_but_not_be_too_long() -> None:
    assert text.words("  \n ") == ""
    assert text.words("one line\r\nand another") == "one line and another"
    assert text.words("a" * 280) == "a" * 280
    with pytest.raises(RuleError, match=r"^That takes 281 characters, .*\.$"):
        text.words("a" * 281)


def test_names_are_listed_as_people_list_them() -> None:
    listed = [text.join_with_and(list("ABC")[:number]) for number in range(4)]
    assert listed == ["", "A", "A and B", "A, B and C"]
