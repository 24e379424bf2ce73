"""Setting up a circle: which keys each field has, and what is shown above them."""

import pytest

from circle_tui.core.circle.circle import FORMATS
from circle_tui.views.first_run import (
    FORMAT_KEYS,
    SetupField,
    first_run_view,
    why_not_name,
)
from circle_tui.views.view import Local, Move, Request

from .actions import intents, why_not


def test_setup_begins_with_the_name_and_the_demo_key_is_not_a_letter() -> None:
    view = first_run_view(first=True, field=None)
    assert view == first_run_view(first=True, field=SetupField.NAME)
    assert view.headline == ("Set up your circle",)
    assert view.status.startswith("Welcome!")
    assert "F2 shows a demo" in view.status
    assert intents(view) == {"next_field": Local.NEXT_FIELD, "demo": Request.DEMO}
    assert "nothing to go back to" in (why_not(view, "back") or "")


@pytest.mark.parametrize("field", SetupField)
def test_no_letter_is_a_command_while_typing(field: SetupField) -> None:
    typed = field is not SetupField.FORMAT
    keys = {
        key
        for action in first_run_view(first=False, field=field).actions
        for key in action.spec.keys
        if len(key) == 1
    }
    # Where nothing is typed, j and k move the cursor as everywhere.
    assert keys == (set() if typed else {"j", "k"})


def test_setting_up_a_further_circle_shows_no_welcome_and_esc_goes_back_to_the_list() -> None:
    view = first_run_view(first=False, field=SetupField.NAME)
    assert view.headline == ("A new circle",)
    assert view.status == "Type a name, then Enter."
    assert intents(view)["back"] is Request.CHOOSE_CIRCLE


@pytest.mark.parametrize("field", [SetupField.MEMBERS, SetupField.FORMAT])
def test_esc_goes_back_one_field(field: SetupField) -> None:
    assert intents(first_run_view(first=True, field=field))["back"] is Local.BACK


def test_each_field_says_how_to_continue() -> None:
    said = {first_run_view(first=True, field=field).status for field in SetupField}
    assert len(said) == len(SetupField)


def test_enter_on_a_format_creates_the_circle() -> None:
    view = first_run_view(first=True, field=SetupField.FORMAT)
    assert intents(view)["create"] is Local.SELECT
    assert intents(view)["next"] == Move(1)


def test_every_format_has_a_row_and_the_chosen_one_is_explained() -> None:
    view = first_run_view(first=True, field=None)
    assert tuple(FORMATS) == FORMAT_KEYS
    assert [row.name for row in view.formats] == [each.title for each in FORMATS.values()]
    assert (view.formats[0].text, view.formats[0].state) == ("4 to 6 people", "fortnightly")
    explained = [
        first_run_view(first=True, field=None, cursor=row).explained for row in range(len(FORMATS))
    ]
    assert explained[0].startswith("60 min, 8 min each. ")
    assert explained[-1].startswith("20 min each. You don't meet")
    assert len(set(explained)) == len(FORMATS)


# Who is understood


def seats(members: str) -> tuple[list[str], str]:
    """The ring's seats while this is typed, and the line about it."""
    view = first_run_view(first=True, field=SetupField.MEMBERS, members=members)
    return [seat.name for seat in view.face.seats], view.understood


def test_the_ring_fills_as_names_are_typed() -> None:
    assert seats("")[0] == []
    assert seats("May") == (["May"], "1 person: May. Add someone.")
    assert seats("Maya, T") == (["Maya", "T"], "2 people: Maya and T.")
    assert seats("Maya\nTom\nPriya") == (["Maya", "Tom", "Priya"], "3 people: Maya, Tom and Priya.")


def test_the_ring_is_full_as_soon_as_there_are_two_members() -> None:
    faces = [
        first_run_view(first=True, field=None, name="Pier", members=members).face
        for members in ("", "Maya", "Maya, Tom")
    ]
    assert [face.remaining for face in faces] == [0, 0, 1]
    assert faces[-1].caption == "Pier"
    assert faces[-1].note == "2 people"


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ("Smith, Ann\nJones, Bob", "may be one person or two"),
        ("Tom, tom", "twice"),
        ("Maya, " + "x" * 60, "room for 40"),
        (", ".join(f"P{n}" for n in range(21)), "21 people"),
    ],
)
def test_names_that_are_not_understood_get_no_seat_and_the_reason_is_shown(
    members: str, why: str
) -> None:
    names, understood = seats(members)
    assert names == []
    assert why in understood


@pytest.mark.parametrize(("name", "goes_on"), [("Harbour", True), ("", False), ("  \t", False)])
def test_setup_does_not_continue_without_a_name(name: str, goes_on: bool) -> None:
    assert (why_not_name(name) is None) is goes_on
