"""`circle-tui import`: takes in a circle from another machine."""

import argparse
import sys
from pathlib import Path

from circle_tui.cli.output import CommandError, say, say_path
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE, PROBLEM
from circle_tui.service import moving
from circle_tui.service.clock import SystemClock
from circle_tui.service.moving import Arrived
from circle_tui.store import sidecars
from circle_tui.store.errors import LoadError, SaveError, shown
from circle_tui.views import moving as views


def run(arguments: argparse.Namespace) -> int:
    """Take in the circle in a file; returns the exit status."""
    folder: Path = chosen_folder(arguments)
    try:
        arrived = moving.look_at(arguments.file, folder)
        if arrived.here is None:
            say_path(moving.take_in(arrived, folder).path)
            return FINE
        if arrived.identical:
            say(views.here_already(arrived.circle.name, shown(arrived.here.path)))
            return FINE
        return _replace(arrived, unasked=arguments.replace)
    except (RuleError, LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None


def _replace(arrived: Arrived, *, unasked: bool) -> int:
    """Replace the circle that is here, unless somebody says no."""
    assert arrived.here is not None
    name, sent = arrived.circle.name, shown(arrived.sent.path)
    said = views.differs(name, sent, arrived.difference, is_newer=arrived.is_newer)
    if not unasked:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise CommandError(f"{said} {views.say_how(sent)}")
        say(said)
        if not _agreed():
            say(views.LEFT)
            return PROBLEM
    moving.replace(arrived, SystemClock())
    say(views.replaced(name, shown(sidecars.backup_of(arrived.here.path))))
    return FINE


def _agreed() -> bool:
    from circle_tui.cli.read_key import key_by_key, one_key

    say(views.ask(), end="")
    with key_by_key(sys.stdin):
        key = one_key(sys.stdin, "r")
    say("")
    return key == "r"
