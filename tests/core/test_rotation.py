"""Who opens: the member who has not opened for the longest time, with the reason in words."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circle_tui.core.circle.rotation import Opener, last_openings, opener, seats_from

from .meetings import record

SEATS = ("m1", "m2", "m3", "m4")

many = settings(max_examples=5 * settings.default.max_examples)
"""More of them than of other properties: each is quick, and an unfair turn is rare."""


@pytest.mark.parametrize(
    ("here", "openings", "chosen", "reason"),
    [
        (SEATS, {}, "m1", "sits first, and nobody has opened yet"),
        (SEATS[1:], {}, "m2", "sits first, and nobody has opened yet"),
        (SEATS, {"m1": 1}, "m2", "hasn't opened yet, and sits first"),
        (SEATS, {"m1": 1, "m2": 2}, "m3", "hasn't opened yet, and sits first"),
        (SEATS, {"m1": 1, "m2": 2, "m4": 3}, "m3", "hasn't opened yet"),
        (
            SEATS,
            {"m1": 5, "m2": 2, "m3": 3, "m4": 4},
            "m2",
            "hasn't opened since meeting 2",
        ),
        (
            ("m1", "m3"),
            {"m1": 4, "m2": 1, "m3": 5},
            "m1",
            "hasn't opened since meeting 4",
        ),
        (("m3",), {"m3": 1}, "m3", "is the only one here"),
        (("m3",), {}, "m3", "is the only one here"),
    ],
)
def test_the_opener_is_the_member_who_opened_longest_ago_and_the_reason_says_so(
    here: Sequence[str], openings: dict[str, int], chosen: str, reason: str
) -> None:
    assert opener(here, openings) == Opener(chosen, reason)


def test_without_anybody_here_there_is_no_opener() -> None:
    assert opener((), {"m1": 1}) is None


def test_a_member_who_missed_their_turn_opens_when_they_are_back() -> None:
    openings = {"m1": 1}
    assert opener(("m1", "m3"), openings) == Opener("m3", "hasn't opened yet")
    openings["m3"] = 2
    back = opener(("m1", "m2", "m3"), openings)
    assert back is not None
    assert back.member == "m2"


def test_after_the_opener_the_order_goes_around_the_circle() -> None:
    assert seats_from(SEATS, "m3") == ("m3", "m4", "m1", "m2")
    assert seats_from(SEATS, "m1") == SEATS
    assert seats_from(("m2",), "m2") == ("m2",)


def test_openings_come_from_the_records_and_a_meeting_without_an_opener_counts_for_nobody() -> None:
    records = [record(1, opener="m1"), record(2, opener="m2"), record(3, opener=None), record(4)]
    assert last_openings(records) == {"m1": 4, "m2": 2}
    assert last_openings([]) == {}


@st.composite
def histories(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A state with members and some meetings; some members always come together."""
    seats = tuple(f"m{n}" for n in range(1, draw(st.integers(2, 8)) + 1))
    kinds = [draw(st.integers(0, len(seats) // 2)) for _ in seats]
    held = draw(st.lists(st.integers(1, 2 ** (max(kinds) + 1) - 1), max_size=60))
    meetings = [
        tuple(
            member for member, kind in zip(seats, kinds, strict=True) if attendance_bits >> kind & 1
        )
        for attendance_bits in held
    ]
    return seats, [meeting for meeting in meetings if meeting]


def opened_in(meetings: list[tuple[str, ...]]) -> list[str]:
    """The opener of each meeting."""
    openings: dict[str, int] = {}
    found = []
    for number, here in enumerate(meetings, 1):
        chosen = opener(here, openings)
        assert chosen is not None
        assert chosen.reason
        openings[chosen.member] = number
        found.append(chosen.member)
    return found


@many
@given(histories())
def test_openings_of_members_with_the_same_attendance_never_differ_by_more_than_one(
    state: tuple[tuple[str, ...], list[tuple[str, ...]]],
) -> None:
    seats, meetings = state
    openers = opened_in(meetings)
    came = {
        member: frozenset(n for n, here in enumerate(meetings) if member in here)
        for member in seats
    }
    counts = dict.fromkeys(seats, 0)
    for number, member in enumerate(openers):
        counts[member] += 1
        for one in seats:
            for other in seats:
                until = range(number + 1)
                if came[one].intersection(until) == came[other].intersection(until):
                    assert abs(counts[one] - counts[other]) <= 1


@many
@given(histories())
def test_nobody_opens_while_a_present_member_has_waited_longer(
    state: tuple[tuple[str, ...], list[tuple[str, ...]]],
) -> None:
    _, meetings = state
    last: dict[str, int] = {}
    for number, (here, chosen) in enumerate(zip(meetings, opened_in(meetings), strict=True), 1):
        assert chosen in here
        for other in here:
            assert last.get(chosen, 0) <= last.get(other, 0)
        last[chosen] = number


@many
@given(histories())
def test_a_member_who_always_comes_opens_within_one_rotation(
    state: tuple[tuple[str, ...], list[tuple[str, ...]]],
) -> None:
    seats, meetings = state
    openers = opened_in(meetings)
    for member in seats:
        waits: set[str] = set()
        for here, chosen in zip(meetings, openers, strict=True):
            if member not in here:
                continue
            if chosen == member:
                waits = set()
                continue
            assert chosen not in waits
            waits.add(chosen)
