"""The screens of contracts and their states, and how to get there from home."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from circle_tui.core.contracts import (
    common_result,
    judging,
    looking_back,
    lookup,
    making,
    objecting,
    signing,
    ways,
    wording,
)
from circle_tui.core.contracts.contract import Ending, Way
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile

MAYA, TOM, PRIYA, LENA, SAM = "m1", "m2", "m3", "m4", "m5"
BOX = "Twenty into the coffee box, else to the food bank"
RUBRIC = ("outcome", "effort", "quality", "circumstances")
REASON = "A day late, because the sources had to be checked twice; worth the day."


class ContractState(NamedTuple):
    """What happened before the app is started; which keys then; which screen that is."""

    happened: Callable[["Before"], object]
    keys: tuple[str, ...]
    screen: str


class Before:
    """A circle of five before the app is started."""

    def __init__(self, file: CircleFile, clock: ManualClock) -> None:
        self.clock = clock
        self.service = CircleService(file, clock)
        self.do = self.service.execute

    @property
    def newest(self) -> str:
        """The contract made last."""
        return self.service.state.contracts[-1].contract

    def make(self, source: str, *people: str, name: str = "", way: Way = Way.TALK) -> "Before":
        """A draft; a judged one has a stake of the first."""
        self.do(making.make, source, people)
        if name:
            self.do(wording.rename, self.newest, name)
        if way is not Way.TALK:
            if self.service.state.contracts[-1].way is not way:
                self.do(ways.set_way, self.newest, way)
            self.do(wording.set_stake, self.newest, people[0], BOX)
        return self

    def sign(self) -> "Before":
        """Everybody in it signs, and everybody who judges accepts."""
        for member in lookup.to_sign(self.service.state, self.service.state.contracts[-1]):
            self.do(signing.sign, self.newest, member)
        for member in lookup.to_accept(self.service.state, self.service.state.contracts[-1]):
            self.do(signing.accept, self.newest, member)
        return self

    def wait(self, **by: float) -> "Before":
        """Let time pass."""
        self.clock.move(timedelta(**by))
        return self

    def opened(self, way: Way) -> "Before":
        """A contract of Maya and Tom, on its day, whose judging was just opened."""
        self.make("design-feedback", MAYA, TOM, name="Onboarding flow", way=way)
        self.sign().wait(days=14)
        self.do(judging.open_judging, self.newest)
        return self.wait(minutes=5)

    def graded(self) -> "Before":
        """The same, graded: half comes back for one, all for the other."""
        self.opened(Way.GRADED)
        for of, by, typed in ((MAYA, TOM, "75"), (TOM, MAYA, "met")):
            marks = dict.fromkeys(
                ("Shown or answered on the day", "Useful for a decision", "About users, not taste"),
                typed,
            )
            self.do(judging.grade, self.newest, of, by, marks)
        return self

    def content(self) -> "Before":
        """Both are content with the result."""
        for member in (MAYA, TOM):
            self.do(judging.accept_results, self.newest, member)
        return self


def _several(before: Before) -> None:
    before.make("design-feedback", MAYA, TOM, name="Onboarding flow").sign().wait(days=10)
    before.make("shared-branch", PRIYA, SAM).sign()
    before.make("writing", LENA, SAM, way=Way.REVIEWED)
    before.do(wording.set_trial, before.newest, "a coffee")
    before.sign()
    before.make("request-triage", MAYA, LENA, TOM)
    before.do(signing.sign, before.newest, MAYA)
    before.wait(days=4)


def _ended(before: Before) -> None:
    before.make("design-feedback", MAYA, TOM, name="Onboarding flow").sign().wait(days=14)
    args = ("The questions came with the sketches.", "Thursday noon.", Ending.END)
    before.do(looking_back.look_back, before.newest, *args)


def _common(before: Before) -> None:
    before.make("design-feedback", MAYA, TOM, name="Release", way=Way.GRADED)
    before.do(common_result.set_common, before.newest, "The flow is live.")
    before.sign().wait(days=14)
    before.do(judging.open_judging, before.newest)
    for of, by in ((MAYA, TOM), (TOM, MAYA), ("common", PRIYA)):
        marks = {
            "Shown or answered on the day": "met",
            "Useful for a decision": "met",
            "About users, not taste": "2 of 3" if of == "common" else "met",
        }
        before.do(judging.grade, before.newest, of, by, marks)


def _objected(before: Before) -> None:
    before.graded()
    before.do(objecting.object_to, before.newest, MAYA, MAYA)


def _with_words(before: Before) -> None:
    before.opened(Way.REVIEWED)
    before.do(
        judging.review, before.newest, MAYA, TOM, False, dict.fromkeys(RUBRIC, "="), "80", REASON
    )


def _hub(before: Before) -> None:
    before.graded().content()
    before.make("shared-branch", PRIYA, SAM).sign()
    before.make("request-triage", SAM, LENA, TOM).sign()


def _nothing(_before: Before) -> None:
    """A circle that has none."""


def _panel(before: Before) -> None:
    before.opened(Way.PANEL)


DRAFT = ("h", "n", "enter", "1", "4", "enter")
PAGE = ("h", "enter")

CONTRACT_STATES = {
    "no contract": ContractState(_nothing, ("h",), "Contracts"),
    "contracts": ContractState(_several, ("h",), "Contracts"),
    "earlier contracts": ContractState(_ended, ("h", "tab"), "Contracts"),
    "new contract": ContractState(_nothing, DRAFT[:2], "NewContract"),
    "who is in it": ContractState(_nothing, DRAFT[:5], "NewContract"),
    "contract draft": ContractState(_nothing, DRAFT, "Contract"),
    "contract signed": ContractState(_nothing, (*DRAFT, "1", "s", "4", "s"), "Contract"),
    "contract line": ContractState(_nothing, (*DRAFT, "e"), "Contract"),
    "contract due": ContractState(_several, PAGE, "Contract"),
    "contract judged how": ContractState(_nothing, (*DRAFT, "w", "4"), "Contract"),
    "way": ContractState(_nothing, (*DRAFT, "w"), "ContractWay"),
    "advisor": ContractState(_nothing, (*DRAFT, "w", "a"), "ContractWay"),
    "advice": ContractState(_nothing, (*DRAFT, "w", "a", "n", "y", "3"), "ContractWay"),
    "grading": ContractState(
        lambda before: before.opened(Way.GRADED), (*PAGE, "j", "2", "m", "m"), "Judging"
    ),
    "reviewing": ContractState(
        lambda before: before.opened(Way.REVIEWED),
        (*PAGE, "j", "2", "n", "equals_sign", "plus", "plus", "minus"),
        "Judging",
    ),
    "who votes": ContractState(_panel, (*PAGE, "j"), "Vote"),
    "hand over": ContractState(_panel, (*PAGE, "j", "enter"), "Vote"),
    "result": ContractState(Before.graded, (*PAGE, "r", "1", "a"), "Result"),
    "result in words": ContractState(_with_words, (*PAGE, "r"), "Result"),
    "common result": ContractState(_common, (*PAGE, "r"), "Result"),
    "dispute": ContractState(_objected, (*PAGE, "p"), "Dispute"),
    "contract look back": ContractState(_several, (*PAGE, "l"), "LookBack"),
    "stakes": ContractState(_hub, ("h", "g"), "Ledger"),
    "map": ContractState(_hub, ("h", "m"), "Map"),
}
"""By name; each stands on its own."""
