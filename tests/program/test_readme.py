"""README tells the truth: every command, option, key, file and room it names is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.binding import BindingsMap

from circle_tui.cli.main import make_parser
from circle_tui.core.circle.circle import FORMATS
from circle_tui.tui.app import CircleApp
from circle_tui.tui.screens.attendance import AttendanceScreen
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.screens.checkins import CheckInsScreen
from circle_tui.tui.screens.closing import ClosingScreen
from circle_tui.tui.screens.commitments import CommitmentsScreen
from circle_tui.tui.screens.covenant import CovenantScreen
from circle_tui.tui.screens.gathering import GatheringScreen
from circle_tui.tui.screens.home import HomeScreen
from circle_tui.tui.screens.open_commitments import OpenCommitmentsScreen
from circle_tui.tui.screens.people import PeopleScreen
from circle_tui.tui.screens.rebooking import RebookingScreen
from circle_tui.tui.screens.responses import ResponsesScreen
from circle_tui.tui.screens.resume import ResumeScreen
from circle_tui.tui.screens.review import ReviewScreen
from circle_tui.tui.screens.settings import SettingsScreen
from circle_tui.tui.screens.share import ShareScreen
from circle_tui.tui.screens.trades import TradesScreen

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
WHERE: dict[str, type] = {
    "everywhere": CircleApp,
    "home": HomeScreen,
    "gathering": GatheringScreen,
    "a share": ShareScreen,
    "responses": ResponsesScreen,
    "commitments": CommitmentsScreen,
    "closing": ClosingScreen,
    "open commitments": OpenCommitmentsScreen,
    "covenant": CovenantScreen,
    "people": PeopleScreen,
    "settings": SettingsScreen,
    "rebooking": RebookingScreen,
    "check-ins": CheckInsScreen,
    "trades": TradesScreen,
    "review of many": ReviewScreen,
    "review of one": AttendanceScreen,
    "after a gap": ResumeScreen,
}
NAMES = {"?": "question_mark", ":": "colon", "+": "plus", "-": "minus", "esc": "escape"}
NAMES |= {"/": "slash", "<": "less_than_sign", ">": "greater_than_sign"}
NAMES |= {"↑": "up", "↓": "down", "→": "right", "←": "left"}


def section(title: str) -> str:
    """What stands under a heading, up to the next."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def rows(text: str) -> Iterator[list[str]]:
    """The cells of each row of the tables in `text`, without their headings."""
    for line in text.splitlines():
        if line.startswith("| ") and not set(line) <= set("|- "):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def bound(owner: type) -> set[str]:
    """Every key that is bound on a screen or the app, and what stands below it."""
    keys: set[str] = set()
    for each in owner.__mro__:
        keys |= set(BindingsMap(each.__dict__.get("BINDINGS", ())).key_to_bindings)
    return keys


def named_keys() -> list[tuple[str, str]]:
    return [
        (where, key)
        for where, keys in rows(section("Keys"))
        if where != "where"
        for key in re.findall(r"`([^`]+)`", keys)
    ]


@pytest.mark.parametrize(("where", "key"), named_keys())
def test_every_key_it_names_is_bound_there(where: str, key: str) -> None:
    key = NAMES.get(key, key)
    owner = BaseScreen if key == "escape" else WHERE[where]
    assert key in bound(owner)


def test_it_has_keys_for_every_place() -> None:
    assert {where for where, _ in named_keys()} == set(WHERE)


def test_every_command_and_option_it_names_is_taken() -> None:
    lines = "\n".join(" ".join(row) for row in rows(section("Commands")))
    # The tests have options of their own.
    theirs = section("What you can rely on")
    ours = README.replace(theirs, "").split("## Developing it")[0]
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", ours))
    parser = make_parser()
    helps = parser.format_help() + "".join(
        command.format_help()
        for action in parser._subparsers._group_actions  # type: ignore[union-attr]
        for command in action.choices.values()  # type: ignore[union-attr]
    )
    assert named
    assert {option for option in named if option not in helps} == set()
    commands = set(re.findall(r"`circle-tui ([a-z]+)", lines))
    assert commands == set(parser._subparsers._group_actions[0].choices)  # type: ignore[union-attr, arg-type]


def test_every_format_stands_in_its_table_with_its_figures() -> None:
    found = {row[0]: row for row in rows(section("Commands")) if row[0] in FORMATS}
    assert set(found) == set(FORMATS)
    for key, preset in FORMATS.items():
        whole = " ".join(found[key])
        assert str(preset.rhythm) in whole
        assert f"{preset.length.total_seconds() / 60:.0f} min" in whole
        assert f"{preset.share.total_seconds() / 60:.0f} min" in whole
        assert str(preset.cycle) in whole


def test_every_room_of_its_tree_is_there_and_none_is_left_out() -> None:
    tree = section("How it is built").split("```")[1]
    rooms = set(re.findall(r"^  ([\w.]+)/? ", tree, re.MULTILINE))
    assert rooms == {
        path.name for path in (ROOT / "circle_tui").iterdir() if not path.name.startswith("__")
    }


def test_every_promise_names_tests_that_are_there() -> None:
    named = set(re.findall(r"tests/[\w/]+\.py", section("What you can rely on")))
    assert named
    assert {each for each in named if not (ROOT / each).is_file()} == set()


def test_every_file_and_picture_it_points_at_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target
    for command in re.findall(r"^(?:\.ci/run|\.venv/bin/\w+ tests/\S+)", README, re.MULTILINE):
        assert (ROOT / command.split()[-1]).exists(), command


def test_its_first_two_commands_run_the_app_and_pass_the_tests() -> None:
    first, second = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)[:2]
    begin = "python3 -m venv .venv && .venv/bin/pip install -q -e"
    assert first == f"{begin} . && .venv/bin/circle-tui"
    assert second == f"{begin} '.[test]' && .venv/bin/pytest"
