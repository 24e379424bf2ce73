"""The members: who joins, leaves, is away, and where they sit."""

from collections.abc import Iterator

from textual.content import Content
from textual.markup import escape
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import circle_face, every_screen, people
from circle_tui.views.action_table import Place
from circle_tui.views.people import PeopleView
from circle_tui.views.ring import Face
from circle_tui.views.view import Ask, Execute, Local, View


class PeopleScreen(CircleScreen):
    """Everybody who belongs to the circle, or did, in seat order."""

    CSS_PATH = "people.tcss"
    PLACE = Place.PEOPLE

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._forgetting = False

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="members"):
            with Card(people.MEMBERS, id="seats", active=True):
                yield Rows()
                yield Static(classes="explained")
            with Card(id="forgetting"):
                for _ in range(people.PARAGRAPHS):
                    yield Static(classes="goes")
            yield Prompt()

    def build_view(self) -> PeopleView:
        return people.people_view(
            self.snapshot,
            cursor=self._cursor,
            asking=self.prompt_open,
            forgetting=self._forgetting,
        )

    def build_face(self) -> Face:
        return circle_face.people_face(self.snapshot, self.service.circle.members[self._cursor].id)

    def update_view(self, view: View) -> None:
        assert isinstance(view, PeopleView)
        seats, forgetting = self.query_one("#seats", Card), self.query_one("#forgetting", Card)
        seats.display = not view.forgetting
        forgetting.display = bool(view.forgetting)
        for card in (seats, forgetting):
            card.set_class(not self.prompt_open, "-active")
        self.query_one(Rows).show(view.rows, cursor=self._cursor)
        self.query_one(".explained", Static).update(Content(view.explained))
        forgetting.border_title = escape(view.forget)
        for static, paragraph in zip(
            self.query(".goes").results(Static), view.forgetting, strict=False
        ):
            static.update(Content(paragraph))

    def show_changed(self) -> None:
        self._forgetting = False
        self._cursor = min(self._cursor, len(self.service.circle.members) - 1)
        super().show_changed()

    def execute(self, does: Execute) -> bool:
        chosen = self.service.circle.members[self._cursor]
        done = super().execute(does)
        if done:
            # The cursor stays with whoever it was on, also upon another seat.
            ids = [member.id for member in self.service.circle.members]
            self._choose(ids.index(chosen.id))
            if does.flash is not None:
                self.flash(does.flash)
        return done

    def after_typing(self, does: Ask) -> None:
        if does.command is people.JOIN:
            self._choose(len(self.service.circle.members) - 1)
        elif does.command is people.FORGET:
            # Nobody can tell whose words are in them.
            self.base_app.drafts.clear()

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.CONFIRM:
                self._forgetting = True
                self._choose(self._cursor)
            case Local.BACK | Local.UNDO if self._forgetting or self.prompt_open:
                self._forgetting = False
                self.stop_asking()
                # What was said of a key there isn't true of it here.
                self.status.clear()
                self.refresh_view()
            case _:
                super().perform_local(does)

    def move_cursor(self, by: int) -> None:
        self._choose((self._cursor + by) % len(self.service.circle.members))

    def choose_row(self, row: int) -> None:
        if not self.prompt_open and not self._forgetting:
            self._choose(row)

    def choose_seat(self, seat: int) -> None:
        if self.prompt_open or self._forgetting:
            return
        row = people.row_of_seat(self.service.state, seat)
        if row is None:
            self.flash(every_screen.no_seat(seat))
        else:
            self._choose(row)

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)

    def _choose(self, row: int) -> None:
        self._cursor = row
        self.status.clear()
        self.refresh_view()
