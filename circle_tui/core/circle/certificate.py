"""A certificate of continuity: the days on which a member met with others, and the proof of them.

Invariant: it has nothing of what was said or promised, nor whether anything was kept. Meetings
without the member are in it only as hashes, which are needed to recompute the codes.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, NamedTuple

from msgspec import Meta, Struct

from circle_tui.core.attendance.facts import MOST
from circle_tui.core.attendance.figures import ALL_DATES, DateRange
from circle_tui.core.circle import continuity
from circle_tui.core.circle.circle import Member, check_meets
from circle_tui.core.circle.state import CircleState, ContinuityLink
from circle_tui.core.errors import RuleError
from circle_tui.core.fields import Id, Moment, Name


class AttendedMeeting(Struct, frozen=True):
    """A meeting that the member attended: the content of its link, and the code after it."""

    number: Annotated[int, Meta(ge=1, le=MOST)]
    day: date
    present: tuple[Id, ...]
    code: Id
    corrected: bool = False

    @property
    def others(self) -> int:
        """How many others attended."""
        return len(self.present) - 1

    @property
    def digest(self) -> str:
        """The hash of its link."""
        return continuity.digest(self.number, self.day, self.present, corrected=self.corrected)


class OtherLink(Struct, frozen=True):
    """A link of a meeting that the member did not attend, as its hash alone."""

    digest: Id


class Certificate(Struct, frozen=True, kw_only=True):
    """What is certified of `member`; `place` is their hash, `chain` has every link in order."""

    circle: Name
    member: Name
    place: Id
    made: Moment
    chain: tuple[AttendedMeeting | OtherLink, ...]

    @property
    def check_ins(self) -> tuple[AttendedMeeting, ...]:
        """The meetings that the member attended, by day."""
        found = [each for each in self.chain if isinstance(each, AttendedMeeting)]
        return tuple(sorted(found, key=lambda each: (each.day, each.number)))


def certificate(
    state: CircleState, now: datetime, member: Member, within: DateRange = ALL_DATES
) -> Certificate:
    """The certificate of a member made at `now`, about the days `within`.

    Raises `RuleError` if there is no meeting, or none that they attended.
    """
    check_meets(state.circle)
    if not state.continuity:
        raise RuleError(
            "There's no chain to certify anything from yet: it begins when a meeting closes."
        )
    place = continuity.member_digest(member.id, state.circle.id)
    latest = {link.place for link in continuity.latest_links(state.continuity).values()}
    chain = tuple(
        AttendedMeeting(link.number, link.day, link.present, code, link.corrected)
        if link.place in latest and place in link.present and _is_within(link.day, within)
        else OtherLink(continuity.digest_of(link))
        for link, code in zip(state.continuity, continuity.codes(state), strict=True)
    )
    if not any(isinstance(each, AttendedMeeting) for each in chain):
        days = "" if within == ALL_DATES else " on those days"
        raise RuleError(f"The chain has no meeting{days} at which {member.name} was.")
    return Certificate(
        circle=state.circle.name, member=member.name, place=place, made=now, chain=chain
    )


def _is_within(day: date, within: DateRange) -> bool:
    return (within.start is None or within.start <= day) and (
        within.end is None or day <= within.end
    )


class Proof(NamedTuple):
    """A recomputed chain: the day of each link (None if only its hash is known), and its code.

    `broken` is the index of the first link that contradicts the code or record stored beside it;
    None if none does.
    """

    days: tuple[date | None, ...]
    codes: tuple[str, ...]
    broken: int | None = None


def recompute(found: Certificate) -> Proof:
    """The chain of a certificate, recomputed from its links."""
    digests = [each.digest for each in found.chain]
    codes = tuple(map(continuity.code, continuity.heads(digests)))
    days = tuple(each.day if isinstance(each, AttendedMeeting) else None for each in found.chain)
    wrong = (
        at
        for at, each in enumerate(found.chain)
        if isinstance(each, AttendedMeeting)
        and (each.code != codes[at] or found.place not in each.present)
    )
    return Proof(days, codes, next(wrong, None))


def recompute_circle(state: CircleState) -> Proof:
    """The chain of a circle, recomputed; a link that contradicts its meeting's record breaks it."""
    links = state.continuity
    latest = continuity.latest_links(links)
    present = {
        record.id: continuity.present_digests(record.attendance.items(), state.circle.id)
        for record in state.records
    }
    wrong = [
        link.place - 1 for link in latest.values() if not _fits(link, present.get(link.meeting))
    ]
    return Proof(
        tuple(link.day for link in links), continuity.codes(state), min(wrong, default=None)
    )


def _fits(link: ContinuityLink, present: tuple[str, ...] | None) -> bool:
    return link.present == present


class CodeComparison(NamedTuple):
    """Which of the `codes` that people wrote down are in a chain.

    `fitting` has for each code the index of its link, None if no link has that code.
    """

    codes: tuple[str, ...]
    fitting: tuple[int | None, ...]

    @property
    def last(self) -> int | None:
        """The index of the last link whose code somebody wrote down; None if there is none."""
        return max((at for at in self.fitting if at is not None), default=None)

    @property
    def all_fit(self) -> bool:
        """Whether every code is in the chain."""
        return None not in self.fitting


def compare(proof: Proof, typed: Sequence[str]) -> CodeComparison:
    """Which of the codes, as people wrote them down, are in the chain. Raises `RuleError`."""
    wanted = tuple(map(continuity.read_code, typed))
    places = {code: at for at, code in enumerate(proof.codes)}
    return CodeComparison(wanted, tuple(places.get(code) for code in wanted))
