"""An objection to what was found, from rung to rung."""

from collections.abc import Iterator
from typing import Any

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.contract_step import ContractStepScreen, shown_as
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.wrapped_rows import WrappedRows
from circle_tui.views import contract_dispute as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_dispute import DisputeView
from circle_tui.views.contract_parts import standing_of
from circle_tui.views.ring import Face
from circle_tui.views.view import Ask, Command, Local, Unsaved, View


class DisputeScreen(ContractStepScreen):
    """What is objected to, where that has come to, and whose key it waits for."""

    PLACE = Place.DISPUTE

    def __init__(self, service: CircleService, contract_id: str) -> None:
        super().__init__(service, contract_id)
        self._of: str | None = None
        self._figure = ""
        """What was typed and nobody has agreed to yet; nothing of it is in the file."""

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="dispute"):
            with Card(views.OBJECTION, id="objection"):
                yield Static()
            yield Prompt()
            with Card(views.RUNGS, id="rungs"):
                yield WrappedRows(id="rung-rows")
            with Card(views.PEOPLE, id="people", active=True):
                yield WrappedRows(id="rows", first_row=0)

    def build_view(self) -> DisputeView:
        waiting = views.contested(standing_of(self.snapshot, self.contract_id))
        if self._of not in waiting:
            self._of, self._figure = next(iter(waiting), None), ""
        return views.dispute_view(
            self.snapshot,
            self.contract_id,
            of=self._of,
            chosen=self._chosen,
            figure=self._figure,
            asking=self.prompt_open,
        )

    @property
    def _shown(self) -> DisputeView:
        return shown_as(self.view, DisputeView)

    def build_face(self) -> Face:
        return views.dispute_face(self.snapshot, self._shown)

    def update_view(self, view: View) -> None:
        shown = shown_as(view, DisputeView)
        self.query_one("#objection > Static", Static).update(content(shown.said))
        self.query_one("#rungs").display = bool(shown.rungs)
        self.query_one("#rung-rows", WrappedRows).show(shown.rungs)
        self.query_one("#people").display = bool(shown.rows)
        self.query_one("#rows", WrappedRows).show(shown.rows, cursor=shown.cursor)

    def carry_out(self, command: Command, *args: Any) -> None:
        """A figure that is typed stays on the screen; all else is a command of the circle."""
        if isinstance(command, Unsaved):
            self._figure = command(self._figure, *args)
            self.status.clear()
            self.refresh_view()
        else:
            super().carry_out(command, *args)

    def after_typing(self, does: Ask) -> None:
        if does.command is not views.FIGURE or self._of is None:
            return
        result = standing_of(self.snapshot, self.contract_id).result(self._of)
        reason = views.reason_for(self.contract_id, result, self._chosen, self._figure)
        if reason is not None:
            self.ask(reason)

    def after_change(self) -> None:
        """Once nothing is contested any more, what was found is shown."""
        found = standing_of(self.snapshot, self.contract_id)
        if any(each.of == self._of and each.figure is not None for each in found.results):
            # Somebody has agreed to it: from now on the file has it.
            self._figure = ""
        self.refresh_view()
        if not views.contested(found):
            self.go_to("result")

    def move_cursor(self, by: int) -> None:
        people = self._shown.people
        if people:
            at = people.index(self._chosen) if self._chosen in people else -1 if by > 0 else 0
            self.choose_member(people[(at + by) % len(people)])

    def choose_row(self, row: int) -> None:
        if not self.prompt_open:
            self.choose_member(self._shown.people[row])

    def perform_local(self, does: Local) -> None:
        if does is Local.NEXT_PART:
            waiting = views.contested(standing_of(self.snapshot, self.contract_id))
            at = waiting.index(self._of) + 1 if self._of in waiting else 0
            self._of, self._figure = waiting[at % len(waiting)], ""
            self.refresh_view()
        else:
            super().perform_local(does)
