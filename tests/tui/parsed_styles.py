"""The styles of the program, parsed once for the hundreds of apps that these tests run.

Invariant: every answer is one that Textual itself gave for the same styles.
"""

from typing import Any
from weakref import WeakKeyDictionary

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

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
