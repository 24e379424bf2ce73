"""Parses lists of names, as people type or paste them.

Invariant: only numbers, bullets, addresses and headings are dropped, never a name. If a line may be
one person or several, it is refused with both readings.

There is no library for this: those for names (nameparser) split a single name and guess its parts,
and what people paste are lists.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from circle_tui.core import text
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.name_item import (
    ADDRESS,
    SEPARATORS,
    SUFFIX,
    Item,
    is_noise,
    item_of,
    items_of,
    plain,
)

_LONGEST_LIST = 10_000
"""In characters; twenty rows of a wide spreadsheet have fewer."""

_LINE_END = "\r\n?|[\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]"
_CELL_END = r"[\t|]"
_LABEL = r"\s*(?:members|names|people|participants|attendees|to|cc)\s*[:：]"
_FULL_STOP = r"(?<=[^\W\d_]{3})(?<!esq)\.\s*$"

_HEADINGS = {
    "name": "name", "names": "name", "full name": "name", "member": "name", "members": "name",
    "participant": "name", "participants": "name", "attendees": "name", "people": "name",
    "first name": "given", "given name": "given", "forename": "given",
    "last name": "family", "family name": "family", "surname": "family",
    "email": "", "e-mail": "", "email address": "", "e-mail address": "", "mail": "",
    "address": "", "phone": "", "telephone": "", "mobile": "", "no.": "", "#": "",
}  # fmt: skip
"""Headings of columns, and whether the column has names, a part of them, or neither ("")."""


class _Reading(NamedTuple):
    """One way to read the list; `doubtful` is the text that another reading reads differently."""

    names: tuple[str, ...]
    doubtful: str = ""


def read_names(raw: str) -> tuple[str, ...]:
    """The names of a circle's members, out of what was typed or pasted.

    Raises `AmbiguousError` if a line may be one person or two, and `RuleError` for an address
    without a name, and for too few, too many, too long or duplicate names.
    """
    if len(raw) > _LONGEST_LIST:
        raise RuleError("That's too long for a list of names. Paste just the names.")
    refusal: RuleError | None = None
    possible: list[tuple[tuple[str, ...], str]] = []
    for reading in _readings(raw):
        try:
            possible.append((_checked(reading.names), reading.doubtful))
        except RuleError as refused:
            refusal = refusal or refused
    if len(possible) > 1:
        (_, said), *_ = possible
        ways = tuple(", ".join(names) for names, _ in possible)
        raise AmbiguousError(
            f"“{text.shorten(said)}” may be one person or two: "
            "write given names first, one a line.",
            ways,
            said,
        )
    if not possible:
        assert refusal is not None
        raise refusal
    return possible[0][0]


def names_so_far(raw: str) -> tuple[str, ...]:
    """The names in a list that is still being typed: like `read_names`, but too few are fine.

    Raises `AmbiguousError` and `RuleError` as `read_names` does.
    """
    try:
        return read_names(raw)
    except AmbiguousError:
        raise
    except RuleError:
        few = _readings(raw)[0].names
        if len(few) >= text.MEMBERS_AT_LEAST:
            raise
        return tuple(text.name(each, "A member's name") for each in few)


def read_name(raw: str, what: str = "A member's name") -> str:
    """One person's name, as typed or pasted, without a bullet or an address.

    Raises `RuleError` for several people, and as `text.name` does.
    """
    lines = re.sub(_LINE_END, ";", raw[:_LONGEST_LIST].strip())
    said = re.sub(SEPARATORS, ",", plain(lines))
    # “Tom & Ann” may share a seat.
    item = item_of(said, one=False, conjunctions=False)
    _check_addresses([item])
    if item.may_be_one:
        raise AmbiguousError(
            f"“{text.shorten(item.said)}” may be one person or two: write "
            f"{text.shorten(item.as_one)}, or one name at a time.",
            (item.as_one,),
            item.said,
        )
    if len(item.parts) > 1:
        raise RuleError(f"That's {len(item.parts)} names: write one at a time.")
    return text.name("".join(item.parts), what)


def spoken_names(names: Sequence[str]) -> str:
    """How names were understood: "3 people: Maya, Tom and Priya"."""
    return f"{len(names)} people: {text.join_with_and(list(names))}"


def _checked(found: Iterable[str]) -> tuple[str, ...]:
    """The names, cleaned. Raises `RuleError` if a circle cannot have them as its members."""
    names = tuple(text.name(each, "A member's name") for each in found)
    seen: set[str] = set()
    for each in names:
        if each.casefold() in seen:
            raise RuleError(f"“{each}” is there twice. Add an initial to tell them apart.")
        seen.add(each.casefold())
    if not names:
        raise RuleError("No names yet. Type everyone's names, with commas between them.")
    if len(names) < text.MEMBERS_AT_LEAST:
        raise RuleError("A circle needs at least two people. Add another name.")
    if len(names) > text.MEMBERS_AT_MOST:
        raise RuleError(
            f"That's {len(names)} people, and one circle holds {text.MEMBERS_AT_MOST}: "
            "make two circles of them."
        )
    return names


def _readings(raw: str) -> list[_Reading]:
    """Every way to read the list; the first one takes each part for a person."""
    return [
        # A comma or a quote after it may have hidden that it ends the list.
        reading._replace(names=(*reading.names[:-1], _without_full_stop(reading.names[-1])))
        if reading.names
        else reading
        for reading in _readings_with_full_stop(_without_full_stop(raw))
    ]


def _without_full_stop(said: str) -> str:
    """The text without a full stop that ends it, unless that belongs to an initial or a title."""
    return re.sub(_FULL_STOP, "", said, flags=re.IGNORECASE)


def _readings_with_full_stop(raw: str) -> list[_Reading]:
    # Tabs beside commas, or at the ends of lines, are only white space.
    spaced = re.sub(rf"(?<!\s)(?:[ \t]|{_LINE_END})*,[ \t]*", ", ", raw)
    if label := re.match(_LABEL, spaced, re.IGNORECASE):
        spaced = spaced[label.end() :]
    lines = [line for line in re.split(_LINE_END, spaced) if text.clean(line)]
    rows = [_cells(line) for line in lines]
    if len(rows) > 1 and "," in lines[0] and _is_heading(_comma_cells(lines[0])):
        return [_under_headings([_comma_cells(line) for line in lines])]
    if len(rows) > 1 and _is_heading(rows[0]):
        return [_under_headings(rows)]
    wide = [row for row in rows if sum(map(bool, row)) > 1]
    if not wide:
        return _of_items([item for row in rows for cell in row for item in items_of(cell)])
    if len(rows) == 1:
        return _of_items([item for cell in rows[0] for item in items_of(cell)])
    return _of_columns(rows)


def _cells(line: str) -> list[str]:
    return [text.clean(cell) for cell in re.split(_CELL_END, line)]


def _comma_cells(line: str) -> list[str]:
    import csv  # Imported late, because most starts read no names.

    return [text.clean(cell) for cell in next(csv.reader([line], skipinitialspace=True))]


# Columns


def _is_heading(row: list[str]) -> bool:
    said = [cell.casefold().rstrip(":") for cell in row if cell]
    return any(_HEADINGS.get(each) for each in said) and all(each in _HEADINGS for each in said)


def _under_headings(rows: list[list[str]]) -> _Reading:
    """Below headings, each row is a person, and the headings say which cells are names."""
    kinds = [_HEADINGS.get(cell.casefold().rstrip(":"), "") for cell in rows[0]]
    names = []
    for row in rows[1:]:
        parts = {kind: cell for kind, cell in zip(kinds, row, strict=False) if kind and cell}
        whole = " ".join(parts[kind] for kind in ("given", "family") if kind in parts)
        items = list(items_of(parts.get("name", whole), one=True))
        _check_addresses(items)
        if not items and any(row):
            raise RuleError(f"“{text.shorten(' '.join(row))}” isn't a name. Write a name there.")
        names += [name for item in items for name in ([item.as_one] if item.parts else [])]
    return _Reading(tuple(names))


def _of_columns(rows: list[list[str]]) -> list[_Reading]:
    """Rows without headings: a row may be a person, or each of its cells."""
    told = [[cell for cell in row if not is_noise(cell)] for row in rows]
    whole = [
        list(items_of(" ".join(cells), one=sum(map(bool, row)) > 1))
        for cells, row in zip(told, rows, strict=True)
    ]
    _check_addresses([item for items in whole for item in items])
    named = [[cell for cell in cells if re.sub(ADDRESS, "", cell).strip()] for cells in told]
    if all(len(cells) < 2 for cells in named):
        return _of_items([item for items in whole for item in items])
    each = _of_items([item for cells in named for cell in cells for item in items_of(cell)])[0]
    people = tuple(item.as_one for items in whole for item in items if item.parts)
    doubtful = next(" ".join(cells) for cells in named if len(cells) > 1)
    return [_Reading(each.names, doubtful), _Reading(people, doubtful)]


# Lists


def _of_items(items: list[Item]) -> list[_Reading]:
    """The readings of a list: if half of the items look like “Smith, Ann”, there are two."""
    _check_addresses(items)
    named: list[Item] = []
    for item in items:
        if named and re.fullmatch(SUFFIX, " ".join(item.parts), re.IGNORECASE):
            *parts, last = named[-1].parts
            named[-1] = named[-1]._replace(parts=(*parts, f"{last} {item.parts[0]}"))
        elif item.parts:
            named.append(item)
    every = tuple(name for item in named for name in ((item.as_one,) if item.one else item.parts))
    doubtful = [item for item in named if item.may_be_one]
    certain = any(
        not item.one and (item.several or (len(item.parts) > 1 and not item.may_be_one))
        for item in named
    )
    if len(named) < 2 or certain or not doubtful or 2 * len(doubtful) < len(named):
        return [_Reading(every)]
    fewer = tuple(
        name
        for item in named
        for name in ((item.as_one,) if item.one or item.may_be_one else item.parts)
    )
    return [_Reading(names, doubtful[0].said) for names in (every, fewer)]


def _check_addresses(items: list[Item]) -> None:
    """Raises `RuleError` for an address whose owner may not be among the names."""
    named = [item for item in items if item.parts]
    alone = [item for item in items if item.addresses and not item.parts]
    unclear = [item for item in named if len(item.addresses) not in {0, len(item.parts)}]
    unclear = [item for item in unclear if len(item.parts) > 1]
    if alone and sum(len(item.addresses) for item in alone) != len(named):
        unclear += alone
    if unclear:
        raise RuleError(
            f"“{text.shorten(unclear[0].addresses[0])}” is an address. Write the person's name."
        )
