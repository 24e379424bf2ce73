"""Setting up a circle: which keys each field has, and what stands above them."""

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


def test_before_anything_is_typed_d_opens_the_demo_and_enter_begins_the_name() -> None:
    view = first_run_view(first=True, field=None)
    assert view.headline == ("Welcome: set up your circle",)
    assert view.status == "Type the circle's name, or press d to look at the demo first."
    assert intents(view) == {
        "next_field": Local.NEXT_FIELD,
        "name": Local.NEXT_FIELD,
        "demo": Request.DEMO,
    }
    assert "nothing to go back to" in (why_not(view, "back") or "")


def test_another_circle_is_not_welcomed_and_esc_goes_back_to_the_choice() -> None:
    view = first_run_view(first=False, field=None)
    assert view.headline == ("A new circle",)
    assert view.status == "Type the circle's name."
    assert intents(view)["back"] is Request.CHOOSE_CIRCLE


@pytest.mark.parametrize("field", [SetupField.NAME, SetupField.MEMBERS])
def test_where_letters_are_typed_only_tab_and_esc_do_something(field: SetupField) -> None:
    view = first_run_view(first=True, field=field)
    assert intents(view) == {"next_field": Local.NEXT_FIELD, "back": Local.BACK}


def test_each_field_says_how_to_go_on() -> None:
    said = {first_run_view(first=True, field=field).status for field in SetupField}
    assert len(said) == len(SetupField)


def test_enter_on_a_format_creates_the_circle() -> None:
    view = first_run_view(first=True, field=SetupField.FORMAT)
    assert intents(view)["create"] is Local.SELECT
    assert intents(view)["next"] == Move(1)
    assert "demo" not in intents(view)


def test_every_format_has_a_row_with_its_figures() -> None:
    rows = [row.text for row in first_run_view(first=True, field=None).formats]
    assert tuple(FORMATS) == FORMAT_KEYS
    assert [row.split("  ")[0] for row in rows] == [each.title for each in FORMATS.values()]
    assert rows[0] == "Peer circle   4 to 6 people · fortnightly · 60 min · 8 min each"
    assert "no meeting" in rows[-1]


@pytest.mark.parametrize(("name", "goes_on"), [("Harbour", True), ("", False), ("  \t", False)])
def test_a_circle_without_a_name_does_not_go_on_to_its_members(name: str, goes_on: bool) -> None:
    assert (why_not_name(name) is None) is goes_on
