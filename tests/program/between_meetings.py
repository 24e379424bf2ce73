"""What people do between two meetings: its keys, what the screen says then, and what is kept.

Invariant: what an act must leave in the file is worked out by the rules, and not by the program
that is being killed.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import (
    checkins,
    commitments,
    covenant,
    membership,
    rebooking,
    schedule,
    settings,
)
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.record import MeetingRecord, NewCommitment
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.core.errors import RuleError

from .terminal import KEYS

TYPING = "^c Quit"
"""The footer's word for ctrl+c, which it names while a field is open, and no longer then."""

_ALL = "\x1b[F\x15"
"""End, then ctrl+u: whatever stands in the field is gone."""


class Act(NamedTuple):
    """The keys from home and back, what shows that it is done, and the state that must be kept."""

    name: str
    keys: str
    shown: Callable[[str], bool]
    after: CircleState

    @property
    def keys_home(self) -> str:
        """Back to home."""
        return KEYS["esc"]


def new_circle() -> CircleState:
    """A circle that has met once; each member has promised something."""
    began = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    circle = make_circle("Harbour", "Maya, Marc, Tom", "movement-pod", zone="UTC", now=began)
    members = [each.id for each in circle.members]
    record = MeetingRecord(
        id="one",
        number=1,
        cycle=1,
        started=began,
        ended=began + timedelta(hours=1),
        opener=members[0],
        order=tuple(members),
        attendance=dict.fromkeys(members, Attendance.PRESENT),
        guests=0,
        made=tuple(
            NewCommitment(f"c{at}", each, f"I walk {at}") for at, each in enumerate(members)
        ),
        answered=(),
        next=None,
        reaches_out={},
    )
    return CircleState(circle=circle, records=(record,))


def kept(state: CircleState) -> dict[str, object]:
    """Every word, mark and date of a state that people see between two meetings."""
    names = {each.id: each.name for each in state.circle.members}
    return {
        "people": [(each.name, bool(each.away), bool(each.left)) for each in state.circle.members],
        "check-ins": [(names[each.member], each.text) for each in state.checkins],
        "meeting": schedule.planned(state),
        "cancelled": [(each.planned, each.rebooked) for each in state.cancelled],
        "covenants": [
            (each.clauses, each.review, sorted(names[signer] for signer in each.signatures))
            for each in state.covenants
        ],
        "commitments": [
            (names[each.member], each.text, each.due, each.daily)
            for each in commitments.open_commitments(state)
        ],
        "settings": (state.circle.name, state.circle.share, state.circle.rhythm),
        "meetings": len(state.records),
    }


def some_act(state: CircleState, chance: Random) -> Act:
    """An act that the rules allow now."""
    while True:
        try:
            return chance.choice(_ACTS)(state, chance)
        except RuleError:
            continue


def _act(name: str, keys: str, shown: str, state: CircleState, command: Any, *args: object) -> Act:
    after = command(state, datetime.now(UTC), *args)
    return Act(name, keys, lambda text: re.search(shown, text) is not None, after)


def _typed(
    name: str, keys: str, words: str, state: CircleState, command: Any, *args: object
) -> Act:
    after = command(state, datetime.now(UTC), *args, words)
    # Words may be cut short, and stand in the field before they are taken.
    seen = words.split()[0]
    return Act(
        name,
        f"{keys}{_ALL}{words}{KEYS['enter']}",
        lambda text: TYPING not in text and seen in text,
        after,
    )


def _word(chance: Random) -> str:
    return "".join(chance.choices("abcdefghijklmnoprstuvwyz", k=9)).capitalize()


def _seat(state: CircleState, chance: Random) -> tuple[int, Any]:
    seat = chance.randrange(len(state.active))
    return seat + 1, state.active[seat]


def _date(chance: Random) -> datetime:
    ahead = timedelta(days=chance.randint(2, 200), minutes=15 * chance.randint(0, 95))
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + ahead


def _join(state: CircleState, chance: Random) -> Act:
    if len(state.active) > 6:
        raise RuleError("No seat has a key then.")
    return _typed("join", "pn", _word(chance), state, membership.join)


def _go_away(state: CircleState, chance: Random) -> Act:
    if len(state.active) < 3:
        raise RuleError("Somebody stays.")
    seat, member = _seat(state, chance)
    return _act("away", f"p{seat}a", rf"{member.name} +away", state, membership.go_away, member.id)


def _leave(state: CircleState, chance: Random) -> Act:
    if len(state.active) < 4:
        raise RuleError("Somebody stays.")
    seat, member = _seat(state, chance)
    return _act("leave", f"p{seat}l", rf"{member.name} +left", state, membership.leave, member.id)


def _check_in(state: CircleState, chance: Random) -> Act:
    # This screen gives whoever is away a number, too.
    listed = [each for each in state.circle.members if each.left is None]
    seat = chance.randint(1, len(listed))
    member = listed[seat - 1]
    words = f"{_word(chance)} is what I'm at"
    return _typed("check-in", f"i{seat}n", words, state, checkins.check_in, member.id)


def _rebook(state: CircleState, chance: Random) -> Act:
    when = _date(chance)
    act = _typed("rebook", "bd", f"{when:%Y-%m-%d %H:%M}", state, rebooking.rebook)
    said = f"{when.day} {when:%B}"
    return act._replace(shown=lambda text: TYPING not in text and said in text)


def _cancel(state: CircleState, _chance: Random) -> Act:
    act = _act("cancel", "bx", "", state, rebooking.cancel)
    # After many moves the list of them may be longer than the screen.
    planned = schedule.planned(act.after)
    said = f"{planned:%A} {planned.day} {planned:%B}"
    return act._replace(shown=lambda text: said in text)


def _write_covenant(state: CircleState, _chance: Random) -> Act:
    return _act("covenant", "vw", "Then you can sign", state, covenant.write)


def _change_clause(state: CircleState, chance: Random) -> Act:
    words = f"{_word(chance)} together"
    return _typed("clause", "ve", words, state, covenant.change, Clause.PURPOSE)


def _review(state: CircleState, chance: Random) -> Act:
    day = _date(chance)
    act = _typed("review date", "vd", f"{day:%Y-%m-%d}", state, covenant.set_review)
    said = f"{day.day} {day:%B}"
    return act._replace(shown=lambda text: TYPING not in text and said in text)


def _sign(state: CircleState, chance: Random) -> Act:
    seat, member = _seat(state, chance)
    return _act("sign", f"v{seat}s", rf"{member.name} +signed", state, covenant.sign, member.id)


def _first_listed(state: CircleState) -> str:
    seats = {each.id: seat for seat, each in enumerate(state.circle.members)}
    listed = sorted(commitments.open_commitments(state), key=lambda each: seats[each.member])
    if not listed:
        raise RuleError("Nothing is promised.")
    return listed[0].id


def _change_commitment(state: CircleState, chance: Random) -> Act:
    words = f"{_word(chance)} every week"
    return _typed("commitment", "ce", words, state, commitments.renegotiate, _first_listed(state))


def _due(state: CircleState, chance: Random) -> Act:
    day = _date(chance)
    act = _typed("due", "ct", f"{day:%Y-%m-%d}", state, commitments.set_due, _first_listed(state))
    said = f"due {day.day} {day:%B}"
    return act._replace(shown=lambda text: TYPING not in text and said in text)


def _rename_circle(state: CircleState, chance: Random) -> Act:
    return _typed("rename", f"s{KEYS['enter']}", _word(chance), state, settings.rename)


_ACTS: tuple[Callable[[CircleState, Random], Act], ...] = (
    _join, _go_away, _leave, _check_in, _check_in, _rebook, _cancel, _write_covenant,
    _change_clause, _review, _sign, _change_commitment, _due, _rename_circle,
)  # fmt: skip
