"""Contracts to test with: a circle of six, and a runner that acts at moments the test sets."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from msgspec.structs import replace

from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import judging, lookup, making, signing, voting
from circle_tui.core.contracts.contract import (
    BallotChoice,
    Contract,
    Criterion,
    Graded,
    Judging,
    JudgingStep,
    Line,
    LineKind,
    Panel,
    Part,
    Reviewed,
)
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import ContractSnapshot, State, standing
from circle_tui.core.errors import RuleError

START = datetime(2026, 3, 5, 11, 0, tzinfo=UTC)
"""A Thursday, an hour after the first meeting began."""

DUE = datetime(2026, 3, 19, 11, 0, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
LIMIT = timedelta(hours=48)
REASON = "A day late, because the sources had to be checked twice."
ADA, BEN, CLEO, DEV, EVE, FINN = "m1", "m2", "m3", "m4", "m5", "m6"
CRITERIA = ("On the day", "Useful", "About users")
RUBRIC = dict.fromkeys(("outcome", "effort", "quality", "circumstances"), "=")
K = "k1"
MEETING = "design-feedback"
"""The template of the drafts that are made here."""

Command = Callable[..., CircleState]


def circle_of(people: int = 6, zone: str = "Europe/London") -> Circle:
    """A circle that meets every other Thursday at ten."""
    names = ("Ada", "Ben", "Cleo", "Dev", "Eve", "Finn")[:people]
    return make_circle(
        "Harbour",
        ", ".join(names),
        "peer-circle",
        first=datetime(2026, 3, 5, 10),  # noqa: DTZ001 - wall time
        zone=zone,
        now=START - DAY,
    )


def lines(*texts: str) -> tuple[Line, ...]:
    """The lines of a part: what somebody will do, and what they need."""
    kinds = (LineKind.WILL, LineKind.NEEDS, LineKind.BOUNDARY, LineKind.WILL, LineKind.WILL)
    return tuple(Line(kind, words) for kind, words in zip(kinds, texts, strict=False))


def contract_of(people: Iterable[str] = (ADA, BEN), **fields: object) -> Contract:
    """A version 1 that can be signed: the way is talk, for a fortnight from the 5th of March."""
    made: dict[str, object] = {
        "contract": K,
        "version": 1,
        "name": "Onboarding flow",
        "written": START,
        "scope": "One design.",
        "lasts": "two weeks",
        "starts": date(2026, 3, 5),
        "review": date(2026, 3, 19),
        "parts": tuple(Part(member=each, lines=lines("I draw.", "One link.")) for each in people),
        "in_touch": "Fridays.",
        "if_changes": "Say so the same day.",
    }
    return Contract(**{**made, **fields})


def with_stakes(contract: Contract, stake: str = "Twenty into the coffee box") -> Contract:
    """The same contract, with a stake in each part."""
    return replace(contract, parts=tuple(replace(each, stake=stake) for each in contract.parts))


def graded(
    weights: Iterable[int] = (1, 1, 1),
    by: Mapping[str, str] | None = None,
    **fields: object,
) -> Graded:
    """The way graded, with three criteria and the usual tiers; Ada and Ben judge each other."""
    criteria = tuple(
        Criterion(name=name, weight=weight)
        for name, weight in zip((*CRITERIA, "Fourth", "Fifth"), weights, strict=False)
    )
    made: dict[str, object] = {
        "by": by or {ADA: BEN, BEN: ADA},
        "criteria": criteria,
        "tiers": (("9/10", "1"), ("7/10", "1/2"), ("0", "0")),
    }
    return Graded(**{**made, **fields})


def reviewed(by: Mapping[str, str] | None = None, **fields: object) -> Reviewed:
    """The way reviewed: Cleo reviews Ada, Dev reviews Ben, and Eve is the second reviewer."""
    made: dict[str, object] = {
        "by": by or {ADA: CLEO, BEN: DEV},
        "second": EVE,
        "rubric": tuple(RUBRIC),
    }
    return Reviewed(**{**made, **fields})


def panel(weights: Iterable[int] = (1, 1, 1), **fields: object) -> Panel:
    """The way panel: all but Ada and Ben vote, each with their weight."""
    voters = dict(zip((CLEO, DEV, EVE, FINN, "m7"), weights, strict=False))
    return Panel(**{"voters": voters, **fields})


class Runner:
    """A circle with one contract, and the moment at which its next command is executed."""

    def __init__(self, *contracts: Contract, people: int = 6, now: datetime = START) -> None:
        self.state = CircleState(circle=circle_of(people), contracts=contracts)
        self.now = now

    def do(self, command: Command, *args: object, **kwargs: object) -> "Runner":
        """Execute a command now. Raises `RuleError`."""
        self.state = command(self.state, self.now, *args, **kwargs)
        return self

    def refused(self, command: Command, *args: object, **kwargs: object) -> str:
        """The sentence with which a command is refused; checks that it is one polite sentence."""
        before = self.state
        try:
            command(before, self.now, *args, **kwargs)
        except RuleError as refusal:
            assert self.state is before
            sentence = str(refusal)
            assert sentence.endswith((".", "?")), sentence
            return sentence
        raise AssertionError(f"{command} was not refused")

    def wait(self, length: timedelta) -> "Runner":
        """Let time pass."""
        self.now += length
        return self

    def at(self, moment: datetime) -> "Runner":
        """Go to this moment."""
        self.now = moment
        return self

    def sign_all(self, contract: str = K) -> "Runner":
        """Sign for each person in the contract, and accept for each judge from outside."""
        version = lookup.newest(self.state, contract)
        for member in lookup.to_sign(self.state, version):
            self.do(signing.sign, contract, member)
        for member in lookup.to_accept(self.state, version):
            self.do(signing.accept, contract, member)
        return self

    def opened(self, contract: str = K) -> "Runner":
        """The contract signed, due, and with its judging opened on the day."""
        return self.sign_all(contract).at(DUE).do(judging.open_judging, contract)

    @property
    def standing(self) -> ContractSnapshot:
        """The contract as it is now."""
        return standing(self.state, K, self.now)

    @property
    def where(self) -> State:
        """The contract's state now."""
        return self.standing.state

    def result(self, of: str = ADA) -> Result:
        """The result for a part so far."""
        return self.standing.result(of)

    def vote_all(self, choices: str) -> "Runner":
        """Count a vote on everything that is voted on: m(et), p(artly), n(ot met), or - for absent.

        The choices are in seat order, for each part by those who may vote on it.
        """
        return self.do(
            voting.count_vote,
            K,
            {
                of: {
                    voter: _SAID[each]
                    for voter, each in zip(vote.weights, choices, strict=True)
                    if each != "-"
                }
                for of, vote in voting.voted_on(self.standing).items()
            },
        )


_SAID = {"m": BallotChoice.MET, "p": BallotChoice.PARTLY, "n": BallotChoice.NOT_MET}


def judged_at(at: datetime, of: str, by: str, number: int) -> Judging:
    """A judging of an earlier contract, by `by` about `of`."""
    return Judging(
        id=f"j{number}", contract=K, version=1, of=of, step=JudgingStep.JUDGED, by=by, at=at
    )


def judged_before(*judgings: tuple[datetime, str, str], away: Iterable[str] = ()) -> CircleState:
    """A circle of five with these earlier judgings: when, of whom, by whom."""
    state = CircleState(circle=circle_of(5), contracts=(contract_of(),))
    members = tuple(
        replace(each, away=START) if each.id in away else each for each in state.circle.members
    )
    return replace(
        state,
        circle=replace(state.circle, members=members),
        judgings=tuple(
            judged_at(at, of, by, number) for number, (at, of, by) in enumerate(judgings, 1)
        ),
    )


def made(template: str = MEETING, *people: str) -> Runner:
    """A draft from a template; its id is `K`."""
    return Runner().do(making.make, template, people or (ADA, BEN))
