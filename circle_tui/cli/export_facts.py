"""`circle-tui export facts`: who came, for a circle to hand to its lead."""

import argparse
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from circle_tui.cli.member_seat import chosen_circle
from circle_tui.cli.output import CommandError, UsageError, complain, stdout_or
from circle_tui.cli.sessions import chosen_folder
from circle_tui.core.circle.facts_for_leads import MemberNaming
from circle_tui.exit_codes import FINE, PROBLEM
from circle_tui.service.clock import SystemClock
from circle_tui.service.handing_over import facts_of, write_bundle, write_facts
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.store.facts_bundle import is_named_bundle
from circle_tui.store.folder import list_circles, without_copies
from circle_tui.store.output_file import is_stream


def run(arguments: argparse.Namespace) -> int:
    """Write the facts of one circle, or of all; the exit status."""
    folder, people = chosen_folder(arguments), MemberNaming(arguments.people)
    goal = stdout_or(arguments.output)
    now = SystemClock().now()
    try:
        if arguments.all:
            return _write_all(folder, people, goal, now)
        found = chosen_circle(folder, arguments.circle, or_else=", or --all")
        write_facts(facts_of(found.file, now, people), goal)
    except (LoadError, SaveError) as trouble:
        raise CommandError(str(trouble)) from None
    return FINE


def _write_all(folder: Path, people: MemberNaming, goal: Path, now: datetime) -> int:
    if not is_stream(goal) and not is_named_bundle(goal):
        raise UsageError("--all makes a bundle: give a name like circles.facts.jsonl.gz with -o.")
    if goal == stdout_or(None) and sys.stdout.isatty():
        raise UsageError("--all makes a bundle, which isn't text: give a file with -o.")
    failed: list[str] = []
    if not write_bundle(_all_facts(folder, people, now, failed), goal):
        raise CommandError(failed[0] if failed else f"There's no circle in {folder} yet.")
    return PROBLEM if failed else FINE


def _all_facts(
    folder: Path, people: MemberNaming, now: datetime, failed: list[str]
) -> Iterator[bytes]:
    """The facts of each circle but the sample; what cannot be read is said, and `failed`."""
    for listed in without_copies(list_circles(folder)):
        if listed.sample:
            continue
        for sentence in listed.copies:
            complain(sentence)
        try:
            line = facts_of(listed.file, now, people)
        except LoadError as trouble:
            failed.append(str(trouble))
            complain(str(trouble))
            continue
        yield line
