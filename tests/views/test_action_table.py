"""The table of actions, and the guide's page of keys that is generated from it."""

import subprocess
import sys
from importlib.resources import files

import pytest

from circle_tui.core.circle import health_check
from circle_tui.views.action_table import ANSWERS, TABLE, Place
from circle_tui.views.view import Local, Offer, offered

from .keys_page import keys_page

ABOVE_A_SCREEN = (Place.ARRIVALS, Place.QUESTION, Place.HELP, Place.GUIDE, Place.PALETTE)
"""The places where the keys that work everywhere don't."""


def test_the_guides_page_of_keys_is_current() -> None:
    page = files("circle_tui").joinpath("guide", "keys.md").read_text(encoding="utf-8")
    assert page == keys_page(), "python -m tests.views.keys_page > circle_tui/guide/keys.md"


def test_an_action_is_listed_once_in_its_place() -> None:
    for place in Place:
        ids = [spec.id for spec in TABLE[place]]
        assert len(ids) == len(set(ids)), place


def test_no_place_uses_a_key_that_works_everywhere() -> None:
    everywhere = {key for spec in TABLE[Place.EVERYWHERE] for key in spec.keys}
    # Above a screen they don't work: q closes it, and it has a row of its own for help.
    for place in set(Place) - {Place.EVERYWHERE, *ABOVE_A_SCREEN}:
        assert everywhere.isdisjoint(key for spec in TABLE[place] for key in spec.keys), place


def test_every_action_has_a_name_and_a_key_unless_it_is_only_in_the_palette() -> None:
    for place in Place:
        for spec in TABLE[place]:
            assert bool(spec.keys) is (place is not Place.DURING_A_MEETING), spec
            assert spec.label, spec


@pytest.mark.parametrize("place", ABOVE_A_SCREEN, ids=lambda place: place.name)
def test_what_lies_above_a_screen_has_a_key_for_help_too(place: Place) -> None:
    keys = next(spec.keys for spec in TABLE[place] if spec.id == "help")
    # In the palette a question mark is typed.
    assert set(keys) == {"f1"} if place is Place.PALETTE else {"question_mark", "f1"}


def test_the_answers_in_the_table_are_the_ones_the_rules_know() -> None:
    assert ANSWERS == health_check.ANSWERS


def test_offering_an_action_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(KeyError, match="sing"):
        offered(TABLE[Place.SHARE], {"sing": Local.DIGITS})


def test_actions_appear_only_if_offered_and_in_the_order_of_the_table() -> None:
    actions = offered(
        TABLE[Place.SHARE],
        {"pass": Offer(Local.BACK, "Not now."), "start": Local.DIGITS},
    )
    assert [action.spec.id for action in actions] == ["start", "pass"]
    assert actions[1].disabled_reason == "Not now."


def test_views_load_neither_textual_nor_the_store() -> None:
    asked = (
        "import sys, pkgutil, importlib, circle_tui.views as views\n"
        "for each in pkgutil.walk_packages(views.__path__, 'circle_tui.views.'):\n"
        "    importlib.import_module(each.name)\n"
        "print(sorted({'textual', 'rich', 'tinydb', 'sqlite3'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
