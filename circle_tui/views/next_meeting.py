"""What comes next in a circle, as one line, for example for a shell prompt.

Invariant: it is one line, and holds no words of anybody and nobody's absence.
"""

from datetime import datetime
from urllib.parse import quote

from circle_tui.core import dates
from circle_tui.core.circle import rebooking, rotation, trades
from circle_tui.core.circle.snapshot import CircleSnapshot

_SUBJECT = "{name}: {when}"
_BODY = "Hello,\n\nour next meeting is on {when}, and takes {length}. {opener}\n\nSee you there!\n"


def when(snapshot: CircleSnapshot) -> datetime | None:
    """When the next meeting is (aware UTC); None if there is none."""
    context = snapshot.context
    if not snapshot.circle.preset.meets or context.resting or not context.members:
        return None
    return context.planned


def next_line(snapshot: CircleSnapshot) -> str:
    """What comes next, as "Harbour: Thursday 2 April, 10:00, in 3 days. If everyone …"."""
    name = snapshot.circle.name
    if snapshot.under_way:
        return f"{name}: the meeting is under way."
    if not snapshot.circle.preset.meets:
        return f"{name}: {_trade(snapshot)}"
    planned = when(snapshot)
    if planned is None:
        return f"{name} is resting." if snapshot.state.active else f"{name}: everyone is away."
    said = snapshot.spoken_date(planned)
    distance = dates.spoken_distance(planned, snapshot.now)
    if rebooking.awaiting_new_date(snapshot.state) is not None:
        return f"{name}: cancelled, and no other date yet. By your rhythm it's {said}, {distance}."
    if planned < snapshot.now and distance != "now":
        return f"{name}: was due {said}, {distance}."
    return f"{name}: {said}, {distance}. {_opener(snapshot)}"


def mailto(snapshot: CircleSnapshot) -> str | None:
    """A draft of a mail to everybody, as an address; None without a coming date."""
    planned = when(snapshot)
    waits = rebooking.awaiting_new_date(snapshot.state) is not None
    if planned is None or waits or snapshot.under_way or planned < snapshot.now:
        return None
    # People in other time zones may read the mail, so it always names the zone.
    said = dates.spoken_date(planned, snapshot.circle, now=snapshot.now)
    said = f"{said} ({snapshot.circle.zone})"
    subject = _SUBJECT.format(name=snapshot.circle.name, when=said)
    body = _BODY.format(
        when=said,
        length=dates.spoken_length(snapshot.circle.length),
        opener=_opener(snapshot),
    )
    return f"mailto:?subject={quote(subject, safe='')}&body={_lines(body)}"


def _lines(body: str) -> str:
    """The body of a mail in an address: lines end with CR and LF (RFC 6068)."""
    return quote(body.replace("\n", "\r\n"), safe="")


def _opener(snapshot: CircleSnapshot) -> str:
    context = snapshot.context
    chosen = rotation.opener([member.id for member in context.members], context.openings)
    if chosen is None:
        return ""
    return f"If everyone comes, {snapshot.state.member(chosen.member).name} opens."


def _trade(snapshot: CircleSnapshot) -> str:
    """What is missing in this week's trade, about the pair and not about one partner."""
    week = trades.weeks(snapshot.state, snapshot.now)[0]
    if week.traded:
        return "this week's trade is complete."
    if any(trade.sent or trade.received for trade in week.trades):
        return "this week one recording is sent; waiting for the other."
    return "nothing sent or received yet this week."
