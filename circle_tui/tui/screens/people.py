"""The members: who joins, leaves, is away, and where they sit."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import circle_face, people
from circle_tui.views.action_table import Place
from circle_tui.views.people import PeopleView
from circle_tui.views.presenters.people import PeoplePresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class PeopleScreen(CircleScreen):
    """Everybody who belongs to the circle, or did, in seat order."""

    CSS_PATH = "people.tcss"
    PLACE = Place.PEOPLE
    PRESENTER = PeoplePresenter

    presenter: PeoplePresenter

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="members"):
            with Card(people.MEMBERS, id="seats", active=True):
                yield Rows()
                yield Static(classes="explained")
            with Card(id="forgetting"):
                for _ in range(people.PARAGRAPHS):
                    yield Static(classes="goes")
            yield Prompt()

    def build_face(self) -> RingFace:
        chosen = self.service.circle.members[self.presenter.cursor]
        return circle_face.people_face(self.snapshot, chosen.id)

    def update_view(self, view: View) -> None:
        assert isinstance(view, PeopleView)
        seats, forgetting = self.query_one("#seats", Card), self.query_one("#forgetting", Card)
        seats.display = not view.forgetting
        forgetting.display = bool(view.forgetting)
        for card in (seats, forgetting):
            card.set_class(not self.prompt_open, "-active")
        self.query_one(Rows).show(view.rows, cursor=self.presenter.cursor)
        self.query_one(".explained", Static).update(Content(view.explained))
        forgetting.set_title(view.forget)
        for static, paragraph in zip(
            self.query(".goes").results(Static), view.forgetting, strict=False
        ):
            static.update(Content(paragraph))
