"""A meeting that was held on paper."""

from typing import Any

from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.views import changes, paper_meeting
from circle_tui.views.action_table import Place
from circle_tui.views.paper_meeting import PaperMeetingView, paper_meeting_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Command, DraftChange, Intent, Local, Request, Say, View


class PaperMeetingPresenter(CirclePresenter):
    """What is known of the meeting so far; undo goes back through that first."""

    PLACE = Place.PAPER_MEETING

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self.meeting = paper_meeting.begun(read())
        """What is known so far; nothing of it is in the file."""
        self._done: list[tuple[PaperMeeting, str]] = []
        """What was known before each change, and the change's name; the last one last."""
        self._undone: list[tuple[PaperMeeting, str]] = []
        self._asked_to_leave: PaperMeeting | None = None
        """What would have been lost when esc was pressed last."""

    def view(self) -> PaperMeetingView:
        view = paper_meeting_view(self.read(), self.meeting, cursor=self.cursor, asking=self.asking)
        self.cursor = view.cursor
        return view

    def rows(self, view: View) -> int:
        assert isinstance(view, PaperMeetingView)
        return len(view.spots)

    def row_of_seat(self, seat: int) -> int | None:
        return paper_meeting.row_of_seat(self.view(), self.read().state, seat)

    def mark(self, command: Command, *args: Any) -> Intent | None:
        assert isinstance(command, DraftChange)
        after = command(self.meeting, *args)
        self._done.append((self.meeting, paper_meeting.NAMES[command]))
        self._undone.clear()
        self.meeting = after
        return None

    def own_undo(self) -> tuple[bool, bool] | None:
        return bool(self._done), bool(self._undone)

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.UNDO if self._done:
                return Say(changes.undone(self._step(self._done, self._undone)))
            case Local.REDO if self._undone:
                return Say(changes.redone(self._step(self._undone, self._done)))
            case Local.UNDO | Local.REDO:
                # What was done before, elsewhere, isn't undone here.
                return None
            case Local.BACK if not self.asking:
                if self._done and self._asked_to_leave is not self.meeting:
                    self._asked_to_leave = self.meeting
                    return Say(paper_meeting.LOSES_IT)
                return Request.HOME
        return does

    def _step(
        self, there: list[tuple[PaperMeeting, str]], back: list[tuple[PaperMeeting, str]]
    ) -> str:
        """Go one change back or forth; its name."""
        meeting, name = there.pop()
        back.append((self.meeting, name))
        self.meeting = meeting
        return name
