"""Help and palette: the keys that work now, and what the signs of the screen mean.

Invariant: both list what the screen's own keys say, so they cannot disagree with it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from circle_tui.views.view import KeyNow

CHANGE_LOOK = "Change the colours"
"""What the palette says below each of the looks."""

BACK = "esc back"


class HelpLine(NamedTuple):
    """A key or a sign, and what it does or means."""

    sign: str
    means: str


class HelpSection(NamedTuple):
    """Lines with a title above them."""

    title: str
    lines: tuple[HelpLine, ...]


def help_sections(
    keys: Iterable[KeyNow], signs: Iterable[tuple[str, str]] = ()
) -> tuple[HelpSection, ...]:
    """The keys that work now, each action once with all its keys; and the signs, if there are any.

    A disabled key is not listed: it does nothing now.
    """
    names: dict[str, dict[str, None]] = {}
    for key in keys:
        if key.action.disabled_reason is None and key.action.spec.in_help:
            names.setdefault(key.action.label, {})[key.shown] = None
    works = tuple(HelpLine(" ".join(shown), label) for label, shown in names.items())
    sections = [HelpSection("Keys that work now", works)]
    if meanings := tuple(HelpLine(*sign) for sign in signs):
        sections.append(HelpSection("Signs", meanings))
    return tuple(sections)


def palette_keys(keys: Iterable[KeyNow]) -> tuple[KeyNow, ...]:
    """What the palette offers: each action that can be done now, once."""
    offered: dict[str, KeyNow] = {}
    for key in keys:
        action = key.action
        if action.disabled_reason is None and action.spec.in_palette:
            offered.setdefault(action.label, key)
    return tuple(offered.values())


def look(*, dark: bool) -> str:
    """The name of one of the two looks in the palette."""
    return "Look: dark" if dark else "Look: light"
