"""`circle-tui new`: sets up a circle without a screen.

Invariant: if anything cannot be used, it says one sentence and creates nothing.
"""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from circle_tui.cli.output import CommandError, UsageError, complain, say, say_path
from circle_tui.cli.read_key import LEAVE, key_by_key, one_key
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core import date_reading, dates, text
from circle_tui.core.circle import schedule
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.settings import read_minutes
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.core.name_list import read_names, spoken_names
from circle_tui.core.zones import read_zone
from circle_tui.exit_codes import FINE
from circle_tui.service.clock import MachineZone, SystemClock, find_local_zone
from circle_tui.service.new_circle import SameCircle, create
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError, clean_path


def run(arguments: argparse.Namespace) -> int:
    """Create the circle and print the path of its file; returns the exit status."""
    now = SystemClock().now()
    try:
        circle = _circle(arguments, now)
        folder = chosen_folder(arguments)
        made = create(folder, circle, again=arguments.again)
        if isinstance(made, SameCircle):
            _ask_for_a_second(made)
            made = create(folder, circle, again=True)
        assert isinstance(made, CircleFile)
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    except SaveError as failure:
        raise CommandError(str(failure)) from None
    _say_what_was_understood(arguments, circle, now)
    say_path(made.path)
    return FINE


def _circle(arguments: argparse.Namespace, now: datetime) -> Circle:
    """The circle that the options describe. Raises `RuleError` or `UsageError`."""
    zone = find_local_zone() if arguments.zone is None else read_zone(arguments.zone).key
    if zone is None:
        raise UsageError(
            "this computer's time zone has no name that a circle could use: give one, like --zone "
            "Europe/London."
        )

    def read_first(typed: str) -> datetime:
        return date_reading.read_first(typed, ZoneInfo(zone), now)

    first = arguments.first
    circle = make_circle(
        arguments.name,
        _unambiguous(arguments.members, read_names),
        arguments.format,
        zone=zone,
        now=now,
        first=None if first is None else read_first(_unambiguous(first, read_first)),
        share=_length("--minutes-each", arguments.minutes_each),
        length=_length("--length", arguments.length),
    )
    return replace(
        circle,
        digits=arguments.digits,
        bell=arguments.bell,
        overtime=arguments.overtime,
    )


def _unambiguous(typed: str, read: Callable[[str], object]) -> str:
    """`typed`, or if it is ambiguous, the reading that the user chooses at the terminal.

    Raises `RuleError` as `read` does, and `CommandError` if the user chooses no reading.
    """
    try:
        read(typed)
    except AmbiguousError as asked:
        if not _can_ask():
            raise
        return _ask_which(asked)
    return typed


def _ask_which(asked: AmbiguousError) -> str:
    """Ask which reading is meant. Raises `CommandError` if it is none of them."""
    readings = asked.readings[:9]
    say(f"What do you mean by “{text.shorten(asked.typed)}”?", sys.stderr)
    for number, reading in enumerate(readings, 1):
        say(f"  {number}  {reading}", sys.stderr)
    keys = "".join(str(number) for number in range(1, len(readings) + 1))
    say(f"{' or '.join(keys)} · esc for none of them  ", sys.stderr, end="")
    with key_by_key(sys.stdin):
        key = one_key(sys.stdin, keys)
    say("" if key == LEAVE else key, sys.stderr)
    if key == LEAVE:
        raise CommandError("nothing was made.")
    return readings[int(key) - 1]


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _length(option: str, typed: str | None) -> timedelta | None:
    if typed is None:
        return None
    try:
        return read_minutes(_unambiguous(typed, read_minutes))
    except RuleError as refused:
        raise UsageError(f"{option}: {refused}") from None


def _ask_for_a_second(same: SameCircle) -> None:
    """Ask whether to make a second circle with the same name and people.

    Raises `CommandError` if the answer is no, and `UsageError` without a terminal to ask on.
    """
    there = clean_path(same.file.path)
    sentence = f"there's already a circle “{same.circle.name}” with these people, in {there}"
    if not _can_ask():
        raise UsageError(f"{sentence}: add --again to make a second one.")
    complain(f"{sentence}.")
    say("Make a second one?  y yes · n no  ", sys.stderr, end="")
    with key_by_key(sys.stdin):
        yes = one_key(sys.stdin, "yn") == "y"
    say("yes" if yes else "no", sys.stderr)
    if not yes:
        raise CommandError("nothing was made.")


def _say_what_was_understood(arguments: argparse.Namespace, circle: Circle, now: datetime) -> None:
    """Print names and first meeting as understood; only on a terminal, as scripts need none."""
    if not sys.stderr.isatty():
        return
    say(spoken_names([member.name for member in circle.members]), sys.stderr)
    if arguments.first is not None:
        first = schedule.moment(circle, circle.first)
        when = dates.understood(first, circle, now, MachineZone())
        say(f"First meeting: {when}", sys.stderr)
