"""The table of commands: each stands in it once, with the keys that really run it."""

import importlib
import pkgutil
from collections import defaultdict

import circle_tui.core as core
from circle_tui.core.circle import commitments, membership
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.contracts import voting, ways
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.views.action_table import Place
from circle_tui.views.command_rows import KeysAt
from circle_tui.views.command_table import CIRCLE_COMMANDS, MEETING_COMMANDS
from circle_tui.views.contract_commands import CONTRACT_COMMANDS
from circle_tui.views.view import ActionSpec

from .offering_places import offering_places
from .offers import Command, offers_of

WITHOUT_A_KEY: dict[Command, str] = {
    commitments.record_win: "`circle-tui today` runs it",
    membership.tell_of_three: "it notes that home has told them, which nobody undoes",
    voting.count_vote: "the ballot box runs it, so that no screen gets the ballots",
    ways.set_criterion: "`typed_ways.write_criterion` runs it with what was typed",
    ways.set_tiers: "`typed_ways.write_tiers` runs it with what was typed",
    ways.set_rubric: "`typed_ways.write_rubric` runs it with what was typed",
    ways.set_vote: "`typed_ways` runs it with what was typed or comes next",
    commands.arrive: "`arrive_or_leave` runs it for whoever isn't here",
    commands.leave: "`arrive_or_leave` runs it for whoever is here",
    commands.mark: "`mark_next` runs it with the next mark",
}
"""The commands that no action runs, and why."""

Where = tuple[Place, ActionSpec]


def defined_in_core() -> set[Command]:
    """Every command."""
    found: set[Command] = set()
    for module in pkgutil.walk_packages(core.__path__, "circle_tui.core."):
        for each in vars(importlib.import_module(module.name)).values():
            if isinstance(each, CircleCommand | MeetingCommand):
                found.add(each)
    return found


def in_the_table() -> list[tuple[Command, tuple[KeysAt, ...]]]:
    """Every row: a command and its keys."""
    circle = [(command, row.keys) for command, row in (CIRCLE_COMMANDS | CONTRACT_COMMANDS).items()]
    return [*circle, *MEETING_COMMANDS.items()]


def test_every_command_of_the_core_stands_in_the_table() -> None:
    assert {command for command, _ in in_the_table()} == defined_in_core()
    assert len(defined_in_core()) > 100


def test_no_command_stands_in_both_tables() -> None:
    assert not CONTRACT_COMMANDS.keys() & CIRCLE_COMMANDS.keys()


def test_only_a_command_with_a_reason_has_no_key() -> None:
    assert {command for command, keys in in_the_table() if not keys} == WITHOUT_A_KEY.keys()


def test_the_keys_in_the_table_are_the_ones_by_which_places_offer_the_command() -> None:
    offered: dict[Command, set[Where]] = defaultdict(set)
    for place in offering_places():
        for command, at, action in offers_of(place.presenter, place.keys):
            offered[command].add((at, action))
    for command, keys in in_the_table():
        listed = {(at.place, action) for at in keys for action in at.actions}
        assert offered[command] == listed, command
