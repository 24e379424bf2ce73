"""Every error of the program has one base class, and a name that ends in Error."""

import re
from importlib import import_module
from pathlib import Path

import circle_tui
from circle_tui.core.errors import CircleError

ROOT = Path(circle_tui.__file__).parent
DEFINITION = re.compile(r"^\s*class (\w+Error)\b", re.MULTILINE)


def errors() -> list[type[BaseException]]:
    return [
        getattr(import_module(".".join(path.relative_to(ROOT.parent).with_suffix("").parts)), name)
        for path in ROOT.rglob("*.py")
        for name in DEFINITION.findall(path.read_text("utf-8"))
    ]


def test_every_error_derives_from_one_base() -> None:
    assert len(errors()) > 8
    for error in errors():
        assert issubclass(error, CircleError), error


def test_every_class_that_can_be_raised_is_called_an_error() -> None:
    for path in ROOT.rglob("*.py"):
        source = path.read_text("utf-8")
        assert "N818" not in source, path
        assert "(Exception)" not in source or path.name == "errors.py", path
