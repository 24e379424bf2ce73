"""What is shown, asked and said first as meetings begin, are left, and end."""

from datetime import timedelta

import pytest

from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.flow import leaving
from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.circles import NewCircle, make
from circle_tui.flow.replies import (
    AskFirst,
    Followed,
    Gap,
    Home,
    Leave,
    Meeting,
    Reply,
    Show,
    Stay,
    Work,
)
from circle_tui.flow.requests import reply_to
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.store.journal import SQLiteJournal
from circle_tui.views import app_words
from circle_tui.views.view import GoToContract, Request, Say
from tests.service.contracts_made import make_signed

from .conftest import service_of

_TO = {
    Phase.READY: (commands.begin,),
    Phase.SHARE: (commands.begin, commands.start),
    Phase.CLOSED: (
        commands.begin,
        closing_commands.cut_short,
        closing_commands.keep_date,
        closing_commands.close,
    ),
}


def carry_to(flow: AppFlow, phase: Phase) -> None:
    """Carry the meeting that is gathering to a phase."""
    for command in _TO[phase]:
        service_of(flow).execute(command)


def done(reply: Reply) -> Reply:
    """What follows once the work is done that a reply asks for."""
    assert isinstance(reply, Work)
    return reply.then(reply.do())


def hold_whole_meeting(flow: AppFlow) -> Reply:
    reply_to(flow, Request.BEGIN_MEETING)
    carry_to(flow, Phase.CLOSED)
    return done(reply_to(flow, Request.SAVE_MEETING))


def test_beginning_shows_the_meeting(flow: AppFlow) -> None:
    assert reply_to(flow, Request.BEGIN_MEETING) == Show(Meeting())
    assert flow.live is not None


def test_a_clock_in_doubt_is_asked_about_before_a_meeting_begins(
    flow: AppFlow, clock: ManualClock
) -> None:
    hold_whole_meeting(flow)
    clock.move(-timedelta(days=3))
    asked = reply_to(flow, Request.BEGIN_MEETING)
    assert isinstance(asked, AskFirst)
    assert asked.then(None) == Say(app_words.SET_THE_CLOCK)
    assert flow.live is None
    assert asked.then(1) == Show(Meeting())
    assert flow.live is not None


def test_a_meeting_that_another_program_carries_is_followed(
    flow: AppFlow, file: CircleFile, clock: ManualClock
) -> None:
    service_of(flow).close()
    other = CircleService(file, clock)
    other.begin()
    other.execute(commands.begin)
    shown = reply_to(flow, Request.BEGIN_MEETING)
    assert isinstance(shown, Show)
    assert isinstance(shown.place, Followed)
    refused = reply_to(flow, Request.TAKE_OVER)
    assert isinstance(refused, Say)
    assert "is open in another" in refused.sentence
    other.close()
    taken = reply_to(flow, Request.TAKE_OVER)
    assert isinstance(taken, Show)
    assert taken.place == Meeting()
    assert flow.follower is None


def test_saving_goes_home_and_says_so(flow: AppFlow) -> None:
    shown = hold_whole_meeting(flow)
    assert shown == Show(Home(), ("Meeting 1 saved. See you next time · u opens it again",))


def test_a_record_that_cannot_be_saved_leaves_the_meeting_where_it_is(
    flow: AppFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise SaveError("The disk is full.")

    reply_to(flow, Request.BEGIN_MEETING)
    carry_to(flow, Phase.CLOSED)
    with monkeypatch.context() as patched:
        patched.setattr(CircleFile, "add", full)
        said = done(reply_to(flow, Request.SAVE_MEETING))
    assert said == Say("Not saved yet. The disk is full. Enter tries again.")
    assert isinstance(done(reply_to(flow, Request.SAVE_MEETING)), Show)


def test_contracts_that_are_due_follow_a_meeting_one_after_the_other(
    flow: AppFlow, file: CircleFile, clock: ManualClock
) -> None:
    flow.let_go()
    ids = [make_signed(file, clock, *pair) for pair in (("m1", "m2"), ("m2", "m3"), ("m1", "m3"))]
    clock.move(timedelta(days=28))
    flow.open(file)
    first = hold_whole_meeting(flow)
    shown = [first, *(reply_to(flow, Request.CONTRACTS) for _ in range(3))]
    assert [each.place for each in shown if isinstance(each, Show)] == [
        *(GoToContract(each, "contract") for each in ids),
        Request.CONTRACTS,
    ]


def test_whoever_goes_elsewhere_leaves_the_contracts_that_would_come(
    flow: AppFlow, file: CircleFile, clock: ManualClock
) -> None:
    flow.let_go()
    make_signed(file, clock, "m1", "m2")
    make_signed(file, clock, "m2", "m3")
    clock.move(timedelta(days=28))
    flow.open(file)
    hold_whole_meeting(flow)
    assert reply_to(flow, Request.PEOPLE) == Show(Request.PEOPLE)
    assert reply_to(flow, Request.CONTRACTS) == Show(Request.CONTRACTS)


def test_reopening_shows_the_last_meeting_and_dropping_it_goes_home(flow: AppFlow) -> None:
    hold_whole_meeting(flow)
    shown = reply_to(flow, Request.REOPEN_MEETING)
    assert isinstance(shown, Show)
    assert (shown.place, len(shown.says)) == (Meeting(), 1)
    dropped = reply_to(flow, Request.DROP_MEETING)
    assert isinstance(dropped, Show)
    assert (dropped.place, len(dropped.says)) == (Home(), 1)


def test_after_a_dropped_gathering_home_asks_before_the_last_meeting_is_opened(
    flow: AppFlow,
) -> None:
    hold_whole_meeting(flow)
    reply_to(flow, Request.BEGIN_MEETING)
    service_of(flow).execute(commands.mark_next, "m1")
    dropped = reply_to(flow, Request.DROP_MEETING)
    assert isinstance(dropped, Show)
    assert dropped.place == Home(dropped=True)
    assert reply_to(flow, Request.HOME) == Show(Home())


def test_nothing_is_reopened_before_the_first_meeting(flow: AppFlow) -> None:
    assert isinstance(reply_to(flow, Request.REOPEN_MEETING), Say)
    assert reply_to(flow, Request.DROP_MEETING) == Stay()


def test_a_gathering_of_too_few_is_cancelled_and_another_date_is_looked_for(flow: AppFlow) -> None:
    reply_to(flow, Request.BEGIN_MEETING)
    assert reply_to(flow, Request.REBOOK_INSTEAD) == Show(Request.REBOOKING)
    assert flow.live is None


def test_going_home_parks_the_meeting_and_beginning_continues_it(flow: AppFlow) -> None:
    reply_to(flow, Request.BEGIN_MEETING)
    carry_to(flow, Phase.READY)
    home = reply_to(flow, Request.HOME)
    assert isinstance(home, Show)
    assert isinstance(home.place, Home)
    assert home.place.parked
    assert flow.live is None
    assert reply_to(flow, Request.BEGIN_MEETING) == Show(Meeting())


def test_home_from_a_place_beside_the_meeting_is_the_meeting(flow: AppFlow) -> None:
    reply_to(flow, Request.BEGIN_MEETING)
    assert reply_to(flow, Request.HOME, beside_meeting=True) == Show(Meeting())
    assert flow.live is not None


def leave_for(flow: AppFlow, clock: ManualClock, gap: timedelta) -> Reply:
    """A share is left by a program that ends, and taken up again after a while."""
    reply_to(flow, Request.BEGIN_MEETING)
    carry_to(flow, Phase.SHARE)
    flow.let_go()
    clock.move(gap)
    return flow.open(CircleFile(next(flow.folder.glob("*.json"))))


def test_a_short_gap_is_reported_and_settled(flow: AppFlow, clock: ManualClock) -> None:
    shown = leave_for(flow, clock, timedelta(seconds=20))
    assert isinstance(shown, Show)
    assert shown.place == Meeting()
    assert shown.says[0].startswith("Back after 20")
    assert flow.live is not None
    assert flow.live.gap is None


def test_a_long_gap_is_asked_about(flow: AppFlow, clock: ManualClock) -> None:
    shown = leave_for(flow, clock, timedelta(hours=2))
    assert isinstance(shown, Show)
    assert shown.place == Gap(timedelta(hours=2), "harbour.dropped", held=True, long=True)
    service_of(flow).settle_gap(counts=False)
    assert reply_to(flow, Request.SHOW_MEETING) == Show(Meeting())


def test_a_running_share_is_left_only_when_asked_twice(flow: AppFlow, clock: ManualClock) -> None:
    reply_to(flow, Request.BEGIN_MEETING)
    carry_to(flow, Phase.SHARE)
    assert isinstance(leaving.leave(flow), Say)
    clock.move(app_words.LEAVE_AGAIN_WITHIN * 2)
    assert isinstance(leaving.leave(flow), Say)
    assert leaving.leave(flow) == Leave()


def test_changes_that_are_not_on_the_disk_are_told_before_leaving_or_going_home(
    flow: AppFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise SaveError("The disk is full.")

    reply_to(flow, Request.BEGIN_MEETING)
    with monkeypatch.context() as patched:
        patched.setattr(SQLiteJournal, "write", full)
        service_of(flow).execute(commands.begin)
        assert reply_to(flow, Request.HOME) == Say(app_words.unsaved_changes("The disk is full."))
        assert leaving.leave(flow) == Leave()
    flow.pulse()
    assert not flow.warned_of_loss


def test_a_parked_meeting_that_cannot_be_read_can_be_set_aside(
    flow: AppFlow, file: CircleFile
) -> None:
    reply_to(flow, Request.BEGIN_MEETING)
    carry_to(flow, Phase.READY)
    flow.let_go()
    file.journal_path.write_bytes(b"no journal at all" * 300)
    stuck = flow.open(file)
    assert isinstance(stuck.place, Home)
    assert stuck.place.unreadable
    aside = reply_to(flow, Request.SET_ASIDE)
    assert isinstance(aside, Show)
    assert aside.place == Home()
    assert reply_to(flow, Request.BEGIN_MEETING) == Show(Meeting())


def test_a_circle_of_two_is_told_of_three_once(flow: AppFlow) -> None:
    make(flow, NewCircle("Quay", "Ada, Ben", "peer-circle"))
    carry_to(flow, Phase.CLOSED)
    first, second = done(reply_to(flow, Request.SAVE_MEETING)), reply_to(flow, Request.HOME)
    assert isinstance(first, Show)
    assert isinstance(second, Show)
    assert first.place == Home(told_of_three=True)
    assert second.place == Home()
