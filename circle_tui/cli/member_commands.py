"""What a member does by themselves between two meetings, without the screens.

Invariant: a member is found by name over all circles, and never guessed at. Only the person sees
their days: what is said here is about today alone, and of a "no" nothing is kept. What was asked
for goes to stdout, troubles go to stderr; 0 is fine, 1 a problem found, 2 wrong usage.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TextIO

from circle_tui.cli.read_key import LEAVES, key_by_key, one_key
from circle_tui.core import text
from circle_tui.core.circle import checkins, commitments
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.name_lookup import the_one_called
from circle_tui.core.errors import CircleError, RuleError
from circle_tui.exit_codes import FINE, INTERRUPTED, PROBLEM, WRONG_USAGE
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import circles


class _CommandError(CircleError):
    """There is no going on; `str()` is the sentence for people, `status` the exit status."""

    def __init__(self, sentence: str, status: int = PROBLEM) -> None:
        super().__init__(sentence)
        self.status = status


class _Place(NamedTuple):
    """Somebody's seat in a circle."""

    file: CircleFile
    circle: Circle
    member: Member


def today(
    folder: Path, slug: str | None, name: str, clock: Clock, *, did: bool | None = None
) -> int:
    """Ask `name` whether each of their daily commitments was kept today; the exit status.

    With `did` nothing is asked, and that is the answer to each.
    """
    return _ended_well(lambda: _today(folder, slug, name, clock, did))


def check_in(folder: Path, slug: str | None, name: str, words: str, clock: Clock) -> int:
    """Keep a few sentences by `name` for the next gathering; the exit status.

    "-" reads them from stdin.
    """
    return _ended_well(lambda: _check_in(folder, slug, name, words, clock))


def _ended_well(command: Callable[[], None]) -> int:
    try:
        command()
    except _CommandError as ended:
        # A folder or a file may be called anything.
        _say(f"circle-tui: {text.clean(str(ended))}", sys.stderr)
        return ended.status
    except KeyboardInterrupt:
        return INTERRUPTED
    return FINE


def _say(line: str, to: TextIO | None = None, *, end: str = "\n") -> None:
    print(line, file=to or sys.stdout, end=end, flush=True)


# Whose


def _find(folder: Path, slug: str | None, name: str, fitting: Callable[[Circle], bool]) -> _Place:
    """The seat of whoever is called `name`, in a circle that is `fitting`."""
    chosen = _chosen(folder, slug)
    places = [
        _Place(file, circle, member)
        for file, circle in chosen
        for member in circle.members
        if member.left is None and fitting(circle)
    ]
    if not places:
        raise _CommandError("No circle here has check-ins between meetings: only some formats do.")
    try:
        at = the_one_called(name, [place.member.name for place in places])
    except RuleError as refused:
        raise _CommandError(str(refused), WRONG_USAGE) from None
    if len(at) > 1:
        either = " or ".join(f"--circle {places[each].file.slug}" for each in at)
        who = places[at[0]].member.name
        raise _CommandError(
            f"{who} is in more than one circle: say which, by {either}.", WRONG_USAGE
        )
    return places[at[0]]


def _chosen(folder: Path, slug: str | None) -> list[tuple[CircleFile, Circle]]:
    """The circle that was named, or else all of them; the sample only where there is no other."""
    try:
        found = circles(folder)
    except LoadError as trouble:
        raise _CommandError(str(trouble)) from None
    if not found:
        raise _CommandError(f"There is no circle in {folder} yet: run circle-tui to set one up.")
    if slug is not None and slug not in {each.file.slug for each in found}:
        there = ", ".join(each.file.slug for each in found)
        raise _CommandError(
            f"No circle's file is called that: --circle takes {there}.", WRONG_USAGE
        )
    wanted = [each for each in found if slug is None or each.file.slug == slug]
    whole = [(each.file, each.contents.circle) for each in wanted if each.contents is not None]
    if not whole:
        raise _CommandError(str(wanted[0].trouble))
    return [each for each in whole if slug is not None or not each[1].sample] or whole


def _open(place: _Place, clock: Clock) -> CircleService:
    try:
        opened = CircleService(place.file, clock)
    except LoadError as trouble:
        raise _CommandError(str(trouble)) from None
    if opened.reading_only is not None:
        raise _CommandError(opened.reading_only)
    return opened


# Today


def _today(folder: Path, slug: str | None, name: str, clock: Clock, did: bool | None) -> None:
    if did is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise _CommandError("asking needs a terminal; without one, say --yes or --no.", WRONG_USAGE)
    place = _find(folder, slug, name, lambda _circle: True)
    opened = _open(place, clock)
    try:
        daily = commitments.daily_of(opened.state, place.member.id)
        if not daily:
            _say(
                f"{place.member.name} has no daily commitment open; "
                "y among the commitments makes one daily."
            )
            return
        if did is None:
            answers = _asked(opened, daily)
        else:
            for each in daily:
                _keep(opened, each.id, did)
            answers = [did]
    finally:
        opened.close()
    _say(_farewell(place.member.name, answers))


def _asked(opened: CircleService, daily: tuple[commitments.Commitment, ...]) -> list[bool]:
    """Ask for each in one key; what was answered. Esc leaves the rest as it is."""
    answers: list[bool] = []
    with key_by_key(sys.stdin):
        for commitment in daily:
            _say(commitment.text)
            _say("  Today? y yes · n no · esc leaves it open  ", end="")
            key = one_key(sys.stdin, "yn")
            _say({"y": "yes", "n": "no", LEAVES: ""}[key])
            if key == LEAVES:
                break
            _keep(opened, commitment.id, key == "y")
            answers.append(key == "y")
    return answers


def _keep(opened: CircleService, commitment: str, did: bool) -> None:
    try:
        opened.execute(commitments.win, commitment, did)
    except RuleError as refused:
        raise _CommandError(str(refused)) from None


def _farewell(name: str, answers: list[bool]) -> str:
    if any(answers):
        return f"A win for today, {name}. Your circle hears of it in your own turn."
    if answers:
        return f"Thank you, {name}. Nothing is kept of a no."
    return "Nothing is changed."


# Check-ins


def _check_in(folder: Path, slug: str | None, name: str, words: str, clock: Clock) -> None:
    place = _find(folder, slug, name, lambda circle: circle.preset.checkin)
    if words == "-":
        words = sys.stdin.buffer.read().decode("utf-8", "replace")
    opened = _open(place, clock)
    try:
        refusal = opened.why_not(checkins.check_in, place.member.id, words)
        if refusal is not None:
            raise _CommandError(refusal, WRONG_USAGE)
        opened.execute(checkins.check_in, place.member.id, words)
    except RuleError as refused:
        raise _CommandError(str(refused)) from None
    finally:
        opened.close()
    _say("It is kept, and shown at the next gathering.")
