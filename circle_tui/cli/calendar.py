"""`circle-tui calendar`: a circle's dates, as a file that any calendar imports."""

import argparse

from circle_tui.cli.member_seat import chosen_snapshot
from circle_tui.cli.output import CommandError
from circle_tui.cli.write_out import write_out


def run(arguments: argparse.Namespace) -> int:
    """Write the calendar; the exit status."""
    from circle_tui.reports.calendar_file import as_icalendar
    from circle_tui.views.calendar import circle_calendar, why_empty

    file, snapshot = chosen_snapshot(arguments)
    calendar = circle_calendar(snapshot, file.saved, only_next=arguments.next)
    if not calendar.events:
        raise CommandError(why_empty(snapshot.state, only_next=arguments.next))
    return write_out(as_icalendar(calendar), arguments.output)
