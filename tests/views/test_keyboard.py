"""Keys from another keyboard layout, with Caps Lock on, or from an input method."""

import pytest

from circle_tui.core.errors import NOTHING_TO_REDO
from circle_tui.views import every_screen
from circle_tui.views.keyboard import other_readings, why_unknown


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("N", "n"), ("Q", "q"),
        ("ｎ", "n"), ("Ｎ", "n"), ("１", "1"), ("？", "?"), ("＋", "+"),
        ("\u3000", " "), ("\u00a0", " "),
        ("т", "n"), ("Т", "n"), ("г", "u"), ("й", "q"), ("ь", "m"), ("і", "s"), ("ў", "o"),
        ("ν", "n"), ("Ν", "n"), ("θ", "u"), ("ς", "w"), ("σ", "s"),
        ("מ", "n"), ("ו", "u"), ("ם", "o"), ("ש", "a"),
        ("ى", "n"), ("ع", "u"), ("ض", "q"), ("؟", "?"), ("٣", "3"),
        ("ㅜ", "n"), ("ㅕ", "u"), ("ㅁ", "a"),
        ("&", "1"), ("é", "2"), ('"', "3"), ("'", "4"), ("(", "5"), ("-", "6"), ("è", "7"),
        ("_", "8"), ("ç", "9"), ("š", "3"), ("í", "9"),
    ],
)  # fmt: skip
def test_a_key_of_another_layout_is_read_as_the_intended_one(typed: str, meant: str) -> None:
    assert meant in other_readings(typed)
    assert typed not in other_readings(typed)


@pytest.mark.parametrize("typed", ["n", "漢", "\U0001f600", "#", "]", "ß", "ﬁ", "ǅ"])
def test_a_key_without_a_counterpart_is_not_reinterpreted(typed: str) -> None:
    assert all(len(each) == 1 for each in other_readings(typed))
    assert not any(each.isascii() for each in other_readings(typed))


def test_a_key_without_an_action_is_answered_with_a_possible_reason() -> None:
    assert every_screen.unbound("X") == "“X” does nothing here. Is Caps Lock on?"
    assert every_screen.unbound("ж") == "“ж” does nothing here. Is the keyboard on another layout?"
    assert (
        every_screen.unbound("ｘ") == "“ｘ” does nothing here. Is the keyboard on another layout?"
    )
    assert every_screen.unbound("x") == "“x” does nothing here. ? shows the keys that do."
    assert every_screen.unbound(" ") == "Space does nothing here. ? shows the keys that do."
    assert why_unknown("#") is None


def test_with_caps_lock_undo_acts_as_redo_and_the_refusal_says_so() -> None:
    assert every_screen.disabled(every_screen.NOTHING_TO_REDO, "U") == (
        "There's nothing to redo. Is Caps Lock on?"
    )
    assert every_screen.disabled(NOTHING_TO_REDO, None) == NOTHING_TO_REDO
