"""`circle-tui import`: takes in a circle from another machine."""

import argparse
import sys
from pathlib import Path

from circle_tui.cli.output import CommandError, say, say_path
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE, PROBLEM
from circle_tui.service import transfer
from circle_tui.service.clock import SystemClock
from circle_tui.service.transfer import IncomingCircle
from circle_tui.store import sidecars
from circle_tui.store.errors import LoadError, SaveError, clean_path
from circle_tui.views import transfer_words as views


def run(arguments: argparse.Namespace) -> int:
    """Take in the circle in a file; returns the exit status."""
    folder: Path = chosen_folder(arguments)
    try:
        arrived = transfer.read_incoming(arguments.file, folder)
        if arrived.here is None:
            say_path(transfer.add_incoming(arrived, folder).path)
            return FINE
        if arrived.identical:
            say(views.here_already(arrived.circle.name, clean_path(arrived.here.path)))
            return FINE
        return _replace(arrived, unasked=arguments.replace)
    except (RuleError, LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None


def _replace(arrived: IncomingCircle, *, unasked: bool) -> int:
    """Replace the circle that is here, unless somebody says no."""
    assert arrived.here is not None
    name, sent = arrived.circle.name, clean_path(arrived.sent.path)
    said = views.differs(name, sent, arrived.difference, is_newer=arrived.is_newer)
    if not unasked:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise CommandError(f"{said} {views.how_to_decide(sent)}")
        say(said)
        if not _agreed():
            say(views.LEFT)
            return PROBLEM
    transfer.replace_with_incoming(arrived, SystemClock())
    say(views.replaced(name, clean_path(sidecars.backup_of(arrived.here.path))))
    return FINE


def _agreed() -> bool:
    from circle_tui.cli.read_key import key_by_key, one_key

    say(views.ask_whether_to_replace(), end="")
    with key_by_key(sys.stdin):
        key = one_key(sys.stdin, "r")
    say("")
    return key == "r"
