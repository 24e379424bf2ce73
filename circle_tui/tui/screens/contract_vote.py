"""A secret vote on one keyboard.

Invariant: a choice goes from the key to the ballot box and nowhere else: no widget, message or
attribute of this screen holds it, and nothing that is drawn depends on it. Nothing can be clicked.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.errors import RuleError
from circle_tui.core.ids import ContractId
from circle_tui.service.ballot_box import BallotBox, NextStep
from circle_tui.service.circle_service import CircleService
from circle_tui.tui.screens.contract_step import ContractStepScreen, shown_as
from circle_tui.tui.styled import content
from circle_tui.tui.widgets.card import Card, Page
from circle_tui.tui.widgets.large_letters import ROWS, set_text
from circle_tui.tui.widgets.rows import Rows
from circle_tui.views import contract_vote as views
from circle_tui.views.action_table import Place
from circle_tui.views.contract_vote import VoteView
from circle_tui.views.presenters.contract_vote import VotePresenter
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Action, Answer, Intent, Local, View

_AROUND_CARD = 4
"""Columns of a card's border and padding."""


class VoteScreen(ContractStepScreen):
    """Who votes; then hand-over and ballot in turn, until all are in."""

    CSS_PATH = "contract_vote.tcss"
    PLACE = Place.VOTE
    ROW_ACTION = "mark"
    PRESENTER = VotePresenter

    presenter: VotePresenter

    def __init__(self, service: CircleService, contract_id: ContractId) -> None:
        super().__init__(service, contract_id)
        self._ballot_box: BallotBox | None = None
        """The vote under way; None while it's still open who votes."""

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
            with Card(id="sheet", active=True):
                yield Static(id="large")
                yield Static(id="ballot")

    def on_mount(self) -> None:
        super().on_mount()
        self.app.app_resume_signal.subscribe(self, lambda _app: self._hand_over())

    def on_unmount(self) -> None:
        """Whichever way the screen goes, no ballot is left."""
        self._close_ballot_box()

    def build_face(self) -> RingFace:
        shown = shown_as(self.view, VoteView)
        return views.vote_face(self.snapshot, shown, under_way=self._ballot_box is not None)

    def on_resize(self) -> None:
        # What the result can show and the list belong together; where there is little room, what
        # the vote is on comes after them.
        if self._ballot_box is None:
            page, about = self.query_one(Page), self.query_one("#main")
            if self.has_class("-short"):
                page.move_child(about, after=self.query_one("#voters"))
            else:
                page.move_child(about, before=self.query_one("#secrecy"))
        else:
            self.call_after_refresh(self.refresh_view)

    def update_view(self, view: View) -> None:
        shown = shown_as(view, VoteView)
        self.query_one("#sheet").display = bool(shown.sheet)
        for card in ("#main", "#secrecy", "#voters"):
            self.query_one(card).display = not shown.sheet
        if shown.sheet:
            # Always of the same size: laid out anew, it may be painted once or twice, and what is
            # sent is to hang on nothing.
            # The sheet itself is laid out after it's shown for the first time.
            columns = self.query_one(Page).content_size.width - _AROUND_CARD
            letters = set_text(shown.large, columns, ROWS)
            self.query_one("#large", Static).update(Content("\n".join(letters)), layout=False)
            self.query_one("#ballot", Static).update(content(shown.sheet), layout=False)
            return
        self.query_one("#line", Static).update(content(shown.main))
        self.query_one("#words", Static).update(content(shown.words))
        self.query_one("#rows", Rows).show(shown.rows, cursor=shown.cursor)
        self.query_one("#secrecy > Static", Static).update(Content(shown.secrecy))
        self.query_one("#note", Static).update(Content(shown.note))

    @property
    def actions(self) -> tuple[Action, ...]:
        if self._ballot_box is None:
            return super().actions
        return views.while_voting(shown_as(self.view, VoteView))

    def refresh_status(self) -> None:
        # Nothing of what else there is to say may come between two voters.
        if self._ballot_box is None:
            super().refresh_status()
        else:
            self.status.set_default(self.view.status)

    def perform_rest(self, rest: Intent | None) -> None:
        super().perform_rest(rest)
        if self._ballot_box is None:
            cursor = shown_as(self.view, VoteView).cursor or 0
            rows = self.query_one("#rows")
            self.call_after_refresh(self.query_one(Page).show_line, rows, cursor)

    # The vote

    def perform(self, does: Intent) -> None:
        match does:
            case Answer(number=number):
                # Not by the presenter, nor anywhere else but into the ballot box.
                self._choose(number)
            case Local.SUSPEND:
                self._hand_over()
                super().perform(does)
            case _:
                super().perform(does)

    def perform_local(self, does: Local) -> None:
        match does:
            case Local.BEGIN_VOTE:
                self._begin()
            case Local.TAKE_BALLOT:
                self._take()
            case Local.COUNT_VOTE:
                self._count()
            case Local.LEAVE_VOTE:
                self._close_ballot_box()
                self.refresh_view()
            case Local.QUIT_VOTE:
                self._close_ballot_box()
                self.base_app.leave()
            case _:
                super().perform_local(does)

    def _begin(self) -> None:
        try:
            self._ballot_box = BallotBox(self.service, self.contract_id, self.presenter.present)
        except RuleError as refused:
            self.flash(str(refused))
            return
        self.presenter.ballot_box = self._ballot_box
        self._hand_over()

    def _take(self) -> None:
        assert self._ballot_box is not None
        assert self.presenter.voter is not None
        try:
            self._ballot_box.take(self.presenter.voter)
        except RuleError:
            # The list was another one when they were chosen.
            self.presenter.handed_on()
        else:
            self.presenter.taken()
        self.status.clear()
        self.refresh_view()

    def _choose(self, place: int) -> None:
        """Hand a key on to the ballot box. What comes next is the same for every choice."""
        if self._ballot_box is None:
            return
        then = self._ballot_box.choose(place)
        self.status.clear()
        if then is NextStep.HAND_ON:
            self.presenter.handed_on()
        self.refresh_view()
        if then is NextStep.DIFFERENT:
            self.flash(views.DIFFERENT)

    def _hand_over(self) -> None:
        """Back to between two voters; also after the program was stopped and goes on."""
        if self._ballot_box is not None:
            self._ballot_box.hand_on()
            self.presenter.handed_on()
            self.status.clear()
            self.refresh_view()

    def _count(self) -> None:
        assert self._ballot_box is not None
        try:
            self._ballot_box.count()
        except RuleError as refused:
            if not self._ballot_box.out_of_time:
                self.flash(views.not_saved(str(refused)))
                return
            self.flash(str(refused))
        self._close_ballot_box()
        self.go_to("result")

    def _close_ballot_box(self) -> None:
        if self._ballot_box is not None:
            self._ballot_box.close()
        self._ballot_box = self.presenter.ballot_box = None
        self.presenter.handed_on()
