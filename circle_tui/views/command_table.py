"""The table of commands: what each is called, and by which keys it is run in each place.

Invariant: every command of the core stands here once, or in `contract_commands`; its keys and
labels are those of `action_table`, and what it is called is what undo and redo say. Home doesn't
import it.
"""

from typing import Any

from circle_tui.core.circle import (
    checkins,
    commitments,
    correction,
    covenant,
    membership,
    paper_meeting,
    passing_up,
    reaching_out,
    rebooking,
    settings,
    trades,
)
from circle_tui.core.circle.command import CircleCommand
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import MemberId
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.command import MeetingCommand
from circle_tui.views import paper_meeting as paper_meeting_view
from circle_tui.views.action_table import ANSWERS, CHOICE_KEYS, Place
from circle_tui.views.command_rows import CommandRow, KeysAt, Named, at, row


def row_of(command: CircleCommand[...]) -> CommandRow:
    """The row of a command between two meetings."""
    if command not in CIRCLE_COMMANDS:
        # Imported here, because a circle without contracts does not need theirs.
        from circle_tui.views.contract_commands import CONTRACT_COMMANDS

        return CONTRACT_COMMANDS[command]
    return CIRCLE_COMMANDS[command]


def _name(state: CircleState, member: MemberId) -> str:
    return state.member(member).name


def _member(pattern: str, *, argument: int = 0) -> Named:
    """Names a command of which that argument is a member's id."""
    return lambda args, before, _after: pattern.format(name=_name(before, args[argument]))


def _commitment(pattern: str) -> Named:
    """Names a command whose first argument is a commitment's id."""

    def named(args: tuple[Any, ...], before: CircleState, _after: CircleState) -> str:
        open_ones = commitments.open_commitments(before)
        owner = next(commitment.member for commitment in open_ones if commitment.id == args[0])
        return pattern.format(name=_name(before, owner))

    return named


def _joined(_args: tuple[Any, ...], _before: CircleState, after: CircleState) -> str:
    return f"{after.circle.members[-1].name} joining"


def _recorded(_args: tuple[Any, ...], before: CircleState, after: CircleState) -> str:
    return paper_meeting_view.name_of_change(before, after)


_SWITCHES = {
    "digits": "digits",
    "bell": "bell",
    "overtime": "overtime",
    "twelve_hours": "clock",
    "passes_up": "passing up",
}

CIRCLE_COMMANDS: dict[CircleCommand[...], CommandRow] = {
    membership.join: row(_joined, at(Place.PEOPLE, "join")),
    membership.leave: row(_member("{name} leaving for good"), at(Place.PEOPLE, "leave")),
    membership.go_away: row(_member("{name} being away"), at(Place.PEOPLE, "away")),
    membership.come_back: row(_member("{name} being back"), at(Place.PEOPLE, "come_back")),
    membership.rename: row(_member("{name}'s new name"), at(Place.PEOPLE, "rename")),
    membership.move_seat: row(
        _member("{name}'s new seat"), at(Place.PEOPLE, "seat_down", "seat_up")
    ),
    membership.forget: row("forgetting someone", at(Place.PEOPLE, "forget")),
    membership.tell_of_three: row("the note about three people"),
    commitments.renegotiate: row(
        _commitment("new words for {name}'s commitment"), at(Place.OPEN_COMMITMENTS, "change")
    ),
    commitments.release: row(
        _commitment("letting go of {name}'s commitment"), at(Place.OPEN_COMMITMENTS, "release")
    ),
    commitments.set_due: row(
        _commitment("when {name}'s commitment comes up"), at(Place.OPEN_COMMITMENTS, "due")
    ),
    commitments.set_daily: row(
        _commitment("whether {name}'s commitment is daily"), at(Place.OPEN_COMMITMENTS, "daily")
    ),
    commitments.record_win: row(_commitment("{name}'s day")),
    correction.correct_attendance: row(
        _member("how {name} came", argument=1), at(Place.CORRECTION, "attendance")
    ),
    correction.correct_opener: row(
        _member("{name} as the opener", argument=1), at(Place.CORRECTION, "opener")
    ),
    correction.correct_outcome: row(
        lambda args, _before, _after: f"the outcome “{args[2]}”",
        at(Place.CORRECTION, "kept", "missed", "partly", "released"),
    ),
    paper_meeting.record: row(_recorded, at(Place.PAPER_MEETING, "save")),
    passing_up.switch: row("what goes up", at(Place.PASSING_UP, "switch")),
    passing_up.write: row("your line for the circle above", at(Place.PASSING_UP, "write")),
    covenant.write: row("the first covenant", at(Place.COVENANT, "write")),
    covenant.change: row(
        lambda args, _before, _after: f"new words for “{args[0]}”", at(Place.COVENANT, "edit")
    ),
    covenant.set_review: row("the review date", at(Place.COVENANT, "review_date")),
    covenant.sign: row(_member("{name}'s signature"), at(Place.COVENANT, "sign")),
    settings.rename: row("the circle's new name", at(Place.SETTINGS, "change")),
    settings.set_share: row("the length of a share", at(Place.SETTINGS, "change")),
    settings.set_length: row("the length of a meeting", at(Place.SETTINGS, "change")),
    settings.set_response: row("the time for responses", at(Place.SETTINGS, "change")),
    settings.set_rhythm: row("the rhythm", at(Place.SETTINGS, "change")),
    settings.set_cycle: row("the length of a cycle", at(Place.SETTINGS, "change")),
    settings.set_zone: row("the time zone", at(Place.SETTINGS, "change")),
    settings.switch: row(
        lambda args, _before, _after: f"the setting “{_SWITCHES[args[0]]}”",
        at(Place.SETTINGS, "change"),
        at(Place.SHARE, "bell"),
    ),
    settings.set_judged_a_month: row(
        "how much one person judges in a month", at(Place.SETTINGS, "change")
    ),
    settings.set_prompt: row("the wording of a response", at(Place.SETTINGS, "change")),
    reaching_out.reach: row(_member("reaching out to {name}"), at(Place.HOME, "reached")),
    rebooking.cancel: row("the cancellation", at(Place.REBOOKING, "cancel")),
    rebooking.rebook: row("the new date", at(Place.REBOOKING, "other_date")),
    rebooking.wake: row("waking the circle", at(Place.HOME, "wake"), at(Place.REBOOKING, "wake")),
    checkins.check_in: row(_member("{name}'s check-in"), at(Place.CHECKINS, "write")),
    trades.toggle: row(
        lambda args, before, _after: f"{_name(before, args[0])}'s “{args[1]}”",
        at(Place.TRADES, "received", "sent"),
    ),
}

MEETING_COMMANDS: dict[MeetingCommand[...], tuple[KeysAt, ...]] = {
    closing_commands.answer_question: (
        at(Place.CLOSING, *(f"answer_{answer}" for answer in ANSWERS)),
    ),
    closing_commands.choose: (at(Place.CLOSING, *(f"choose_{choice}" for choice in CHOICE_KEYS)),),
    closing_commands.close: (at(Place.CLOSING, "close"),),
    closing_commands.close_as_it_stands: (at(Place.RESUME, "close"),),
    closing_commands.cut_short: (at(Place.DURING_A_MEETING, "cut_short"),),
    closing_commands.keep_date: (at(Place.CLOSING, "keep_date"),),
    closing_commands.look_back: (at(Place.CLOSING, "look_back"),),
    closing_commands.propose_date: (at(Place.CLOSING, "other_date"),),
    closing_commands.settle_reach_out: (at(Place.CLOSING, "reach_out"),),
    commands.answer: (at(Place.COMMITMENTS, "kept", "missed", "partly", "released"),),
    commands.arrive: (),
    commands.arrive_and_pass: (at(Place.SHARE, "arrive_and_pass"),),
    commands.arrive_or_leave: (at(Place.ARRIVALS, "choose"),),
    commands.backdate: (at(Place.SHARE, "backdate"),),
    commands.begin: (at(Place.GATHERING, "begin"),),
    commands.end_responses: (at(Place.RESPONSES, "end"),),
    commands.end_turn: (at(Place.COMMITMENTS, "end"),),
    commands.finish: (at(Place.SHARE, "finish", "finish_held"),),
    commands.fit_shares: (at(Place.GATHERING, "fit"),),
    commands.give_minute: (at(Place.GATHERING, "longer"), at(Place.SHARE, "longer")),
    commands.leave: (),
    commands.mark: (),
    commands.mark_next: (at(Place.GATHERING, "mark", *(f"seat_{seat}" for seat in range(1, 10))),),
    commands.next_step: (at(Place.SHARE, "next_step"),),
    commands.pass_turn: (at(Place.SHARE, "pass"),),
    commands.pause: (at(Place.SHARE, "hold"),),
    commands.promise: (at(Place.COMMITMENTS, "promise"),),
    commands.renegotiate: (at(Place.COMMITMENTS, "changed"),),
    commands.reset: (at(Place.COMMITMENTS, "again", "different", "let_go", "smaller"),),
    commands.respond: (at(Place.RESPONSES, "respond", "respond_aloud"),),
    commands.resume: (at(Place.SHARE, "resume"),),
    commands.say_what_got_in_the_way: (at(Place.COMMITMENTS, "say_why"),),
    commands.start: (at(Place.SHARE, "start"),),
    commands.take_minute: (at(Place.GATHERING, "shorter"), at(Place.SHARE, "shorter")),
    commands.welcome_guest: (at(Place.GATHERING, "guest"),),
}
"""Undo and redo call a change of a meeting by its events, which a journal has: see `changes`."""
