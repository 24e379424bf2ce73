"""`circle-tui new`: a circle without a screen, or one sentence and nothing at all."""

import argparse
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from circle_tui.cli.output import CommandError, UsageError, complain, say, say_path
from circle_tui.cli.read_key import key_by_key, one_key
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core import dates
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.name_lookup import same_circle
from circle_tui.core.circle.settings import read_minutes
from circle_tui.core.errors import RuleError
from circle_tui.core.name_list import spoken_names
from circle_tui.core.zones import read_zone
from circle_tui.exit_codes import FINE
from circle_tui.service.clock import MachineZone, SystemClock, find_local_zone
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError, shown
from circle_tui.store.folder import circles


def run(arguments: argparse.Namespace) -> int:
    """Make the circle, and say where its file is; the exit status."""
    now = SystemClock().now()
    try:
        circle = _circle(arguments, now)
        folder = chosen_folder(arguments)
        if not arguments.again:
            _check_new(folder, circle)
        _say_what_was_understood(arguments, circle, now)
        file = CircleFile.create(folder, circle)
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    except SaveError as failure:
        raise CommandError(str(failure)) from None
    say_path(file.path)
    return FINE


def _circle(arguments: argparse.Namespace, now: datetime) -> Circle:
    """The circle that the options describe. Raises `RuleError` or `UsageError`."""
    zone = find_local_zone() if arguments.zone is None else read_zone(arguments.zone).key
    if zone is None:
        raise UsageError(
            "this computer's time zone has no name that a circle could keep: "
            "give one, as in --zone Europe/London."
        )
    first = arguments.first
    circle = make_circle(
        arguments.name,
        arguments.members,
        arguments.format,
        zone=zone,
        now=now,
        first=None if first is None else dates.read_first(first, ZoneInfo(zone), now),
        share=_length("--minutes-each", arguments.minutes_each),
        length=_length("--length", arguments.length),
    )
    return replace(
        circle,
        digits=arguments.digits,
        bell=arguments.bell,
        overtime=arguments.overtime,
    )


def _length(option: str, typed: str | None) -> timedelta | None:
    if typed is None:
        return None
    try:
        return read_minutes(typed)
    except RuleError as refused:
        raise UsageError(f"{option}: {refused}") from None


def _check_new(folder: Path, circle: Circle) -> None:
    """Ask about a second circle of one name and people. Raises `CommandError` for a no.

    Without a terminal to ask on, raises `UsageError`.
    """
    try:
        there = circles(folder)
    except LoadError:
        # Why nothing can be read there is said when the circle is written.
        return
    for found in there:
        if found.contents is None or same_circle(circle, [found.contents.circle]) is None:
            continue
        sentence = (
            f"there is a circle “{found.contents.circle.name}” of these people already, in "
            f"{shown(found.file.path)}"
        )
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError(f"{sentence}: --again makes a second one.")
        complain(f"{sentence}.")
        say("Make a second one?  y yes · n no  ", sys.stderr, end="")
        with key_by_key(sys.stdin):
            yes = one_key(sys.stdin, "yn") == "y"
        say("yes" if yes else "no", sys.stderr)
        if not yes:
            raise CommandError("nothing is made.")
        return


def _say_what_was_understood(arguments: argparse.Namespace, circle: Circle, now: datetime) -> None:
    """To whoever typed it; a script wants the path alone."""
    if not sys.stderr.isatty():
        return
    say(spoken_names([member.name for member in circle.members]), sys.stderr)
    if arguments.first is not None:
        first = schedule.moment(circle, circle.first)
        when = dates.understood(first, circle, now, MachineZone())
        say(f"First meeting: {when}", sys.stderr)
