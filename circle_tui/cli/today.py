"""`circle-tui today`: a member's daily commitments, without the screens.

Invariant: the output is about one day only, so nobody sees a member's other days. A "no" is not
stored.
"""

import argparse
import sys
from datetime import date

from circle_tui.cli.member_seat import find_seat, open_circle
from circle_tui.cli.output import CommandError, UsageError, say
from circle_tui.cli.read_key import LEAVE, key_by_key, one_key
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core import zones
from circle_tui.core.circle import commitments
from circle_tui.core.circle.circle import Member
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.errors import RuleError
from circle_tui.exit_codes import FINE, INTERRUPTED
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import SystemClock


def run(arguments: argparse.Namespace) -> int:
    """Ask whether each daily commitment was kept, or take `--yes` or `--no`; the exit status."""
    try:
        _answer(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED
    return FINE


def _answer(arguments: argparse.Namespace) -> None:
    did = arguments.did
    if did is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("there's no terminal to ask on: add --yes or --no.")
    seat = find_seat(chosen_folder(arguments), arguments.circle, arguments.name)
    service = open_circle(seat, SystemClock())
    try:
        # Decided once, because midnight may pass while a question waits.
        day = commitments.day_answered(service.circle, service.now, yesterday=arguments.yesterday)
        daily = _daily_on(day, service, seat.member)
        if not daily:
            return
        name = _name_of(day, service)
        if did is None:
            answers = _ask(service, daily, day, name)
        else:
            answers = [_keep(service, each, day, did) for each in daily]
    finally:
        service.close()
    say(_farewell(seat.member.name, name, answers))


def _daily_on(day: date, service: CircleService, member: Member) -> list[Commitment]:
    """The daily commitments that can be answered for `day`; if there are none, it says so.

    Raises `CommandError` if all of them were made after that day.
    """
    daily = commitments.daily_of(service.state, member.id)
    if not daily:
        say(
            f"{member.name} has no daily commitment open. Press y among the open commitments to "
            "make one daily."
        )
    refusals = [service.why_not(commitments.record_win, each.id, True, day=day) for each in daily]
    answered = [each for each, refusal in zip(daily, refusals, strict=True) if refusal is None]
    if daily and not answered:
        raise CommandError(str(refusals[0]))
    return answered


def _ask(service: CircleService, daily: list[Commitment], day: date, name: str) -> list[bool]:
    """Ask for each in one key, and return the answers. Esc leaves the rest unanswered."""
    answers: list[bool] = []
    with key_by_key(sys.stdin):
        for commitment in daily:
            say(commitment.text)
            say(f"  {name[0].upper()}{name[1:]}? y yes · n no · esc to answer later  ", end="")
            key = one_key(sys.stdin, "yn")
            say({"y": "yes", "n": "no", LEAVE: ""}[key])
            if key == LEAVE:
                break
            answers.append(_keep(service, commitment, day, key == "y"))
    return answers


def _keep(service: CircleService, commitment: Commitment, day: date, did: bool) -> bool:
    """Save one answer and return it. Raises `CommandError` if it is refused."""
    try:
        service.execute(commitments.record_win, commitment.id, did, day=day)
    except RuleError as refused:
        raise CommandError(str(refused)) from None
    return did


def _name_of(day: date, service: CircleService) -> str:
    """How to call a day: "today", or "yesterday, Monday"; "today, Tuesday Tokyo time" elsewhere."""
    now, here = service.now, service.here
    if day != service.circle.day(now):
        return f"yesterday, {day:%A}"
    if here is None or day == now.astimezone(here).date():
        return "today"
    return f"today, {day:%A} {zones.spoken_zone(service.circle.tz, now)}"


def _farewell(member: str, day: str, answers: list[bool]) -> str:
    if any(answers):
        return f"A win for {day}, {member}. Your circle will hear about it in your turn."
    if answers:
        return f"Thank you, {member}. A “no” isn't recorded."
    return "Nothing has changed."
