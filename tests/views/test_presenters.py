"""What a place remembers while it's shown, whichever user interface shows it."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import covenant, membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import making
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.action_table import Place
from circle_tui.views.choose import CircleSummary
from circle_tui.views.presenters.checkins import CheckInsPresenter
from circle_tui.views.presenters.choose import ChoosePresenter
from circle_tui.views.presenters.contract import ContractPresenter
from circle_tui.views.presenters.covenant import CovenantPresenter
from circle_tui.views.presenters.first_run import FirstRunPresenter
from circle_tui.views.presenters.home import HomePresenter
from circle_tui.views.presenters.look_back import LookBackPresenter
from circle_tui.views.presenters.new_contract import NewContractPresenter
from circle_tui.views.presenters.open_commitments import OpenCommitmentsPresenter
from circle_tui.views.presenters.paper_meeting import PaperMeetingPresenter
from circle_tui.views.presenters.people import PeoplePresenter
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.presenters.resume import ResumePresenter
from circle_tui.views.presenters.share import SharePresenter
from circle_tui.views.view import Ask, Execute, Local, Request, Say
from tests.core.meetings import START, MeetingRunner, circle_of

NOW = START + timedelta(days=2)


class Circle:
    """A circle of a few people, and how often it was read."""

    def __init__(self, people: int = 5) -> None:
        self.state = CircleState(circle=circle_of(people, "peer-circle"))
        self.times_read = 0

    def read(self) -> CircleSnapshot:
        self.times_read += 1
        return CircleSnapshot(self.state, NOW)


def test_the_cursor_stays_with_whoever_it_was_on_when_they_change_seats() -> None:
    circle = Circle()
    people = PeoplePresenter(circle.read)
    people.choose_row(1)
    people.view()
    circle.state = membership.move_seat(circle.state, NOW, "m2", 1)
    people.changed()
    assert circle.state.circle.members[people.cursor].id == "m2"


def test_the_number_of_an_empty_seat_leaves_nobody_chosen_to_sign() -> None:
    circle = Circle()
    circle.state = covenant.write(circle.state, NOW)
    page = CovenantPresenter(circle.read)
    page.choose_seat(3)
    assert _signer(page) == "m3"
    assert page.choose_seat(9) == Say("There's no seat 9.")
    assert _signer(page) is None


def test_the_number_of_an_empty_seat_keeps_the_clause() -> None:
    circle = Circle()
    circle.state = covenant.write(circle.state, NOW)
    page = CovenantPresenter(circle.read)
    page.choose_row(2)
    page.choose_seat(9)
    assert page.cursor == 2


def _signer(page: CovenantPresenter) -> object:
    action = page.view().action("sign")
    assert action is not None
    assert isinstance(action.does, Execute)
    return action.does.args[0]


def test_while_forgetting_is_explained_nobody_else_can_be_chosen() -> None:
    people = PeoplePresenter(Circle().read)
    people.local(Local.CONFIRM)
    people.choose_seat(3)
    people.move(1)
    assert people.cursor == 0
    assert people.view().forget == "Forget Ada?"
    assert people.local(Local.BACK) is None
    people.choose_seat(3)
    assert people.cursor == 2


def test_the_cursor_goes_over_people_without_trying_to_forget_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("circle_tui.core.words.forget", pytest.fail)
    people = PeoplePresenter(Circle().read)
    people.move(1)
    forget = people.view().action("forget")
    assert forget is not None
    assert forget.disabled_reason is None


def test_the_last_one_who_is_here_cannot_be_forgotten_and_says_why() -> None:
    circle = Circle(2)
    circle.state = membership.go_away(circle.state, NOW, "m2")
    people = PeoplePresenter(circle.read)
    forget = people.view().action("forget")
    assert forget is not None
    assert forget.disabled_reason == "To forget the last one here, delete the circle's files."


def test_a_field_that_is_open_is_closed_by_the_user_interface_and_forgetting_with_it() -> None:
    people = PeoplePresenter(Circle().read)
    people.local(Local.CONFIRM)
    people.asking = True
    assert people.local(Local.BACK) is Local.BACK
    people.asking = False
    assert not people.view().forget


def test_a_seat_that_does_not_exist_is_reported_in_a_plain_list_too() -> None:
    members = CheckInsPresenter(Circle(3).read)
    assert members.choose_seat(3) is None
    assert members.cursor == 2
    said = members.choose_seat(4)
    assert isinstance(said, Say)
    assert "4" in said.sentence
    assert members.cursor == 2


def test_moving_the_cursor_counts_the_rows_that_are_shown_and_makes_no_view_anew() -> None:
    circle = Circle()
    members = CheckInsPresenter(circle.read)
    members.shown = members.view()
    read = circle.times_read
    members.move(-1)
    members.move(1)
    members.move(1)
    assert members.cursor == 1
    assert circle.times_read == read


def test_in_a_new_contract_a_number_says_who_is_in_it_and_says_so_no_longer() -> None:
    new = NewContractPresenter(Circle().read)
    new.choose_seat(2)
    assert new.cursor == 1
    assert new.source is None
    new.local(Local.SELECT)
    new.choose_seat(3)
    new.choose_seat(1)
    assert new.people == ["m3", "m1"]
    new.choose_seat(3)
    assert new.people == ["m1"]
    assert isinstance(new.choose_seat(6), Say)


def test_moving_in_a_look_back_asks_nothing_and_choosing_a_question_asks_it() -> None:
    circle = Circle()
    circle.state = making.make(circle.state, NOW, "design-feedback", ("m1", "m2"))
    looking = LookBackPresenter(circle.read, circle.state.contracts[-1].contract)
    assert isinstance(looking.asks(), Ask)
    assert looking.asks() is None
    assert looking.move(1) is None
    chosen = looking.choose_row(0)
    assert isinstance(chosen, Ask)
    assert chosen.question == "What worked?"


def test_a_contract_whose_making_was_undone_leads_back_to_the_list() -> None:
    circle = Circle()
    before = circle.state
    circle.state = making.make(circle.state, NOW, "design-feedback", ("m1", "m2"))
    contract = ContractPresenter(circle.read, circle.state.contracts[-1].contract)
    circle.state = before
    assert contract.changed() is Request.CONTRACTS


def test_the_other_list_of_commitments_begins_at_its_first() -> None:
    listed = OpenCommitmentsPresenter(Circle().read)
    listed.cursor = 3
    assert listed.local(Local.OTHER_LIST) is None
    assert listed.cursor == 0


def test_nothing_that_was_done_elsewhere_is_undone_on_the_page_of_a_meeting_on_paper() -> None:
    page = PaperMeetingPresenter(Circle().read)
    assert page.own_undo() == (False, False)
    assert page.local(Local.UNDO) is None
    assert page.local(Local.REDO) is None


def test_home_has_a_key_for_undo_only_where_there_is_something_to_undo_or_redo() -> None:
    home = HomePresenter(Circle().read)
    assert home.undo_offer(can_undo=False, can_redo=False) == (None, False)
    assert home.undo_offer(can_undo=False, can_redo=True) == (False, True)
    assert home.undo_offer(can_undo=True, can_redo=False) == (True, False)


def test_the_question_about_a_gap_offers_no_undo_and_no_other_place() -> None:
    meeting = MeetingSnapshot(MeetingRunner(circle_of(4)).begin().meeting, NOW)
    asked = ResumePresenter(lambda: meeting, timedelta(hours=2), "x.dropped", held=True, long=True)
    assert asked.undo_offer(can_undo=True, can_redo=True) == (None, False)
    assert asked.other_places(meeting_open=True) == ()
    share = SharePresenter(lambda: meeting)
    assert share.undo_offer(can_undo=True, can_redo=True) == (True, True)
    assert Request.PEOPLE in {each.does for each in share.other_places(meeting_open=True)}


def test_other_places_are_gone_to_from_a_place_with_no_key_for_them_and_no_open_field() -> None:
    people = PeoplePresenter(Circle().read)
    there = {each.does for each in people.other_places(meeting_open=False)}
    assert {Request.COVENANT, Request.SETTINGS} < there
    assert Request.PEOPLE not in there
    assert people.other_places(meeting_open=True) == ()
    people.asking = True
    assert people.other_places(meeting_open=False) == ()
    assert HomePresenter(Circle().read).other_places(meeting_open=False) == ()


def test_a_place_of_no_circle_that_is_open_here_offers_no_undo() -> None:
    chooser = ChoosePresenter("/circles")
    assert chooser.undo_offer(can_undo=True, can_redo=True) == (None, False)
    assert chooser.other_places(meeting_open=False) == ()


@pytest.mark.parametrize("elsewhere", [Request.DEMO, Request.CHOOSE_CIRCLE])
def test_leaving_the_setup_says_once_that_it_loses_what_is_typed(elsewhere: Request) -> None:
    setup = FirstRunPresenter(first=False)
    assert setup.leaving(elsewhere) is elsewhere
    setup.name = "Quay"
    assert setup.leaving(Local.QUIT) is Local.QUIT
    assert isinstance(setup.leaving(elsewhere), Say)
    assert setup.leaving(elsewhere) is elsewhere
    setup.members = "Ada"
    assert isinstance(setup.leaving(elsewhere), Say)


def circles(*names: str) -> list[tuple[str, CircleSummary]]:
    return [(f"/{name}.json", CircleSummary(slug=name.lower(), name=name)) for name in names]


def test_the_cursor_stays_on_the_circle_that_was_chosen_while_others_are_read() -> None:
    choosing = ChoosePresenter("/")
    choosing.add(circles("Birch", "Elm"), all_read=False)
    assert choosing.chosen == "/Birch.json"
    choosing.choose_row(1)
    choosing.add(circles("Ash", "Cedar"), all_read=True)
    assert choosing.chosen == "/Elm.json"
    assert choosing.cursor == 3


def test_until_somebody_moves_the_cursor_is_on_the_circle_before() -> None:
    choosing = ChoosePresenter("/", "/Elm.json")
    choosing.add(circles("Birch"), all_read=False)
    choosing.add(circles("Ash", "Elm"), all_read=True)
    assert choosing.chosen == "/Elm.json"


def test_enter_waits_until_all_files_are_read_and_moving_takes_it_back() -> None:
    choosing = ChoosePresenter("/")
    choosing.add(circles("Birch", "Elm"), all_read=False)
    assert choosing.local(Local.SELECT) is None
    assert choosing.view().status == "Birch opens as soon as all files are read."
    choosing.choose_row(1)
    assert choosing.view().status == "Enter opens Elm."
    assert choosing.local(Local.SELECT) is None
    choosing.add(circles("Ash"), all_read=True)
    assert choosing.waiting
    assert choosing.local(Local.SELECT) is Local.SELECT
    assert choosing.chosen == "/Elm.json"


def test_a_presenter_that_shows_nothing_cannot_be_made() -> None:
    class Nothing(Presenter):
        PLACE = Place.HOME

    with pytest.raises(TypeError, match="view"):
        Nothing()  # type: ignore[abstract]


def test_a_date_left_half_typed_comes_back_whatever_else_was_changed_meanwhile() -> None:
    circle = Circle()
    page = PaperMeetingPresenter(circle.read)
    asks = page.view().action("date")
    assert asks is not None
    assert isinstance(asks.does, Ask)
    before = page.draft_key(asks.does)
    circle.state = membership.join(circle.state, NOW, "Finn")
    again = page.view().action("date")
    assert again is not None
    assert isinstance(again.does, Ask)
    assert page.draft_key(again.does) == before
    assert page.draft_key(replace(again.does, about="next")) != before


def test_nobody_finds_in_their_turn_what_another_has_left_in_the_same_field() -> None:
    runner = MeetingRunner(circle_of(4)).begin()
    page = SharePresenter(lambda: MeetingSnapshot(runner.meeting, runner.now))
    field = Ask("Which?", covenant.change)
    first = page.draft_key(field)
    assert page.draft_key(field) == first
    runner.do(commands.pass_turn)
    assert page.draft_key(field) != first


def test_digits_are_spoken_of_only_where_the_ring_does_not_show_them() -> None:
    runner = MeetingRunner(circle_of(4)).begin()
    page = SharePresenter(lambda: MeetingSnapshot(runner.meeting, runner.now))
    before = page.switch_digits()
    assert before == Say("The clock will show minutes and seconds.")
    runner.do(commands.start)
    assert page.switch_digits() is None
    assert not page.digits
    runner.do(commands.pause)
    assert page.switch_digits() == before
