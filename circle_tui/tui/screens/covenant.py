"""The covenant: its clauses, its review date, its signatures."""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import covenant
from circle_tui.views.action_table import Place
from circle_tui.views.covenant import CLAUSES, CovenantView
from circle_tui.views.presenters.covenant import CovenantPresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Ask, View


class CovenantScreen(CircleScreen):
    """What the circle agreed on, and who has signed it."""

    CSS_PATH = "covenant.tcss"
    PLACE = Place.COVENANT
    PRESENTER = CovenantPresenter
    presenter: CovenantPresenter

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._typing_in: str | None = None
        """The card in whose place words are typed."""

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="covenant"):
            with Card(covenant.COVENANT, id="no-covenant", active=True):
                yield Static(Content(covenant.NO_COVENANT))
            for row, about in enumerate(covenant.ABOUT_CLAUSES):
                with Card(id=about, row=row):
                    yield Static()
            with Card(covenant.REVIEW, id=covenant.ABOUT_REVIEW, action_id="review_date"):
                yield Static()
            with Card(covenant.SIGNATURES, id="signatures"):
                yield Rows(id="signers", first_row=CLAUSES)
            yield Prompt()

    @property
    def covenant_view(self) -> CovenantView:
        """What is shown and offered now."""
        assert isinstance(self.view, CovenantView)
        return self.view

    def build_face(self) -> RingFace:
        return covenant.covenant_face(self.snapshot, self.covenant_view)

    def update_view(self, view: View) -> None:
        assert isinstance(view, CovenantView)
        typing = self._typing_in if self.prompt_open else None
        for card in self.query(Card):
            # What is typed stands where the words are that it replaces.
            card.display = card.id != typing and (card.id == "no-covenant") is not bool(
                view.clauses
            )
        for place, clause in enumerate(view.clauses):
            card = self._clause(place)
            current = place == view.cursor
            card.set_title(f"› {clause.label}" if current else clause.label)
            card.set_class(current, "-active")
            card.query_one(Static).update(Content(clause.words))
        self.query_one(f"#{covenant.ABOUT_REVIEW} > Static", Static).update(content((view.review,)))
        on_signer = view.cursor is not None and view.cursor >= CLAUSES
        self.query_one("#signatures").set_class(on_signer, "-active")
        self.query_one("#signers", Rows).show(
            tuple(each.row for each in view.signers),
            cursor=(view.cursor or 0) - CLAUSES if on_signer else None,
        )
        # What is shown, or the field for words, may take rows away from what the cursor is on.
        self.call_after_refresh(self._scroll_to_cursor)

    def _clause(self, place: int) -> Card:
        return self.query_one(f"#{covenant.ABOUT_CLAUSES[place]}", Card)

    def _scroll_to_cursor(self) -> None:
        """Bring into view what is typed, or what the cursor is on."""
        page, cursor = self.query_one(Page), self.covenant_view.cursor
        if self.prompt_open:
            page.scroll_to_widget(self.query_one(Prompt), animate=False, force=True)
        elif not cursor:
            page.scroll_home(animate=False)
        elif cursor < CLAUSES:
            page.scroll_to_widget(self._clause(cursor), animate=False, force=True)
        else:
            page.show_line(self.query_one("#signers"), cursor - CLAUSES)

    def ask(self, does: Ask) -> None:
        self._typing_in = does.about
        self.query_one(Page).move_child(
            self.query_one(Prompt), after=self.query_one(f"#{does.about}")
        )
        super().ask(does)

    @property
    def row_action(self) -> str:
        return "edit" if self.presenter.cursor < CLAUSES else "sign"
