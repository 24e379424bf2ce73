"""Takes a circle's contracts through their life by the keys that their views offer."""

from datetime import timedelta
from pathlib import Path

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.contracts.contract import Contract
from circle_tui.core.contracts.standing import ContractSnapshot, standing
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.views.contract import ContractView, contract_view, cursor_of_seat, first_cursor
from circle_tui.views.contract_way import WayView, way_view
from circle_tui.views.contracts import ContractsView, contracts_view
from circle_tui.views.look_back import LookBackView, LookBackWords, look_back_view
from circle_tui.views.new_contract import NewContractView, new_contract_view
from tests.core.contracts.agreements import START

from .reader import press

JUDGED = frozenset({"judge", "vote", "result", "dispute", "map", "stakes"})


class ContractReader:
    """A circle of five on the day of a meeting, and its keyboard."""

    def __init__(
        self,
        folder: Path,
        members: str = "Maya, Tom, Priya, Lena, Sam",
        steps: frozenset[str] = JUDGED,
    ) -> None:
        self.clock = ManualClock(START)
        circle = make_circle("Harbour", members, "peer-circle", zone="UTC", now=START)
        self.service = CircleService(CircleFile.create(folder, circle), self.clock)
        self.steps = steps
        self.at = 0
        """The row of the contract's page that the cursor is on."""

    def wait(self, **by: float) -> None:
        self.clock.move(timedelta(**by))

    def make(self, source: str, *people: str) -> str:
        """Make a contract with the keys of the screen for a new one; return its id."""
        view = new_contract_view(self.service.snapshot, cursor=0, source=source, people=people)
        press(self.service, view, "enter")
        self.at = first_cursor(self.page(), "")
        return self.newest.contract

    @property
    def newest(self) -> Contract:
        return self.service.state.contracts[-1]

    @property
    def standing(self) -> ContractSnapshot:
        return standing(self.service.state, self.newest.contract, self.service.now)

    # What a screen would show now

    def list(self, *, earlier: bool = False) -> ContractsView:
        return contracts_view(self.service.snapshot, cursor=0, earlier=earlier, steps=self.steps)

    def new(self, source: str | None = None, *people: str) -> NewContractView:
        return new_contract_view(self.service.snapshot, cursor=0, source=source, people=people)

    def page(self, *, confirming: bool = False, earlier: int | None = None) -> ContractView:
        return contract_view(
            self.service.snapshot,
            self.newest.contract,
            cursor=self.at,
            earlier=earlier,
            asking=False,
            confirming=confirming,
            steps=self.steps,
        )

    def way(self, *answers: int) -> WayView:
        return way_view(
            self.service.snapshot, self.newest.contract, cursor=None, answers=answers or None
        )

    def look_back(self, *words: str) -> LookBackView:
        texts = LookBackWords((*words, *[""] * (3 - len(words))))
        return look_back_view(
            self.service.snapshot, self.newest.contract, texts, cursor=None, asking=False
        )

    # What people do with it

    def seat(self, seat: int) -> None:
        """Choose a member by the number of their seat."""
        at = cursor_of_seat(self.service.snapshot, self.page(), seat)
        assert at is not None
        self.at = at

    def on(self, text: str) -> None:
        """Put the cursor on the row that contains a text."""
        items = self.page().items
        self.at = next(
            at for at, item in enumerate(items) if text in f"{item.row.name} {item.row.text}"
        )

    def key(self, key: str, words: str = "", *, confirming: bool = False) -> object:
        return press(self.service, self.page(confirming=confirming), key, words)

    def sign(self, *seats: int) -> None:
        for seat in seats:
            self.seat(seat)
            self.key("s")
