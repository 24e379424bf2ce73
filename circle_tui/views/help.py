"""Help, guide and palette: the keys that work now, the screen's glyphs, and the guide's pages.

Invariant: help and palette are made from the screen's own actions, so they always agree with its
keys.
"""

from collections.abc import Iterable
from typing import NamedTuple

from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import (
    Intent,
    KeyNow,
    Local,
    Move,
    Offer,
    Request,
    Scroll,
    View,
    offered,
)

CHANGE_LOOK = "Change the colours"
"""The palette's description of each look."""

GUIDE = "The guide"
_CURSOR = "›"
_SCREENFULS: dict[str, Offer | Intent] = {
    "page_up": Local.SCREENFUL_UP,
    "page_down": Local.SCREENFUL_DOWN,
    "top": Local.TOP,
    "bottom": Local.BOTTOM,
}


class HelpLine(NamedTuple):
    """A key or a glyph, and what it does or means."""

    sign: str
    means: str


class HelpSection(NamedTuple):
    """A title, the lines below it, and sometimes a note after them."""

    title: str
    lines: tuple[HelpLine, ...]
    note: str = ""


class HelpView(View, frozen=True, kw_only=True):
    """The keys and signs of a screen, then the guide's pages to choose from, if there are any."""

    sections: tuple[HelpSection, ...]
    guide: HelpSection | None


def help_view(
    keys: Iterable[KeyNow],
    signs: Iterable[tuple[str, str]],
    titles: tuple[str, ...],
    *,
    cursor: int | None,
) -> HelpView:
    """Help about `keys` and `signs`, with the titles of the guide's pages.

    `cursor` is the page that enter opens; with None, enter leaves the help.
    """
    offers: dict[str, Offer | Intent] = {
        "open": Offer(Local.BACK, label="Back") if cursor is None else Local.SELECT,
        "previous": Move(-1),
        "next": Move(1),
        **_SCREENFULS,
        "back": Local.BACK,
    }
    pages = tuple(
        HelpLine(_CURSOR if row == cursor else " ", title) for row, title in enumerate(titles)
    )
    return HelpView(
        headline=(),
        status="esc back",
        actions=offered(TABLE[Place.HELP], offers),
        sections=help_sections(keys, signs),
        guide=HelpSection(GUIDE, pages, "↓ chooses a page, enter opens it") if pages else None,
    )


def guide_view(titles: tuple[str, ...], *, page: int, came_from_page: bool) -> View:
    """One page of the guide; `came_from_page` is whether a link led here from another one."""
    offers: dict[str, Offer | Intent] = {
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        **_SCREENFULS,
        "back": Local.BACK if came_from_page else Request.BACK,
    }
    if page > 0:
        offers["previous"] = Move(-1)
    if page < len(titles) - 1:
        offers["next"] = Move(1)
    return View(
        headline=(GUIDE, titles[page], f"page {page + 1} of {len(titles)}"),
        actions=offered(TABLE[Place.GUIDE], offers),
    )


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
