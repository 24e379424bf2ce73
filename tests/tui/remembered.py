"""What Textual works out anew for every app, message and callback, worked out once in a process.

These tests run hundreds of apps with the same styles and the same handlers.

Invariant: every answer is the one that Textual itself gave, or would give.
"""

from collections.abc import Callable, Iterable
from functools import cache
from types import FunctionType, MethodType
from typing import Any
from weakref import WeakKeyDictionary

import pytest
import textual._callback
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message import Message
from textual.message_pump import MessagePump
from textual.reactive import Reactive

# The rules of a style file

_parse_rules = Stylesheet._parse_rules
_parsed: dict[tuple[object, ...], list[RuleSet]] = {}
_numbers: dict[tuple[tuple[str, str], ...], int] = {}
_number_of_sheet: WeakKeyDictionary[Stylesheet, tuple[dict[str, str], int]] = WeakKeyDictionary()


def number_of_variables(sheet: Stylesheet) -> int:
    """The same for the same variables, which are compared once for each app."""
    variables, number = _number_of_sheet.get(sheet, ({}, -1))
    if variables is not sheet._variables:
        number = _numbers.setdefault(tuple(sheet._variables.items()), len(_numbers))
        _number_of_sheet[sheet] = sheet._variables, number
    return number


def parse_once(sheet: Stylesheet, css: str, **more: Any) -> list[RuleSet]:
    """Parse each style once in a process instead of once for every app."""
    key = (css, *more.values(), number_of_variables(sheet))
    if key not in _parsed:
        _parsed[key] = _parse_rules(sheet, css, **more)
    return _parsed[key]


# Who handles a message

Handlers = Iterable[tuple[type, Callable[[Message], Any]]]

_handlers = MessagePump._get_dispatch_methods
_with_handler: dict[tuple[type, str, type[Message]], tuple[type, ...] | None] = {}


def classes_with_handler(
    pump: type[MessagePump], name: str, message: type[Message]
) -> tuple[type, ...] | None:
    """The bases with a method of that name, the nearest first; None where `@on` has a say."""
    decorated = {
        each for base in pump.__mro__ for each in base.__dict__.get("_decorated_handlers", ())
    }
    if decorated.intersection(message.__mro__):
        return None
    names = f"_{name}", name
    return tuple(base for base in pump.__mro__ if any(base.__dict__.get(each) for each in names))


def handlers(pump: MessagePump, name: str, message: Message) -> Handlers:
    """The methods that handle a message, without looking through all bases for each message."""
    key = type(pump), name, type(message)
    if key not in _with_handler:
        _with_handler[key] = classes_with_handler(*key)
    bases = _with_handler[key]
    if bases is None:
        yield from _handlers(pump, name, message)
        return
    for base in bases:
        if message._no_default_action:
            return
        method = base.__dict__.get(f"_{name}") or base.__dict__.get(name)
        if method is not None and not getattr(method, "_textual_on", None):
            yield base, method.__get__(pump, base)


# How many parameters a callback takes

_count_parameters = textual._callback._count_parameters
_counted: dict[tuple[object, bool], int] = {}


def count_parameters(callback: Callable[..., Any]) -> int:
    """How many parameters a callback takes, counted once for each piece of code."""
    if not isinstance(callback, FunctionType | MethodType) or hasattr(callback, "__wrapped__"):
        return _count_parameters(callback)
    key = callback.__code__, isinstance(callback, MethodType)
    if key not in _counted:
        _counted[key] = _count_parameters(callback)
    return _counted[key]


# The value of an attribute

_get_reactive = Reactive.__get__


@cache
def is_computed(node: type, compute: str) -> bool:
    """Whether a class computes an attribute instead of keeping it."""
    return hasattr(node, compute)


def get_reactive(reactive: Reactive[Any], node: Any, kind: type) -> Any:
    """An attribute that is kept, without asking the node each time whether it computes it."""
    kept = {} if node is None else vars(node)
    if reactive.internal_name in kept and not is_computed(kind, reactive.compute_name):
        return kept[reactive.internal_name]
    return _get_reactive(reactive, node, kind)


def remember(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Textual ask here."""
    monkeypatch.setattr(Stylesheet, "_parse_rules", parse_once)
    monkeypatch.setattr(MessagePump, "_get_dispatch_methods", handlers)
    monkeypatch.setattr(Reactive, "__get__", get_reactive)
    monkeypatch.setattr(textual._callback, "_count_parameters", count_parameters)
    # By identity, as its own is, which is written in Python.
    monkeypatch.setattr(RuleSet, "__hash__", object.__hash__)
