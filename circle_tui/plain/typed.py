"""What a typed line means where no words are asked for: a key, the name of an action, a number.

Invariant: a key means what it means on a screen; of a name, its beginning is enough where no other
begins like it.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from circle_tui.views import keyboard, line_by_line
from circle_tui.views.key_names import key_name
from circle_tui.views.view import Action, Local, Move, Scroll

_SHORTEST_NAME = 3

_LONGEST_NUMBER = 4

_NOT_LISTED = {Local.HELP, Local.PALETTE, Local.SUSPEND, Local.DIGITS, Local.THEME}
"""What there is no use for line by line."""

_SPOKEN = {
    **{key: key for key in ("up", "down", "left", "right", "shift+up", "shift+down")},
    "equals_sign": "=",
}
"""Keys that are drawn with a sign on a screen, and typed as a word."""


def number_in(typed: str) -> int | None:
    """The number that a line is; None for anything else, and for one that no list goes to."""
    return int(typed) if typed.isdecimal() and len(typed) <= _LONGEST_NUMBER else None


class Several(NamedTuple):
    """The actions that a line may mean."""

    actions: tuple[Action, ...]


def action_for(typed: str, actions: Sequence[Action]) -> Action | Several | None:
    """The action that a line means; None where it means none."""
    found = _by_key(_key(typed), actions) or _by_name(typed, actions)
    if found is not None or len(typed) != 1:
        return found
    for reading in keyboard.other_readings(typed):
        if (meant := _by_key(reading, actions)) is not None:
            return meant
    return None


def keys_of(action: Action) -> str:
    """The first key of an action as it is typed; empty for one without keys."""
    return _typed_key(action.spec.keys[0]) if action.spec.keys else ""


def listed(actions: Iterable[Action]) -> list[str]:
    """The keys that can be used line by line, one a line, each with its name."""
    lines: dict[str, None] = {}
    names: list[str] = []
    taken: set[str] = set()
    for action in actions:
        key = keys_of(action)
        if action.disabled_reason is not None or key in taken or not action.spec.in_help:
            continue
        does = action.does
        if isinstance(does, Move | Scroll) or (isinstance(does, Local) and does in _NOT_LISTED):
            continue
        if action.spec.id.startswith("seat_"):
            continue
        if key:
            taken.add(key)
            lines[f"{key}: {action.label}"] = None
        else:
            names.append(action.label)
    by_name = [line_by_line.by_name(tuple(names))] if names else []
    return [*lines, *by_name]


def _typed_key(key: str) -> str:
    """A key as a line has it: "esc", "+", "enter"."""
    return _SPOKEN.get(key) or key_name(key)


def _key(typed: str) -> str:
    return typed if len(typed) == 1 else typed.casefold()


def _by_key(typed: str, actions: Sequence[Action]) -> Action | None:
    with_key = [
        action
        for action in actions
        if any(typed in {key, _typed_key(key)} for key in action.spec.keys)
    ]
    return next((each for each in with_key if each.disabled_reason is None), None) or next(
        iter(with_key), None
    )


def _by_name(typed: str, actions: Sequence[Action]) -> Action | Several | None:
    name = typed.casefold()
    exact = [each for each in actions if each.label.casefold() == name or each.spec.id == name]
    found = exact or [
        each
        for each in actions
        if len(name) >= _SHORTEST_NAME and each.label.casefold().startswith(name)
    ]
    able = [each for each in found if each.disabled_reason is None] or found
    if len({each.label for each in able}) > 1:
        return Several(tuple(able))
    return able[0] if able else None
