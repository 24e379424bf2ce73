"""A user interface gets its commands from a view: the contract knows every module of them."""

import ast
import tomllib
from pathlib import Path

import circle_tui

PACKAGE = Path(circle_tui.__path__[0])
CONTRACT = "A user interface gets its commands from a view"
MAKES_A_COMMAND = {"CircleCommand", "MeetingCommand", "blocked_by_meeting", "settles"}
OF_A_DRAFT = {"circle_tui.core.circle.paper_entry"}
"""Commands of a draft, which a view makes of plain functions."""


def has_commands(path: Path) -> bool:
    """Whether a function of the module is made a command by its decorator."""
    made_by = {
        ast.unparse(each.func if isinstance(each, ast.Call) else each)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
        for each in node.decorator_list
    }
    return not MAKES_A_COMMAND.isdisjoint(made_by)


def test_the_contract_about_commands_names_each_module_that_has_some() -> None:
    settings = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    named = next(each["forbidden_modules"] for each in contracts if each["name"] == CONTRACT)
    found = {
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        for path in (PACKAGE / "core").rglob("*.py")
        if has_commands(path)
    }
    assert set(named) == found | OF_A_DRAFT
