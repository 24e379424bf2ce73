"""What a second terminal and the web page show of a meeting, step by step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.followed import (
    FollowedCircle,
    MeetingStatus,
    meeting_without_words,
    state_without_words,
)
from circle_tui.views import live_page
from circle_tui.views.followed import UNREADABLE, WAITING, followed_view
from circle_tui.views.ring import RingFace
from circle_tui.views.view import Request
from circle_tui.views.watch import watch_view
from tests.core.meetings import START, MeetingRunner, circle_of, history_of

from .actions import intents

ELSEWHERE = "Thursday is open in another terminal: close it there first."


def followed_circle(
    runner: MeetingRunner | None = None,
    status: MeetingStatus = MeetingStatus.LIVE,
    state: CircleState | None = None,
    open_elsewhere: str = ELSEWHERE,
) -> FollowedCircle:
    if runner is None:
        none = MeetingStatus.NONE if status is MeetingStatus.LIVE else status
        return FollowedCircle(
            state=state or history_of(), now=START, status=none, open_elsewhere=open_elsewhere
        )
    return FollowedCircle(
        state=state_without_words(state or history_of(circle=runner.meeting.circle)),
        now=runner.now,
        status=status,
        meeting=meeting_without_words(runner.meeting),
        open_elsewhere=open_elsewhere,
    )


def face(runner: MeetingRunner | None = None) -> RingFace:
    return followed_view(followed_circle(runner)).face


def share() -> MeetingRunner:
    return MeetingRunner().do(commands.begin).do(commands.start)


# What the ring shows in large letters


def test_between_meetings_the_next_date_is_large_and_shown_once() -> None:
    shown = face()
    assert (shown.large, shown.caption) == ("5 March", "Thursday, 10:00")
    assert "5 March" not in shown.caption + shown.note
    assert shown.note.endswith("Ada opens")


def test_at_the_gathering_the_opener_is_large() -> None:
    shown = face(MeetingRunner())
    assert (shown.large, shown.caption) == ("Ada", "opens")


def test_in_a_share_the_second_terminal_shows_the_same_ring_as_the_first() -> None:
    runner = share().wait(2)
    shown = face(runner)
    assert (shown.large, shown.digits, shown.note) == ("Ada", "", "next: Ben")
    assert shown.remaining == pytest.approx(0.75)


def test_in_the_last_minute_the_time_is_large() -> None:
    shown = face(share().wait(7.5))
    assert (shown.digits, shown.caption) == ("0:30", "Ada")


def test_a_pause_is_large() -> None:
    assert face(share().do(commands.pause)).large == "HOLD"


def test_the_responder_is_large_and_then_the_owner_of_the_commitments() -> None:
    runner = share().do(commands.finish)
    shown = face(runner)
    assert (shown.large, shown.caption, shown.steps) == ("Ben", "responds to Ada", (1, 4))
    shown = face(runner.do(commands.end_responses))
    assert (shown.large, shown.caption) == ("Ada", "commitments")


def test_at_the_closing_the_next_date_is_large() -> None:
    runner = share().do(closing_commands.cut_short)
    assert face(runner).caption == "The next date"
    shown = face(runner.do(closing_commands.keep_date))
    assert (shown.large, shown.caption) == ("19 March", "Thursday, 10:00")


@pytest.mark.parametrize("status", [MeetingStatus.PARKED, MeetingStatus.ABANDONED])
def test_a_meeting_that_no_program_runs_is_shown_as_waiting(status: MeetingStatus) -> None:
    assert followed_view(followed_circle(share(), status)).state == WAITING
    assert followed_view(followed_circle(share())).state == ""
    assert followed_circle(share(), status).remaining is None


def test_a_meeting_that_cannot_be_read_says_so() -> None:
    assert followed_view(followed_circle(status=MeetingStatus.UNREADABLE)).state == UNREADABLE


def test_a_circle_that_never_meets_has_no_date() -> None:
    pair = history_of(circle=circle_of(2, "trading-pair"))
    shown = followed_view(followed_circle(state=pair))
    assert shown.face.large == ""
    assert shown.headline == ("Thursday",)


# A second terminal


@pytest.mark.parametrize(
    ("status", "open_elsewhere", "said"),
    [
        (MeetingStatus.LIVE, ELSEWHERE, "You're watching."),
        (MeetingStatus.PARKED, ELSEWHERE, "still open in the other terminal"),
        (MeetingStatus.PARKED, "", "Enter continues it here"),
        (MeetingStatus.ABANDONED, "", "The other terminal is gone. Enter continues"),
    ],
)
def test_a_second_terminal_says_what_happened_to_the_first(
    status: MeetingStatus, open_elsewhere: str, said: str
) -> None:
    view = watch_view(followed_circle(share(), status, open_elsewhere=open_elsewhere))
    assert said in view.status
    assert intents(view) == {"take_over": Request.TAKE_OVER, "back": Request.HOME}
    action = view.action("take_over")
    assert action is not None
    assert action.label == ("Who has it open" if open_elsewhere else "Continue it here")


def test_without_a_meeting_enter_opens_the_circle() -> None:
    view = watch_view(followed_circle(open_elsewhere=""))
    assert intents(view) == {"open": Request.TAKE_OVER, "back": Request.HOME}
    assert "Enter opens the circle" in view.status
    assert "Enter" not in watch_view(followed_circle()).status


# The page


def test_the_page_draws_the_same_ring() -> None:
    runner = share().wait(2)
    state = live_page.page_state(followed_circle(runner))
    shown = face(runner)
    assert (state.large, state.caption, state.note) == (shown.large, shown.caption, shown.note)
    assert [(seat.name, seat.state) for seat in state.seats][:2] == [
        ("Ada", "now"),
        ("Ben", "waiting"),
    ]
    assert state.remaining == 0.75
    assert state.running
    assert state.circle == "Thursday"


def test_the_ring_on_the_page_empties_only_while_the_clock_runs() -> None:
    for done in (commands.pause, commands.finish):
        assert not live_page.page_state(followed_circle(share().do(done))).running
    assert not live_page.page_state(followed_circle(share(), MeetingStatus.ABANDONED)).running


@pytest.mark.parametrize("minutes", [8, 12])
def test_after_the_end_of_a_share_the_ring_is_empty(minutes: float) -> None:
    assert live_page.page_state(followed_circle(share().wait(minutes))).remaining == 0.0


# No words


CANARY = "kanarienvogel"


@pytest.mark.parametrize(
    "happens",
    [
        lambda runner: runner,
        lambda runner: runner.do(commands.begin).do(commands.start),
        lambda runner: runner.do(commands.begin).do(commands.start).do(commands.finish),
        lambda runner: (
            runner.do(commands.begin)
            .do(commands.start)
            .do(commands.finish)
            .do(commands.end_responses)
            .do(commands.promise, CANARY)
        ),
        lambda runner: (
            runner.do(commands.begin).do(closing_commands.cut_short).do(closing_commands.keep_date)
        ),
    ],
    ids=["gathering", "share", "responses", "commitments", "closing"],
)
def test_no_words_are_drawn_or_sent(happens: Callable[[MeetingRunner], MeetingRunner]) -> None:
    circle = replace(circle_of(), prompts=(CANARY, CANARY), length=timedelta(minutes=60))
    runner = happens(MeetingRunner(circle))
    runner.meeting = replace(
        runner.meeting,
        context=replace(runner.meeting.context, contracts_due=(CANARY,), check=CANARY),
    )
    assert CANARY in repr(runner.meeting)
    shown = followed_circle(runner, state=history_of(circle=circle))
    assert CANARY not in repr(watch_view(shown))
    assert CANARY not in repr(live_page.page_state(shown))
