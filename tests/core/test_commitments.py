"""Commitments between meetings: which are open, their history, and when they are due."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import commitments, membership
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands

from .meetings import START, circle_of
from .promises import DAY, FORTNIGHT, hold, met, missed, open_of, texts

# Histories


def test_a_chain_leads_from_the_first_commitment_through_resets_and_changes_to_the_last() -> None:
    state = met(m1="I run ten miles")
    second = START + FORTNIGHT
    state = hold(state, second, m1=missed("c1", "a flu", Reset.AGAIN))
    state = hold(state, second + FORTNIGHT, m1=missed("c2", "", Reset.SMALLER, "I run two miles"))
    changed = second + FORTNIGHT + 3 * DAY
    state = commitments.renegotiate(state, changed, "c3", "I walk two miles")
    last = open_of(state)
    state = hold(state, second + 2 * FORTNIGHT, m1=[(commands.answer, last.id, Outcome.KEPT)])

    links = commitments.chain(state, last.id)
    assert [link.text for link in links] == [
        "I run ten miles",
        "I run ten miles",
        "I run two miles",
        "I walk two miles",
    ]
    assert [(link.outcome, link.reset) for link in links] == [
        (Outcome.MISSED, Reset.AGAIN),
        (Outcome.MISSED, Reset.SMALLER),
        (Outcome.CHANGED, None),
        (Outcome.KEPT, None),
    ]
    assert [link.got_in_the_way for link in links] == ["a flu", "", "", ""]
    assert [link.since.date() for link in links] == [
        START.date(),
        second.date(),
        (second + FORTNIGHT).date(),
        changed.date(),
    ]
    assert links[-1].ended == state.records[-1].ended
    assert links[2].ended == links[3].since == changed


def test_the_chain_of_an_earlier_commitment_ends_there() -> None:
    state = hold(met(m1="I run"), START + FORTNIGHT, m1=missed("c1", "", Reset.AGAIN))
    assert [link.ended is None for link in commitments.chain(state, "c1")] == [False]
    assert len(commitments.chain(state, "c2")) == 2


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.KEPT, Outcome.RELEASED])
def test_an_answered_commitment_is_not_open_and_has_no_chain(outcome: Outcome) -> None:
    state = hold(met(m1="I run"), START + FORTNIGHT, m1=[(commands.answer, "c1", outcome)])
    state = hold(state, START + 2 * FORTNIGHT, m1=[(commands.promise, "I run")])
    assert open_of(state).id == "c2"
    (only,) = commitments.chain(state, "c2")
    assert only.outcome is None
    (before,) = commitments.chain(state, "c1")
    assert before.outcome is outcome


def test_a_change_in_a_meeting_is_in_the_chain() -> None:
    state = hold(met(m1="I run"), START + FORTNIGHT, m1=[(commands.renegotiate, "c1", "I walk")])
    assert [link.text for link in commitments.chain(state, "c2")] == ["I run", "I walk"]


def test_a_commitment_that_was_let_go_or_released_is_not_open() -> None:
    state = hold(met(m1="I run", m2="I read"), START + FORTNIGHT, m1=missed("c1", "", Reset.LET_GO))
    assert texts(state) == ["I read"]
    state = commitments.release(state, START + FORTNIGHT + DAY, "c2")
    assert texts(state) == []
    (link,) = commitments.chain(state, "c2")
    assert link.outcome is Outcome.RELEASED


def test_a_commitment_is_listed_as_kept_in_the_cycle_in_which_it_was_kept() -> None:
    state = met(m1="I run", m2="I read", m3="I write")
    kept, partly = (commands.answer, "c1", Outcome.KEPT), (commands.answer, "c2", Outcome.PARTLY)
    state = hold(state, START + FORTNIGHT, m1=[kept], m2=[partly])
    assert [each.text for each in commitments.kept_in_cycle(state, 1)] == ["I run"]
    assert commitments.kept_in_cycle(state, 2) == ()


# Between meetings


def test_a_changed_commitment_keeps_its_due_date_and_stays_daily() -> None:
    state = met(m1="I run")
    state = commitments.set_due(state, START + DAY, "c1", "2 April")
    state = commitments.set_daily(state, START + DAY, "c1")
    state = commitments.renegotiate(state, START + 2 * DAY, "c1", "  I\twalk ")
    now = open_of(state)
    assert (now.text, now.due, now.daily) == ("I walk", "2026-04-02", True)


@pytest.mark.parametrize("words", ["", "   ", "I run", "x" * 281])
def test_a_change_needs_different_words_that_are_not_too_long(words: str) -> None:
    with pytest.raises(RuleError):
        commitments.renegotiate(met(m1="I run"), START + DAY, "c1", words)


@pytest.mark.parametrize(
    "act",
    [
        lambda state, now: commitments.renegotiate(state, now, "c1", "I walk"),
        lambda state, now: commitments.release(state, now, "c1"),
        lambda state, now: commitments.set_due(state, now, "c1", ""),
        lambda state, now: commitments.set_daily(state, now, "c1"),
        lambda state, now: commitments.record_win(state, now, "c1", True),
    ],
)
def test_a_commitment_that_is_not_open_cannot_be_changed(
    act: Callable[[CircleState, datetime], CircleState],
) -> None:
    state = commitments.release(met(m1="I run"), START + DAY, "c1")
    with pytest.raises(RuleError, match="isn't open any more"):
        act(state, START + 2 * DAY)


def test_a_changed_commitment_can_be_changed_again() -> None:
    state = commitments.renegotiate(met(m1="I run"), START + DAY, "c1", "I walk")
    state = commitments.renegotiate(state, START + 2 * DAY, open_of(state).id, "I swim")
    assert [link.text for link in commitments.chain(state, open_of(state).id)] == [
        "I run",
        "I walk",
        "I swim",
    ]


def test_ids_are_unique_after_any_commitments_changes_and_resets() -> None:
    state = met(m1="I run", m2="I read")
    state = commitments.renegotiate(state, START + DAY, "c1", "I walk")
    state = commitments.renegotiate(state, START + DAY, "c2", "I skim")
    assert {each.id for each in commitments.open_commitments(state)} == {"c3", "c4"}
    state = hold(
        state,
        START + FORTNIGHT,
        m1=[*missed("c3", "", Reset.AGAIN), (commands.promise, "I swim")],
        m2=[(commands.renegotiate, "c4", "I browse")],
        m3=[(commands.promise, "I write")],
    )
    state = commitments.renegotiate(
        state, START + FORTNIGHT + DAY, open_of(state, "m3").id, "I wrote"
    )
    made = [made.id for record in state.records for made in record.made]
    became = [change.becomes for change in state.changes]
    assert len({*made, *became}) == len(made) + len(became) == 9
    assert sorted(texts(state)) == ["I browse", "I swim", "I walk", "I wrote"]


# Due dates


@pytest.mark.parametrize(
    ("typed", "due"),
    [("2 April", "2026-04-02"), ("2026-04-02", "2026-04-02"), ("", "next"), (" Next ", "next")],
)
def test_a_due_date_is_a_day_or_the_next_meeting(typed: str, due: str) -> None:
    state = commitments.set_due(met(m1="I run"), START + DAY, "c1", "1 May")
    assert open_of(commitments.set_due(state, START + DAY, "c1", typed)).due == due


@pytest.mark.parametrize("typed", ["soon", "1 March 2026", "1 March 2031", "2 April 18:00", "4/5"])
def test_an_invalid_due_date_is_refused(typed: str) -> None:
    with pytest.raises(RuleError):
        commitments.set_due(met(m1="I run"), START + DAY, "c1", typed)


def test_a_due_date_is_a_day_in_the_circles_time_zone() -> None:
    state = met(m1="I run")
    state = replace(state, circle=replace(state.circle, zone="Pacific/Auckland"))
    evening = START + timedelta(days=1, hours=3)  # In Auckland that is 2 in the night, a day later.
    state = commitments.set_due(state, evening, "c1", "2 April")
    assert open_of(state).due == "2026-04-02"


def test_a_commitment_due_later_does_not_come_up_before() -> None:
    state = commitments.set_due(met(m1="I run", m2="I read"), START + DAY, "c1", "20 March")
    before = meeting_context(state, START + FORTNIGHT)
    assert [each.id for each in before.open] == ["c2"]
    assert [each.id for each in before.later] == ["c1"]
    on_the_day = meeting_context(state, START + FORTNIGHT + DAY)
    assert [each.id for each in on_the_day.open] == ["c1", "c2"]


def test_setting_a_due_date_does_not_add_to_the_chain() -> None:
    state = commitments.set_due(met(m1="I run"), START + DAY, "c1", "20 March")
    assert [link.text for link in commitments.chain(state, "c1")] == ["I run"]


# Members who are away, leave, or are forgotten


def test_a_member_who_is_away_keeps_their_commitments_but_one_who_left_does_not() -> None:
    state = membership.join(met(m1="I run", m2="I read", m3="I write"), START + DAY, "Dev")
    state = membership.go_away(state, START + DAY, "m1")
    state = membership.leave(state, START + DAY, "m2")
    assert texts(state) == ["I run", "I write"]
    after = hold(state, START + FORTNIGHT)
    assert texts(after) == ["I run", "I write"]
    assert texts(membership.come_back(after, START + FORTNIGHT + DAY, "m2")) == [
        "I run",
        "I read",
        "I write",
    ]


def test_a_forgotten_members_commitments_are_deleted_and_their_ids_are_not_used_again() -> None:
    state = met(m1="I run", m2="I read", m3="I write")
    state = commitments.renegotiate(state, START + DAY, "c3", "I scribble")
    state = membership.forget(state, START + DAY, "m3", "Cleo")
    assert commitments.ids_of_member(state, "m3") == frozenset()
    state = commitments.renegotiate(state, START + 2 * DAY, "c1", "I walk")
    assert sorted(texts(state)) == ["I read", "I walk"]
    assert [link.text for link in commitments.chain(state, open_of(state).id)] == [
        "I run",
        "I walk",
    ]


def test_the_ids_of_a_long_past_are_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    state = hold(CircleState(circle=circle_of()), START)
    looked: list[int] = []
    next_number = commitments.next_number

    def counted(taken: Iterable[str]) -> int:
        looked.append(1)
        return next_number(taken)

    monkeypatch.setattr(commitments, "next_number", counted)
    first, second = (meeting_context(state, START + FORTNIGHT * at) for at in (1, 2))
    assert first.next_commitment == second.next_commitment
    assert len(looked) == 1
