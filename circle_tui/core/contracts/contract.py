"""A contract's versions, and the steps of judging it, as they are stored.

Invariant: these are frozen values, and their field names are the stored format. A share is a
fraction from 0 to 1 as reduced text ("4/5", "1"), never a float. Nothing here imports the rest of
contracts: a circle without any pays for these definitions alone.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct

from circle_tui.core.fields import (
    AuthorId,
    FractionText,
    Id,
    IdOfContract,
    IdOfMember,
    Moment,
    OwnerId,
    SharedWords,
    Words,
)
from circle_tui.core.ids import MemberId

COMMON = MemberId("common")
"""Stands in for a member's id where a step of judging is about the common result, not a part."""

ALL: FractionText = "1"
NONE: FractionText = "0"

Weight = Annotated[int, Meta(ge=1, le=100)]


class LineKind(StrEnum):
    """What a line of a part is."""

    WILL = "will"
    NEEDS = "needs"
    BOUNDARY = "boundary"


class Way(StrEnum):
    """How a contract is judged; after a talk nobody judges."""

    TALK = "talk"
    GRADED = "graded"
    REVIEWED = "reviewed"
    PANEL = "panel"


class BallotChoice(StrEnum):
    """What a ballot may say."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not met"


class TieRule(StrEnum):
    """What happens where the votes of a panel tie."""

    DECIDER = "decider"
    TALK_OVER = "talk over"
    DEFAULT = "default"


class JudgingStep(StrEnum):
    """The steps of judging one part."""

    JUDGED = "judged"
    PASSED_ON = "passed on"
    COUNTED = "counted"
    TIED = "tied"
    OBJECTED = "objected"
    SECOND = "second"
    AGREED = "agreed"
    THIRD = "third"
    DECIDER = "decider"


class Ending(StrEnum):
    """What those in a contract choose when they look back on a term."""

    RENEW = "renew"
    CHANGE = "change"
    END = "end"


About = Literal["outcome", "effort"]
Sign = Literal["+", "=", "-"]


class Line(Struct, frozen=True):
    """One line of a part. It belongs to whom the part does."""

    kind: LineKind
    text: Words


class Part(Struct, frozen=True, kw_only=True):
    """What one member will do, needs, and where their boundaries are; and what they put in."""

    member: OwnerId
    lines: Annotated[tuple[Line, ...], Meta(max_length=5)] = ()
    stake: Words = ""


class Criterion(Struct, frozen=True, kw_only=True):
    """What is looked at, how much it counts, and whether it is about what came of it."""

    name: SharedWords
    weight: Weight = 1
    about: About = "outcome"


class CommonResult(Struct, frozen=True, kw_only=True):
    """What those in a contract mean to reach together; `own` is how much the own part counts.

    `by` is the reviewer of it; in the ways without a panel it may have `voters` of its own.
    """

    text: SharedWords
    own: FractionText = "1/2"
    by: IdOfMember | None = None
    voters: dict[IdOfMember, Weight] = {}


class JudgedWay(Struct, frozen=True, kw_only=True):
    """What all judged ways have: the share that stands where nobody judges, and who helps."""

    default: FractionText = ALL
    third: IdOfMember | None = None
    decider: IdOfMember | None = None
    common: CommonResult | None = None


class Graded(JudgedWay, frozen=True, kw_only=True, tag_field="way", tag="graded"):
    """Criteria with weights, and tiers (from which total on, what comes back), highest first."""

    by: dict[OwnerId, IdOfMember]
    criteria: tuple[Criterion, ...] = ()
    tiers: tuple[tuple[FractionText, FractionText], ...] = ()


class Reviewed(JudgedWay, frozen=True, kw_only=True, tag_field="way", tag="reviewed"):
    """One peer says whether it was met as written, and may change that with a reason."""

    by: dict[OwnerId, IdOfMember]
    second: IdOfMember | None = None
    rubric: tuple[SharedWords, ...] = ()


class Panel(JudgedWay, frozen=True, kw_only=True, tag_field="way", tag="panel"):
    """Three to five vote in secret; `partly` is the share that comes back for that choice."""

    voters: dict[IdOfMember, Weight]
    partly: FractionText = "2/3"
    quorum: Annotated[int, Meta(ge=0, le=20)] = 3
    tie: TieRule = TieRule.TALK_OVER


class Contract(Struct, frozen=True, kw_only=True):
    """One version of a contract. Days are on the circle's own calendar, moments aware UTC.

    `term` counts the stretches from start to review date, `trial` is the symbolic stake of a
    trial. What happened in a term stands on the version that was in force: `reached` when its
    milestone was, `opened` when judging was, who is `content`, and the look back with its choice.
    """

    contract: IdOfContract
    version: Annotated[int, Meta(ge=1)]
    term: Annotated[int, Meta(ge=1)] = 1
    name: SharedWords
    template: Id | None = None
    written: Moment
    scope: SharedWords = ""
    lasts: SharedWords = ""
    milestone: bool = False
    starts: date
    review: date | None = None
    trial: SharedWords | None = None
    parts: Annotated[tuple[Part, ...], Meta(max_length=5)]
    in_touch: SharedWords = ""
    if_changes: SharedWords = ""
    judged: Graded | Reviewed | Panel | None = None
    signatures: dict[OwnerId, Moment] = {}
    accepted: dict[OwnerId, Moment] = {}
    reached: Moment | None = None
    opened: Moment | None = None
    content: dict[OwnerId, Moment] = {}
    stepped_out: dict[OwnerId, Moment] = {}
    let_go: dict[OwnerId, Moment] = {}
    ended: Moment | None = None
    choice: Ending | None = None
    worked: SharedWords = ""
    change: SharedWords = ""
    unclear: SharedWords = ""
    settled: dict[OwnerId, Moment] = {}

    @property
    def way(self) -> Way:
        """How it is judged."""
        match self.judged:
            case Graded():
                return Way.GRADED
            case Reviewed():
                return Way.REVIEWED
            case Panel():
                return Way.PANEL
        return Way.TALK

    def part(self, member: MemberId) -> Part | None:
        """The part of a member; None if they have none."""
        return next((part for part in self.parts if part.member == member), None)


class Judging(Struct, frozen=True, kw_only=True):
    """One step of judging a part; `of` is whose, or `COMMON`. `at` is aware UTC.

    `by` is who did it, or who shall judge once it was passed on. `named` is whom `by` wants as the
    third, where the contract names none. `votes` is how the weights fell, `tied` what tied.
    """

    id: Id
    contract: IdOfContract
    version: int
    of: OwnerId
    step: JudgingStep
    by: AuthorId | None = None
    at: Moment
    comes_back: FractionText | None = None
    marks: dict[Words, FractionText] = {}
    rubric: dict[Words, Sign] = {}
    reason: Words = ""
    named: IdOfMember | None = None
    voted: tuple[IdOfMember, ...] = ()
    votes: dict[BallotChoice, FractionText] = {}
    tied: tuple[BallotChoice, ...] = ()
