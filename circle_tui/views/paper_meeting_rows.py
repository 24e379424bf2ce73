"""The rows of a meeting that was held on paper, by card.

Invariant: each row can be understood alone, because line by line it is heard alone.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from msgspec import Struct

from circle_tui.core.attendance import labels
from circle_tui.core.circle import paper_meeting, record_place
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.ids import CommitmentId, MemberId
from circle_tui.views.commitments import GLYPHS
from circle_tui.views.view import Row

WHEN, WHO_CAME, ASKED, MADE, CYCLE_END, NEXT = (
    "When you met",
    "Who came",
    "Open commitments then",
    "New commitments",
    "The end of the cycle",
    "When you meet next",
)
CARDS = (WHEN, WHO_CAME, ASKED, MADE, CYCLE_END, NEXT)
"""The cards, from the top."""

_RESULTS = {
    Reset.AGAIN: "starting again",
    Reset.SMALLER: "made smaller",
    Reset.DIFFERENT: "something different",
    Outcome.KEPT: "kept",
    Outcome.PARTLY: "partly",
    Outcome.MISSED: "missed",
    Outcome.CHANGED: "changed",
    Outcome.RELEASED: "let go",
}
_NOT_SAID = "You haven't said"


class RowSubject(NamedTuple):
    """What one row is about: the date, a member, a commitment, a new one by its index.

    `member` is whose row it is, by id; None for a row of nobody's.
    """

    kind: Literal["when", "member", "asked", "made", "cycle end", "worked", "to change", "next"]
    member: MemberId | None = None
    at: int = 0
    commitment: CommitmentId | None = None


class RowCard(Struct, frozen=True):
    """A card, by its title, and its rows."""

    title: str
    rows: tuple[Row, ...]


class PaperDraft(Struct, frozen=True):
    """What is entered of the meeting so far, and what follows from it in the circle."""

    snapshot: CircleSnapshot
    meeting: PaperMeeting

    @property
    def state(self) -> CircleState:
        return self.snapshot.state

    @property
    def asked(self) -> tuple[Commitment, ...]:
        """The commitments that it asked for, of whoever came, by seat."""
        seats = [member.id for member in self.state.circle.members]
        found = paper_meeting.asked_then(self.state, self.meeting.started)
        shown = (
            each for each in found if self.came(each.member) or each.id in self.meeting.results
        )
        return tuple(sorted(shown, key=lambda each: seats.index(each.member)))

    def came(self, member: MemberId) -> bool:
        attendance = self.meeting.attendance.get(member)
        return attendance is not None and attendance.attended

    def name(self, member: MemberId) -> str:
        return self.state.member(member).name

    @property
    def next(self) -> datetime | None:
        return paper_meeting.next_date(self.state, self.snapshot.now, self.meeting)

    def spoken(self, when: datetime) -> str:
        return self.snapshot.spoken_date(when)


def cards(draft: PaperDraft) -> tuple[tuple[tuple[RowSubject, Row], ...], ...]:
    """What each row is about and what it says, by card."""
    state, meeting = draft.state, draft.meeting
    opener = paper_meeting.who_opened(state, meeting)
    return (
        ((RowSubject("when"), Row("", draft.spoken(meeting.started))),),
        tuple(
            (RowSubject("member", member.id), _member(draft, member.id, opens=member.id == opener))
            for member in paper_meeting.members_then(state, meeting.started)
        ),
        tuple(
            (RowSubject("asked", each.member, commitment=each.id), _asked(draft, each))
            for each in draft.asked
        ),
        tuple(
            (RowSubject("made", each.member, at), Row("", each.text, name=draft.name(each.member)))
            for at, each in enumerate(meeting.made)
        ),
        _cycle_end(meeting) if record_place.ends_cycle(state, meeting.started) else (),
        () if draft.next is None else ((RowSubject("next"), Row("", draft.spoken(draft.next))),),
    )


def _member(draft: PaperDraft, member: MemberId, *, opens: bool) -> Row:
    attendance = draft.meeting.attendance.get(member)
    name = draft.name(member)
    if attendance is None:
        return Row(labels.NOT_EXPECTED_GLYPH, labels.NOT_EXPECTED, dim=True, name=name)
    came = f"{attendance}, opened" if opens else str(attendance)
    return Row(labels.GLYPHS[attendance], came, dim=not attendance.attended, name=name)


def _asked(draft: PaperDraft, commitment: Commitment) -> Row:
    name = draft.name(commitment.member)
    result = draft.meeting.results.get(commitment.id)
    if result is None:
        return Row(" ", commitment.text, "still open", name=name)
    if result.reset is None:
        glyph, how = GLYPHS[result.outcome], _RESULTS[result.outcome]
    else:
        glyph, how = GLYPHS[Outcome.CHANGED], _RESULTS[result.reset]
    return Row(glyph, result.words or commitment.text, how, name=name)


def _cycle_end(meeting: PaperMeeting) -> tuple[tuple[RowSubject, Row], ...]:
    """What was said as the cycle ended, and what was chosen."""
    choice = _NOT_SAID if meeting.choice is None else f"You chose to {meeting.choice}"
    return (
        (RowSubject("worked"), _said("Worked", meeting.worked)),
        (RowSubject("to change"), _said("To change", meeting.change)),
        (RowSubject("cycle end"), Row("", choice, name="Then", dim=meeting.choice is None)),
    )


def _said(asked: str, words: str) -> Row:
    return Row("", words or _NOT_SAID, name=asked, dim=not words)
