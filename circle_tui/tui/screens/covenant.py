"""The covenant: its clauses, its review date, its signatures."""

from collections.abc import Iterator

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.circle_screen import CircleScreen
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Page
from circle_tui.tui.widgets.prompt import Prompt
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import common, covenant
from circle_tui.views.action_table import Place
from circle_tui.views.covenant import CLAUSES, CovenantView
from circle_tui.views.view import Local, View


class CovenantScreen(CircleScreen):
    """What the circle agreed on, and who has signed it."""

    CSS_PATH = "covenant.tcss"
    PLACE = Place.COVENANT

    def __init__(self, service: CircleService) -> None:
        super().__init__(service)
        self._cursor = 0
        self._earlier: int | None = None
        """Which earlier version is looked at, by its place; None for the present one."""

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="covenant"):
            yield Static(Content(covenant.NO_COVENANT), id="no-covenant")
            for clause in range(CLAUSES):
                yield Static(id=f"label-{clause}", classes="clause-label")
                yield Static(id=f"clause-{clause}", classes="clause")
            yield Static(id="covenant-review")
            yield Rows(id="signers")
            yield Prompt()

    def build_view(self) -> CovenantView:
        return covenant.covenant_view(
            self.snapshot, cursor=self._cursor, earlier=self._earlier, asking=self.prompt_open
        )

    @property
    def covenant_view(self) -> CovenantView:
        """What is shown and offered now."""
        assert isinstance(self.view, CovenantView)
        return self.view

    def update_view(self, view: View) -> None:
        assert isinstance(view, CovenantView)
        for widget in self.query("#covenant > *"):
            widget.display = (widget.id == "no-covenant") is (not view.clauses)
        for place, clause in enumerate(view.clauses):
            current = place == view.cursor
            label = Content(f"{'›' if current else ' '} {clause.label}")
            self.query_one(f"#label-{place}", Static).update(label)
            self.query_one(f"#clause-{place}", Static).update(Content(clause.words))
            for each in (f"#label-{place}", f"#clause-{place}"):
                self.query_one(each).set_class(current, "-current")
        review = view.review._replace(text=f"  {view.review.text}")
        self.query_one("#covenant-review", Static).update(content((review,)))
        on_signer = view.cursor is not None and view.cursor >= CLAUSES
        self.query_one("#signers", Rows).show(
            tuple(each.row for each in view.signers),
            cursor=(view.cursor or 0) - CLAUSES if on_signer else None,
        )
        # What is shown, or the field for words, may take rows away from what the cursor is on.
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        """Bring into view what the cursor is on."""
        card, cursor = self.query_one(Page), self.covenant_view.cursor
        if not cursor:
            card.scroll_home(animate=False)
        elif cursor < CLAUSES:
            label, words = self.query_one(f"#label-{cursor}"), self.query_one(f"#clause-{cursor}")
            both = label.virtual_region.union(words.virtual_region)
            card.scroll_to_region(both, animate=False)
        else:
            rows = self.query_one("#signers").virtual_region
            line = Region(rows.x, rows.y + cursor - CLAUSES, rows.width, 1)
            card.scroll_to_region(line, animate=False)

    def show_changed(self) -> None:
        """Whatever was done was done to the present version."""
        self._show_version(None)

    def _show_version(self, earlier: int | None) -> None:
        self._earlier = earlier
        self.refresh_view()
        if self.covenant_view.cursor is not None:
            # Members may have gone.
            self._cursor = self.covenant_view.cursor

    def move_cursor(self, by: int) -> None:
        view = self.covenant_view
        self._choose((self._cursor + by) % (CLAUSES + len(view.signers)))

    def choose_seat(self, seat: int) -> None:
        cursor = covenant.cursor_of_seat(self.covenant_view, seat)
        if cursor is None:
            self.flash(common.no_seat(seat))
        else:
            self._choose(cursor)

    def _choose(self, cursor: int) -> None:
        self._cursor = cursor
        self.status.clear()
        self.refresh_view()

    def scroll_body(self, by: int) -> None:
        self.query_one(Page).scroll_relative(y=by, animate=False)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.EARLIER_VERSIONS:
                self._show_version(covenant.version_before(self.service.state, self._earlier))
            case Local.BACK if not self.prompt_open:
                self._show_version(None)
            case _:
                super().perform_local(does)
