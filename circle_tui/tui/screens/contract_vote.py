"""A secret vote on one keyboard.

Invariant: a choice goes from the key to the urn and nowhere else: no widget, message or attribute
of this screen holds it, and nothing is drawn that hangs on it. Nothing can be clicked meanwhile.
"""

from collections.abc import Iterator
from contextlib import suppress

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.errors import RuleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.urn import Next, Urn
from circle_tui.tui.screens.contract_step import ContractStepScreen, shown_as
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import contract_vote as views
from circle_tui.views import every_screen
from circle_tui.views.action_table import Place
from circle_tui.views.contract_parts import standing_of
from circle_tui.views.contract_vote import VoteView
from circle_tui.views.ring import Face
from circle_tui.views.view import Action, Answer, Intent, Local, View


class VoteScreen(ContractStepScreen):
    """Who votes; then hand-over and ballot in turn, until all are in."""

    CSS_PATH = "contract_vote.tcss"
    PLACE = Place.VOTE

    def __init__(self, service: CircleService, contract_id: str) -> None:
        super().__init__(service, contract_id)
        self._out = views.away(service.snapshot, standing_of(service.snapshot, contract_id))
        self._cursor = 0
        self._urn: Urn | None = None
        """The vote under way; None while it's still open who votes."""
        self._voter: str | None = None
        """Who has the keyboard for their ballot; None between two voters."""
        self._voters_cursor: int | None = None

    def compose_body(self) -> Iterator[Widget]:
        with Page(id="vote"):
            with Card(id="main"):
                yield Static(id="line")
                yield Static(id="words")
            with Card(views.CANT_HIDE, id="secrecy"):
                yield Static()
            with Card(views.WHO_VOTES, id="voters", active=True):
                yield Rows(id="rows")
                yield Static(id="note", classes="explained")
            with Card(id="sheet"):
                yield Static()

    def on_mount(self) -> None:
        super().on_mount()
        self.app.app_resume_signal.subscribe(self, lambda _app: self._hand_over())

    def on_unmount(self) -> None:
        """Whichever way the screen goes, no ballot is left."""
        self._close_urn()

    def build_view(self) -> VoteView:
        snapshot, urn = self.snapshot, self._urn
        if urn is None:
            return views.who_votes(snapshot, self.contract_id, out=self._out, cursor=self._cursor)
        if self._voter is not None and urn.about is not None:
            return views.ballot(
                snapshot, self._voter, urn.about, urn.shown, once_more=urn.once_more
            )
        if urn.all_in:
            return views.all_in(snapshot)
        return views.hand_over(snapshot, urn.still_to_come, self._voters_cursor)

    @property
    def _vote_view(self) -> VoteView:
        return shown_as(self.view, VoteView)

    def build_face(self) -> Face:
        return views.vote_face(self.snapshot, self._vote_view, under_way=self._urn is not None)

    def on_resize(self) -> None:
        # What the result can show and the list belong together; where there is little room, what
        # the vote is on comes after them.
        if self._urn is None:
            page, about = self.query_one(Page), self.query_one("#main")
            if self.has_class("-short"):
                page.move_child(about, after=self.query_one("#voters"))
            else:
                page.move_child(about, before=self.query_one("#secrecy"))

    def update_view(self, view: View) -> None:
        shown = shown_as(view, VoteView)
        self.query_one("#sheet").display = bool(shown.sheet)
        for card in ("#main", "#secrecy", "#voters"):
            self.query_one(card).display = not shown.sheet
        if shown.sheet:
            # Always of the same size: laid out anew, it may be painted once or twice, and what is
            # sent is to hang on nothing.
            self.query_one("#sheet > Static", Static).update(content(shown.sheet), layout=False)
            return
        self.query_one("#line", Static).update(content(shown.main))
        self.query_one("#words", Static).update(content(shown.words))
        self.query_one("#rows", Rows).show(shown.rows, cursor=shown.cursor)
        self.query_one("#secrecy > Static", Static).update(Content(shown.secrecy))
        self.query_one("#note", Static).update(Content(shown.note))

    @property
    def actions(self) -> tuple[Action, ...]:
        if self._urn is None:
            return super().actions
        return views.while_voting(self._vote_view)

    def refresh_status(self) -> None:
        # Nothing of what else there is to say may come between two voters.
        if self._urn is None:
            super().refresh_status()
        else:
            self.status.set_default(self.view.status)

    # Before the vote

    def choose_seat(self, seat: int) -> None:
        row = views.voter_on(self.snapshot, self._vote_view, seat)
        if row is None:
            self.flash(every_screen.no_seat(seat) if self._urn is None else views.NO_VOTER)
        elif self._urn is None:
            self.move_to(row)
        else:
            self._take(self._vote_view.members[row])

    def choose_row(self, row: int) -> None:
        if self._urn is not None:
            return
        if row == self._vote_view.cursor:
            self.perform_local(Local.MARK)
        else:
            self.move_to(row)

    def move_to(self, cursor: int) -> None:
        """Put the cursor on a row, and have it in view."""
        self._cursor = cursor
        self.status.clear()
        self.refresh_view()
        rows = self.query_one("#rows")
        self.call_after_refresh(self.query_one(Page).show_line, rows, cursor)

    def move_cursor(self, by: int) -> None:
        count = len(self._vote_view.members)
        if self._urn is None:
            self.move_to((self._cursor + by) % max(count, 1))
        elif count:
            before = self._voters_cursor
            self._voters_cursor = (before + by) % count if before is not None else 0
            self.refresh_view()

    def _mark(self) -> None:
        member = self._vote_view.members[self._vote_view.cursor or 0]
        self._out = self._out ^ {member}
        self.move_to(self._cursor)

    # The vote

    def perform(self, does: Intent) -> None:
        match does:
            case Answer(number=number):
                self._choose(number)
            case Local.QUIT if self._urn is not None:
                self.pick(views.QUIT)
            case Local.SUSPEND:
                self._hand_over()
                super().perform(does)
            case _:
                super().perform(does)

    def perform_local(self, does: Local) -> None:
        view = self._vote_view
        match does:
            case Local.MARK:
                self._mark()
            case Local.BEGIN_VOTE:
                self._begin()
            case Local.SELECT if view.cursor is not None:
                self._take(view.members[view.cursor])
            case Local.COUNT_VOTE:
                self._count()
            case Local.LEAVE_VOTE:
                self._close_urn()
                self.refresh_view()
            case Local.QUIT_VOTE:
                self._close_urn()
                self.base_app.leave()
            case _:
                super().perform_local(does)

    def _begin(self) -> None:
        present = [each for each in self._vote_view.members if each not in self._out]
        try:
            self._urn = Urn(self.service, self.contract_id, present)
        except RuleError as refused:
            self.flash(str(refused))
            return
        self._hand_over()

    def _take(self, voter: str) -> None:
        assert self._urn is not None
        with suppress(RuleError):
            self._urn.take(voter)
            self._voter, self._voters_cursor = voter, None
            self.status.clear()
            self.refresh_view()

    def _choose(self, place: int) -> None:
        """Hand a key on to the urn. What comes next is the same for every choice."""
        if self._urn is None:
            return
        then = self._urn.choose(place)
        self.status.clear()
        if then is Next.HAND_ON:
            self._voter = None
        self.refresh_view()
        if then is Next.DIFFERENT:
            self.flash(views.DIFFERENT)

    def _hand_over(self) -> None:
        """Back to between two voters; also after the program was stopped and goes on."""
        if self._urn is not None:
            self._urn.hand_on()
            self._voter, self._voters_cursor = None, None
            self.status.clear()
            self.refresh_view()

    def _count(self) -> None:
        assert self._urn is not None
        try:
            self._urn.count()
        except RuleError as refused:
            if not self._urn.out_of_time:
                self.flash(views.not_saved(str(refused)))
                return
            self.flash(str(refused))
        self._close_urn()
        self.go_to("result")

    def _close_urn(self) -> None:
        if self._urn is not None:
            self._urn.close()
        self._urn, self._voter, self._voters_cursor = None, None, None
