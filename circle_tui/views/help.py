"""Help, guide and palette: the keys, the screen's glyphs, and the guide's pages.

Invariant: help and palette are made from the screen's own actions and from the table of actions, so
they always agree with the keys. What works now comes first.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.key_names import key_name
from circle_tui.views.view import (
    Action,
    ActionSpec,
    AvailableKey,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    Scroll,
    View,
    offered,
)

CHANGE_THEME = "change the colours"
"""The palette's description of each theme."""

SEARCH = "Search"
GUIDE = "The guide"
NOW = "Keys that work now"
ALL_KEYS = "All other keys"
SIGNS = "Signs"
TYPE = "type to find a key, sign or page"
_A_SIGN = "That's a sign on the screen, not a key."
_TEN = 10
_SCREENFULS: dict[str, Offer | Intent] = {
    "page_up": Local.SCREENFUL_UP,
    "page_down": Local.SCREENFUL_DOWN,
    "top": Local.TOP,
    "bottom": Local.BOTTOM,
}


class HelpLine(NamedTuple):
    """A key, a glyph or a page, and what it does or means.

    `action_id` is the id of an action that can be run now, `page` the number of a page of the
    guide, and `place` the place in which a key works that does not work here.
    """

    sign: str
    means: str
    action_id: str = ""
    page: int | None = None
    place: str = ""


class HelpSection(NamedTuple):
    """A title and the lines below it."""

    title: str
    lines: tuple[HelpLine, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The lines, for a list."""
        return tuple(
            Row("", line.means, line.place, dim=bool(line.place), name=line.sign)
            for line in self.lines
        )


class HelpView(View, frozen=True, kw_only=True):
    """The sections with lines that match the search, with a cursor over all of these lines.

    `chosen` is the line that the cursor is on, None before anything is chosen.
    """

    search: str
    found: bool
    sections: tuple[HelpSection, ...]
    chosen: HelpLine | None


def help_view(
    keys: Iterable[AvailableKey],
    signs: Iterable[tuple[str, str]],
    titles: tuple[str, ...],
    *,
    cursor: int | None = None,
    search: str = "",
) -> HelpView:
    """Help about `keys` and `signs`, with the titles of the guide's pages.

    Only lines with all words of `search` are listed. `cursor` is the line that enter runs, counted
    over all sections; with None, enter leaves the help.
    """
    sections = tuple(_matching(help_sections(keys, signs, titles), search))
    lines = [line for section in sections for line in section.lines]
    chosen = None if cursor is None or not lines else lines[min(cursor, len(lines) - 1)]
    at = 0 if cursor is None else cursor
    offers: dict[str, Offer | Intent] = {
        "open": _open(chosen),
        "previous": Move(-1),
        "next": Move(1),
        "page_up": Move(-_TEN),
        "page_down": Move(_TEN),
        "top": Move(-at),
        "bottom": Move(len(lines) - 1 - at),
        "erase": Local.ERASE,
        "back": Offer(Local.SHOW_ALL, label="Clear") if search else Local.BACK,
        "help": Local.BACK,
    }
    return HelpView(
        headline=("Help",),
        status=_status(chosen, lines, search),
        actions=offered(_specs(chosen), offers),
        search=search,
        found=bool(lines),
        sections=sections,
        chosen=chosen,
    )


def _specs(chosen: HelpLine | None) -> tuple[ActionSpec, ...]:
    """The rows of the table; before anything is chosen, the footer says once how to leave."""
    return tuple(
        replace(each, in_footer=False, in_spare_room=False)
        if chosen is None and each.id == "open"
        else each
        for each in TABLE[Place.HELP]
    )


def _open(chosen: HelpLine | None) -> Offer:
    if chosen is None:
        return Offer(Local.BACK, label="Back")
    if chosen.page is not None:
        return Offer(Local.SELECT, label="Read the page")
    if chosen.action_id:
        return Offer(Local.SELECT, label="Run")
    return Offer(Local.NOWHERE, _elsewhere(chosen) if chosen.place else _A_SIGN, label="Run")


def _elsewhere(chosen: HelpLine) -> str:
    if chosen.place == Place.EVERYWHERE.value:
        return f"“{chosen.means}” can't be done right now."
    return f"That key works on another screen: {chosen.place}."


def _status(chosen: HelpLine | None, lines: list[HelpLine], search: str) -> str:
    if not lines:
        return f"Nothing found for “{search}”. Esc clears the search."
    if chosen is None:
        return "↓ to choose, Enter to run"
    if chosen.page is not None:
        return f"Enter to read “{chosen.means}”"
    if chosen.action_id:
        return f"Enter to run it: {chosen.means}"
    if chosen.place:
        return _elsewhere(chosen)
    return f"{chosen.sign} means: {chosen.means}"


def _matching(sections: Iterable[HelpSection], search: str) -> Iterator[HelpSection]:
    words = search.casefold().split()
    for section in sections:
        lines = tuple(
            line
            for line in section.lines
            if all(word in _words_of(section, line) for word in words)
        )
        if lines:
            yield section._replace(lines=lines)


def _words_of(section: HelpSection, line: HelpLine) -> str:
    title = "" if section.title in {NOW, ALL_KEYS} else section.title
    return f"{line.sign} {line.means} {line.place} {title}".casefold()


def guide_view(titles: tuple[str, ...], *, page: int, came_from_page: bool) -> View:
    """One page of the guide; `came_from_page` is whether a link led here from another one."""
    offers: dict[str, Offer | Intent] = {
        "scroll_up": Scroll(-1),
        "scroll_down": Scroll(1),
        **_SCREENFULS,
        "back": Local.BACK if came_from_page else Request.BACK,
        "help": Request.BACK,
    }
    if page > 0:
        offers["previous"] = Move(-1)
    if page < len(titles) - 1:
        offers["next"] = Move(1)
    return View(
        headline=(GUIDE, titles[page], f"page {page + 1} of {len(titles)}"),
        status="Esc to go back to the page you came from" if came_from_page else "Esc for help",
        actions=offered(TABLE[Place.GUIDE], offers),
    )


def help_sections(
    keys: Iterable[AvailableKey],
    signs: Iterable[tuple[str, str]] = (),
    titles: tuple[str, ...] = (),
) -> tuple[HelpSection, ...]:
    """The keys that work now, the glyphs, the guide's pages, and the keys of other places.

    Each action has one line. Disabled actions are not among the keys that work now.
    """
    now = tuple(_working(keys))
    sections = (
        HelpSection(NOW, now),
        HelpSection(SIGNS, tuple(HelpLine(*sign) for sign in signs)),
        HelpSection(GUIDE, tuple(HelpLine("", title, page=at) for at, title in enumerate(titles))),
        HelpSection(ALL_KEYS, tuple(_other_keys({line.action_id for line in now}))),
    )
    return tuple(section for section in sections if section.lines)


def _working(keys: Iterable[AvailableKey]) -> Iterator[HelpLine]:
    names: dict[str, dict[str, None]] = {}
    actions: dict[str, Action] = {}
    for key in keys:
        action = key.action
        if action.disabled_reason is None and action.spec.in_help:
            names.setdefault(action.label, {})[key.shown] = None
            actions.setdefault(action.label, action)
    for label, shown in names.items():
        yield HelpLine(" ".join(shown), label, actions[label].spec.id)


def _other_keys(working: set[str]) -> Iterator[HelpLine]:
    """The keys of all places, but for those of everywhere that work now."""
    for place, specs in TABLE.items():
        rows: dict[str, dict[str, None]] = {}
        for spec in specs:
            if place is Place.EVERYWHERE and spec.id in working:
                continue
            if spec.in_help and spec.keys:
                shown = [spec.key_label] if spec.key_label else map(key_name, spec.keys)
                rows.setdefault(spec.label, {}).update(dict.fromkeys(shown))
        for label, signs in rows.items():
            yield HelpLine(" ".join(signs), label, place=place.value)


def palette_keys(keys: Iterable[AvailableKey]) -> tuple[AvailableKey, ...]:
    """The palette's entries: each enabled action, once."""
    offered: dict[str, AvailableKey] = {}
    for key in keys:
        action = key.action
        if action.disabled_reason is None and action.spec.in_palette:
            offered.setdefault(action.label, key)
    return tuple(offered.values())


def palette_view() -> View:
    """The palette's own keys; what is found in it says itself what it does."""
    offers: dict[str, Offer | Intent] = {
        "previous": Move(-1),
        "next": Move(1),
        "open": Local.SELECT,
        "back": Local.BACK,
        "help": Local.HELP,
    }
    return View(headline=("",), actions=offered(TABLE[Place.PALETTE], offers))


def theme_name(*, dark: bool) -> str:
    """The name of one of the two themes in the palette."""
    return "Theme: dark" if dark else "Theme: light"
