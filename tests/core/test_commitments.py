"""Commitments between meetings: what is open, how it came about, when it comes up, what was won."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core import closing_moves, commitments, events, membership, moves
from circle_tui.core.commitments import Commitment
from circle_tui.core.facts import CycleChoice
from circle_tui.core.fold import apply, fold
from circle_tui.core.history import History, Win
from circle_tui.core.keep import record_of
from circle_tui.core.meeting import ClosingStep, Phase
from circle_tui.core.record import Outcome, Reset
from circle_tui.core.refused import Refused
from circle_tui.core.standing import standing

from .meetings import START, circle_of

DAY = timedelta(days=1)
FORTNIGHT = timedelta(weeks=2)

Act = tuple[object, ...]


def hold(history: History, at: datetime, **said: Sequence[Act]) -> History:
    """Hold a meeting; `said` are by member the moves made among their commitments."""
    opened = events.MeetingOpened(at=at, id=at.isoformat(), standing=standing(history, at))
    meeting = fold((opened,))
    now = at

    def do(move: Callable[..., events.Events], *words: object) -> None:
        nonlocal meeting
        for event in move(meeting, now, *words):
            meeting = apply(meeting, event)

    do(moves.begin)
    while meeting.phase is not Phase.CLOSING:
        assert meeting.turn is not None
        do(moves.start)
        do(moves.finish)
        do(moves.end_responses)
        for move, *words in said.get(meeting.turn.member, ()):
            do(move, *words)  # type: ignore[arg-type]
        do(moves.end_turn)
        now += timedelta(minutes=5)
    while meeting.phase is not Phase.CLOSED:
        match meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                do(closing_moves.look_back, "")
            case ClosingStep.CHOICE:
                do(closing_moves.choose, CycleChoice.RENEW)
            case ClosingStep.VITALITY:
                do(closing_moves.answer_question, "yes")
            case ClosingStep.DATE:
                do(closing_moves.keep_date)
            case ClosingStep.REACH_OUT:
                do(closing_moves.settle_reach_out, meeting.unreached[0].id, None)
            case ClosingStep.CLOSE:
                do(closing_moves.close)
    return replace(history, records=(*history.records, record_of(meeting)))


def met(**promised: str) -> History:
    """A circle of three after its first meeting, in which each promised so much."""
    return hold(
        History(circle=circle_of(3)),
        START,
        **{member: [(moves.promise, words)] for member, words in promised.items()},
    )


def missed(commitment: str, why: str, *reset: object) -> list[Act]:
    return [
        (moves.answer, commitment, Outcome.MISSED),
        (moves.say_what_got_in_the_way, why),
        (moves.reset, *reset),
    ]


def the_open(history: History, member: str = "m1") -> Commitment:
    """A member's one open commitment."""
    (only,) = [each for each in commitments.open_commitments(history) if each.member == member]
    return only


def texts(history: History) -> list[str]:
    return [each.text for each in commitments.open_commitments(history)]


# Chains


def test_a_chain_goes_from_the_first_promise_through_resets_and_changes_to_the_last() -> None:
    history = met(m1="I run ten miles")
    second = START + FORTNIGHT
    history = hold(history, second, m1=missed("c1", "a flu", Reset.AGAIN))
    history = hold(
        history, second + FORTNIGHT, m1=missed("c2", "", Reset.SMALLER, "I run two miles")
    )
    changed = second + FORTNIGHT + 3 * DAY
    history = commitments.change(history, changed, "c3", "I walk two miles")
    last = the_open(history)
    history = hold(history, second + 2 * FORTNIGHT, m1=[(moves.answer, last.id, Outcome.KEPT)])

    links = commitments.chain(history, last.id)
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
    assert links[-1].ended == history.records[-1].ended
    assert links[2].ended == links[3].since == changed


def test_a_chain_asked_for_in_its_middle_ends_there() -> None:
    history = hold(met(m1="I run"), START + FORTNIGHT, m1=missed("c1", "", Reset.AGAIN))
    assert [link.ended is None for link in commitments.chain(history, "c1")] == [False]
    assert len(commitments.chain(history, "c2")) == 2


@pytest.mark.parametrize("outcome", [Outcome.PARTLY, Outcome.KEPT, Outcome.RELEASED])
def test_what_was_answered_is_open_no_more_and_begins_no_chain(outcome: Outcome) -> None:
    history = hold(met(m1="I run"), START + FORTNIGHT, m1=[(moves.answer, "c1", outcome)])
    history = hold(history, START + 2 * FORTNIGHT, m1=[(moves.promise, "I run")])
    assert the_open(history).id == "c2"
    (only,) = commitments.chain(history, "c2")
    assert only.outcome is None
    (before,) = commitments.chain(history, "c1")
    assert before.outcome is outcome


def test_what_was_changed_in_a_meeting_is_in_the_chain() -> None:
    history = hold(met(m1="I run"), START + FORTNIGHT, m1=[(moves.change, "c1", "I walk")])
    assert [link.text for link in commitments.chain(history, "c2")] == ["I run", "I walk"]


def test_what_was_let_go_or_released_leaves_nothing_open() -> None:
    history = hold(
        met(m1="I run", m2="I read"), START + FORTNIGHT, m1=missed("c1", "", Reset.LET_GO)
    )
    assert texts(history) == ["I read"]
    history = commitments.release(history, START + FORTNIGHT + DAY, "c2")
    assert texts(history) == []
    (link,) = commitments.chain(history, "c2")
    assert link.outcome is Outcome.RELEASED


def test_only_what_was_kept_in_a_cycle_is_shown_as_kept_in_it() -> None:
    history = met(m1="I run", m2="I read", m3="I write")
    kept, partly = (moves.answer, "c1", Outcome.KEPT), (moves.answer, "c2", Outcome.PARTLY)
    history = hold(history, START + FORTNIGHT, m1=[kept], m2=[partly])
    assert [each.text for each in commitments.kept_in(history, 1)] == ["I run"]
    assert commitments.kept_in(history, 2) == ()


# Between meetings


def test_a_change_keeps_the_due_date_and_goes_on_being_daily() -> None:
    history = met(m1="I run")
    history = commitments.set_due(history, START + DAY, "c1", "2 April")
    history = commitments.set_daily(history, START + DAY, "c1")
    history = commitments.change(history, START + 2 * DAY, "c1", "  I\twalk ")
    now = the_open(history)
    assert (now.text, now.due, now.daily) == ("I walk", "2026-04-02", True)


@pytest.mark.parametrize("words", ["", "   ", "I run", "x" * 281])
def test_a_change_needs_other_words_that_fit(words: str) -> None:
    with pytest.raises(Refused):
        commitments.change(met(m1="I run"), START + DAY, "c1", words)


@pytest.mark.parametrize(
    "act",
    [
        lambda history, now: commitments.change(history, now, "c1", "I walk"),
        lambda history, now: commitments.release(history, now, "c1"),
        lambda history, now: commitments.set_due(history, now, "c1", ""),
        lambda history, now: commitments.set_daily(history, now, "c1"),
        lambda history, now: commitments.win(history, now, "c1", True),
    ],
)
def test_nothing_more_can_be_done_with_what_is_open_no_more(
    act: Callable[[History, datetime], History],
) -> None:
    history = commitments.release(met(m1="I run"), START + DAY, "c1")
    with pytest.raises(Refused, match="not open any more"):
        act(history, START + 2 * DAY)


def test_a_change_can_be_changed_again() -> None:
    history = commitments.change(met(m1="I run"), START + DAY, "c1", "I walk")
    history = commitments.change(history, START + 2 * DAY, the_open(history).id, "I swim")
    assert [link.text for link in commitments.chain(history, the_open(history).id)] == [
        "I run",
        "I walk",
        "I swim",
    ]


def test_ids_stay_unique_whatever_is_promised_changed_and_reset() -> None:
    history = met(m1="I run", m2="I read")
    history = commitments.change(history, START + DAY, "c1", "I walk")
    history = commitments.change(history, START + DAY, "c2", "I skim")
    assert {each.id for each in commitments.open_commitments(history)} == {"c3", "c4"}
    history = hold(
        history,
        START + FORTNIGHT,
        m1=[*missed("c3", "", Reset.AGAIN), (moves.promise, "I swim")],
        m2=[(moves.change, "c4", "I browse")],
        m3=[(moves.promise, "I write")],
    )
    history = commitments.change(
        history, START + FORTNIGHT + DAY, the_open(history, "m3").id, "I wrote"
    )
    made = [made.id for record in history.records for made in record.made]
    became = [change.becomes for change in history.changes]
    assert len({*made, *became}) == len(made) + len(became) == 9
    assert sorted(texts(history)) == ["I browse", "I swim", "I walk", "I wrote"]


# Due dates


@pytest.mark.parametrize(
    ("typed", "due"),
    [("2 April", "2026-04-02"), ("2026-04-02", "2026-04-02"), ("", "next"), (" Next ", "next")],
)
def test_a_due_date_is_a_day_or_the_next_meeting(typed: str, due: str) -> None:
    history = commitments.set_due(met(m1="I run"), START + DAY, "c1", "1 May")
    assert the_open(commitments.set_due(history, START + DAY, "c1", typed)).due == due


@pytest.mark.parametrize("typed", ["soon", "1 March 2026", "1 March 2031"])
def test_a_due_date_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        commitments.set_due(met(m1="I run"), START + DAY, "c1", typed)


def test_a_due_date_is_a_day_on_the_circles_own_calendar() -> None:
    history = met(m1="I run")
    history = replace(history, circle=replace(history.circle, zone="Pacific/Auckland"))
    evening = START + timedelta(days=1, hours=3)  # 2 at night in Auckland, a day later.
    history = commitments.set_due(history, evening, "c1", "2 April")
    assert the_open(history).due == "2026-04-02"


def test_what_is_due_later_does_not_come_up_before() -> None:
    history = commitments.set_due(met(m1="I run", m2="I read"), START + DAY, "c1", "20 March")
    before = standing(history, START + FORTNIGHT)
    assert [each.id for each in before.open] == ["c2"]
    assert [each.id for each in before.later] == ["c1"]
    on_the_day = standing(history, START + FORTNIGHT + DAY)
    assert [each.id for each in on_the_day.open] == ["c1", "c2"]


def test_a_due_date_is_no_link_of_the_chain() -> None:
    history = commitments.set_due(met(m1="I run"), START + DAY, "c1", "20 March")
    assert [link.text for link in commitments.chain(history, "c1")] == ["I run"]


# Members who are away, leave, or are forgotten


def test_who_is_away_keeps_what_they_promised_and_who_left_does_not() -> None:
    history = membership.join(met(m1="I run", m2="I read", m3="I write"), START + DAY, "Dev")
    history = membership.go_away(history, START + DAY, "m1")
    history = membership.leave(history, START + DAY, "m2")
    assert texts(history) == ["I run", "I write"]
    after = hold(history, START + FORTNIGHT)
    assert texts(after) == ["I run", "I write"]
    assert texts(membership.come_back(after, START + FORTNIGHT + DAY, "m2")) == [
        "I run",
        "I read",
        "I write",
    ]


def test_of_a_forgotten_member_no_promise_stays_and_their_numbers_harm_nobody() -> None:
    history = met(m1="I run", m2="I read", m3="I write")
    history = commitments.change(history, START + DAY, "c3", "I scribble")
    history = membership.forget(history, START + DAY, "m3", "Cleo")
    assert commitments.of_member(history, "m3") == frozenset()
    history = commitments.change(history, START + 2 * DAY, "c1", "I walk")
    assert sorted(texts(history)) == ["I read", "I walk"]
    assert [link.text for link in commitments.chain(history, the_open(history).id)] == [
        "I run",
        "I walk",
    ]


# Tiny wins


def daily(words: str = "I run") -> History:
    return commitments.set_daily(met(m1=words, m2="I read"), START + DAY, "c1")


def test_a_yes_is_a_win_of_today_and_a_no_takes_only_todays_away() -> None:
    history = daily()
    for days in (1, 2, 2, 4):
        history = commitments.win(history, START + days * DAY, "c1", True)
    assert commitments.won(history.wins, "c1") == (
        date(2026, 3, 6),
        date(2026, 3, 7),
        date(2026, 3, 9),
    )
    assert commitments.won(reversed(history.wins), "c1")[0] == date(2026, 3, 6)
    assert commitments.won(history.wins, "c2") == ()
    history = commitments.win(history, START + 4 * DAY, "c1", False)
    assert commitments.won(history.wins, "c1") == (date(2026, 3, 6), date(2026, 3, 7))


def test_a_no_where_there_was_no_yes_leaves_no_trace() -> None:
    history = daily()
    assert commitments.win(history, START + DAY, "c1", False) == history


def test_only_a_daily_one_has_wins() -> None:
    with pytest.raises(Refused, match="not a daily one"):
        commitments.win(daily(), START + DAY, "c2", True)
    off_again = commitments.set_daily(daily(), START + DAY, "c1")
    with pytest.raises(Refused, match="not a daily one"):
        commitments.win(off_again, START + DAY, "c1", True)


def test_a_day_ends_at_the_circles_own_midnight() -> None:
    history = daily()
    history = replace(history, circle=replace(history.circle, zone="Pacific/Auckland"))
    history = commitments.win(history, START + DAY + timedelta(hours=2), "c1", True)
    assert commitments.won(history.wins, "c1") == (date(2026, 3, 7),)


def test_other_words_take_the_wins_of_the_week_along() -> None:
    history = commitments.set_daily(daily(), START + DAY, "c2")
    history = commitments.win(history, START, "c2", True)
    history = commitments.win(history, START + DAY, "c1", True)
    history = commitments.change(history, START + 2 * DAY, "c1", "I walk")
    history = commitments.win(history, START + 2 * DAY, the_open(history).id, True)
    assert commitments.won(history.wins, "c3") == (date(2026, 3, 6), date(2026, 3, 7))
    assert history.wins[0] == Win("c2", date(2026, 3, 5))


def test_the_meeting_gets_the_wins_of_its_last_seven_days() -> None:
    history, meets = daily(), START + FORTNIGHT
    for days in (0, 6, 7, 13):
        history = commitments.win(history, meets - days * DAY, "c1", True)
    assert [each.day for each in standing(history, meets).wins] == [
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
def test_a_daily_one_stays_daily_as_long_as_it_is_the_same(
    reset: tuple[object, ...], stays: bool
) -> None:
    history = hold(daily(), START + FORTNIGHT, m1=missed("c1", "", *reset))
    assert the_open(history).daily is stays


def test_a_daily_one_that_is_changed_in_a_meeting_stays_daily_and_others_do_not_become_so() -> None:
    history = hold(
        daily(),
        START + FORTNIGHT,
        m1=[(moves.change, "c1", "I walk")],
        m2=[*missed("c2", "", Reset.AGAIN), (moves.promise, "I write")],
    )
    asked = [each.text for each in commitments.open_commitments(history) if each.daily]
    assert asked == ["I walk"]
    assert [each.text for each in commitments.daily_of(history, "m1")] == ["I walk"]
    assert commitments.daily_of(history, "m2") == ()
