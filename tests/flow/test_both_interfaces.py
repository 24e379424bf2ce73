"""Screens and line by line perform the same replies, and do nothing of the flow's themselves."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from subprocess import run
from typing import get_args

import pytest

import circle_tui
from circle_tui.flow import replies
from circle_tui.views.view import Say

ROOT = Path(circle_tui.__path__[0])
INTERFACES = ("tui", "plain")

OF_THE_FLOW = {
    "apply_without_undo",
    "begin",
    "cancel_meeting",
    "claim",
    "close",
    "doubt_about_clock",
    "drop",
    "finish",
    "park",
    "redo",
    "reopen",
    "resume",
    "finish_on_disk",
    "set_aside",
    "undo",
}
"""What the service of a circle does that only the flow asks of it."""

MAKERS = {
    "AttendanceFacts",
    "BallotBox",
    "CircleFollower",
    "CircleService",
    "DemoRun",
    "make_circle",
}
"""What only the flow makes."""


@cache
def modules(interface: str) -> tuple[tuple[str, ast.Module], ...]:
    return tuple(
        (path.name, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / interface).rglob("*.py"))
    )


def calls(interface: str) -> Iterator[tuple[str, str, str]]:
    """Each call in a interface: its module, upon what, and the name."""
    for name, module in modules(interface):
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield name, ast.unparse(node.func.value), node.func.attr
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield name, "", node.func.id


@pytest.mark.parametrize("interface", INTERFACES)
def test_no_interface_begins_ends_or_leaves_a_meeting_by_itself(interface: str) -> None:
    by_itself = [
        (name, ast.unparse(node))
        for name, module in modules(interface)
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in OF_THE_FLOW
        if ast.unparse(node.value).rpartition(".")[2] in {"service", "live"}
    ]
    assert by_itself == []


@pytest.mark.parametrize("interface", INTERFACES)
def test_no_interface_opens_makes_or_follows_a_circle_by_itself(interface: str) -> None:
    by_itself = [
        (module, name)
        for module, upon, name in calls(interface)
        if name in MAKERS or (upon, name) == ("CircleFile", "create")
    ]
    assert by_itself == []


@pytest.mark.parametrize("interface", INTERFACES)
def test_each_interface_asks_the_flow_and_performs_every_kind_of_reply(interface: str) -> None:
    asked = {name for _, _, name in calls(interface)}
    assert {"reply_to", "perform_reply", "leave", "begin", "open"} <= asked
    kinds = {each.__name__ for each in get_args(replies.Reply)} - {"Leave", "Stay"}
    assert Say.__name__ in kinds
    assert kinds <= matched(interface)


@pytest.mark.parametrize("interface", INTERFACES)
def test_each_interface_shows_every_kind_of_place(interface: str) -> None:
    kinds = {each.__name__ for each in get_args(replies.Destination)} - {"Request"}
    assert kinds <= matched(interface)


def matched(interface: str) -> set[str]:
    """The classes that a interface tells apart by matching."""
    return {
        ast.unparse(node.cls)
        for _, module in modules(interface)
        for node in ast.walk(module)
        if isinstance(node, ast.MatchClass)
    }


def test_importing_the_flow_loads_no_textual_and_home_imports_only_what_begins() -> None:
    program = (
        "import sys, circle_tui.flow.app_flow, circle_tui.flow.requests\n"
        "print(*(name for name in sys.modules if name.startswith('circle_tui.flow.')))\n"
        "import circle_tui.flow.meetings, circle_tui.flow.circles, circle_tui.flow.leaving\n"
        "print('textual' in sys.modules)"
    )
    told = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded, textual = told.stdout.splitlines()
    assert set(loaded.split()) == {
        "circle_tui.flow.app_flow",
        "circle_tui.flow.replies",
        "circle_tui.flow.requests",
    }
    assert textual == "False"
