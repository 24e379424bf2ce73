"""The speaker's own commitments, one at a time, and what a missed one becomes.

Invariant: a missed commitment whose words stay the same is reset in three keys: m, enter, a. What
is being typed is nobody's act until enter.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.circle.commitments import Commitment, won
from circle_tui.core.circle.record import CommitmentResult, Outcome, Reset
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Meeting
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.old_round import IN_ROUND, OldRoundScreen
from circle_tui.tui.widgets.card import Card
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import meeting_words
from circle_tui.views.view import Row

_GLYPHS = {
    Outcome.KEPT: "●",
    Outcome.PARTLY: "◐",
    Outcome.MISSED: "○",
    Outcome.CHANGED: "↻",
    Outcome.RELEASED: "·",
}


class CommitmentsScreen(OldRoundScreen):
    """How each commitment ended, how it goes on, and what is promised next."""

    CSS_PATH = "commitments.tcss"
    MOVES = {"done": commands.end_turn}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "answer('kept')", "Kept"),
        Binding("p", "answer('partly')", "Partly"),
        Binding("m", "answer('missed')", "Missed"),
        Binding("c", "change", "Changed"),
        Binding("x", "answer('released')", "Released"),
        Binding("a", "reset('again')", "Again"),
        Binding("s", "reset_typed('smaller')", "Smaller"),
        Binding("d", "reset_typed('different')", "Different"),
        Binding("l", "reset('let go')", "Let go"),
        Binding("n", "promise", "New"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "do('done')", "Done"),
        Binding("enter", "say_why", "What got in the way"),
        *IN_ROUND,
    ]

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._at = 0

    def body(self) -> Iterator[Widget]:
        with Card(id="commitments"):
            yield Static(id="whose")
            yield Static(id="current")
            yield Static(id="wins")
            yield Rows()
        yield Prompt()

    # What there is to show

    def _open(self) -> tuple[Commitment, ...]:
        turn = self.live.meeting.turn
        return () if turn is None else self.live.meeting.open_of(turn.member)

    def _current(self) -> Commitment | None:
        """The one the keys are about: the missed one, or where the cursor is."""
        turn, still_open = self.live.meeting.turn, self._open()
        if turn is not None and turn.missed is not None:
            return next(each for each in still_open if each.id == turn.missed.commitment)
        return still_open[min(self._at, len(still_open) - 1)] if still_open else None

    def present(self, meeting: Meeting, now: datetime) -> None:
        super().present(meeting, now)
        turn, current = meeting.turn, self._current()
        if turn is None:
            return
        name = meeting_words.speaker(meeting)
        self.query_one("#whose", Static).update(
            Content.assemble((name, "bold $primary"), f", {_whose_line(meeting, current)}")
        )
        self.query_one("#current", Static).update(Content(current.text if current else ""))
        self.query_one("#current").display = current is not None
        wins = _wins(meeting, current)
        self.query_one("#wins", Static).update(Content(wins))
        self.query_one("#wins").display = bool(wins)
        self.query_one("#current").set_class(bool(wins), "-won")
        rows = _rows(meeting, turn.member)
        # On a small screen the one it is about needs all the room.
        self.set_class(current is not None, "-about-one")
        self.query_one(Rows).display = current is None or len(rows) > 1
        self.query_one(Rows).show(
            tuple(rows.values()),
            cursor=list(rows).index(current.id) if current is not None else None,
        )
        if self._why_is_asked() and not self.live.just_undone:
            self.action_say_why()
        else:
            self._stop_asking()

    def _why_is_asked(self) -> bool:
        """Whether a missed commitment waits for what got in the way."""
        turn = self.live.meeting.turn
        return turn is not None and turn.missed is not None and turn.missed.words is None

    def line(self, meeting: Meeting) -> str:
        if self._why_is_asked():
            if not self.asking:
                return "Enter asks what got in the way; u takes m back."
            return "No defence is asked for. Enter takes what is typed, esc takes m back."
        if self.asking:
            return "Enter takes what is typed, esc leaves it."
        turn = meeting.turn
        if turn is not None and turn.missed is not None:
            return "a again · s smaller · d different · l let go"
        if self._open():
            return "How did it go? One key, and no reasons asked."
        return f"n types one; enter goes on{_on_to(meeting)}."

    # Typing

    def _ask(self, question: str, typed: Callable[[str], bool], value: str = "") -> None:
        """Ask for words; `typed` gets them at enter and says whether they were taken."""
        self.saying.clear()
        self.query_one(Prompt).ask(question, typed, value)
        self.rest()

    def _stop_asking(self) -> None:
        self.query_one(Prompt).stop()
        self.rest()

    def action_back(self) -> None:
        """Out of the field. What got in the way was asked by m, so esc takes m back."""
        if not self.asking:
            self.go_back()
        elif self._why_is_asked():
            self.undo()
        else:
            self._stop_asking()

    # Keys

    def action_say_why(self) -> None:
        """Ask what got in the way of the missed one."""
        self._ask(
            "What got in the way? A few words, or just enter.",
            lambda words: self.act(commands.say_what_got_in_the_way, words),
        )

    def action_move(self, by: int) -> None:
        """Choose another open commitment."""
        count = len(self._open())
        if count:
            self._at = (min(self._at, count - 1) + by) % count
            self.present(self.live.meeting, self.live.now)

    def action_answer(self, outcome: str) -> None:
        """Say how the current one ended."""
        if (current := self._current()) is not None:
            self.act(commands.answer, current.id, Outcome(outcome))

    def action_change(self) -> None:
        """Ask for the new words of the current one."""
        if (current := self._current()) is not None:
            self._ask(
                "What does it say now?",
                lambda words: self.act(commands.change, current.id, words),
                current.text,
            )

    def action_reset(self, how: str) -> None:
        """Start the missed one again as it was, or let it go."""
        self.act(commands.reset, Reset(how))

    def action_reset_typed(self, how: str) -> None:
        """Ask for the words the missed one goes on with."""
        current = self._current()
        smaller = how == Reset.SMALLER and current is not None
        self._ask(
            "Smaller, in which words?" if smaller else "What instead?",
            lambda words: self.act(commands.reset, Reset(how), words),
            current.text if smaller and current else "",
        )

    def action_promise(self) -> None:
        """Ask for a new commitment."""
        self._ask(
            "What do you commit to, until we meet again?",
            lambda words: self.act(commands.promise, words),
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A missed one leaves only its reset; without one there is nothing to reset."""
        turn = self.live.meeting.turn
        missed = turn is not None and turn.missed is not None
        if action == "say_why":
            return self._why_is_asked()
        if action in {"reset", "reset_typed"}:
            return missed and not self._why_is_asked()
        if action in {"answer", "change"}:
            return not missed and bool(self._open())
        if action in {"promise", "comings"}:
            return not missed
        if action == "do":
            return not missed
        return super().check_action(action, parameters)


def _whose_line(meeting: Meeting, current: Commitment | None) -> str:
    turn = meeting.turn
    if turn is not None and turn.missed is not None:
        return "how does it go on?" if turn.missed.words is not None else "what got in the way?"
    if current is not None:
        return "this is what you said you would do:"
    if turn is not None and meeting.made_by(turn.member):
        return "this is what you take with you."
    return "what do you commit to next?"


def _wins(meeting: Meeting, current: Commitment | None) -> str:
    """The days of the week on which a daily one was kept; of days without there is no word."""
    if current is None or not current.daily:
        return ""
    days = [f"{day:%A}" for day in won(meeting.context.wins, current.id)]
    return f"● this week: {', '.join(days)}" if days else ""


def _on_to(meeting: Meeting) -> str:
    """Who speaks next, as the end of a sentence."""
    coming = (*meeting.waiting, *meeting.waiting_again)
    return f" to {meeting.person(coming[0]).name}" if coming else " to the closing"


def _rows(meeting: Meeting, member: str) -> dict[str, Row]:
    """By commitment: first what was promised before, then what is promised now."""
    answered = {each.id: each for each in meeting.answered}
    rows = {}
    for commitment in meeting.context.open:
        if commitment.member != member:
            continue
        answer = answered.get(commitment.id)
        if answer is None:
            rows[commitment.id] = Row("○", commitment.text, "open")
        else:
            ended = _ended(answer)
            rows[commitment.id] = Row(_GLYPHS[answer.outcome], commitment.text, ended, dim=True)
    for made in meeting.made_by(member):
        rows[made.id] = Row("+", made.text, "for next time")
    return rows


def _ended(answer: CommitmentResult) -> str:
    return f"{answer.outcome}, {answer.reset}" if answer.reset else str(answer.outcome)
