"""A secret vote on one keyboard.

Invariant: a choice goes from the key to the ballot box and nowhere else: no widget, message or
attribute of this screen holds it, and nothing that is drawn depends on it. Nothing can be clicked.
"""

from collections.abc import Iterator

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from circle_tui.core.ids import ContractId
from circle_tui.flow.secret_vote import SecretVote
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
from circle_tui.views.view import Action, Answer, GoToContract, Intent, Local, View

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
        self.vote = SecretVote(service, self.presenter)

    @property
    def under_way(self) -> bool:
        """Whether the vote has begun; before that it's still open who votes."""
        return self.vote.ballot_box is not None

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
        self.vote.close()

    def build_face(self) -> RingFace:
        shown = shown_as(self.view, VoteView)
        return views.vote_face(self.snapshot, shown, under_way=self.under_way)

    def on_resize(self) -> None:
        # What the result can show and the list belong together; where there is little room, what
        # the vote is on comes after them.
        if not self.under_way:
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
        if not self.under_way:
            return super().actions
        return views.while_voting(shown_as(self.view, VoteView))

    def refresh_status(self) -> None:
        # Nothing of what else there is to say may come between two voters.
        if not self.under_way:
            super().refresh_status()
        else:
            self.status.set_default(self.view.status)

    def perform_rest(self, rest: Intent | None) -> None:
        super().perform_rest(rest)
        if not self.under_way:
            cursor = shown_as(self.view, VoteView).cursor or 0
            rows = self.query_one("#rows")
            self.call_after_refresh(self.query_one(Page).show_line, rows, cursor)

    # The vote

    def perform(self, does: Intent) -> None:
        match does:
            case Answer(number=number):
                # Not by the presenter, nor anywhere else but into the ballot box.
                self._show(self.vote.choose(number))
            case Local.SUSPEND:
                self._hand_over()
                super().perform(does)
            case _:
                super().perform(does)

    def perform_local(self, does: Local) -> None:
        rest = self.vote.step(does)
        if rest is None:
            super().perform_local(does)
        else:
            self._show(rest)

    def _show(self, rest: tuple[Intent, ...]) -> None:
        """Draw where the vote is now, unless another screen comes; then do what is left to do."""
        self.status.clear()
        if not any(isinstance(each, GoToContract) for each in rest):
            self.refresh_view()
        for each in rest:
            self.perform(each)

    def _hand_over(self) -> None:
        """Back to between two voters; also after the program was stopped and goes on."""
        if self.under_way:
            self.vote.hand_over()
            self._show(())
