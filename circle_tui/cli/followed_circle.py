"""Finds the circle that is to be followed, by a second terminal or a page."""

from collections.abc import Sequence
from pathlib import Path

from circle_tui.cli.output import CommandError, UsageError
from circle_tui.core.circle.name_lookup import matching_names
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.store.folder import StoredCircle, circles


def find_followed(folder: Path, slug: str | None) -> CircleFile:
    """The circle called `slug`, or else the one that meets now, or the only one.

    Raises `CommandError` where there is none, `UsageError` where it isn't clear which is meant.
    """
    try:
        found = circles(folder)
    except LoadError as trouble:
        raise CommandError(str(trouble)) from None
    if not found:
        raise CommandError(f"There's no circle in {folder} yet: run circle-tui to set one up.")
    wanted = _wanted(found, slug)
    there = ", ".join(each.file.slug for each in found)
    if not wanted:
        raise UsageError(f"No circle here is called that. There's {there}.")
    if len(wanted) > 1:
        raise UsageError(f"Which circle? Write one of these after the command: {there}.")
    if wanted[0].trouble is not None:
        raise CommandError(wanted[0].trouble)
    return wanted[0].file


def _wanted(found: Sequence[StoredCircle], slug: str | None) -> list[StoredCircle]:
    if slug is not None:
        if by_file := [each for each in found if slug in each.slugs]:
            return by_file
        readable = [each for each in found if each.contents is not None]
        names = [each.contents.circle.name for each in readable if each.contents is not None]
        return [readable[at] for at in matching_names(slug, names)]
    meeting = [each for each in found if each.file.under_way]
    if len(meeting) == 1:
        return meeting
    own = [each for each in found if not (each.contents and each.contents.circle.sample)]
    return own or list(found)
