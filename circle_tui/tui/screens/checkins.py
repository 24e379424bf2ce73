"""What members have written since the last meeting, and where they write it."""

from collections.abc import Iterator

from textual.widget import Widget
from textual.widgets import Static

from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import checkins
from circle_tui.views.action_table import Place
from circle_tui.views.checkins import CheckInsView
from circle_tui.views.presenters.checkins import CheckInsPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import View


class CheckInsScreen(CircleScreen):
    """The members, each with the beginning of their words; the chosen one's in full."""

    CSS_PATH = "checkins.tcss"
    PLACE = Place.CHECKINS
    PRESENTER = CheckInsPresenter

    ROW_ACTION = "write"

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="checkins"):
            with Card(checkins.CHECKINS, id="members", active=True):
                yield Rows()
            with Card(id="chosen", action_id="write"):
                yield Static(id="words")
            yield Prompt()

    def build_face(self) -> RingFace:
        assert isinstance(self.view, CheckInsView)
        return checkins.checkins_face(self.snapshot, self.view)

    def update_view(self, view: View) -> None:
        assert isinstance(view, CheckInsView)
        chosen = self.query_one("#chosen", Card)
        chosen.set_title(view.title)
        # What is typed stands where the words will be.
        chosen.display = not self.prompt_open
        self.query_one("#members").set_class(not self.prompt_open, "-active")
        self.query_one(Rows).show(view.rows, cursor=view.cursor)
        self.query_one("#words", Static).update(content(view.words))
