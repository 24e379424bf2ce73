"""The picture where there is no room for a circle: a bar that shortens, and the seats in a line.

Invariant: pure, and without Textual. Any width and height from 0 on give exactly that many cells.
What does not fit is left away in one order: the note, the size of the digits, the seats, the bar;
who speaks and how long is the last thing to go.
"""

from circle_tui.tui.widgets import large_letters as big
from circle_tui.tui.widgets.cells import (
    BLANK,
    Cell,
    CellSpan,
    Grid,
    Role,
    Rows,
    cells_of,
    clamp_fraction,
    label,
    put_centred,
    put_large,
    settled,
    steps_line,
)
from circle_tui.views.ring import RingFace, Seat, SeatState

_EIGHTHS = " ▏▎▍▌▋▊▉"


def draw(width: int, height: int, face: RingFace) -> Rows:
    """The picture: `height` rows of `width` cells."""
    grid: Grid = [[BLANK] * width for _ in range(height)]
    if width <= 0 or height <= 0:
        return settled(grid)
    large = face.digits or face.large
    letters = _letters(large, width, height)
    if len(letters) > 1:
        _tall(grid, face, letters)
    else:
        _short(grid, face)
    return settled(grid)


def _letters(text: str, width: int, height: int) -> tuple[str, ...]:
    """`text` as large as leaves a line below it, the bar and the seats; off the edges if it can.

    One row stands for no large letters at all.
    """
    inset = max(width - 2, 0)
    return max((big.set_text(text, room, height - 3) for room in (inset, width)), key=len)


def _tall(grid: Grid, face: RingFace, letters: tuple[str, ...]) -> None:
    """Large text, caption, bar and seats; rows to spare go to air, then to the bar's thickness."""
    width, height = len(grid[0]), len(grid)
    lines = [
        (text, role)
        for text, role in ((face.caption, Role.CAPTION), (_note(face), Role.NOTE))
        if text
    ][: max(1, height - len(letters) - 2)]
    spare = height - len(letters) - 2 - len(lines)
    air = [0, 0, 0]  # after the large text, before the bar, after the bar
    for at in (1, 0, 2):
        air[at] = 1 if spare > 0 else 0
        spare -= air[at]
    thick = 1 + min(2, max(0, spare))
    row = max(0, spare - (thick - 1)) // 2
    put_large(grid, row, letters)
    row += len(letters) + air[0]
    for text, role in lines:
        put_centred(grid, row, cells_of(text, width, role))
        row += 1
    row += air[1]
    _put_bar(grid, row, thick, face.remaining)
    put_centred(grid, row + thick + air[2], seats_line(face.seats, width))


def _note(face: RingFace) -> str:
    """The note and the steps, in one line."""
    return "  ".join(part for part in (face.note, steps_line(face)) if part)


def _short(grid: Grid, face: RingFace) -> None:
    """The time or the name as plain text, and as many of the other lines as there are rows."""
    width, height = len(grid[0]), len(grid)
    large = cells_of(face.digits or face.large, width, Role.DIGIT)
    said = cells_of(face.caption, width, Role.CAPTION)
    lines: list[list[Cell]] = [large, said] if large and said else [said or large]
    if len(lines) + 2 > height and len(lines) == 2:
        rest = width - len(large) - 1
        both = [*large, BLANK, *cells_of(face.caption, rest, Role.CAPTION)] if rest > 0 else large
        lines = [both]
    if _note(face) and height >= len(lines) + 3:
        lines.append(cells_of(_note(face), width, Role.NOTE))
    spare = max(0, height - len(lines) - 2)
    thick = 1 + min(2, spare // 3)
    row = max(0, spare - (thick - 1)) // 2
    if not lines[0]:
        lines = []
    for line in lines:
        put_centred(grid, row, line)
        row += 1
    if row < height:
        thick = min(thick, height - row)
        _put_bar(grid, row, thick, face.remaining)
        row += thick
    if row < height:
        put_centred(grid, row, seats_line(face.seats, width))


def _put_bar(grid: Grid, row: int, thick: int, remaining: float) -> None:
    width = len(grid[row])
    length = max(1, width - 2) if width >= 20 else width
    for below in range(thick):
        put_centred(grid, row + below, bar(length, remaining))


def bar(width: int, remaining: float) -> list[Cell]:
    """`width` cells: what is left, to an eighth of a cell, and after it the drained track.

    Rounded up, so that the bar is empty only when the time is.
    """
    whole, eighths = divmod(-int(-clamp_fraction(remaining) * width * 8 // 1), 8)
    cells: list[Cell] = [("█", Role.FULL)] * whole
    if eighths:
        cells.append((_EIGHTHS[eighths], Role.FULL))
    return cells + [("░", Role.EMPTY)] * (width - len(cells))


def seats_line(seats: tuple[Seat, ...], width: int) -> list[Cell]:
    """All seats in one line of at most `width` cells; in a crowd only the speaker keeps a name."""
    labels, gap = _labels(seats, width)
    line = _joined(labels, gap)
    if len(line) <= width:
        return line
    return [*line[: width - 1], ("…", Role.WAITING)] if width > 0 else []


def seats_line_spans(seats: tuple[Seat, ...], width: int) -> list[CellSpan]:
    """Where each seat is in that line; its width is 0 if it is left out."""
    labels, gap = _labels(seats, width)
    spans: list[CellSpan] = []
    start = 0
    for cells in labels:
        spans.append(CellSpan(0, start, len(cells)))
        start += len(cells) + (gap if cells else 0)
    return spans


def _labels(seats: tuple[Seat, ...], width: int) -> tuple[list[list[Cell]], int]:
    """Each seat's glyph and name as far as they have room, and how many blanks are between two."""
    named = [label(seat, width) for seat in seats]
    if len(_joined(named, 2)) <= width:
        return named, 2
    speakers = [seat.state is SeatState.NOW for seat in seats]
    short = [
        cells if speaks else label(seat, 1)
        for seat, cells, speaks in zip(seats, named, speakers, strict=True)
    ]
    if len(_joined(short, 1)) <= width:
        return short, 1
    if any(speakers):
        speaker = speakers.index(True)
        return [cells if at == speaker else [] for at, cells in enumerate(named)], 0
    return [cells_of(seat.state.value, 1, Role.WAITING) for seat in seats], 0


def _joined(parts: list[list[Cell]], gap: int) -> list[Cell]:
    line: list[Cell] = []
    for part in parts:
        if line:
            line.extend([BLANK] * gap)
        line.extend(part)
    return line
