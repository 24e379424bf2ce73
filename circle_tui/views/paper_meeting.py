"""A meeting that was held on paper: when, who came and opened, how commitments went, what's new.

Invariant: everything stays on the screen until it's saved at once. The rules say what can be saved;
if they refuse, the key that saves says why.
"""

from datetime import datetime
from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core.attendance import labels
from circle_tui.core.circle import paper_meeting, record_place, rotation
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views import every_screen, paper_meeting_rows
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.paper_meeting_rows import Known, RowCard, Spot
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import Face
from circle_tui.views.view import (
    Action,
    Ask,
    ChooseSeat,
    Execute,
    Intent,
    Local,
    Move,
    Offer,
    Request,
    Row,
    SpokenField,
    Unsaved,
    View,
    offered,
)

LOSES_IT = "Nothing of this meeting is saved yet. Enter saves it · Esc again throws it away."
MOVE = Unsaved(paper_meeting.move)
_MARK = Unsaved(paper_meeting.mark_next)
_OPENED = Unsaved(paper_meeting.set_opener)
_SETTLE = Unsaved(paper_meeting.settle)
_PROMISE = Unsaved(paper_meeting.promise)
_CHANGE = Unsaved(paper_meeting.change_promise)
_TAKE_OUT = Unsaved(paper_meeting.take_out_promise)
_CHOOSE = Unsaved(paper_meeting.choose_next)
_WORKED = Unsaved(paper_meeting.set_worked)
_TO_CHANGE = Unsaved(paper_meeting.set_change)
SET_NEXT = Unsaved(paper_meeting.set_next)

NAMES: dict[Unsaved, str] = {
    MOVE: "the date",
    _MARK: "how someone came",
    _OPENED: "who opened",
    _SETTLE: "an outcome",
    _PROMISE: "a new commitment",
    _CHANGE: "other words",
    _TAKE_OUT: "taking it out",
    _CHOOSE: "what you chose",
    _WORKED: "what worked",
    _TO_CHANGE: "what to change",
    SET_NEXT: "the next date",
}
"""For undo and redo of what is noted and not saved yet."""

_KEYS_OF_RESULTS: dict[str, tuple[Outcome, Reset | None]] = {
    "kept": (Outcome.KEPT, None),
    "partly": (Outcome.PARTLY, None),
    "missed": (Outcome.MISSED, None),
    "released": (Outcome.RELEASED, None),
    "again": (Outcome.MISSED, Reset.AGAIN),
}
_QUESTIONS: dict[str, tuple[Outcome, Reset | None, str]] = {
    "changed": (Outcome.CHANGED, None, "What does it say now?"),
    "smaller": (Outcome.MISSED, Reset.SMALLER, "What is the smaller version?"),
    "different": (Outcome.MISSED, Reset.DIFFERENT, "What will it be instead?"),
}


class PaperMeetingView(View, frozen=True, kw_only=True):
    """The cards, in the order of `CARDS`; one cursor goes through the rows of all of them.

    `spots` is what each row is about, and `explained` what can be done with the chosen one.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("cards", numbered=True),
        SpokenField("explained"),
    )

    cards: tuple[RowCard, ...]
    spots: tuple[Spot, ...]
    cursor: int
    explained: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order of the cursor."""
        return tuple(row for card in self.cards for row in card.rows)


def begun(snapshot: CircleSnapshot) -> PaperMeeting:
    """The meeting to begin with: the last date that the rhythm had, and everybody there."""
    started = paper_meeting.usual_moment(snapshot.state, snapshot.now)
    return paper_meeting.blank(snapshot.state, started)


def paper_meeting_view(
    snapshot: CircleSnapshot, meeting: PaperMeeting, *, cursor: int, asking: bool = False
) -> PaperMeetingView:
    """What is known of the meeting, with the cursor on one row; `asking` is whether one types."""
    known = Known(snapshot, meeting)
    cards = paper_meeting_rows.cards(known)
    spots = tuple(spot for card in cards for spot, _ in card)
    cursor = max(min(cursor, len(spots) - 1), 0)
    chosen = spots[cursor]
    day = dates.spoken_day(snapshot.circle.day(meeting.started), snapshot.circle.day(snapshot.now))
    return PaperMeetingView(
        headline=(snapshot.circle.name, "a meeting held on paper", day),
        status=every_screen.TYPING if asking else _status(known),
        actions=_actions(known, chosen, asking=asking),
        cards=tuple(
            RowCard(title, tuple(row for _, row in card))
            for title, card in zip(paper_meeting_rows.CARDS, cards, strict=True)
        ),
        spots=spots,
        cursor=cursor,
        explained=_explained(known, chosen),
        signs=labels.SIGNS[:5],
    )


def paper_meeting_face(
    snapshot: CircleSnapshot, meeting: PaperMeeting, view: PaperMeetingView
) -> Face:
    """The circle with whoever came, and whoever the chosen row is about lit."""
    spot = view.spots[view.cursor]
    return place_face(
        snapshot,
        chosen=spot.id if spot.kind == "member" else None,
        done=[each for each, how in meeting.attendance.items() if how.attended],
        title="on paper",
        note=view.headline[-1],
    )


def row_of_seat(view: PaperMeetingView, state: CircleState, seat: int) -> int | None:
    """The row of the member on a seat, counted from 1; None if they aren't in the list."""
    if not 1 <= seat <= len(state.active):
        return None
    member = state.active[seat - 1].id
    spots = (at for at, spot in enumerate(view.spots) if spot == Spot("member", member))
    return next(spots, None)


# What can be done


def _status(known: Known) -> str:
    refused = known.snapshot.why_not(paper_meeting.record, known.meeting)
    if refused is not None:
        return refused
    meeting = known.meeting
    if meeting.choice is None and record_place.ends_cycle(known.state, meeting.started):
        return "Your cycle ended with it: say what you chose, further down · Enter saves it"
    return "Enter saves the meeting · ↑ ↓ to go through it · Esc goes home"


def _explained(known: Known, chosen: Spot) -> str:
    match chosen.kind:
        case "when":
            return "d for another date. The meeting takes its place among the others."
        case "member":
            name = known.name(chosen.id)
            if not known.came(chosen.id):
                return f"Space changes how {name} came."
            return f"Space changes how {name} came · o if {name} opened · n for a new commitment"
        case "asked":
            return (
                "k kept · p partly · m missed · c changed · x let go\n"
                "Starting again: a the same · s smaller · d different"
            )
        case "made":
            return "e changes the words · x takes it out · n for another one"
        case "cycle end":
            return "Space changes what you chose as the cycle ended."
        case "worked" | "to change":
            return "e to write what you said"
        case "next":
            if known.next is not None and known.next <= known.snapshot.now:
                return "That has passed: record that meeting next, or d for the date you have."
            return "d for another date."


def _actions(known: Known, chosen: Spot, *, asking: bool) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.PAPER_MEETING], {"back": Local.BACK})
    snapshot, meeting = known.snapshot, known.meeting
    refused = snapshot.why_not(paper_meeting.record, meeting) or snapshot.reading_only
    save = Execute(
        paper_meeting.record,
        (meeting,),
        then=Request.HOME,
        flash=None if refused else _saved(known),
    )
    offers: dict[str, Offer | Intent] = {
        "save": Offer(save, refused),
        "previous": Move(-1),
        "next": Move(1),
        "back": Local.BACK,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
        **_offers_of(known, chosen),
    }
    if chosen.kind != "asked":
        # There the same key is for something different instead.
        offers["date"] = _ask_next(known) if chosen.kind == "next" else _ask_when(known)
    return offered(TABLE[Place.PAPER_MEETING], offers)


def _ask_when(known: Known) -> Ask:
    snapshot, started = known.snapshot, known.meeting.started
    return Ask(
        "When did you meet? Like 2 April 10:00, or last Thursday.",
        MOVE,
        (snapshot.state, started, snapshot.now),
    )


def _ask_next(known: Known) -> Ask:
    snapshot = known.snapshot
    question = "When do you meet next? Like 2 April 10:00, or just a day or a time."
    return Ask(question, SET_NEXT, (snapshot.state, snapshot.now))


def _offers_of(known: Known, chosen: Spot) -> dict[str, Offer | Intent]:
    match chosen.kind:
        case "member":
            offers: dict[str, Offer | Intent] = {
                "mark": Execute(_MARK, (chosen.id,)),
                "opened": Execute(_OPENED, (chosen.id,)),
            }
            return offers | _new_commitment(known, chosen.id)
        case "asked":
            commitment = next(each for each in known.asked if each.id == chosen.id)
            return {
                **{
                    key: Execute(_SETTLE, (chosen.id, *result))
                    for key, result in _KEYS_OF_RESULTS.items()
                },
                **{
                    key: Ask(
                        question,
                        _SETTLE,
                        (chosen.id, outcome, reset),
                        "" if reset is Reset.DIFFERENT else commitment.text,
                    )
                    for key, (outcome, reset, question) in _QUESTIONS.items()
                },
                **_new_commitment(known, commitment.member),
            }
        case "made":
            made = known.meeting.made[chosen.at]
            name = known.name(made.member)
            return {
                "change": Ask(f"What does {name} commit to?", _CHANGE, (chosen.at,), made.text),
                "take_out": Execute(_TAKE_OUT, (chosen.at,)),
                **_new_commitment(known, made.member),
            }
        case "cycle end":
            ways = record_place.cycle_choices_at(known.state, known.meeting.started)
            return {"choose": Execute(_CHOOSE, (ways,))}
        case "worked":
            return {"change": Ask("What worked?", _WORKED, (), known.meeting.worked)}
        case "to change":
            return {"change": Ask("What should change?", _TO_CHANGE, (), known.meeting.change)}
        case _:
            return {}


def _new_commitment(known: Known, member: str) -> dict[str, Offer | Intent]:
    if not known.came(member):
        return {}
    return {"promise": Ask(f"What did {known.name(member)} commit to?", _PROMISE, (member,))}


def understood(snapshot: CircleSnapshot, does: Ask, typed: str) -> str:
    """How a date that is being typed is understood; "" for other words. Raises `RuleError`."""
    if does.command is MOVE:
        state, usual, now = does.args
        moved = paper_meeting.move(paper_meeting.blank(state, usual), state, usual, now, typed)
        return _understood(snapshot, moved.started)
    if does.command is SET_NEXT:
        state, now = does.args
        found = paper_meeting.set_next(paper_meeting.blank(state, now), state, now, typed).next
        return "" if found is None else _understood(snapshot, found)
    return ""


def _understood(snapshot: CircleSnapshot, when: datetime) -> str:
    return dates.understood(when, snapshot.circle, snapshot.now, snapshot.here)


# What is said once it's saved


def recorded(before: CircleState, after: CircleState) -> MeetingRecord:
    """The meeting that `after` has and `before` lacks."""
    known = {each.id for each in before.records}
    return next(each for each in after.records if each.id not in known)


def _saved(known: Known) -> str:
    """The number that it gets, what moves, and who opens next."""
    before = known.state
    after = paper_meeting.record(before, known.snapshot.now, known.meeting)
    meeting = recorded(before, after)
    numbers = {each.id: each.number for each in before.records}
    moved = [
        each.number for each in after.records if numbers.get(each.id) not in {None, each.number}
    ]
    parts = [f"That's meeting {meeting.number} now."]
    if moved:
        parts.append("The later ones get new numbers.")
    opener = rotation.opener(
        [member.id for member in after.active], rotation.last_openings(after.records)
    )
    if opener is not None:
        parts.append(f"{after.member(opener.member).name} opens next. u to undo.")
    return " ".join(parts)


def name_of_change(before: CircleState, after: CircleState) -> str:
    """The name of recording a meeting, for undo: "the meeting of 2 April"."""
    meeting = recorded(before, after)
    day = after.circle.day(meeting.started)
    return f"the meeting of {day.day} {day:%B %Y}"
