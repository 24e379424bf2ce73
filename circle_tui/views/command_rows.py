"""Makes rows of the table of commands.

Invariant: a row names actions that the table of actions has; a wrong one fails as it's imported.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from circle_tui.core.circle.state import CircleState
from circle_tui.views.action_table import Place, spec
from circle_tui.views.view import ActionSpec

Named = Callable[[tuple[Any, ...], CircleState, CircleState], str]
"""What a change is called: from a command's arguments, and the states before and after it."""


class KeysAt(NamedTuple):
    """The actions that run a command in one place, with their keys and labels."""

    place: Place
    actions: tuple[ActionSpec, ...]


class CommandRow(NamedTuple):
    """What undo and redo call a command, and where it is run; nowhere if it has no key."""

    name: Named
    keys: tuple[KeysAt, ...]


def row(name: Named | str, *keys: KeysAt) -> CommandRow:
    """A row; `name` is a string where a command is always called the same."""
    return CommandRow(_always(name) if isinstance(name, str) else name, keys)


def at(place: Place, *actions: str) -> KeysAt:
    """The actions of a place, by id. Raises `KeyError` for one that the table doesn't have."""
    return KeysAt(place, tuple(spec(place, each) for each in actions))


def _always(name: str) -> Named:
    return lambda _args, _before, _after: name
