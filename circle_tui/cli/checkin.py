"""`circle-tui checkin`: a few sentences for the next gathering, without the screens."""

import argparse
import sys

from circle_tui.cli.member_seat import find_seat, open_circle
from circle_tui.cli.output import CommandError, UsageError, say
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.circle import checkins
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE, INTERRUPTED
from circle_tui.service.clock import SystemClock


def run(arguments: argparse.Namespace) -> int:
    """Save a member's check-in, read from stdin if it is "-"; returns the exit status."""
    try:
        _check_in(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    say("Saved. Everyone will see it at the next gathering.")
    return FINE


def _check_in(arguments: argparse.Namespace) -> None:
    seat = find_seat(
        chosen_folder(arguments),
        arguments.circle,
        arguments.name,
        lambda circle: circle.preset.checkin,
    )
    words = arguments.words
    if words == "-":
        words = sys.stdin.buffer.read().decode("utf-8", "replace")
    service = open_circle(seat, SystemClock())
    try:
        refusal = service.why_not(checkins.check_in, seat.member.id, words)
        if refusal is not None:
            raise UsageError(refusal)
        service.execute(checkins.check_in, seat.member.id, words)
    except RuleError as refused:
        raise CommandError(str(refused)) from None
    finally:
        service.close()
