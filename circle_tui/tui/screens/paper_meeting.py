"""A meeting that was held on paper, on one screen: its date, who came, how commitments went."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import changes, every_screen, paper_meeting, paper_meeting_rows
from circle_tui.views.action_table import Place
from circle_tui.views.paper_meeting import PaperMeetingView
from circle_tui.views.ring import Face
from circle_tui.views.view import Ask, Command, Local, Request, Unsaved, View

_FIRST_ACTIONS = {
    "when": "date",
    "member": "mark",
    "made": "change",
    "cycle end": "choose",
    "worked": "change",
    "to change": "change",
    "next": "date",
}
"""What a second click on a row does, by what the row is about."""


class PaperMeetingScreen(CircleScreen):
    """What is known of the meeting so far; undo goes back through that first."""

    CSS_PATH = "paper_meeting.tcss"
    PLACE = Place.PAPER_MEETING

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._meeting: PaperMeeting | None = None
        self._done: list[tuple[PaperMeeting, str]] = []
        """What was known before each change, and the change's name; the last one last."""
        self._undone: list[tuple[PaperMeeting, str]] = []
        self._asked_to_leave: PaperMeeting | None = None
        """What would have been lost when esc was pressed last."""

    @property
    def meeting(self) -> PaperMeeting:
        """What is known so far; nothing of it is in the file."""
        if self._meeting is None:
            self._meeting = paper_meeting.begun(self.snapshot)
        return self._meeting

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="paper-meeting"):
            for title in paper_meeting_rows.CARDS:
                with Card(title):
                    yield Rows()
                    yield Static(classes="explained")
            yield Prompt()

    def build_view(self) -> PaperMeetingView:
        return paper_meeting.paper_meeting_view(
            self.snapshot, self.meeting, cursor=self._cursor, asking=self.prompt_open
        )

    def build_face(self) -> Face:
        return paper_meeting.paper_meeting_face(self.snapshot, self.meeting, self._shown)

    @property
    def _shown(self) -> PaperMeetingView:
        assert isinstance(self.view, PaperMeetingView)
        return self.view

    def update_view(self, view: View) -> None:
        assert isinstance(view, PaperMeetingView)
        self._cursor = view.cursor
        first = 0
        for card, rows in zip(self.query(Card), (each.rows for each in view.cards), strict=True):
            current = first <= self._cursor < first + len(rows)
            card.display = bool(rows)
            card.set_class(current and not self.prompt_open, "-active")
            card.query_one(Rows).show(rows, cursor=self._cursor, first=first)
            explained = card.query_one(Static)
            explained.display = current and not self.prompt_open
            explained.update(view.explained)
            if current and not self.prompt_open:
                self.call_after_refresh(self._show_row, card, self._cursor - first)
            first += len(rows)

    def _show_row(self, card: Card, row: int) -> None:
        """Have the row in view, and what is said of it."""
        page = self.query_one(Page)
        if card.outer_size.height <= page.size.height:
            page.scroll_to_region(card.virtual_region, animate=False, force=True)
        else:
            page.show_line(card.query_one(Rows), row)

    # What is known

    def carry_out(self, command: Command, *args: Any) -> None:
        """What is only noted stays on the screen; saving it is a command of the circle."""
        if not isinstance(command, Unsaved):
            super().carry_out(command, *args)
            return
        after = command(self.meeting, *args)
        self._done.append((self.meeting, paper_meeting.NAMES[command]))
        self._undone.clear()
        self._meeting = after
        self.status.clear()
        self.refresh_view()

    def ask(self, does: Ask) -> None:
        page, card = self.query_one(Page), self.query_one("Card.-active", Card)
        page.move_child(self.query_one(Prompt), after=card)
        super().ask(does)

    def draft_key(self, does: Ask) -> Hashable:
        if does.command in (paper_meeting.MOVE, paper_meeting.SET_NEXT):
            # Its arguments hold the whole circle.
            return self.service.file.path, does.question
        return super().draft_key(does)

    # Undo and redo

    @property
    def can_undo(self) -> bool | None:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.UNDO:
                self._step_to(self._done, self._undone, changes.undone)
            case Local.REDO:
                self._step_to(self._undone, self._done, changes.redone)
            case Local.BACK if not self.prompt_open:
                self._leave()
            case _:
                super().perform_local(does)

    def _step_to(
        self,
        there: list[tuple[PaperMeeting, str]],
        back: list[tuple[PaperMeeting, str]],
        said: Callable[[str], str],
    ) -> None:
        if there:
            meeting, name = there.pop()
            back.append((self.meeting, name))
            self._meeting = meeting
            self.refresh_view()
            self.flash(said(name))

    def _leave(self) -> None:
        """Go home; what would be lost says so first."""
        if self._done and self._asked_to_leave is not self.meeting:
            self._asked_to_leave = self.meeting
            self.flash(paper_meeting.LOSES_IT)
        else:
            self.perform(Request.HOME)

    # The cursor

    def move_cursor(self, by: int) -> None:
        self._choose((self._cursor + by) % len(self._shown.spots))

    def choose_row(self, row: int) -> None:
        """A click chooses a row; a second one does what its first key does."""
        if self.prompt_open:
            return
        if row != self._cursor:
            self._choose(row)
            return
        if (action := _FIRST_ACTIONS.get(self._shown.spots[row].kind)) is not None:
            self.action_run(action)

    def choose_seat(self, seat: int) -> None:
        row = paper_meeting.row_of_seat(self._shown, self.service.state, seat)
        if row is None:
            self.flash(every_screen.no_seat(seat))
        else:
            self._choose(row)

    def _choose(self, row: int) -> None:
        self._cursor = row
        self.status.clear()
        self.refresh_view()
