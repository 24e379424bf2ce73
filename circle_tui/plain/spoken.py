"""A view as lines to be heard: the parts that it says are read, each under its label.

Invariant: no glyph, no colour and no key that moves a cursor is in a line; a sign is said by what
it means.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from msgspec.structs import replace

from circle_tui.views.home import HomeView
from circle_tui.views.text import CyclePlace, Span, plain
from circle_tui.views.view import Row, View

_SIGNS = re.compile(r"[\u2190-\u21ff\u2500-\u25ff·›]")
_CURSOR_KEYS = re.compile(r"[↑↓←→]")
_SEAT = re.compile(r"^([●○]\s*)?(\d+|\s)\s+(?=\S)")


class Part(NamedTuple):
    """One part of what is said; `name` tells it apart from the others."""

    name: str
    label: str
    lines: tuple[str, ...]
    is_list: bool = False
    """Whether its lines stand each for itself, so that only those that changed are said again."""
    once: bool = False
    """Whether it's said as the place is come to, and after that only where it is asked for."""

    def spoken(self, lines: Iterable[str] | None = None) -> list[str]:
        """Its lines, or these of them, below its label; a single one beside it."""
        said = list(self.lines if lines is None else lines)
        if not self.label:
            return said
        label = self.label.rstrip(".:")
        if not said:
            return [self.label]
        if len(said) == 1:
            between = " " if label.endswith("?") else ": "
            return [f"{label}{between}{said[0]}"]
        return [label if label.endswith("?") else f"{label}:", *said]


def parts(view: View) -> tuple[Part, ...]:
    """What is to be heard of a view, but for its headline and its status."""
    signs = dict(view.signs)
    found = []
    number = 1
    for spec in view.SPOKEN:
        value = getattr(view, spec.field)
        if spec.with_field:
            value = f"{value} {getattr(view, spec.with_field)}"
        label = getattr(view, spec.label_field) if spec.label_field else spec.label
        lines, is_list = _lines(value, signs, number if spec.numbered else None)
        if spec.field == "rows" and getattr(view, "reaching_out", True) is False:
            # The choices at the end of a cycle have a key each, and no number.
            lines, is_list = _lines(value, signs, None)
        if spec.numbered:
            number += _count(value)
        if spec.field == "choices" and not getattr(view, "current", True):
            # The line above the keys says it.
            continue
        if lines or (spec.label_field and spec.field == "current" and label):
            part = Part(spec.field, sentence(label), tuple(lines), is_list, spec.once)
            found.append(part)
    return tuple(found)


def row_at(view: View, number: int) -> str | None:
    """The line of the row that the cursor is on, the `number`th; None where there is none."""
    if not any(each.numbered for each in view.SPOKEN):
        rows, at = getattr(view, "rows", ()), getattr(view, "cursor", None)
        return _row(rows[at], dict(view.signs)) if rows and at is not None else None
    for part in parts(view):
        for line in part.lines:
            if line.startswith(f"{number} "):
                return line
    return None


def sentence(words: str) -> str:
    """Words of a screen as they are heard: without signs, and without the keys of a cursor."""
    pieces = re.split(r"\s+·\s+", words.replace(" → ", ", "))
    kept = [piece for piece in pieces if not _CURSOR_KEYS.search(piece)]
    said = [_without_signs(piece) for piece in kept]
    return ". ".join(each.rstrip(".") if each is not said[-1] else each for each in said if each)


def _without_signs(piece: str) -> str:
    """A piece without its signs; what stands in columns on a screen is divided by commas."""
    plain_words = _SIGNS.sub("", piece).strip()
    return re.sub(r"\s{2,}", ", ", re.sub(r"(?<=[:;,.?!])\s{2,}", " ", plain_words))


def headline(view: View) -> tuple[str, ...]:
    """The parts of the headline that say something that isn't said below it, each of its kind."""
    found = (type(part)(sentence(part)) for part in view.headline)
    # A line of its own says in which cycle home is, and how many meetings there are.
    told_below = isinstance(view, HomeView) and bool(view.cycle)
    return tuple(
        part for part in found if part and not (told_below and isinstance(part, CyclePlace))
    )


def _count(value: object) -> int:
    if isinstance(value, tuple) and value and hasattr(value[0], "rows"):
        return sum(len(card.rows) for card in value)
    return len(value) if isinstance(value, tuple) else 0


def _lines(value: Any, signs: dict[str, str], number: int | None) -> tuple[list[str], bool]:
    """The lines of a field, and whether it's a list."""
    if not value:
        return [], False
    if isinstance(value, Span):
        return _of_text(value.text), False
    if isinstance(value, str):
        return _of_text(value), False
    first = value[0]
    if isinstance(first, Span):
        return _of_text(plain(value)), False
    if isinstance(first, str):
        return [line for each in value for line in _of_text(each)], False
    if hasattr(first, "rows"):
        return _of_cards(value, signs, number), True
    value = _each_with_its_name(value)
    lines = [_OF_ROW.get(type(each).__name__, _any_row)(each, signs) for each in value]
    if number is None:
        return list(filter(None, lines)), True
    return [f"{at} {line}" for at, line in enumerate(lines, number)], True


def _each_with_its_name(rows: Any) -> Any:
    """Rows of which only the first says whose they are: each with the name, to be heard alone."""
    if not isinstance(rows[0], Row) or not rows[0].name:
        return rows
    named: list[Row] = []
    for row in rows:
        named.append(row if row.name or not named else replace(row, name=named[-1].name))
    return named


def _of_text(words: str) -> list[str]:
    return [said for line in words.split("\n") if (said := sentence(line))]


def _of_cards(cards: Any, signs: dict[str, str], number: int | None) -> list[str]:
    lines = []
    at = number or 1
    for card in cards:
        if not card.rows:
            continue
        lines.append(f"{sentence(card.title)}:")
        for row in card.rows:
            lines.append(f"{at} {_row(row, signs)}")
            at += 1
    return lines


def _row(row: Row, signs: dict[str, str]) -> str:
    """Whose, what, and its state; the sign before it is said by what it means."""
    name = sentence(_SEAT.sub("", row.name))
    glyphs = [sign for sign in (row.glyph, row.name[:1]) if sign in signs]
    meaning = "" if row.state or not glyphs else signs[glyphs[0]]
    if set(re.findall(r"\w{3,}", meaning)) & set(re.findall(r"\w{3,}", row.text)):
        # The row says it in its own words.
        meaning = ""
    words = row.text if name else _SEAT.sub("", row.text)
    body = ", ".join(filter(None, map(sentence, (words, row.state, meaning))))
    key = f"{row.glyph} " if row.glyph.isalpha() else ""
    if not name or not body:
        return f"{key}{name or body}"
    return f"{key}{name}{' ' if name.endswith('?') else ': '}{body}"


def _any_row(value: Any, signs: dict[str, str]) -> str:
    if isinstance(value, Row):
        return _row(value, signs)
    if isinstance(value, tuple):
        return sentence(", ".join(map(str, value)))
    return sentence(str(value))


_OF_ROW: dict[str, Callable[[Any, dict[str, str]], str]] = {
    "ToDo": lambda each, _signs: sentence(each.sentence),
    "Response": lambda each, _signs: f"{each.key} {each.sentence}",
    "ClauseText": lambda each, _signs: f"{each.label}: {each.words}",
    "Signer": lambda each, signs: _row(each.row, signs),
}
"""How rows of a kind of their own are read."""
