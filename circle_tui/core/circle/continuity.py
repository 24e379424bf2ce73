"""The hash chain of a circle's meetings, and its codes, which people write down.

Invariant: a link has only the number and day of a meeting, and the salted hashes of who attended.
Each code depends on all links up to its own, so a change to a link changes all later codes. Links
are only added: a correction adds one, and forgetting a member changes none.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance, HeldMeeting
from circle_tui.core.circle.state import CircleState, ContinuityLink
from circle_tui.core.errors import RuleError
from circle_tui.core.ids import MemberId

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: without I, L, O and U, which are read as 1, 1, 0 and V on a slip of paper."""

_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_CODE_LETTERS = 8
_BITS = 5
_HASH_LETTERS = 16


def member_digest(member: MemberId, circle_id: str) -> str:
    """The hash of a member's id in a circle's chain, salted with the circle's random id."""
    return _hashed(f"{circle_id} {member}")[:_HASH_LETTERS]


def present_digests(
    attendance: Iterable[tuple[MemberId, Attendance]], circle_id: str
) -> tuple[str, ...]:
    """The sorted hashes of those who attended; `attendance` is by member id."""
    return tuple(
        sorted(member_digest(member, circle_id) for member, how in attendance if how.attended)
    )


def digest(number: int, day: date, present: Sequence[str], *, corrected: bool) -> str:
    """The hash of a link's content."""
    import json

    said = json.dumps([number, day.isoformat(), list(present), corrected], separators=(",", ":"))
    return _hashed(said)


def digest_of(link: ContinuityLink) -> str:
    """The hash of a link."""
    return digest(link.number, link.day, link.present, corrected=link.corrected)


def next_head(head: str, link_digest: str) -> str:
    """The head of a chain after one more link; `head` is "" for the first link."""
    return _hashed(f"{head} {link_digest}")


def _hashed(said: str) -> str:
    # Imported here, because home loads this module and hashes nothing.
    from hashlib import sha256

    return sha256(said.encode()).hexdigest()


def heads(digests: Iterable[str]) -> tuple[str, ...]:
    """The head of the chain after each link, by the links' digests."""
    found: list[str] = []
    for each in digests:
        found.append(next_head(found[-1] if found else "", each))
    return tuple(found)


def code(head: str) -> str:
    """The head of a chain in eight letters, as in "7F3K-92QD"."""
    number = int(head[: _CODE_LETTERS * _BITS // 4], 16)
    letters = [
        _ALPHABET[number >> _BITS * at & (1 << _BITS) - 1] for at in reversed(range(_CODE_LETTERS))
    ]
    half = _CODE_LETTERS // 2
    return "".join((*letters[:half], "-", *letters[half:]))


def read_code(typed: str) -> str:
    """A code as somebody wrote it down; misread letters such as O are read as 0.

    Raises `RuleError` if it is no code.
    """
    letters = "".join(each for each in text.clean(typed).upper() if each not in " -–—")
    letters = letters.translate(_MISREAD)
    if len(letters) != _CODE_LETTERS or not set(letters) <= set(_ALPHABET):
        raise RuleError(
            f"“{text.shorten(typed)}” isn't a code: it has eight letters and digits, "
            "as in 7F3K-92QD."
        )
    half = _CODE_LETTERS // 2
    return f"{letters[:half]}-{letters[half:]}"


# A circle's chain


def codes(state: CircleState) -> tuple[str, ...]:
    """The code after each link, oldest first."""
    return tuple(map(code, heads(map(digest_of, state.continuity))))


def latest_code(state: CircleState) -> str | None:
    """The code after the last meeting, for members to write down; None before the first one."""
    return codes(state)[-1] if state.continuity else None


def latest_links(links: Iterable[ContinuityLink]) -> dict[str, ContinuityLink]:
    """The last link of each meeting, by the meeting's id; oldest meeting first."""
    last = {link.meeting: link for link in links}
    return dict(sorted(last.items(), key=lambda item: (item[1].day, item[1].number)))


def extended(state: CircleState) -> CircleState:
    """`state` with a new link for each meeting without one, or with a corrected attendance.

    A circle without an id, which has no file yet, has no chain.
    """
    circle_id = state.circle.id
    if not circle_id:
        return state
    links = list(state.continuity)
    last = latest_links(links)
    for record in state.records:
        before = last.get(record.id)
        present = present_digests(record.attendance.items(), circle_id)
        if before is None or before.present != present:
            links.append(_link(state, record, present, len(links) + 1, corrected=bool(before)))
    return state if len(links) == len(state.continuity) else replace(state, continuity=tuple(links))


def _link(
    state: CircleState,
    meeting: HeldMeeting,
    present: tuple[str, ...],
    place: int,
    *,
    corrected: bool,
) -> ContinuityLink:
    return ContinuityLink(
        place=place,
        meeting=meeting.id,
        number=meeting.number,
        day=state.circle.day(meeting.started),
        present=present,
        corrected=corrected,
    )


def head_now(state: CircleState) -> str:
    """The head of the chain to which the next closing adds; "" if there is no link yet."""
    found = heads(map(digest_of, extended(state).continuity))
    return found[-1] if found else ""
