"""The core uses no files, no screen, no clock and no randomness, and its values never change."""

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from msgspec import Struct

import circle_tui.core

FILES = sorted(Path(circle_tui.core.__file__).parent.rglob("*.py"))
FORBIDDEN = {
    "asyncio", "ctypes", "glob", "http", "importlib", "io", "logging", "multiprocessing",
    "os", "pathlib", "pickle", "platform", "random", "secrets", "select", "selectors", "shelve",
    "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid",
}  # fmt: skip
ALLOWED = (sys.stdlib_module_names - FORBIDDEN) | {"dateutil", "msgspec"}
IMPURE = {"now", "utcnow", "today", "fromtimestamp", "tzlocal", "read_text", "write_text"}
IMPURE_NAMES = {"open", "print", "input", "exec", "eval", "__import__"}


def imports(tree: ast.AST) -> set[str]:
    """The full names of what a file imports."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "the house imports by full name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def calls(tree: ast.AST) -> set[str]:
    """The last part of each name that a file calls."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) if name in IMPURE_NAMES:
                    found.add(name)
                case ast.Attribute(attr=name) if name in IMPURE:
                    found.add(name)
    return found


def module_of(file: Path) -> ModuleType:
    """The imported module of a file of the core."""
    parts = file.relative_to(Path(circle_tui.core.__file__).parent).with_suffix("").parts
    return importlib.import_module(".".join(("circle_tui.core", *parts)))


def test_the_core_has_files_to_check() -> None:
    assert {"commands.py", "replay.py", "events.py"} <= {file.name for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_core_imports_only_pure_modules(file: Path) -> None:
    for imported in imports(ast.parse(file.read_text(encoding="utf-8"))):
        own = imported == "circle_tui.core" or imported.startswith("circle_tui.core.")
        assert own or imported.split(".")[0] in ALLOWED, imported


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_core_calls_no_clock_and_no_file_functions(file: Path) -> None:
    assert calls(ast.parse(file.read_text(encoding="utf-8"))) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_of_the_core_has_a_module_docstring(file: Path) -> None:
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8")))
    assert said
    assert len(said.splitlines()[0]) <= 100


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_value_of_a_file_of_the_core_is_frozen(file: Path) -> None:
    found = vars(module_of(file)).values()
    values = [each for each in found if isinstance(each, type) and issubclass(each, Struct)]
    assert [
        each for each in values if each is not Struct and not each.__struct_config__.frozen
    ] == []
