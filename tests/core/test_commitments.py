"""Commitments between meetings: which are open, their history, when they are due, tiny wins."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import commitments, membership
from circle_tui.core.circle.commitments import Commitment
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.state import CircleState, Win
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands, events
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply, replay

from .meetings import START, circle_of

DAY = timedelta(days=1)
FORTNIGHT = timedelta(weeks=2)

Act = tuple[object, ...]


def hold(state: CircleState, at: datetime, **said: Sequence[Act]) -> CircleState:
    """Hold a meeting; `said` holds each member's commands about their commitments."""
    opened = events.MeetingOpened(at=at, id=at.isoformat(), context=meeting_context(state, at))
    meeting = replay((opened,))
    now = at

    def do(command: Callable[..., events.Events], *words: object) -> None:
        nonlocal meeting
        for event in command(meeting, now, *words):
            meeting = apply(meeting, event)

    do(commands.begin)
    while meeting.phase is not Phase.CLOSING:
        assert meeting.turn is not None
        do(commands.start)
        do(commands.finish)
        do(commands.end_responses)
        for command, *words in said.get(meeting.turn.member, ()):
            do(command, *words)  # type: ignore[arg-type]
        do(commands.end_turn)
        now += timedelta(minutes=5)
    while meeting.phase is not Phase.CLOSED:
        match meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                do(closing_commands.look_back, "")
            case ClosingStep.CHOICE:
                do(closing_commands.choose, CycleChoice.RENEW)
            case ClosingStep.VITALITY:
                do(closing_commands.answer_question, "yes")
            case ClosingStep.DATE:
                do(closing_commands.keep_date)
            case ClosingStep.REACH_OUT:
                do(closing_commands.settle_reach_out, meeting.unreached[0].id, None)
            case ClosingStep.CLOSE:
                do(closing_commands.close)
    return replace(state, records=(*state.records, record_of(meeting)))


def met(**promised: str) -> CircleState:
    """A circle of three after its first meeting, in which members made commitments."""
    return hold(
        CircleState(circle=circle_of(3)),
        START,
        **{member: [(commands.promise, words)] for member, words in promised.items()},
    )


def missed(commitment: str, why: str, *reset: object) -> list[Act]:
    return [
        (commands.answer, commitment, Outcome.MISSED),
        (commands.say_what_got_in_the_way, why),
        (commands.reset, *reset),
    ]


def open_of(state: CircleState, member: str = "m1") -> Commitment:
    """A member's only open commitment."""
    (only,) = [each for each in commitments.open_commitments(state) if each.member == member]
    return only


def texts(state: CircleState) -> list[str]:
    return [each.text for each in commitments.open_commitments(state)]


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


# Tiny wins


def daily(words: str = "I run") -> CircleState:
    return commitments.set_daily(met(m1=words, m2="I read"), START + DAY, "c1")


def test_a_yes_adds_a_win_for_today_and_a_no_removes_only_that_one() -> None:
    state = daily()
    for days in (1, 2, 2, 4):
        state = commitments.record_win(state, START + days * DAY, "c1", True)
    assert commitments.days_kept(state.wins, "c1") == (
        date(2026, 3, 6),
        date(2026, 3, 7),
        date(2026, 3, 9),
    )
    assert commitments.days_kept(reversed(state.wins), "c1")[0] == date(2026, 3, 6)
    assert commitments.days_kept(state.wins, "c2") == ()
    state = commitments.record_win(state, START + 4 * DAY, "c1", False)
    assert commitments.days_kept(state.wins, "c1") == (date(2026, 3, 6), date(2026, 3, 7))


def test_a_no_without_an_earlier_yes_changes_nothing() -> None:
    state = daily()
    assert commitments.record_win(state, START + DAY, "c1", False) == state


def test_only_a_daily_commitment_can_have_wins() -> None:
    with pytest.raises(RuleError, match="isn't a daily commitment"):
        commitments.record_win(daily(), START + DAY, "c2", True)
    off_again = commitments.set_daily(daily(), START + DAY, "c1")
    with pytest.raises(RuleError, match="isn't a daily commitment"):
        commitments.record_win(off_again, START + DAY, "c1", True)


@pytest.mark.parametrize(
    ("zone", "hours", "day"),
    [
        ("Europe/London", 13, 6),  # 23:00
        ("Europe/London", 14.5, 6),  # half past midnight, the day after
        ("Europe/London", 17.9, 6),
        ("Europe/London", 18, 7),  # four in the morning
        ("Pacific/Auckland", 2, 6),  # one in the morning there
        ("Pacific/Auckland", 5, 7),
    ],
)
def test_a_day_ends_at_four_in_the_morning_in_the_circles_time_zone(
    zone: str, hours: float, day: int
) -> None:
    state = daily()
    state = replace(state, circle=replace(state.circle, zone=zone))
    state = commitments.record_win(state, START + DAY + timedelta(hours=hours), "c1", True)
    assert commitments.days_kept(state.wins, "c1") == (date(2026, 3, day),)


@pytest.mark.parametrize("hours", [0, 13, 14.5])
def test_yesterday_is_the_day_before_the_date_at_any_hour(hours: float) -> None:
    now = START + 3 * DAY + timedelta(hours=hours)
    yesterday = commitments.day_answered(daily().circle, now, yesterday=True)
    assert yesterday == now.date() - DAY
    state = commitments.record_win(daily(), now, "c1", True, day=yesterday)
    assert commitments.days_kept(state.wins, "c1") == (yesterday,)
    assert commitments.record_win(state, now, "c1", False, day=yesterday) == daily()


def test_a_no_after_midnight_removes_the_win_of_the_evening() -> None:
    state = commitments.record_win(daily(), START + DAY + timedelta(hours=12), "c1", True)
    assert commitments.record_win(state, START + DAY + timedelta(hours=15), "c1", False) == daily()


def test_a_commitment_has_no_wins_before_the_day_it_was_made() -> None:
    day_before = START.date() - DAY
    with pytest.raises(RuleError, match=r"newer than that day\. Answer for today"):
        commitments.record_win(daily(), START + timedelta(hours=12), "c1", True, day=day_before)
    reworded = commitments.renegotiate(daily(), START + 3 * DAY, "c1", "I walk")
    new = open_of(reworded).id
    won = commitments.record_win(reworded, START + 3 * DAY, new, True, day=START.date() + 2 * DAY)
    assert commitments.days_kept(won.wins, new) == (date(2026, 3, 7),)


def test_a_changed_commitment_keeps_the_wins_of_the_week() -> None:
    state = commitments.set_daily(daily(), START + DAY, "c2")
    state = commitments.record_win(state, START, "c2", True)
    state = commitments.record_win(state, START + DAY, "c1", True)
    state = commitments.renegotiate(state, START + 2 * DAY, "c1", "I walk")
    state = commitments.record_win(state, START + 2 * DAY, open_of(state).id, True)
    assert commitments.days_kept(state.wins, "c3") == (date(2026, 3, 6), date(2026, 3, 7))
    assert state.wins[0] == Win("c2", date(2026, 3, 5))


def test_a_meeting_shows_the_wins_of_the_last_seven_days() -> None:
    state, meets = daily(), START + FORTNIGHT
    for days in (0, 6, 7, 13):
        state = commitments.record_win(state, meets - days * DAY, "c1", True)
    assert [each.day for each in meeting_context(state, meets).wins] == [
        meets.date(),
        (meets - 6 * DAY).date(),
    ]


@pytest.mark.parametrize(
    ("reset", "stays"),
    [
        ((Reset.AGAIN,), True),
        ((Reset.SMALLER, "I run a little"), True),
        ((Reset.DIFFERENT, "I phone my mother"), False),
    ],
)
def test_a_daily_commitment_stays_daily_only_if_it_is_repeated_or_made_smaller(
    reset: tuple[object, ...], stays: bool
) -> None:
    state = hold(daily(), START + FORTNIGHT, m1=missed("c1", "", *reset))
    assert open_of(state).daily is stays


def test_a_change_in_a_meeting_does_not_change_whether_a_commitment_is_daily() -> None:
    state = hold(
        daily(),
        START + FORTNIGHT,
        m1=[(commands.renegotiate, "c1", "I walk")],
        m2=[*missed("c2", "", Reset.AGAIN), (commands.promise, "I write")],
    )
    asked = [each.text for each in commitments.open_commitments(state) if each.daily]
    assert asked == ["I walk"]
    assert [each.text for each in commitments.daily_of(state, "m1")] == ["I walk"]
    assert commitments.daily_of(state, "m2") == ()


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
