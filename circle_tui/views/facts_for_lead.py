"""What a circle hands to its lead, shown before it is written.

Invariant: everything that is handed over is named here, meeting by meeting. Members are named as
the circle chose.
"""

from collections.abc import Iterator
from typing import ClassVar

from circle_tui.core import text
from circle_tui.core.attendance import labels
from circle_tui.core.circle.facts_for_leads import MemberNaming, with_member_naming
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Local, Offer, Request, Row, Scroll, SpokenField, View, offered

TITLE = "For your lead"
WHAT_LEAVES = "What your lead gets"
MEETINGS = "Each meeting"
WEEKS = "Each week"
WHAT_STAYS = "What stays here"
FILE = "The file"

STAYS = (
    "Commitments and what became of them, check-ins, covenants, contracts, wins, and everything "
    "that was said. None of it goes into the file."
)
_NEXT_NAMES = {
    MemberNaming.NAMES: "Initials only",
    MemberNaming.INITIALS: "Seats only",
    MemberNaming.SEATS: "Full names",
}
_CALLED = {
    MemberNaming.NAMES: "by their names",
    MemberNaming.INITIALS: "by their initials",
    MemberNaming.SEATS: "by their seats",
}
_CANCELLED_SHOWN = 3
_SETTINGS = (
    "minutes each, length, meetings in a cycle, the first date, how times are shown, bell, and "
    "whether it rests"
)
_MEETING = (
    "when each began and ended, its cycle, who came and how, who opened, how many guests, and "
    "the next date"
)
_NO_MEETING = "None yet."
_NO_WEEK = "None yet."
_STATUS = "Nothing has gone out yet. Enter writes the file · n for other names · Esc cancels"
_IS_WRITTEN = "Written. Send it to your lead the way you'd send any file · Esc for home"
_NOTHING_REPLACED = "It'll be a new file. It won't overwrite anything."
_DONE = "It's written."
_ALREADY = "It's already written. Esc for home"


class FactsForLeadView(View, frozen=True, kw_only=True):
    """What is handed over, each meeting (or week), what stays, and where the file is written."""

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("leaves", WHAT_LEAVES),
        SpokenField("each", label_field="each_title", once=True),
        SpokenField("stays", WHAT_STAYS),
        SpokenField("file", FILE),
    )

    leaves: tuple[Row, ...]
    each_title: str
    each: tuple[Row, ...]
    stays: str = STAYS
    file: tuple[Row, ...]


def facts_for_lead_view(
    snapshot: CircleSnapshot, *, people: MemberNaming, file: str, folder: str, written: bool = False
) -> FactsForLeadView:
    """What would be written now, or is already `written`, to `file` in `folder`.

    Members are named as `people` says. `file` is empty until it's known.
    """
    state = with_member_naming(snapshot.state, people)
    meets = state.circle.preset.meets
    return FactsForLeadView(
        headline=(state.circle.name, TITLE),
        status=_IS_WRITTEN if written else _STATUS,
        actions=offered(
            TABLE[Place.FACTS_FOR_LEAD],
            {
                "write": Offer(Local.NOWHERE, _ALREADY) if written else Local.HAND_OVER,
                **({} if written else {"names": _names(people)}),
                "scroll_up": Scroll(-1),
                "scroll_down": Scroll(1),
                "back": Request.HOME,
            },
        ),
        leaves=tuple(_leaves(state, people)),
        each_title=MEETINGS if meets else WEEKS,
        each=tuple(_meetings(state)) if meets else tuple(_weeks(state)),
        file=(
            Row("", file),
            Row("", f"in {folder}"),
            Row("", _DONE if written else _NOTHING_REPLACED, dim=True),
        )
        if file
        else (),
    )


def _names(people: MemberNaming) -> Offer:
    return Offer(Local.NEXT_NAMES, label=_NEXT_NAMES[people])


def _leaves(state: CircleState, people: MemberNaming) -> Iterator[Row]:
    circle = state.circle
    about = (circle.name, circle.preset.title.lower(), str(circle.rhythm), circle.zone)
    yield Row("", ", ".join(about), name="Circle")
    yield Row("", _SETTINGS, name="Settings")
    names = text.join_with_and([member.name for member in circle.members]) or "nobody yet"
    yield Row("", f"{names}, {_CALLED[people]}; when they joined, were away or left", name="People")
    if not circle.preset.meets:
        yield Row("", "who sent and who received, week by week, as below", name="Trades")
        return
    yield Row("", _MEETING, name="Meetings")
    if state.cancelled:
        when = text.join_with_and(
            [labels.day(each.planned, circle) for each in state.cancelled[-_CANCELLED_SHOWN:]]
        )
        if len(state.cancelled) > _CANCELLED_SHOWN:
            when = f"{len(state.cancelled)} dates, the last ones {when}"
        yield Row("", f"{when}; when that was, and any new date", name="Cancelled")
    ends = [each.looked_back for each in state.records if each.looked_back is not None]
    if ends:
        chosen = ", ".join(str(end.choice) for end in ends)
        yield Row("", chosen, name="Cycle ends")


def _meetings(state: CircleState) -> Iterator[Row]:
    """The meetings, newest first."""
    names = {member.id: member.name for member in state.circle.members}
    for record in reversed(state.records):
        said = [f"{names.get(each, each)} {how}" for each, how in record.attendance.items()]
        if record.opener is not None:
            said.append(f"{names.get(record.opener, record.opener)} opened")
        if record.guests:
            said.append(labels.guests(record.guests))
        day = labels.short_day(record.started, state.circle)
        yield Row("", ", ".join(said), name=f"{record.number} · {day}")
    if not state.records:
        yield Row("", _NO_MEETING, dim=True)


def _weeks(state: CircleState) -> Iterator[Row]:
    """What was noted of a trading pair's weeks, newest first."""
    names = {member.id: member.name for member in state.circle.members}
    weeks = sorted({trade.week for trade in state.trades}, reverse=True)
    for week in weeks:
        said = [
            f"{names.get(trade.member, trade.member)} {half}"
            for trade in state.trades
            if trade.week == week
            for half, noted in (("sent", trade.sent), ("received", trade.received))
            if noted
        ]
        yield Row("", ", ".join(said), name=f"{week.day} {week:%b} {week.year}")
    if not weeks:
        yield Row("", _NO_WEEK, dim=True)
