"""What the screens of one circle share: commands, undo and redo, and the field for words.

Invariant: a command is done, and on the disk, before the screen shows it; one that is refused
says why and leaves what was typed.
"""

from abc import abstractmethod
from collections.abc import Callable, Hashable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on

from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.service.changes import Command as ServiceCommand
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.presented_screen import PresentedScreen
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.prompt import Prompt, WordsTyped
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.view import (
    Action,
    Ask,
    Command,
    DraftChange,
    Execute,
    Intent,
    Local,
    Pick,
    Request,
    View,
)

if TYPE_CHECKING:
    from circle_tui.core.meeting.snapshot import MeetingSnapshot
    from circle_tui.flow.undo import Undone


class ServiceScreen(PresentedScreen):
    """A screen of one circle."""

    SCROLLS_BY_PAGE: ClassVar[bool] = False
    """Whether a key that scrolls moves by what is seen at once, rather than by a line."""
    ASKS_BELOW: ClassVar[str] = ""
    """The selector of the card on its page below which words are typed; empty for one place."""

    def __init__(self, service: CircleService, presenter: Presenter) -> None:
        super().__init__(presenter)
        self.service = service
        self._asked: Ask | None = None
        self.understood = ""
        """How what is being typed is understood; empty for the usual line above the keys."""

    # Commands

    def command(self, command: Command, *args: Any, show: bool = True) -> bool:
        """Execute a command and show what it changed; say why if it is refused. Whether done."""
        try:
            self.carry_out(command, *args, show=show)
        except RuleError as refused:
            self.flash(str(refused))
            return False
        return True

    def carry_out(self, command: Command, *args: Any, show: bool = True) -> None:
        """Execute a command and show what it changed. Raises `RuleError` where it is refused.

        What is only marked so far stays with the presenter. Without `show` what was changed is
        shown elsewhere.
        """
        if isinstance(command, DraftChange):
            self.perform_rest(self.presenter.mark(command, *args))
            return
        self.service.execute(cast("ServiceCommand", command), *args)
        self.status.clear()
        if show:
            self.show_changed()

    def perform(self, does: Intent) -> None:
        match does:
            case Execute():
                self.execute(does)
            case Ask():
                self.ask(does)
            case Pick():
                self.pick(does)
            case _:
                super().perform(does)

    def execute(self, does: Execute) -> bool:
        """Execute a command, and do and say what follows it. Whether it was done."""
        # A closed meeting is saved and home shown at once: its end here would be painted in vain.
        show = does.then is not Request.SAVE_MEETING
        if not self.command(does.command, *does.args, show=show):
            return False
        if does.then is not None:
            self.perform(does.then)
        if does.flash is not None:
            # Upon the screen that the app shows then.
            self.post_message(messages.Said(does.flash))
        rest = self.presenter.executed(does)
        if rest is not None:
            self.perform(rest)
        return True

    def pick(self, does: Pick) -> None:
        """Ask a question, and do what the answer chosen says."""
        from circle_tui.views import question

        def answered(number: int | None) -> None:
            if number is not None:
                self.perform(does.answers[number - 1][1])

        labels = (label for label, _ in does.answers)
        self.base_app.ask_question(question.ask(does.question, *labels), answered)

    def ask(self, does: Ask) -> None:
        """Ask for the words a command needs, and execute it with them."""

        def take(words: str) -> None:
            try:
                self.carry_out(does.command, *does.args, words)
            except AmbiguousError as asked:
                from circle_tui.views import understood

                self.ask_which(asked, take, understood.which_reading(self.snapshot, does, asked))
            except RuleError as refused:
                self.flash(str(refused))
            else:
                self.presenter.asking = False
                rest = self.presenter.typed(does)
                self.stop_asking()
                if does.flash is not None:
                    self.flash(does.flash)
                self.after_typing(does)
                if rest is not None:
                    self.perform(rest)

        self.status.clear()
        self._asked, self.understood = does, ""
        prompt = self.query_one(Prompt)
        prompt.leave()
        if self.ASKS_BELOW:
            self.query_one(Page).move_child(prompt, after=self.query_one(self.ASKS_BELOW))
        key = self.presenter.draft_key(does)
        draft, keep = self.draft_of(does), partial(self.keep_draft, key, does)
        prompt.ask(does.question, take, does.value, draft=draft, left=keep)
        self.refresh_view()
        # Below a long page there may have been no room for it; it has its height only then.
        self.call_after_refresh(self.call_after_refresh, prompt.scroll_visible, animate=False)

    @on(WordsTyped)
    def _say_what_is_understood(self, typed: WordsTyped) -> None:
        if self._asked is None or not self.prompt_open:
            return
        # Not before somebody types: what reads dates takes a while to load.
        from circle_tui.views import understood

        self.understood = understood.while_typing(self.snapshot, self._asked, typed.value)
        if self.understood:
            # What was wrong with it before is so no longer.
            self.status.clear()
        self.refresh_status()

    @property
    @abstractmethod
    def snapshot(self) -> "CircleSnapshot | MeetingSnapshot":
        """The circle or its meeting as it is now. Subclasses say which."""

    def draft_of(self, does: Ask) -> str | None:
        """What somebody has typed there before, and left."""
        return self.base_app.drafts.pop(self.presenter.draft_key(does), None)

    def keep_draft(self, key: Hashable, does: Ask, words: str) -> None:
        """Keep what was typed in a field that is put away without enter."""
        if words.strip() and words != does.value:
            self.base_app.drafts[key] = words

    def after_typing(self, does: Ask) -> None:
        """What was typed is done. Subclasses may do more."""

    def stop_asking(self) -> None:
        """Close the field; what was typed comes back with it."""
        if self.prompt_open:
            self._asked, self.understood = None, ""
            self.query_one(Prompt).stop()
            self.refresh_view()

    def show_changed(self) -> None:
        """Show what a command, undo or redo has changed."""
        self.perform_rest(self.current_presenter.changed())

    def scroll_body(self, by: int) -> None:
        page = self.query_one(Page)
        lines = max(page.size.height - 1, 1) if self.SCROLLS_BY_PAGE else 1
        page.scroll_relative(y=by * lines, animate=False)

    # Undo and redo

    @property
    def undo_offer(self) -> tuple[bool | None, bool]:
        return self.presenter.undo_offer(
            can_undo=self.service.can_undo, can_redo=self.service.can_redo
        )

    @property
    def meeting_open(self) -> bool:
        return self.service.live is not None

    def offered_with(self, view: View) -> tuple[Action, ...]:
        other_places = self.current_presenter.other_places(meeting_open=self.meeting_open)
        return (*super().offered_with(view), *other_places)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.UNDO | Local.REDO:
                # Not before somebody undoes: the names of changes take a while to load.
                from circle_tui.flow import undo

                self._step(undo.undo if does is Local.UNDO else undo.redo)
            case Local.BACK:
                self.stop_asking()

    def undo(self) -> None:
        """Take back the last change."""
        self.perform(Local.UNDO)

    def _step(self, step: "Callable[[CircleService], Undone]") -> None:
        try:
            undone = step(self.service)
        except RuleError as refused:
            self.flash(str(refused))
            return
        self.status.clear()
        self.show_changed()
        if undone.in_meeting:
            # It is seen on the meeting's own screen, also from a place beside the meeting.
            self.post_message(messages.Requested(Request.SHOW_MEETING))
        # Upon another screen it is said there.
        self.post_message(messages.Said(undone.sentence))
