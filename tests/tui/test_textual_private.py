"""Private names of Textual: each that is used does what it did, and no module uses any other.

Invariant: a test here fails when Textual changes a private name that `_textual_private.py` uses.
"""

import ast
import asyncio
import errno
import importlib.util
import inspect
import os
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App, ComposeResult
from textual.drivers.linux_driver import LinuxDriver
from textual.screen import Screen
from textual.widgets import Label

import circle_tui.tui
from circle_tui.tui import _textual_private
from circle_tui.tui._textual_private import (
    CrashSafeApp,
    allow_switching_from,
    mount_ahead,
    paint_now,
)

NAMES_OF_TUPLES = {"_replace", "_asdict", "_fields", "_make", "_exit"}
"""Public in spite of their underscore: those of named tuples, and `os._exit`."""


class Crashing(CrashSafeApp):
    """It crashes at any key, twice, with words in a local variable."""

    def compose(self) -> ComposeResult:
        yield Label("ready")

    def crash_message(self, error: BaseException | None) -> str:
        return f"It stopped: {type(error).__name__}."

    def on_key(self) -> None:
        words = "what somebody said"
        self.query_one(Label).call_later(self.crash_again)
        raise ValueError(words)

    def crash_again(self) -> None:
        raise KeyError("what somebody else said")


async def said_at_a_crash(app: App[None], capfd: pytest.CaptureFixture[str]) -> str:
    """What the terminal shows when it is over."""
    with suppress(ValueError):
        async with app.run_test() as pilot:
            await pilot.press("x")
            await pilot.pause()
    assert app.return_code == 1
    told = capfd.readouterr()
    return (told.out + told.err).strip()


async def test_a_crash_shows_its_sentence_once_and_no_local_variable(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert await said_at_a_crash(Crashing(), capfd) == "It stopped: ValueError."


async def test_textual_itself_still_prints_local_variables_at_a_crash(
    capfd: pytest.CaptureFixture[str],
) -> None:
    class Stock(Crashing):
        _fatal_error = App._fatal_error

    assert "what somebody said" in await said_at_a_crash(Stock(), capfd)


async def test_a_crash_elsewhere_ends_with_its_sentence_and_a_status(
    capfd: pytest.CaptureFixture[str],
) -> None:
    app = Crashing()
    async with app.run_test() as pilot:
        app.crash(ValueError("what somebody said"))
        app.crash(KeyError("what somebody else said"))
        await pilot.pause()
    assert app.return_code == 1
    told = capfd.readouterr()
    assert (told.out + told.err).strip() == "It stopped: ValueError."


@pytest.mark.skipif(sys.platform == "win32", reason="a driver of its own")
def test_textuals_driver_still_draws_on_its_file_and_guards_the_thread_that_reads() -> None:
    source_of_driver = inspect.getsource(LinuxDriver)
    assert "self._file = sys.__stderr__" in source_of_driver
    assert "WriterThread(self._file)" in source_of_driver
    assert "target=self._run_input_thread" in source_of_driver
    assert "self.run_input_thread()" in inspect.getsource(LinuxDriver._run_input_thread)


@pytest.mark.skipif(sys.platform == "win32", reason="a driver of its own")
def test_textuals_driver_still_ends_by_a_byte_and_a_key_that_ours_reads() -> None:
    assert 'getincrementaldecoder("utf-8")()' in inspect.getsource(LinuxDriver.run_input_thread)
    with pytest.raises(ValueError, match="1:1"):
        list(XTermParser().feed("\x1b[1;1:1B"))


@pytest.mark.skipif(sys.platform == "win32", reason="a driver of its own")
async def test_an_error_of_either_thread_crashes_the_app_and_a_terminal_that_is_gone_hangs_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = Crashing()
    told: list[object] = []
    monkeypatch.setattr(app, "crash", told.append)
    monkeypatch.setattr(os, "kill", lambda _process, number: told.append(number))
    handlers = {each: signal.getsignal(each) for each in (signal.SIGTSTP, signal.SIGCONT)}
    try:
        with Path(os.devnull).open(encoding="utf-8") as nobody:
            monkeypatch.setattr(sys, "__stdin__", nobody)
            driver = _textual_private.TerminalDriver(app)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    error = ValueError("broken")
    monkeypatch.setattr(driver, "run_input_thread", lambda: (_ for _ in ()).throw(error).__next__())
    driver._run_input_thread()
    await asyncio.sleep(0)
    assert told == [error]
    driver._stop(OSError(errno.EIO, "gone"))
    assert told == [error, signal.SIGHUP]


class Other(Screen[None]):
    """Another screen."""


@pytest.mark.parametrize("allowed", [True, False])
async def test_a_default_screen_can_be_switched_from_only_if_that_was_allowed(
    allowed: bool,
) -> None:
    class Switching(App[None]):
        def get_default_screen(self) -> Screen[None]:
            first: Screen[None] = Screen()
            return allow_switching_from(first) if allowed else first

    app = Switching()
    async with app.run_test():
        if allowed:
            await app.switch_screen(Other())
            assert isinstance(app.screen, Other)
        else:
            with pytest.raises(IndexError):
                await app.switch_screen(Other())


async def test_a_screen_that_is_mounted_ahead_has_its_widgets_and_is_not_shown() -> None:
    class Labelled(Screen[None]):
        def compose(self) -> ComposeResult:
            yield Label("ahead")

    app: App[None] = App()
    async with app.run_test():
        shown, ahead = app.screen, Labelled()
        await mount_ahead(app, ahead)
        assert ahead.query_one(Label).is_mounted
        assert app.screen_stack == [shown]
        await app.push_screen(ahead)
        assert app.screen_stack == [shown, ahead]


class Painted(App[None]):
    """It counts how often it is painted, also if nothing has changed."""

    paintings = 0

    def compose(self) -> ComposeResult:
        yield Label("before")

    def _display(self, screen: Screen[object], renderable: object) -> None:
        self.paintings += 1
        super()._display(screen, renderable)


async def test_what_has_changed_is_painted_at_once_and_not_again() -> None:
    app = Painted()
    async with app.run_test() as pilot:
        await pilot.pause()
        before = app.paintings
        app.query_one(Label).update("after", layout=False)
        paint_now(app.screen)
        assert app.paintings == before + 1
        await pilot.pause()
        assert app.paintings == before + 1


async def test_what_has_to_be_laid_out_first_is_not_painted_too_early() -> None:
    app = Painted()
    async with app.run_test() as pilot:
        await pilot.pause()
        before = app.paintings
        app.query_one(Label).update("a longer one")
        paint_now(app.screen)
        assert app.paintings == before
        await pilot.pause()
        assert app.paintings > before
        assert app.query_one(Label).size.width == len("a longer one")


def test_textual_is_pinned_to_a_minor_version() -> None:
    assert version("textual").startswith("8.2."), "look through _textual_private.py first"


# No private name anywhere else


def modules() -> list[str]:
    """The modules of the face, without the one for private names."""
    found = pkgutil.walk_packages(circle_tui.tui.__path__, "circle_tui.tui.")
    return [each.name for each in found if each.name != _textual_private.__name__]


def source(module: str) -> str:
    """The text of a module."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).read_text(encoding="utf-8")


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in NAMES_OF_TUPLES


def own_names(node: ast.AST) -> set[str]:
    """The private attributes that code uses of `self`, and the private methods it defines."""
    names = set()
    for each in ast.walk(node):
        if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(each.name)
        elif isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name):
            if each.value.id in {"self", "cls"}:
                names.add(each.attr)
        elif isinstance(each, ast.AnnAssign | ast.Assign):
            targets = each.targets if isinstance(each, ast.Assign) else [each.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return set(filter(private, names))


@cache
def class_definitions(module: str) -> list[ast.ClassDef]:
    """All classes that a module defines, those in classes and functions too."""
    return [each for each in ast.walk(ast.parse(source(module))) if isinstance(each, ast.ClassDef)]


@cache
def names_of(kind: type) -> set[str]:
    """The private names of one class, without those of its bases."""
    found = [each for each in class_definitions(kind.__module__) if each.name == kind.__name__]
    assert found, kind
    return set().union(*map(own_names, found))


def classes(module: str) -> Iterator[type]:
    """The classes that a module defines."""
    for each in vars(importlib.import_module(module)).values():
        if isinstance(each, type) and each.__module__ == module:
            yield each


def test_no_class_defines_or_uses_a_private_name_of_its_textual_bases() -> None:
    for kind in (each for module in modules() for each in classes(module)):
        bases = [each for each in kind.__mro__ if each.__module__.startswith("textual.")]
        theirs = set().union(*map(names_of, bases))
        ours = names_of(kind)
        assert not ours & theirs, kind


@pytest.mark.skipif(sys.platform == "win32", reason="a driver of its own")
def test_every_private_name_that_is_used_is_named_with_its_reason() -> None:
    told = set(re.findall(r"Private: `(?:\w+\.)?(\w+)`", inspect.getsource(_textual_private)))
    used = set()
    for kind in classes(_textual_private.__name__):
        bases = [each for each in kind.__mro__ if each.__module__.startswith("textual.")]
        used |= names_of(kind) & set().union(*map(names_of, bases))
    for node in ast.walk(ast.parse(source(_textual_private.__name__))):
        if isinstance(node, ast.ImportFrom) and any(map(private, (node.module or "").split("."))):
            used |= {each.name for each in node.names}
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) not in {"self", "cls"}:
            used |= set(filter(private, [node.attr]))
    assert used == told


def privately_used(tree: ast.AST) -> Iterator[str]:
    """The code that imports a private module or reads a private name of another object."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("textual", "rich")):
            names = [*(node.module or "").split("."), *(each.name for each in node.names)]
            if any(map(private, names)):
                yield ast.unparse(node)
        elif isinstance(node, ast.Attribute):
            own = isinstance(node.value, ast.Name) and node.value.id in {"self", "cls"}
            if private(node.attr) and not own:
                yield ast.unparse(node)


def test_no_module_imports_a_private_module_or_reads_a_private_name_of_another_object() -> None:
    used = {module: list(privately_used(ast.parse(source(module)))) for module in modules()}
    assert {module: code for module, code in used.items() if code} == {}
