"""`circle-tui next`: what comes next, in one line for a shell, a status bar or cron."""

import argparse
from collections.abc import Iterable
from datetime import datetime

from circle_tui.cli.member_seat import chosen_circles, snapshot_of
from circle_tui.cli.output import CommandError, complain
from circle_tui.cli.sessions import chosen_folder
from circle_tui.cli.write_out import write_out
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.service.clock import SystemClock


def run(arguments: argparse.Namespace) -> int:
    """Print the line, or with `--mailto` a draft of a mail; the exit status."""
    from circle_tui.views.next_meeting import mailto, next_line, when

    clock = SystemClock()
    chosen = chosen_circles(chosen_folder(arguments), arguments.circle)
    for each in chosen:
        for sentence in each.copies:
            complain(sentence)
    snapshots = [snapshot_of(each.file, clock) for each in chosen]
    snapshot = _soonest(snapshots, map(when, snapshots))
    if not arguments.mailto:
        return write_out(f"{next_line(snapshot)}\n".encode(), None)
    if (draft := mailto(snapshot)) is None:
        raise CommandError(f"{next_line(snapshot)} There's no meeting to write about.")
    return write_out(f"{draft}\n".encode(), None)


def _soonest(snapshots: list[CircleSnapshot], dates: Iterable[datetime | None]) -> CircleSnapshot:
    """The circle that meets next; where none has a date, the first."""
    with_dates = [(date, at) for at, date in enumerate(dates) if date is not None]
    return snapshots[min(with_dates)[1] if with_dates else 0]
