"""One line of a list of names: the people in it, without bullets, numbers, quotes and addresses.

Invariant: what is dropped is never a name. Whether a line like “Smith, Ann” is one person or two is
left to the list that it stands in.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from circle_tui.core import text

SEPARATORS = r"[;；؛，、،､﹐﹑]"
"""Signs that only separate people; a comma is not one, because it may be within a name."""

_HELD_COMMA = "\x00"
"""Replaces a comma within quotes; clean text never has this character."""

_SIGNS = "•‣◦▪●○·☐☑✓✔"
_BULLET = (
    rf"(?:[{_SIGNS}]|(?:[-–—*>]|\[[ xX]?\]|#\d{{1,3}}|\(?[a-zA-Z]\))(?=\s|$)"
    r"|\(?\d{1,3}[.)．、：](?!\d))\s*"
)
_NUMBER_WITHIN = r"\s(?=\(?\d{1,3}[.)]\s*[^\d\s])"
_CONJUNCTION = r"(?:and|AND|und|et|og|och|&|\+)"
ADDRESS = r"[<(\[]?(?:mailto:)?[^\s<>()\[\],;@\"]+@[^\s<>()\[\],;@\"]+\.[^\s<>()\[\],;@\"]+[>)\]]?"
"""An e-mail address, with the brackets it may stand in."""

_QUOTES = '"“”„'
_QUOTED = f"[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]"
SUFFIX = r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?\s?d|esq)\.?"
"""What may follow a name and is no name of its own."""


class Item(NamedTuple):
    """A line, or a part of one between semicolons, split at its commas into `parts`.

    `said` is the text itself. `one` is whether it is certainly one person, `several` whether it is
    certainly several.
    """

    said: str
    parts: tuple[str, ...]
    addresses: tuple[str, ...] = ()
    one: bool = False
    several: bool = False

    @property
    def as_one(self) -> str:
        """The name if this is one person: "Smith, Ann" is Ann Smith."""
        return _given_first(self.parts)

    @property
    def may_be_one(self) -> bool:
        """Whether "Smith, Ann" may be a family name and a given name."""
        words = [len(part.split()) for part in self.parts]
        return len(words) == 2 and min(words) == 1 and not self.several and not self.one


def is_noise(cell: str) -> bool:
    """Whether a cell is a number, a date or a bullet, and no name."""
    return not any(each.isalpha() for each in cell) and (
        any(each.isdigit() for each in cell) or not cell.strip(f"{_SIGNS}-–—*.,; ")
    )


def items_of(line: str, *, one: bool = False) -> Iterator[Item]:
    """A line as the items between its semicolons and numbers; `one` if it is one person."""
    numbered = re.match(r"\s*\(?\d{1,3}[.)]", line) is not None
    for entry in re.split(_NUMBER_WITHIN, line) if numbered else [line]:
        for said in re.split(SEPARATORS, plain(entry)):
            if said.strip():
                yield item_of(said.strip(), one=one)


def plain(line: str) -> str:
    """The line cleaned, without bullets, and with commas within quotes replaced."""
    return re.sub(_QUOTED, _unquoted, _without_bullets(text.clean(line)))


def _without_bullets(line: str) -> str:
    while (bullet := re.match(_BULLET, line)) is not None:
        line = line[bullet.end() :]
    return line


def _unquoted(quoted: re.Match[str]) -> str:
    """The text without its quotes if it has a comma or is the whole line; with them otherwise."""
    inner = quoted[1]
    if "," in inner:
        return inner.replace(",", _HELD_COMMA)
    return inner if quoted[0] == quoted.string else quoted[0]


def item_of(said: str, *, one: bool, conjunctions: bool = True) -> Item:
    """The item in `said`; without `conjunctions`, "Tom and Ann" is one name."""
    names: list[str] = []
    addresses: list[str] = []
    several = False
    for part in said.split(","):
        name = _name(part)
        if not name and "@" in part:
            addresses.append(part.strip())
        people = _without_conjunctions(name) if conjunctions else [name] if name else []
        if names and people and re.fullmatch(SUFFIX, people[0], re.IGNORECASE):
            names[-1] += f" {people.pop(0)}"
        several |= len(people) > 1
        names += people
    if addresses:
        names = [name for name in names if not is_noise(name)]
    one = one or (bool(addresses) and len(names) == 1)
    shown = said.replace(_HELD_COMMA, ",")
    return Item(shown, tuple(names), tuple(addresses), one, several)


def _without_conjunctions(part: str) -> list[str]:
    """The names in "Tom and Priya"."""
    names = re.split(rf"(?:^|\s+)(?:{_CONJUNCTION}(?:\s+|$))+", part)
    return [bare for name in names if (bare := _without_bullets(name))]


def _name(part: str) -> str:
    """The name in a part between commas, without an address, given names first."""
    bare = re.sub(ADDRESS, "", part).strip(" -–—:") if "@" in part else part.strip()
    if sum(bare.count(quote) for quote in _QUOTES) % 2:
        bare = re.sub(f"[{_QUOTES}]", "", bare).strip()
    return _given_first([each.strip() for each in _without_bullets(bare).split(_HELD_COMMA)])


def _given_first(parts: Sequence[str]) -> str:
    """Sam Smith Jr. from "Smith" and "Sam Jr."; a name in one part stays as it is."""
    family, *rest = parts
    given = " ".join(rest)
    suffix = re.search(rf"(?:^|\s){SUFFIX}$", given, re.IGNORECASE)
    if suffix is None:
        return f"{given} {family}".strip()
    return f"{given[: suffix.start()]} {family} {suffix[0].strip()}".strip()
