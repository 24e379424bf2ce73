"""Attendance as CSV for a spreadsheet (RFC 4180).

Invariant: a cell that a spreadsheet would take for a formula is escaped. A file begins with a byte
order mark, output to another program does not.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from circle_tui.core.attendance.figures import DateRange
from circle_tui.core.attendance.roster import Order
from circle_tui.reports.tables import TABLES
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""The characters that begin a formula, and their full-width forms, which some programs accept."""


def as_csv(
    reviewed: Iterable[CircleReview | UnreadableFile],
    within: DateRange,
    order: Order,
    by: str = "member",
) -> Iterator[str]:
    """The reviews as rows below one heading; files that could not be read have none.

    `by` is one of `TABLES`.
    """
    table = TABLES[by]
    page = io.StringIO(newline="")
    rows = csv.DictWriter(page, table.columns, restval="")
    rows.writeheader()
    yield page.getvalue()
    for result in reviewed:
        if isinstance(result, UnreadableFile):
            continue
        page.seek(0)
        page.truncate()
        for row in table.rows(result, order):
            rows.writerow({name: escape_formula(cell) for name, cell in row.items()})
        yield page.getvalue()


def escape_formula(cell: object) -> object:
    """A text with an apostrophe before a formula, so that a spreadsheet takes it for text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
