"""The core uses no files, no screen, no clock and no randomness, and its values never change."""

import ast
import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from msgspec import Struct

import circle_tui.core

CORE = Path(circle_tui.core.__file__).parent
FORBIDDEN = {
    "asyncio", "ctypes", "glob", "http", "importlib", "io", "logging", "multiprocessing",
    "os", "pathlib", "pickle", "platform", "random", "secrets", "select", "selectors", "shelve",
    "shutil", "signal", "socket", "sqlite3", "subprocess", "sys", "tempfile", "threading", "time",
    "urllib", "uuid",
}  # fmt: skip
ALLOWED = (sys.stdlib_module_names - FORBIDDEN) | {"dateutil", "msgspec"}
IMPURE = {"now", "utcnow", "today", "fromtimestamp", "tzlocal", "read_text", "write_text"}
IMPURE_NAMES = {"open", "print", "input", "exec", "eval", "__import__"}


@pytest.fixture(scope="module")
def trees() -> dict[str, ast.Module]:
    """Each file of the core, by its path below it."""
    return {
        file.relative_to(CORE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(CORE.rglob("*.py"))
    }


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


def module_of(file: str) -> ModuleType:
    """The imported module of a file of the core."""
    parts = Path(file).with_suffix("").parts
    return importlib.import_module(".".join(("circle_tui.core", *parts)))


def test_the_core_has_files_to_check(trees: dict[str, ast.Module]) -> None:
    assert {"meeting/commands.py", "meeting/replay.py", "meeting/events.py"} <= set(trees)


def test_the_core_imports_only_pure_modules(trees: dict[str, ast.Module]) -> None:
    for file, tree in trees.items():
        for imported in imports(tree):
            own = imported == "circle_tui.core" or imported.startswith("circle_tui.core.")
            assert own or imported.split(".")[0] in ALLOWED, (file, imported)


def test_the_core_calls_no_clock_and_no_file_functions(trees: dict[str, ast.Module]) -> None:
    assert {file: calls(tree) for file, tree in trees.items() if calls(tree)} == {}


def test_every_file_of_the_core_has_a_module_docstring(trees: dict[str, ast.Module]) -> None:
    for file, tree in trees.items():
        said = ast.get_docstring(tree)
        assert said, file
        assert len(said.splitlines()[0]) <= 100, file


def test_every_value_of_the_core_is_frozen(trees: dict[str, ast.Module]) -> None:
    for found in (vars(module_of(file)).values() for file in trees):
        values = [each for each in found if isinstance(each, type) and issubclass(each, Struct)]
        assert [
            each for each in values if each is not Struct and not each.__struct_config__.frozen
        ] == []
