"""What the screens of one circle share: commands, undo and redo, and the field for words.

Invariant: a command is done, and on the disk, before the screen shows it; one that is refused
says why and leaves what was typed.
"""

from collections.abc import Hashable
from functools import partial
from typing import Any, cast

from circle_tui.core.errors import RuleError
from circle_tui.service.changes import Change, MeetingChange
from circle_tui.service.changes import Command as ServiceCommand
from circle_tui.service.circle_service import CircleService
from circle_tui.tui import messages
from circle_tui.tui.screens.base import BaseScreen
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.views import changes
from circle_tui.views.view import Ask, Command, Execute, Local, Request


class ServiceScreen(BaseScreen):
    """A screen of one circle."""

    def __init__(self, service: CircleService) -> None:
        super().__init__()
        self.service = service

    # Commands

    def command(self, command: Command, *args: Any) -> bool:
        """Execute a command and show what it changed; say why if it is refused. Whether done."""
        try:
            self.service.execute(cast("ServiceCommand", command), *args)
        except RuleError as refused:
            self.flash(str(refused))
            return False
        self.status.clear()
        self.show_changed()
        return True

    def execute(self, does: Execute) -> bool:
        if not self.command(does.command, *does.args):
            return False
        if does.then is not None:
            self.post_message(messages.Requested(does.then))
            if does.flash is not None:
                # Upon the screen that the app shows then.
                self.post_message(messages.Said(does.flash))
        elif does.flash is not None:
            self.flash(does.flash)
        return True

    def ask(self, does: Ask) -> None:
        def take(words: str) -> None:
            if self.command(does.command, *does.args, words):
                self.stop_asking()
                if does.flash is not None:
                    self.flash(does.flash)
                self.after_typing(does)

        self.status.clear()
        prompt, key = self.query_one(Prompt), self.draft_key(does)
        prompt.leave()
        draft = self.base_app.drafts.pop(key, None)
        left = partial(self._keep_draft, key, does.value)
        prompt.ask(does.question, take, does.value, draft=draft, left=left)
        self.refresh_view()

    def draft_key(self, does: Ask) -> Hashable:
        """What a field is for: words that were left there come back only with the same one."""
        return self.service.file.path, does.question, repr(does.args), does.value

    def _keep_draft(self, key: Hashable, value: str, words: str) -> None:
        if words.strip() and words != value:
            self.base_app.drafts[key] = words

    def after_typing(self, does: Ask) -> None:
        """What was typed is done. Subclasses may move their cursor."""

    def stop_asking(self) -> None:
        """Close the field; what was typed comes back with it."""
        if self.prompt_open:
            self.query_one(Prompt).stop()
            self.refresh_view()

    def show_changed(self) -> None:
        """Show what a command, undo or redo has changed."""
        self.refresh_view()

    # Undo and redo

    @property
    def can_undo(self) -> bool | None:
        return self.service.can_undo

    @property
    def can_redo(self) -> bool:
        return self.service.can_redo

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.UNDO:
                self._step(self.service.undo, changes.undone)
            case Local.REDO:
                self._step(self.service.redo, changes.redone)
            case Local.BACK:
                self.stop_asking()

    def undo(self) -> None:
        """Take back the last change."""
        self.perform_local(Local.UNDO)

    def _step(self, step: Any, said: Any) -> None:
        try:
            change: Change = step()
        except RuleError as refused:
            self.flash(str(refused))
            return
        self.status.clear()
        self.show_changed()
        if isinstance(change, MeetingChange):
            # It is seen on the meeting's own screen, also from a place beside the meeting.
            self.post_message(messages.Requested(Request.SHOW_MEETING))
        # Upon another screen it is said there.
        self.post_message(messages.Said(said(_name_of(change))))


def _name_of(change: Change) -> str:
    if isinstance(change, MeetingChange):
        return changes.meeting_change(change.before, change.events)
    return changes.circle_change(change.command, change.args, change.before, change.after)
