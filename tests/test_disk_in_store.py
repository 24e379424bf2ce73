"""Only the store touches the disk: the floors above ask it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import circle_tui

PACKAGE = Path(circle_tui.__file__).parent
FLOORS = {"cli", "service", "reports", "views", "flow", "tui", "plain", "page"}
FILES = sorted(
    file for file in PACKAGE.rglob("*.py") if FLOORS & set(file.relative_to(PACKAGE).parts[:1])
)

MODULES = {"fileinput", "glob", "importlib.resources", "pkgutil", "tempfile"}
"""Modules that are about files."""
OF_PATHS = {
    "chmod", "cwd", "exists", "expanduser", "fsync", "getcwd", "glob", "is_dir", "is_file",
    "is_symlink", "isdir", "isfile", "iterdir", "lexists", "listdir", "lstat", "makedirs", "mkdir",
    "mkstemp", "read_bytes", "read_text", "readlink", "realpath", "rglob", "rmdir", "samefile",
    "scandir", "stat", "symlink_to", "touch", "unlink", "utime", "write_bytes", "write_text",
}  # fmt: skip
"""What of a path looks at the disk or changes it, and is the name of nothing else here."""
NOT_DISK = {
    # Reading and writing is of what is open: the terminal. To open a file is noticed.
    "os": {
        "O_RDWR",
        "_exit",
        "devnull",
        "environ",
        "fsencode",
        "getpid",
        "isatty",
        "kill",
        "linesep",
        "read",
        "write",
    },
    "shutil": {"get_terminal_size"},
}
"""What else these modules have."""
EXCEPTIONS = {
    # A journal is asked whether there is one; it's the store's, and looks itself.
    ("service/open_circle.py", "exists"),
    # What a path means that was typed: where the program was started, and whose home "~" is.
    ("cli/sessions.py", "cwd"),
    ("cli/typed_path.py", "expanduser"),
    # Standard streams that are closed get one that leads nowhere.
    *(("cli/output.py", name) for name in ("open", "os.fstat", "os.open")),
}


def touches(tree: ast.AST) -> Iterator[str]:
    """The names in a module that look at the disk."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (each.name for each in names if each.name in MODULES)
            case ast.ImportFrom(module=str(module), names=names):
                full = {module, *(f"{module}.{each.name}" for each in names)}
                yield from sorted(full & MODULES)
                if module in {"io", "os", "os.path", "shutil"}:
                    yield from (each.name for each in names)
            case ast.Call(func=ast.Name(id="open")):
                yield "open"
            case ast.Call(func=ast.Attribute(attr="open"), args=[ast.Constant() | ast.IfExp(), *_]):
                # A path's, with a mode; what else can be opened here takes none.
                yield "open"
            case ast.Attribute(value=ast.Name(id="io"), attr="open"):
                yield "io.open"
            case ast.Attribute(value=ast.Name(id="os" | "shutil" as module), attr=name):
                if name not in NOT_DISK[module]:
                    yield f"{module}.{name}"
            case ast.Attribute(attr=name) if name in OF_PATHS:
                yield name


def test_only_the_store_touches_the_disk() -> None:
    found = {
        (file.relative_to(PACKAGE).as_posix(), name)
        for file in FILES
        for name in touches(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == EXCEPTIONS


@pytest.mark.parametrize(
    "line",
    [
        "open('x')",
        "path.open('rb')",
        "path.exists()",
        "os.path.lexists(path)",
        "os.open(path, 0)",
        "from os.path import join",
        "from importlib.resources import files",
        "from importlib import resources",
        "import tempfile",
    ],
)
def test_what_looks_at_the_disk_is_noticed(line: str) -> None:
    assert list(touches(ast.parse(line)))


def test_there_are_files_to_check() -> None:
    assert {"review.py", "circle_service.py", "parquet_parts.py", "home.py"} <= {
        file.name for file in FILES
    }
