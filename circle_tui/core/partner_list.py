"""Reads a table of people and their topics.

Invariant: a table saved by any spreadsheet can be read, with other delimiters, quotes or spaces. A
line that cannot be read is refused with its number; nobody is left out silently.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from circle_tui.core import text
from circle_tui.core.errors import RuleError

_DELIMITERS = ",;\t|"
_COLUMNS = {"name": "name", "topics": "topics", "topic": "topics", "circle": "circle"}
_HEADING = "Its first line has to name the columns: name,topics or name,topics,circle."
_SAYS_DELIMITER = re.compile(r'"?sep=.?"?[,;\t|]*', re.IGNORECASE)
_MOST = 500
"""The most people in a table; pairing more would take minutes."""
_WIDEST = 200


class PartnerSeeker(NamedTuple):
    """Somebody who looks for a partner. `topics` are as written, by their key for comparison."""

    name: str
    topics: dict[str, str]
    circles: frozenset[str] = frozenset()


def read_people(content: str) -> tuple[PartnerSeeker, ...]:
    """The people in a table, sorted by name. Raises `RuleError`."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _SAYS_DELIMITER.fullmatch(lines[0]):
        # Excel writes such a line. It is emptied and not removed, so that line numbers stay right.
        lines[0] = ""
    heading = next((line for line in lines if line.strip(_DELIMITERS + " \t")), "")
    if not heading:
        raise RuleError("It's empty. Write a line for each person below name,topics.")
    delimiter = _delimiter(heading)
    rows = _rows(lines, delimiter)
    _, heads = next(rows)
    columns, width = _columns(heads), len(heads)
    people: dict[str, tuple[int, PartnerSeeker]] = {}
    for number, row in rows:
        person = _person(number, row, columns, delimiter, width)
        key = text.clean(person.name).casefold()
        if key in people:
            raise RuleError(
                f"Line {number} has {person.name} again, who is in line {people[key][0]} already: "
                "put the topics into one line, or tell the two apart by their names."
            )
        people[key] = number, person
    if len(people) > _MOST:
        raise RuleError(f"It has {len(people)} people, and {_MOST} is the most: split it.")
    return tuple(
        person for _, person in sorted(people.values(), key=lambda each: _order(each[1].name))
    )


def _order(name: str) -> tuple[object, ...]:
    return (*text.sort_key(name), name)


def _delimiter(heading: str) -> str:
    """The delimiter: the one that is most frequent in the heading, which has no topics."""
    return max(_DELIMITERS, key=heading.count)


def _rows(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, each with the number it begins in. Raises `RuleError`."""
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True)
    begins = 1
    try:
        for row in reader:
            cells = [text.clean(cell) for cell in row]
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error:
        raise RuleError(
            f"In line {begins} a quotation mark is left open or in the wrong place: put the whole "
            'column into quotes, and write two for one, like "".'
        ) from None


def _columns(heads: list[str]) -> dict[str, int]:
    """The index of each column. Raises `RuleError`."""
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        column = _COLUMNS.get(head.casefold())
        if column is not None and column in found:
            raise RuleError(f"It has two columns “{text.shorten(head)}”. Keep one of them.")
        if column is not None:
            found[column] = at
    if not {"name", "topics"} <= found.keys():
        raise RuleError(_HEADING)
    return found


def _person(
    number: int, row: list[str], columns: dict[str, int], delimiter: str, width: int
) -> PartnerSeeker:
    if any(row[width:]):
        quotes = "quotes around topics" if delimiter == ";" else "semicolons between topics"
        raise RuleError(f"Line {number} has more columns than the first line: write {quotes}.")
    name, topics, circles = (
        row[columns[column]] if column in columns and columns[column] < len(row) else ""
        for column in ("name", "topics", "circle")
    )
    if not name:
        raise RuleError(f"Line {number} has no name. Write one, or take the line out.")
    if text.cell_width(name) > _WIDEST:
        raise RuleError(f"Line {number} has a name that's too long.")
    return PartnerSeeker(name, _split(topics), frozenset(_split(circles)))


def _split(listed: str) -> dict[str, str]:
    """The parts between semicolons, by their key for comparison; duplicates count once."""
    parts = [text.clean(part) for part in listed.split(";")]
    return {part.casefold(): part for part in reversed(parts) if part}
