"""A judgement of a part that is not handed in yet, and which part comes next.

Invariant: it is in no file, and a mark or figure that cannot be read is refused at once.
"""

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.contracts import results, reviewed, shares
from circle_tui.core.contracts.contract import Sign
from circle_tui.core.contracts.results import Result
from circle_tui.core.contracts.standing import ContractSnapshot
from circle_tui.core.ids import MemberId
from circle_tui.views.view import DraftChange


class Judgement(Struct, frozen=True):
    """What somebody has marked so far of one part; only the screen has it until it's handed in."""

    marks: dict[str, str] = {}
    """By criterion, as typed."""
    met: bool | None = None
    """Whether it was met as written."""
    rubric: dict[str, Sign] = {}
    figure: str | None = None
    """Another figure, as typed; its reason is asked for next."""


def _mark(judgement: Judgement, criterion: str, typed: str) -> Judgement:
    shares.read_mark(typed)
    return replace(judgement, marks={**judgement.marks, criterion: typed})


def _met(judgement: Judgement, met: bool) -> Judgement:
    return replace(judgement, met=met, figure=None)


def _sign(judgement: Judgement, word: str, sign: Sign) -> Judgement:
    return replace(judgement, rubric={**judgement.rubric, word: sign})


def _figure(judgement: Judgement, typed: str) -> Judgement:
    assert judgement.met is not None
    reviewed.changed(reviewed.as_written(judgement.met), typed)
    return replace(judgement, figure=typed)


MARK, MET, SIGN, FIGURE = (
    DraftChange(_mark),
    DraftChange(_met),
    DraftChange(_sign),
    DraftChange(_figure),
)


def awaiting(found: ContractSnapshot) -> tuple[Result, ...]:
    """The parts that a reviewer still has to judge, in seat order."""
    version = found.in_force
    if version is None or version.opened is None:
        return ()
    return tuple(
        each
        for each in found.results
        if each.comes_back is None and results.voting_on(version, each.of) is None
    )


def part_for(found: ContractSnapshot, of: MemberId | None, by: MemberId | None) -> MemberId | None:
    """The part to judge now: that of `of`, or else one that `by` judges, or else the first."""
    waiting = awaiting(found)
    own = [each.of for each in waiting if each.by == by]
    if own:
        return of if of in own else own[0]
    ids = [each.of for each in waiting]
    return of if of in ids else next(iter(ids), None)


def next_part(found: ContractSnapshot, of: MemberId | None) -> MemberId | None:
    """The part after `of`, and after the last one the first."""
    ids = [each.of for each in awaiting(found)]
    return ids[(ids.index(of) + 1) % len(ids)] if of in ids else next(iter(ids), None)
