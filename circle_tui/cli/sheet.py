"""`circle-tui sheet`: a page to print, for a meeting without a computer or for one member."""

import argparse
from pathlib import Path

from circle_tui.cli.member_seat import chosen_snapshot, find_seat, snapshot_of
from circle_tui.cli.output import complain
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.write_out import write_out
from circle_tui.core.sheet import Sheet
from circle_tui.service.clock import SystemClock

_PAGES = {".html", ".htm", ".xhtml"}


def run(arguments: argparse.Namespace) -> int:
    """Write the page; the exit status."""
    from circle_tui.reports.sheet_page import as_html, as_text

    sheet = _sheet(arguments)
    form = arguments.form or _form_by_name(arguments.output)
    made = as_html(sheet) if form == "html" else as_text(sheet)
    return write_out(made.encode(), arguments.output)


def _sheet(arguments: argparse.Namespace) -> Sheet:
    from circle_tui.views.sheet import meeting_sheet, member_sheet

    if arguments.member is None:
        return meeting_sheet(chosen_snapshot(arguments)[1])
    seat = find_seat(chosen_folder(arguments), arguments.circle, arguments.member)
    for sentence in seat.copies:
        complain(sentence)
    return member_sheet(snapshot_of(seat.file, SystemClock()), seat.member)


def _form_by_name(goal: Path | None) -> str:
    return "html" if goal is not None and goal.suffix.lower() in _PAGES else "text"
