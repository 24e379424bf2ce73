"""A meeting that was held on paper: when, who came and opened, how commitments went, what's new.

Invariant: everything stays on the screen until all of it is saved at once. If the rules refuse it,
the key that saves says why.
"""

from datetime import datetime
from typing import ClassVar

from circle_tui.core import dates
from circle_tui.core.attendance import labels
from circle_tui.core.circle import paper_entry, paper_meeting, record_place, rotation
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.record import MeetingRecord, Outcome, Reset
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import MemberId
from circle_tui.views import every_screen, paper_meeting_rows
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.paper_meeting_rows import PaperDraft, RowCard, RowSubject
from circle_tui.views.place_face import place_face
from circle_tui.views.ring import RingFace
from circle_tui.views.view import (
    Action,
    Ask,
    ChooseSeat,
    DraftChange,
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

LOSES_IT = "Nothing of this meeting is saved yet. Enter saves it · Esc again throws it away."
_MOVE = DraftChange(paper_entry.move)
_MARK = DraftChange(paper_entry.mark_next)
_OPENED = DraftChange(paper_entry.set_opener)
_SETTLE = DraftChange(paper_entry.settle)
_PROMISE = DraftChange(paper_entry.promise)
_CHANGE = DraftChange(paper_entry.change_promise)
_TAKE_OUT = DraftChange(paper_entry.take_out_promise)
_CHOOSE = DraftChange(paper_entry.choose_next)
_WORKED = DraftChange(paper_entry.set_worked)
_TO_CHANGE = DraftChange(paper_entry.set_change)
_SET_NEXT = DraftChange(paper_entry.set_next)

NAMES: dict[DraftChange, str] = {
    _MOVE: "the date",
    _MARK: "how someone came",
    _OPENED: "who opened",
    _SETTLE: "an outcome",
    _PROMISE: "a new commitment",
    _CHANGE: "other words",
    _TAKE_OUT: "taking it out",
    _CHOOSE: "what you chose",
    _WORKED: "what worked",
    _TO_CHANGE: "what to change",
    _SET_NEXT: "the next date",
}
"""The names of changes to the draft, for undo and redo before it is saved."""

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
    """The cards, in the order of `CARDS`, with one cursor over all of their rows.

    `spots` is what each row is about, and `explained` what can be done with the chosen one.
    """

    SPOKEN: ClassVar[tuple[SpokenField, ...]] = (
        SpokenField("cards", numbered=True),
        SpokenField("explained"),
    )

    cards: tuple[RowCard, ...]
    spots: tuple[RowSubject, ...]
    cursor: int
    explained: str

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, in the order of the cursor."""
        return tuple(row for card in self.cards for row in card.rows)


def begun(snapshot: CircleSnapshot) -> PaperMeeting:
    """The draft to begin with: the last date of the rhythm, and everybody present."""
    started = paper_entry.usual_moment(snapshot.state, snapshot.now)
    return paper_entry.blank(snapshot.state, started)


def paper_meeting_view(
    snapshot: CircleSnapshot, meeting: PaperMeeting, *, cursor: int, asking: bool = False
) -> PaperMeetingView:
    """The draft, with the cursor on one row; `asking` is whether text is being typed."""
    draft = PaperDraft(snapshot, meeting)
    cards = paper_meeting_rows.cards(draft)
    spots = tuple(spot for card in cards for spot, _ in card)
    cursor = max(min(cursor, len(spots) - 1), 0)
    chosen = spots[cursor]
    day = dates.spoken_day(snapshot.circle.day(meeting.started), snapshot.circle.day(snapshot.now))
    return PaperMeetingView(
        headline=(snapshot.circle.name, "a meeting held on paper", day),
        status=every_screen.TYPING if asking else _status(draft),
        actions=_actions(draft, chosen, asking=asking),
        cards=tuple(
            RowCard(title, tuple(row for _, row in card))
            for title, card in zip(paper_meeting_rows.CARDS, cards, strict=True)
        ),
        spots=spots,
        cursor=cursor,
        explained=_explained(draft, chosen),
        signs=labels.SIGNS[:5],
    )


def paper_meeting_face(
    snapshot: CircleSnapshot, meeting: PaperMeeting, view: PaperMeetingView
) -> RingFace:
    """The ring with those lit who came, and the member whom the chosen row is about."""
    spot = view.spots[view.cursor]
    return place_face(
        snapshot,
        chosen=spot.member if spot.kind == "member" else None,
        done=[each for each, how in meeting.attendance.items() if how.attended],
        title="on paper",
        note=view.headline[-1],
    )


def row_of_seat(view: PaperMeetingView, state: CircleState, seat: int) -> int | None:
    """The row of the member on a seat, counted from 1; None if they aren't in the list."""
    if not 1 <= seat <= len(state.active):
        return None
    member = state.active[seat - 1].id
    spots = (at for at, spot in enumerate(view.spots) if spot == RowSubject("member", member))
    return next(spots, None)


# What can be done


def _status(draft: PaperDraft) -> str:
    refused = draft.snapshot.why_not(paper_meeting.record, draft.meeting)
    if refused is not None:
        return refused
    meeting = draft.meeting
    if meeting.choice is None and record_place.ends_cycle(draft.state, meeting.started):
        return "Your cycle ended with it: say what you chose, further down · Enter saves it"
    return "Enter saves the meeting · ↑ ↓ to go through it · Esc goes home"


def _explained(draft: PaperDraft, chosen: RowSubject) -> str:
    match chosen.kind:
        case "when":
            return "d for another date. The meeting takes its place among the others."
        case "member":
            assert chosen.member is not None
            name = draft.name(chosen.member)
            if not draft.came(chosen.member):
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
            if draft.next is not None and draft.next <= draft.snapshot.now:
                return "That has passed: record that meeting next, or d for the date you have."
            return "d for another date."


def _actions(draft: PaperDraft, chosen: RowSubject, *, asking: bool) -> tuple[Action, ...]:
    if asking:
        return offered(TABLE[Place.PAPER_MEETING], {"back": Local.BACK})
    snapshot, meeting = draft.snapshot, draft.meeting
    refused = snapshot.why_not(paper_meeting.record, meeting) or snapshot.reading_only
    save = execute(
        paper_meeting.record, meeting, then=Request.HOME, flash=None if refused else _saved(draft)
    )
    offers: dict[str, Offer | Intent] = {
        "save": Offer(save, refused),
        "previous": Move(-1),
        "next": Move(1),
        "back": Local.BACK,
        **{f"seat_{seat}": ChooseSeat(seat) for seat in range(1, 10)},
        **_offers_of(draft, chosen),
    }
    if chosen.kind != "asked":
        # The same key means "different" there.
        offers["date"] = _ask_next(draft) if chosen.kind == "next" else _ask_when(draft)
    return offered(TABLE[Place.PAPER_MEETING], offers)


def _ask_when(draft: PaperDraft) -> Ask:
    snapshot, started = draft.snapshot, draft.meeting.started
    return ask(
        "When did you meet? Like 2 April 10:00, or last Thursday.",
        _MOVE,
        snapshot.state,
        started,
        snapshot.now,
        # Not by its arguments, which hold the whole circle.
        about="date",
    )


def _ask_next(draft: PaperDraft) -> Ask:
    snapshot = draft.snapshot
    question = "When do you meet next? Like 2 April 10:00, or just a day or a time."
    return ask(question, _SET_NEXT, snapshot.state, snapshot.now, about="next")


def _offers_of(draft: PaperDraft, chosen: RowSubject) -> dict[str, Offer | Intent]:
    match chosen.kind:
        case "member":
            assert chosen.member is not None
            offers: dict[str, Offer | Intent] = {
                "mark": execute(_MARK, chosen.member),
                "opened": execute(_OPENED, chosen.member),
            }
            return offers | _new_commitment(draft, chosen.member)
        case "asked":
            commitment = next(each for each in draft.asked if each.id == chosen.commitment)
            return {
                **{
                    key: execute(_SETTLE, chosen.commitment, *result)
                    for key, result in _KEYS_OF_RESULTS.items()
                },
                **{
                    key: ask(
                        question,
                        _SETTLE,
                        chosen.commitment,
                        outcome,
                        reset,
                        value="" if reset is Reset.DIFFERENT else commitment.text,
                    )
                    for key, (outcome, reset, question) in _QUESTIONS.items()
                },
                **_new_commitment(draft, commitment.member),
            }
        case "made":
            made = draft.meeting.made[chosen.at]
            name = draft.name(made.member)
            return {
                "change": ask(f"What does {name} commit to?", _CHANGE, chosen.at, value=made.text),
                "take_out": execute(_TAKE_OUT, chosen.at),
                **_new_commitment(draft, made.member),
            }
        case "cycle end":
            ways = record_place.cycle_choices_at(draft.state, draft.meeting.started)
            return {"choose": execute(_CHOOSE, ways)}
        case "worked":
            return {"change": ask("What worked?", _WORKED, value=draft.meeting.worked)}
        case "to change":
            return {"change": ask("What should change?", _TO_CHANGE, value=draft.meeting.change)}
        case _:
            return {}


def _new_commitment(draft: PaperDraft, member: MemberId) -> dict[str, Offer | Intent]:
    if not draft.came(member):
        return {}
    return {"promise": ask(f"What did {draft.name(member)} commit to?", _PROMISE, member)}


def understood(snapshot: CircleSnapshot, does: Ask, typed: str) -> str:
    """How a date that is being typed is understood; "" for other text. Raises `RuleError`."""
    if does.command is _MOVE:
        state, usual, now = does.args
        moved = paper_entry.move(paper_entry.blank(state, usual), state, usual, now, typed)
        return _understood(snapshot, moved.started)
    if does.command is _SET_NEXT:
        state, now = does.args
        found = paper_entry.set_next(paper_entry.blank(state, now), state, now, typed).next
        return "" if found is None else _understood(snapshot, found)
    return ""


def _understood(snapshot: CircleSnapshot, when: datetime) -> str:
    return dates.understood(when, snapshot.circle, snapshot.now, snapshot.here)


# What is said once it's saved


def recorded(before: CircleState, after: CircleState) -> MeetingRecord:
    """The meeting that `after` has and `before` lacks."""
    draft = {each.id for each in before.records}
    return next(each for each in after.records if each.id not in draft)


def _saved(draft: PaperDraft) -> str:
    """The message after saving: the meeting's number, what moves, and who opens next."""
    before = draft.state
    after = paper_meeting.record(before, draft.snapshot.now, draft.meeting)
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
