"""One place has one presenter, and its screen keeps nothing that the presenter keeps."""

import ast
from pathlib import Path

import pytest

from circle_tui import tui
from circle_tui.core.meeting.meeting import Phase
from circle_tui.tui import screens
from circle_tui.tui.routes import CONTRACT_STEPS, PLACES, screen_at, screen_of
from circle_tui.views.presenters.contract_presenter import STEPS
from circle_tui.views.presenters.places import presenter_at, presenter_of
from circle_tui.views.view import Request


@pytest.mark.parametrize("place", PLACES)
def test_the_screen_of_a_place_has_its_presenter(place: Request) -> None:
    screen = screen_at(place)
    assert screen.PRESENTER is presenter_at(place)
    assert screen.PRESENTER.PLACE is screen.PLACE


@pytest.mark.parametrize("phase", Phase)
def test_the_screen_of_a_phase_has_its_presenter(phase: Phase) -> None:
    screen = screen_of(phase)
    assert screen.PRESENTER is presenter_of(phase)
    assert screen.PRESENTER.PLACE is screen.PLACE


def test_every_step_of_a_contract_that_is_offered_has_a_screen() -> None:
    assert CONTRACT_STEPS.keys() == STEPS


def test_no_screen_keeps_a_cursor_of_its_own() -> None:
    keeping = {
        path.stem
        for path in Path(screens.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "_cursor"
        if isinstance(node.ctx, ast.Store)
    }
    assert keeping == set()


ANSWERS_FOR_TEXTUAL = {
    # The palette's own keys break Textual before its list is laid out, and can't be bound anew.
    "CommandPalette",
}
"""Where `check_action` isn't about an action of a view."""


def test_one_class_says_whether_the_action_of_a_key_can_be_done() -> None:
    saying = {
        node.name
        for path in Path(tui.__path__[0]).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        if any(getattr(each, "name", "") == "check_action" for each in node.body)
    }
    assert saying == {"ActionScreen"} | ANSWERS_FOR_TEXTUAL
