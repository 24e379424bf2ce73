"""Help and palette: the keys that work now, and the meanings of the screen's glyphs.

Invariant: both are made from the screen's own actions, so they always agree with its keys.
"""

from collections.abc import Iterable
from typing import NamedTuple

from circle_tui.views.view import KeyNow

CHANGE_LOOK = "Change the colours"
"""The palette's description of each look."""

BACK = "esc back"


class HelpLine(NamedTuple):
    """A key or a glyph, and what it does or means."""

    sign: str
    means: str


class HelpSection(NamedTuple):
    """A title and the lines below it."""

    title: str
    lines: tuple[HelpLine, ...]


def help_sections(
    keys: Iterable[KeyNow], signs: Iterable[tuple[str, str]] = ()
) -> tuple[HelpSection, ...]:
    """The keys that work now, one line per action, and the glyphs if there are any.

    Disabled actions are not listed.
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
    """The palette's entries: each enabled action, once."""
    offered: dict[str, KeyNow] = {}
    for key in keys:
        action = key.action
        if action.disabled_reason is None and action.spec.in_palette:
            offered.setdefault(action.label, key)
    return tuple(offered.values())


def look(*, dark: bool) -> str:
    """The name of one of the two looks in the palette."""
    return "Look: dark" if dark else "Look: light"
