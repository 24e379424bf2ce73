"""The texts of the pages to print: one for a meeting, and one for each member.

Invariant: a meeting's page has nobody's commitments, because everybody can see it on the table. A
member's page has only their own commitments and their own parts of contracts.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from circle_tui.core import dates, text
from circle_tui.core.attendance.trading import WEEK
from circle_tui.core.circle import continuity, paper_plan, rotation, trades
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.commitments import NEXT, Commitment, open_commitments
from circle_tui.core.circle.context import MeetingContext
from circle_tui.core.circle.paper_plan import PaperPlan
from circle_tui.core.circle.settings import as_typed
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.sheet import Blank, Section, Sheet, SheetRow
from circle_tui.views.meeting_words import listening_rule

_BEGIN = "A moment of silence, your covenant, the listening rule"
_CLOSE = "One word each, and the next date"
_LOOK_BACK = "What worked, what to change, how you continue; one word each, and the next date"
_DO = "Until next time I'll…"
_STEPS = "In your share"
_PROMPT = "What to talk about"
_CODE = "Your circle's code so far: {code}"
_RESTING = "This circle is resting, so there's no date."
_NOBODY = "Everyone is away, so there's no date."
_PAST = "There's no date ahead: the last one was {date}."
_LOOK_AGAIN = "You'll look at it again on {day}."
_PAIR = "Tick a box when a recording is sent, and when it arrives."
_TOO_LONG = "If everyone comes, that takes {takes} minutes, and you have {has}."
_FITS_WITH = " {share} minutes each would fit."
_BLANKS = ("Who opened", "Guests", "Next date", "Who reaches out to whom")
_TWO_PAGES = 26
"""How many weeks of a pair fit on one page."""
_ROOM = 3
"""Lines for new commitments on a member's own page."""


def meeting_sheet(snapshot: CircleSnapshot) -> Sheet:
    """The page for the next meeting; for a trading pair, one for its weeks."""
    if not snapshot.circle.preset.meets:
        return _pair_sheet(snapshot)
    context, circle = snapshot.context, snapshot.circle
    plan = paper_plan.paper_plan(context)
    starts = _starts(snapshot, context)
    return Sheet(
        title=circle.name,
        under=tuple(_under(snapshot, context, plan, starts)),
        heads=("minute" if starts is None else "from", "here", "who", _DO),
        rows=tuple(_turns(context, plan, starts)),
        sections=tuple(_sections(circle)),
        blanks=_BLANKS,
    )


def member_sheet(snapshot: CircleSnapshot, member: Member) -> Sheet:
    """One member's own page: what they said they'd do, and when the circle meets next."""
    context, state = snapshot.context, snapshot.state
    mine = [each for each in open_commitments(state) if each.member == member.id]
    under = [_when(snapshot, context)]
    seats = [each.id for each in context.members]
    chosen = rotation.opener(seats, context.openings)
    if _starts(snapshot, context) is not None and chosen is not None and chosen.member == member.id:
        under.append("If everyone comes, you open.")
    if (code := continuity.latest_code(state)) is not None:
        under.append(_CODE.format(code=code))
    blank = SheetRow((Blank.BOX, Blank.LINE, ""))
    return Sheet(
        title=member.name,
        under=(snapshot.circle.name, *under),
        heads=("", _DO, ""),
        rows=(*(_commitment(snapshot, each) for each in mine), *[blank] * _ROOM),
        sections=tuple(_contracts(snapshot, member)),
        blanks=("What got in the way, if anything", "What I want to bring"),
    )


def _starts(snapshot: CircleSnapshot, context: MeetingContext) -> datetime | None:
    """When the coming meeting begins (aware UTC); None if there is no date, or it has passed."""
    off = not context.circle.preset.meets or context.resting or not context.members
    over = context.planned + context.circle.length < snapshot.now
    return None if off or over else context.planned


def _when(snapshot: CircleSnapshot, context: MeetingContext) -> str:
    starts = _starts(snapshot, context)
    if not snapshot.circle.preset.meets:
        return "You don't meet: you send each other a recording every week."
    if not context.members:
        return _NOBODY
    if context.resting:
        return _RESTING
    if starts is None:
        return _PAST.format(date=snapshot.spoken_date(context.planned))
    # A page is read on other days, so it does not say "in 3 days".
    return snapshot.spoken_date(starts)


def _under(
    snapshot: CircleSnapshot, context: MeetingContext, plan: PaperPlan, starts: datetime | None
) -> Iterator[str]:
    circle = snapshot.circle
    yield f"Meeting {context.number_in_cycle} of cycle {context.cycle}"
    when = _when(snapshot, context)
    if starts is None:
        yield when
    else:
        until = dates.spoken_time(starts + plan.end, circle, here=snapshot.here)
        yield f"{when} to {until}"
    if plan.fitting_share is not None:
        said = _TOO_LONG.format(takes=_minutes(plan.end), has=_minutes(circle.length))
        if plan.fitting_share:
            said += _FITS_WITH.format(share=as_typed(plan.fitting_share))
        yield said


def _turns(context: MeetingContext, plan: PaperPlan, starts: datetime | None) -> Iterator[SheetRow]:
    circle = context.circle

    def at(after: timedelta) -> str:
        return _minutes(after) if starts is None else _clock(starts + after, circle)

    yield SheetRow((at(timedelta()), "", _BEGIN, ""), quiet=True)
    for place, turn in enumerate(plan.turns):
        name = turn.member.name
        said = name if place else f"{name} opens"
        yield SheetRow((at(turn.after), Blank.BOX, said, Blank.LINE))
    closing = _LOOK_BACK if context.choices else _CLOSE
    yield SheetRow((at(plan.closing), "", closing, ""), quiet=True)


def _clock(moment: datetime, circle: Circle) -> str:
    """The time in the circle's zone, without the day, which the page has above."""
    return dates.spoken_time(moment, circle)


def _minutes(length: timedelta) -> str:
    return str(round(length / timedelta(minutes=1)))


def _sections(circle: Circle) -> Iterator[Section]:
    title, *lines = listening_rule(circle)
    yield Section(title, (lines[0], " ".join(lines[1:])))
    minutes = f"{as_typed(circle.share)} minutes each"
    if circle.response:
        minutes += f", then {as_typed(circle.response)} for responses"
    if circle.preset.steps:
        yield Section(_STEPS, (*circle.preset.steps, f"{minutes}."))
    elif circle.preset.prompt:
        yield Section(_PROMPT, (f"{circle.preset.prompt}.", f"{minutes}."))
    else:
        yield Section(_STEPS, (f"{minutes}.",))


def _contracts(snapshot: CircleSnapshot, member: Member) -> Iterator[Section]:
    """Their own part of each contract in force, never the result of judging it."""
    state = snapshot.state
    if not state.contracts:
        return
    # Imported here, because a circle without contracts does not need their rules.
    from circle_tui.core.contracts import lookup
    from circle_tui.core.contracts.standing import not_ended

    for found in not_ended(state, snapshot.now):
        version = found.in_force
        if version is None or member.id not in lookup.party_ids(state, version):
            continue
        part = version.part(member.id)
        lines = [f"{each.kind.capitalize()}: {each.text}" for each in part.lines] if part else []
        lines += [f"In touch: {version.in_touch}"] if version.in_touch else []
        lines += [f"If something changes: {version.if_changes}"] if version.if_changes else []
        if version.review is not None:
            lines.append(_LOOK_AGAIN.format(day=dates.spoken_day(version.review, found.today)))
        yield Section(version.name, tuple(lines))


def _commitment(snapshot: CircleSnapshot, commitment: Commitment) -> SheetRow:
    if commitment.daily:
        due = "every day"
    elif commitment.due == NEXT:
        due = ""
    else:
        day = date.fromisoformat(commitment.due)
        due = f"by {dates.spoken_day(day, snapshot.circle.day(snapshot.now))}"
    return SheetRow((Blank.BOX, commitment.text, due))


def _pair_sheet(snapshot: CircleSnapshot) -> Sheet:
    circle, state = snapshot.circle, snapshot.state
    names = [member.name for member in state.active]
    monday = trades.week_of(state, snapshot.now)
    today = circle.day(snapshot.now)
    boxes = (Blank.BOX,) * (2 * len(names))
    rows = tuple(
        SheetRow((dates.spoken_day(monday + week * WEEK, today), *boxes))
        for week in range(min(circle.cycle, _TWO_PAGES))
    )
    return Sheet(
        title=circle.name,
        under=(f"{text.join_with_and(names)}, {circle.rhythm}", _PAIR),
        heads=(
            "week from",
            *(f"{name} {half}" for name in names for half in ("sent", "received")),
        ),
        rows=rows,
        sections=(Section(_STEPS, (f"Up to {as_typed(circle.share)} minutes each.",)),),
    )
