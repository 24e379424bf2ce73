"""Attendance as an SVG picture: members by meetings, grouped by cycle.

Invariant: each state has a glyph as well as a colour, and none is red. The picture has its own
background, so it can be read on light and dark pages. Screen readers get each circle's counts. Long
histories wrap into bands, so that the picture is never wider than a page.
"""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple
from xml.etree import ElementTree

from circle_tui.core import text
from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import Attendance, Cancelled, HeldMeeting
from circle_tui.core.attendance.figures import (
    ALL_DATES,
    Cycle,
    DateRange,
    count_attendance,
    meeting_date,
)
from circle_tui.core.attendance.roster import Attendee, Order, people
from circle_tui.core.attendance.summary import cycle_title, format_sentence, no_meeting, summary
from circle_tui.core.circle.circle import CircleFacts
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile

GROUND, INK, QUIET = "#FCFBF8", "#14161A", "#3F454E"

SHADES = {
    labels.GLYPHS[Attendance.PRESENT]: ("#0072B2", "#FFFFFF"),
    labels.GLYPHS[Attendance.LATE]: ("#56B4E9", INK),
    labels.GLYPHS[Attendance.LEFT_EARLY]: ("#9AD3F3", INK),
    labels.GLYPHS[Attendance.EXCUSED]: ("#F3CE85", INK),
    labels.GLYPHS[Attendance.ABSENT]: ("#E9E6DE", INK),
    labels.NOT_EXPECTED_GLYPH: (GROUND, QUIET),
    labels.CANCELLED[0]: ("#C4C1B8", INK),
    labels.REBOOKED_SOON[0]: ("#D3DEE6", INK),
    labels.REBOOKED_LATER[0]: ("#DAD3C6", INK),
}
"""By glyph, the colours of the cell and of the glyph; blue and orange are Okabe and Ito's."""

_MARGIN, _CELL_WIDTH, _ROW_HEIGHT = 24, 34, 26
_LETTER_WIDTH = 8
"""In pixels: the margin around everything, and the sizes of a cell, a row and a letter."""

_MEETINGS_ACROSS = 24
"""The number of meetings in one band."""

_LINE_LENGTH = 120
"""Characters in a line of text; a path may have thousands."""

_HEADING_WIDTH = 112
"""The least width of a cycle in pixels, for its heading."""

_SIZES = {"title": 20, "sign": 18, "name": 14, "small": 12}


class _CyclePart(NamedTuple):
    """The meetings of one cycle that are in the same band."""

    cycle: Cycle
    meetings: tuple[HeldMeeting | Cancelled, ...]
    heading: str

    @property
    def width(self) -> int:
        """The width in pixels, including the gap after it."""
        return (
            max(len(self.meetings) * _CELL_WIDTH, _HEADING_WIDTH, len(self.heading) * _LETTER_WIDTH)
            + 14
        )


def as_svg(
    reviewed: Iterable[CircleReview | UnreadableFile], within: DateRange, order: Order
) -> Iterator[str]:
    """The reviews as one picture, one circle below the other."""
    parts: list[str] = []
    width, height, guests = 20 * _CELL_WIDTH, _MARGIN, False
    title = f"Who came {labels.date_range(within)}".strip()
    if within != ALL_DATES:
        part = ElementTree.Element("g", transform=f"translate({_MARGIN} {height})")
        height += _write_lines(part, [title], 0, "name")[1] + _MARGIN
        parts.append(ElementTree.tostring(part, "unicode"))
    for result in reviewed:
        part = ElementTree.Element("g", transform=f"translate({_MARGIN} {height})")
        if isinstance(result, UnreadableFile):
            across, down = _write_lines(part, [str(result)], 0, "small")
        else:
            across, down = _circle(part, result, order)
            guests = guests or any(map(_has_guests, result.review.cycles))
        parts.append(ElementTree.tostring(part, "unicode"))
        width, height = max(width, across + 2 * _MARGIN), height + down + _MARGIN
    legend = ElementTree.Element("g", transform=f"translate({_MARGIN} {height})")
    height += _legend(legend, width - 2 * _MARGIN, guests=guests) + _MARGIN
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-labelledby="who-came" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        'font-family="system-ui, Helvetica, Arial, sans-serif">\n'
        f'<title id="who-came">{title}</title>\n'
        f'<rect width="{width}" height="{height}" rx="12" fill="{GROUND}"/>\n'
    )
    for svg in (*parts, ElementTree.tostring(legend, "unicode")):
        yield f"{svg}\n"
    yield "</svg>\n"


def _write(
    into: ElementTree.Element, line: str, x: float, y: float, size: str, **attributes: str
) -> None:
    element = ElementTree.SubElement(
        into, "text", {"x": f"{x:g}", "y": f"{y:g}", "font-size": str(_SIZES[size]), "fill": INK}
    )
    element.attrib |= {name.replace("_", "-"): value for name, value in attributes.items()}
    element.text = line


def _write_lines(
    into: ElementTree.Element, lines: Iterable[str], y: int, size: str
) -> tuple[int, int]:
    """Write lines from `y` on. Returns their width and the `y` at which they end."""
    width = 0
    for line in chain.from_iterable(textwrap.wrap(text_line, _LINE_LENGTH) for text_line in lines):
        y += _SIZES[size] + 6
        _write(into, line, 0, y - 5, size, fill=INK if size == "title" else QUIET)
        width = max(width, text.cell_width(line) * _LETTER_WIDTH * _SIZES[size] // _SIZES["name"])
    return width, y


def _circle(into: ElementTree.Element, reviewed: CircleReview, order: Order) -> tuple[int, int]:
    """Draw one circle. Returns its width and height."""
    review = reviewed.review
    into.set("role", "img")
    ElementTree.SubElement(into, "title").text = review.circle.name
    ElementTree.SubElement(into, "desc").text = " ".join(
        chain([format_sentence(review)], summary(review), map(_counts, review.cycles))
    )
    width, y = _write_lines(into, [review.circle.name], 0, "title")
    wide, y = _write_lines(into, [format_sentence(review), *summary(review)], y, "small")
    everybody = people(review, order)
    label = (
        max((text.cell_width(person.name) for person in everybody), default=0) * _LETTER_WIDTH + 12
    )
    if not review.cycles:
        # Without meetings there is no grid, only the members' names.
        below, y = _write_lines(into, filter(None, [no_meeting(review)]), y + 14, "small")
        names, y = _write_lines(into, [person.name for person in everybody], y, "name")
        return max(width, wide, below, names), y
    for band in _bands(review.cycles, review.circle):
        y = _band(into, review.circle, band, everybody, label, y + 14)
        width = max(width, label + sum(part.width for part in band))
    return max(width, wide), y


def _bands(cycles: Iterable[Cycle], circle: CircleFacts) -> Iterator[list[_CyclePart]]:
    """Distribute the cycles' meetings over bands, from top to bottom."""
    band: list[_CyclePart] = []
    for cycle in cycles:
        heading = f"{cycle_title(cycle)}, {_years(cycle, circle)}"
        for at in range(0, len(cycle.meetings), _MEETINGS_ACROSS):
            piece = _CyclePart(cycle, cycle.meetings[at : at + _MEETINGS_ACROSS], heading)
            if (
                band
                and sum(part.width for part in (*band, piece))
                > (_MEETINGS_ACROSS + 2) * _CELL_WIDTH
            ):
                yield band
                band = []
            band.append(piece)
    if band:
        yield band


def _years(cycle: Cycle, circle: CircleFacts) -> str:
    """As in "2026", or "2026–2027" if the cycle spans two years."""
    meetings = cycle.meetings
    first, last = (meeting_date(meetings[at]).astimezone(circle.tz).year for at in (0, -1))
    return f"{first}" if first == last else f"{first}–{last}"


def _counts(cycle: Cycle) -> str:
    return f"{cycle_title(cycle)}: {labels.count(cycle.attendance)} came."


def _band(
    into: ElementTree.Element,
    circle: CircleFacts,
    band: Sequence[_CyclePart],
    everybody: Sequence[Attendee],
    label: int,
    top: int,
) -> int:
    """Draw one band with a row for each person. Returns the `y` at which it ends."""
    grid = top + 78
    bottom = grid + _ROW_HEIGHT * len(everybody)
    # A nested svg element clips names that are wider than estimated.
    names = ElementTree.SubElement(
        into, "svg", {"x": "0", "y": str(grid), "width": str(label), "height": str(bottom - grid)}
    )
    for row, person in enumerate(everybody):
        _write(names, person.name, 0, row * _ROW_HEIGHT + 18, "name")
    left = label
    for piece in band:
        _heading(into, piece, left, top)
        for at, meeting in enumerate(piece.meetings):
            x = left + at * _CELL_WIDTH
            _dates(into, meeting, circle, x, grid - 22)
            for row, each in enumerate(everybody):
                _cell(into, *_sign(meeting, each, circle), x, grid + row * _ROW_HEIGHT)
            if isinstance(meeting, HeldMeeting):
                attended, expected = count_attendance((meeting,))
                guests = [f"+{meeting.guests}"] if meeting.guests else []
                below = (str(attended), f"of {expected}", *guests)
                _write_stacked(into, below, x, bottom + 15)
        left += piece.width
    return bottom + 34 + 14 * any(_has_guests(piece.cycle) for piece in band)


def _has_guests(cycle: Cycle) -> bool:
    return any(meeting.guests for meeting in cycle.held)


def _sign(
    meeting: HeldMeeting | Cancelled, person: Attendee, circle: CircleFacts
) -> tuple[str, str]:
    """The glyph of a cell, and its tooltip."""
    sign, word = labels.participation(meeting, person, circle)
    # A cancellation is not attributed to a person.
    return sign, word if (sign, word) in labels.CANCELLATION_SIGNS else f"{person.name}: {word}"


def _heading(into: ElementTree.Element, piece: _CyclePart, x: int, top: int) -> None:
    """Draw the cycle's number, years and attendance, above a line as wide as its meetings."""
    cycle = piece.cycle
    _write(into, piece.heading, x + 1, top + 14, "name", font_weight="bold")
    counts = f"{labels.count(cycle.attendance)} · {labels.percent(cycle.attendance)}"
    _write(into, counts if cycle.held else "none held", x + 1, top + 31, "small")
    line = {
        "x": str(x + 1),
        "y": str(top + 38),
        "width": str(len(piece.meetings) * _CELL_WIDTH - 2),
    }
    ElementTree.SubElement(into, "rect", {**line, "height": "2", "fill": INK})


def _dates(
    into: ElementTree.Element, meeting: HeldMeeting | Cancelled, circle: CircleFacts, x: int, y: int
) -> None:
    local = meeting_date(meeting).astimezone(circle.tz)
    _write_stacked(into, (str(local.day), f"{local:%b}"), x, y)


def _write_stacked(into: ElementTree.Element, lines: Sequence[str], x: int, y: int) -> None:
    for line in lines:
        _write(into, line, x + _CELL_WIDTH / 2, y, "small", text_anchor="middle", fill=QUIET)
        y += 14


def _cell(into: ElementTree.Element, sign: str, tooltip: str, x: int, y: int) -> None:
    shade, ink = SHADES[sign]
    cell = ElementTree.SubElement(into, "g")
    ElementTree.SubElement(cell, "title").text = tooltip
    ElementTree.SubElement(
        cell,
        "rect",
        {
            "x": str(x + 1),
            "y": str(y + 1),
            "width": str(_CELL_WIDTH - 2),
            "height": str(_ROW_HEIGHT - 2),
            "rx": "4",
            "fill": shade,
        },
    )
    _write(cell, sign, x + _CELL_WIDTH / 2, y + 19, "sign", text_anchor="middle", fill=ink)


def _legend(into: ElementTree.Element, room: int, *, guests: bool) -> int:
    """Draw every glyph with its word, wrapped to `room` pixels. Returns the height."""
    x = y = 0
    for sign, word in labels.SIGNS:
        wide = _CELL_WIDTH + 8 + len(word) * _LETTER_WIDTH + 12
        if x and x + wide > room:
            x, y = 0, y + _ROW_HEIGHT + 4
        _cell(into, sign, word, x, y)
        _write(into, word, x + _CELL_WIDTH + 6, y + 18, "small")
        x += wide
    if guests:
        y += _ROW_HEIGHT + 4
        _write(into, "+1", _CELL_WIDTH / 2, y + 18, "small", text_anchor="middle", fill=QUIET)
        _write(into, labels.guests(1), _CELL_WIDTH + 6, y + 18, "small")
    return y + _ROW_HEIGHT
