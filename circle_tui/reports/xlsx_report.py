"""Attendance as a spreadsheet of four sheets: circles, cycles, meetings, and members at meetings.

Invariant: cells are texts and numbers, never formulas. Rows are written as they come and not kept.

Only this module knows XlsxWriter, which is not always there.
"""

import io
from collections.abc import Iterable
from typing import BinaryIO

import xlsxwriter

from circle_tui.core.attendance.roster import Order
from circle_tui.reports.tables import TABLES
from circle_tui.service.reviews import CircleReview
from circle_tui.store.attendance_reader import UnreadableFile
from circle_tui.store.errors import SaveError

MOST_ROWS = 1 << 20
"""A sheet holds no more."""


def write_xlsx(
    reviewed: Iterable[CircleReview | UnreadableFile], order: Order, file: BinaryIO
) -> None:
    """Write the reviews into `file`. Raises `SaveError` where a sheet cannot hold them."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # Its packer complains aloud where the file ends before it does, as a pipe may.
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, options) as book:
        bold = book.add_format({"bold": True})
        sheets = {}
        for by, table in TABLES.items():
            sheet = book.add_worksheet(f"{by}s")
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(table.columns) - 1, 14)
            sheet.write_row(0, 0, table.columns, bold)
            sheets[by] = sheet
        filled = dict.fromkeys(TABLES, 1)
        for result in reviewed:
            if isinstance(result, UnreadableFile):
                continue
            for by, table in TABLES.items():
                for row in table.rows(result, order):
                    if filled[by] >= MOST_ROWS:
                        raise SaveError(
                            "That's too many rows for a spreadsheet: use --csv, or fewer circles "
                            "or days."
                        )
                    cells = [row.get(column, "") for column in table.columns]
                    sheets[by].write_row(filled[by], 0, cells)
                    filled[by] += 1
    file.write(packed.getbuffer())
