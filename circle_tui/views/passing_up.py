"""What is passed up to the circle above: one row for each line, off until it's switched on.

Invariant: a line leaves the circle only if somebody switched it on, and only in `export-shared`.
"""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.core.circle import passing_up
from circle_tui.core.circle.passing_up import OWN, WORKED, PassableLine
from circle_tui.core.circle.record import MeetingRecord, PassedUp
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId
from circle_tui.views import every_screen
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.markdown import escape
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    Action,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    View,
    ask,
    execute,
    offered,
)

TITLE = "For the circle above yours"
EXPLAINED = (
    "Everything stays here unless you switch it on. The lines you switch on go out when someone "
    "runs circle-tui export shared."
)
NOTHING = "There's no line yet. n writes one of your own."
_WHOSE = {
    passing_up.WORKED: "What worked",
    passing_up.CHANGE: "What to change",
    OWN: "From all of us",
}
_SIGNS = (("●", "goes up"), ("○", "stays here"))


class PassingUpView(View, frozen=True, kw_only=True):
    """The lines of the last meeting; `lines` are their ids, row by row."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("rows", numbered=True),
        SpokenField("explained"),
    )

    rows: tuple[Row, ...]
    lines: tuple[str, ...]
    cursor: int | None
    explained: str


def passing_up_view(snapshot: CircleSnapshot, *, cursor: int, asking: bool) -> PassingUpView:
    """The lines with the cursor on one of them; `asking` is whether something is being typed."""
    state = snapshot.state
    record = state.records[-1]
    lines = passing_up.lines(state, record)
    cursor = max(min(cursor, len(lines) - 1), 0)
    return PassingUpView(
        headline=(state.circle.name, "passing up", f"meeting {record.number}"),
        status=_status(asking=asking),
        actions=_actions(snapshot, record, lines, cursor, asking=asking),
        rows=tuple(_row(state, each) for each in lines),
        lines=tuple(each.line for each in lines),
        cursor=cursor if lines else None,
        explained=EXPLAINED if lines else f"{NOTHING} {EXPLAINED}",
        signs=_SIGNS,
    )


def passing_up_face(snapshot: CircleSnapshot) -> RingFace:
    """The ring with those lit who have a line that is passed up."""
    passed = snapshot.state.records[-1].passed_up
    return place_face(
        snapshot,
        done=[each.member for each in passed if each.member is not None],
        title="passing up",
        note="only what you choose",
    )


def _status(*, asking: bool) -> str:
    if asking:
        return every_screen.TYPING
    return "Space switches a line on or off · n for your own line · Esc when you're done"


def _row(state: CircleState, line: PassableLine) -> Row:
    return Row(
        "●" if line.passed else "○",
        line.text,
        "goes up" if line.passed else "stays here",
        name=_whose(state, line.line, line.member),
    )


def _whose(state: CircleState, line: str, member: MemberId | None) -> str:
    return _WHOSE.get(line, "") if member is None else state.member(member).name


def _actions(
    snapshot: CircleSnapshot,
    record: MeetingRecord,
    lines: Sequence[PassableLine],
    cursor: int,
    *,
    asking: bool,
) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.PASSING_UP], {"back": Local.BACK})
    own = next((each.text for each in lines if each.line == OWN), "")
    offers: dict[str, Offer | Intent] = {
        "write": ask(
            "What would you like to tell them? One line, or nothing.",
            passing_up.write,
            record.id,
            value=own,
        ),
        "previous": Move(-1),
        "next": Move(1),
        "back": Request.HOME,
    }
    if lines:
        command, args = passing_up.switch, (record.id, lines[cursor].line)
        offers["switch"] = Offer(execute(command, *args), snapshot.why_not(command, *args))
    return offered(TABLE[Place.PASSING_UP], offers)


# Written out


def shared_page(state: CircleState, within: DateRange = ALL_DATES) -> str:
    """What was passed up, as Markdown: of the last meeting, or of all on the days `within`.

    Raises `RuleError` if nothing was.
    """
    found = [
        record
        for record in state.records
        if record.passed_up and within.contains(record.started, state.circle)
    ]
    if not found:
        raise RuleError(_why_nothing(state, within))
    if within == ALL_DATES:
        found = found[-1:]
    return "\n".join(_page(state, found))


def _why_nothing(state: CircleState, within: DateRange) -> str:
    """Why nothing was passed up, and what to do so that something is."""
    name = state.circle.name
    if not state.circle.preset.meets:
        return f"{name} is a trading pair: it doesn't meet, so it passes nothing up."
    if within != ALL_DATES and any(record.passed_up for record in state.records):
        return f"{name} passed nothing up on those days."
    if not state.circle.passes_up:
        return f"{name} passes nothing up: turn that on in the settings, and then line by line."
    return f"{name} has passed nothing up yet: press g at home, and switch each line on."


def _page(state: CircleState, records: Sequence[MeetingRecord]) -> Iterator[str]:
    yield f"# From {escape(state.circle.name)}"
    for record in records:
        day = state.circle.day(record.started)
        yield f"\n## {day.day} {day:%B %Y}\n"
        for each in sorted(record.passed_up, key=lambda passed: _order(state, passed)):
            whose = _whose(state, each.line, each.member)
            yield f"- {escape(whose)}: {escape(each.text)}"
    yield ""


def _order(state: CircleState, passed: PassedUp) -> tuple[int, int]:
    """Commitments by seat, then the look back, then the circle's own line."""
    seats = [member.id for member in state.circle.members]
    if passed.member in seats:
        return seats.index(passed.member), 0
    return len(seats), [WORKED, passing_up.CHANGE, OWN].index(passed.line) if (
        passed.line in _WHOSE
    ) else 0
