"""Judging a contract: one part after the other, by whoever judges it."""

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
from circle_tui.views import contract_judging as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_judgement import FIGURE, Judgement, awaiting, next_part, part_for
from circle_tui.views.contract_judging import JudgingView
from circle_tui.views.contract_parts import standing_of
from circle_tui.views.ring import Face
from circle_tui.views.text import text
from circle_tui.views.view import Ask, Command, Local, Unsaved, View


class JudgingScreen(ContractStepScreen):
    """The part that is judged now, and what is marked of it so far."""

    PLACE = Place.JUDGING

    def __init__(self, service: CircleService, contract_id: str) -> None:
        super().__init__(service, contract_id)
        self._of: str | None = None
        self._judgements: dict[str, Judgement] = {}
        """What is marked so far, by whose part it is; nothing of it is in the file."""

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="judging"):
            with Card(id="part"):
                yield WrappedRows(id="part-rows")
            with Card(views.AS_WRITTEN, id="written"):
                yield Static()
            with Card(id="marks"):
                yield WrappedRows(id="rows")
            yield Prompt()
            with Card(views.TOTAL, id="found"):
                yield Static()
            with Card(views.STAKE, id="stake"):
                yield Static()

    def build_view(self) -> JudgingView:
        found = standing_of(self.snapshot, self.contract_id)
        self._of = part_for(found, self._of, None)
        return views.judging_view(
            self.snapshot,
            self.contract_id,
            of=self._of,
            by=self._chosen,
            judgement=self._judgement,
            cursor=self._cursor,
            asking=self.prompt_open,
        )

    @property
    def _judgement(self) -> Judgement:
        return self._judgements.get(self._of or "", Judgement())

    def build_face(self) -> Face:
        return views.judging_face(self.snapshot, shown_as(self.view, JudgingView))

    def update_view(self, view: View) -> None:
        shown = shown_as(view, JudgingView)
        part = self.query_one("#part", Card)
        part.display = shown.of is not None
        part.set_title(shown.title)
        self.query_one("#part-rows", WrappedRows).show(shown.part)
        self._fill("#written", shown.written)
        self._fill("#found", shown.found)
        self._fill("#stake", text(shown.stake) if shown.stake else ())
        marks = self.query_one("#marks", Card)
        marks.display = bool(shown.rows)
        marks.set_title(shown.rows_title)
        marks.set_class(shown.cursor is not None, "-active")
        self.query_one("#rows", WrappedRows).show(shown.rows, cursor=shown.cursor)
        self.call_after_refresh(self._scroll_to_cursor)

    def on_resize(self) -> None:
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        """Bring into view what is typed, what comes back, or the row that the cursor is on."""
        page, shown = self.query_one(Page), shown_as(self.view, JudgingView)
        rows = self.query_one("#rows", WrappedRows)
        if self.prompt_open:
            page.scroll_to_widget(self.query_one(Prompt), animate=False, force=True)
        elif shown.found and shown.cursor is not None:
            page.scroll_to_widget(self.query_one("#found"), animate=False, force=True)
        elif shown.cursor is not None:
            page.show_line(rows, *rows.lines_of_cursor)

    def _fill(self, card: str, words: Any) -> None:
        """Show a card's words; a card without any is not there."""
        self.query_one(card).display = bool(words)
        self.query_one(f"{card} > Static", Static).update(content(words))

    # What is marked

    def carry_out(self, command: Command, *args: Any) -> None:
        """What is only marked stays on the screen; all else is a command of the circle."""
        if not isinstance(command, Unsaved):
            super().carry_out(command, *args)
            return
        assert self._of is not None
        before = self._judgement
        self._judgements[self._of] = after = command(before, *args)
        self.status.clear()
        if (len(after.marks), len(after.rubric)) != (len(before.marks), len(before.rubric)):
            # On to what has no mark yet.
            self._cursor = min(self._cursor + 1, max(len(self._rows) - 1, 0))
        self.refresh_view()

    @property
    def _rows(self) -> tuple[object, ...]:
        return shown_as(self.view, JudgingView).rows

    def after_typing(self, does: Ask) -> None:
        if does.command is FIGURE and self._of is not None:
            result = standing_of(self.snapshot, self.contract_id).result(self._of)
            self.ask(views.reason_for(self.contract_id, result, self._judgement))

    def after_change(self) -> None:
        """On to the next part; after the last one, to what was found."""
        found = standing_of(self.snapshot, self.contract_id)
        self._judgements = {
            each.of: self._judgements[each.of]
            for each in awaiting(found)
            if each.of in self._judgements
        }
        if self._of not in {each.of for each in awaiting(found)}:
            self._of, self._cursor, self._chosen = None, 0, None
        self.refresh_view()
        if found.results and all(each.comes_back is not None for each in found.results):
            self.go_to("result")

    # The cursor

    def choose_member(self, member: str) -> None:
        found = standing_of(self.snapshot, self.contract_id)
        self._of, self._cursor = part_for(found, self._of, member), 0
        super().choose_member(member)

    def move_cursor(self, by: int) -> None:
        if self._rows:
            self.move_to((self._cursor + by) % len(self._rows))

    def choose_row(self, row: int) -> None:
        if not self.prompt_open:
            self.move_to(row)

    def perform_local(self, does: Local) -> None:
        if does is Local.NEXT_PART:
            found = standing_of(self.snapshot, self.contract_id)
            self._of, self._cursor = next_part(found, self._of), 0
            self.refresh_view()
        else:
            super().perform_local(does)
