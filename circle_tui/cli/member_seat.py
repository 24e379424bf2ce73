"""Finds the member whom a name on the command line means.

Invariant: all circles are searched, and if the name is ambiguous, nobody is chosen.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from circle_tui.cli.output import CommandError, UsageError, complain
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.name_lookup import matching_names, unambiguous_match
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock, SystemClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import StoredCircle, circles


class MemberSeat(NamedTuple):
    """A member, their circle, and its file; `copies` has a sentence for each older file of it."""

    file: CircleFile
    circle: Circle
    member: Member
    copies: tuple[str, ...] = ()


class ChosenCircle(NamedTuple):
    """A circle that is meant; `copies` has a sentence for each older file of it."""

    file: CircleFile
    circle: Circle
    copies: tuple[str, ...] = ()


def find_seat(
    folder: Path, slug: str | None, name: str, fits: Callable[[Circle], bool] = lambda _circle: True
) -> MemberSeat:
    """The seat of the member called `name`, in a circle for which `fits` is true.

    `slug` limits the search to one circle, by the name of its file or its own name.

    Raises `CommandError` if there is no such circle, `UsageError` if the name is unknown or
    ambiguous.
    """
    seats = [
        MemberSeat(file, circle, member, copies)
        for file, circle, copies in chosen_circles(folder, slug)
        for member in circle.members
        if member.left is None and fits(circle)
    ]
    if not seats:
        raise CommandError("No circle here has check-ins between meetings: only some formats do.")
    try:
        at = unambiguous_match(name, [seat.member.name for seat in seats])
    except RuleError as refused:
        raise UsageError(str(refused)) from None
    if len(at) > 1:
        either = " or ".join(f"--circle {seats[each].file.slug}" for each in at)
        who = seats[at[0]].member.name
        raise UsageError(f"{who} is in more than one circle: say which with {either}.")
    return seats[at[0]]


def open_circle(seat: MemberSeat, clock: Clock) -> CircleService:
    """Open the circle of `seat` for writing. Raises `CommandError` if that is not possible."""
    try:
        service = CircleService(seat.file, clock)
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    if service.reading_only is not None:
        raise CommandError(service.reading_only)
    for sentence in filter(None, (*seat.copies, service.open_elsewhere)):
        complain(sentence)
    return service


def chosen_circles(folder: Path, slug: str | None) -> list[ChosenCircle]:
    """The circle that was named, or else all of them; the sample only where there is no other.

    Raises `CommandError` where there is none, `UsageError` where none is called that.
    """
    try:
        found = circles(folder)
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    if not found:
        raise CommandError(f"There's no circle in {folder} yet: run circle-tui to set one up.")
    wanted = list(found) if slug is None else _called(slug, found)
    if not wanted:
        there = ", ".join(each.file.slug for each in found)
        raise UsageError(f"No circle here is called that: --circle takes {there}.")
    whole = [
        ChosenCircle(each.file, each.contents.circle, each.copies)
        for each in wanted
        if each.contents is not None
    ]
    if not whole:
        raise CommandError(str(wanted[0].trouble))
    for each in wanted:
        if each.trouble is not None:
            complain(each.trouble)
    return [each for each in whole if slug is not None or not each.circle.sample] or whole


def chosen_circle(folder: Path, slug: str | None, *, or_else: str = "") -> ChosenCircle:
    """The one circle that is meant; says if it has older copies.

    `or_else` is another way out where there are several. Raises as `chosen_circles` does, and
    `UsageError` where it does not say which of several.
    """
    chosen = chosen_circles(folder, slug)
    if len(chosen) > 1:
        each = ", ".join(found.file.slug for found in chosen)
        raise UsageError(
            f"There's more than one circle: say which with --circle ({each}){or_else}."
        )
    (found,) = chosen
    for sentence in found.copies:
        complain(sentence)
    return found


def chosen_snapshot(arguments: argparse.Namespace) -> tuple[CircleFile, CircleSnapshot]:
    """The file of the circle that `--circle` means, and the circle now. Raises `CommandError`."""
    file = chosen_circle(chosen_folder(arguments), arguments.circle).file
    return file, snapshot_of(file, SystemClock())


def snapshot_of(file: CircleFile, clock: Clock) -> CircleSnapshot:
    """A circle as it is now, for reading alone. Raises `CommandError`."""
    try:
        state = file.read()
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    return CircleSnapshot(state, clock.now(), under_way=file.under_way, here=clock.zone)


def _called(named: str, found: Sequence[StoredCircle]) -> list[StoredCircle]:
    """The circles with a file of that name, or else those of that name."""
    if by_file := [each for each in found if named in each.slugs]:
        return by_file
    readable = [each for each in found if each.contents is not None]
    names = [each.contents.circle.name for each in readable if each.contents is not None]
    return [readable[at] for at in matching_names(named, names)]
