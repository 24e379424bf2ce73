"""A click on a seat of the ring chooses whoever has it, or says nothing."""

from datetime import timedelta

import pytest

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views import every_screen
from circle_tui.views.presenters.checkins import CheckInsPresenter
from circle_tui.views.presenters.choose import ChoosePresenter
from circle_tui.views.presenters.closing import ClosingPresenter
from circle_tui.views.presenters.contract_ledger import LedgerPresenter
from circle_tui.views.presenters.correction import CorrectionPresenter
from circle_tui.views.presenters.new_contract import NewContractPresenter
from circle_tui.views.presenters.people import PeoplePresenter
from circle_tui.views.presenters.trades import TradesPresenter
from circle_tui.views.view import ChooseSeat, Execute, Local
from tests.core.contracts.agreements import ADA, BEN, contract_of, graded, with_stakes
from tests.core.meetings import START, MeetingRunner, circle_of, history_of, record

from .contract_step_reader import Reader
from .offering_places import offering_places

NOW = START + timedelta(days=2)
SEATS = range(1, 6)


def test_no_place_denies_a_seat_that_is_clicked_on_its_ring() -> None:
    for presenter, _ in offering_places():
        for seat in SEATS:
            said = presenter.click_seat(seat)
            assert getattr(said, "sentence", "") != every_screen.no_seat(seat), presenter.PLACE


def test_wherever_a_seat_has_a_key_the_first_one_is_somebodys() -> None:
    for presenter, _ in offering_places():
        if any(action.does == ChooseSeat(1) for action in presenter.view().actions):
            said = presenter.choose_seat(1)
            assert getattr(said, "sentence", "") != every_screen.no_seat(1), presenter.PLACE


def closing(**attendance: Attendance) -> ClosingPresenter:
    """Who reaches out to the first who is missing is asked."""
    runner = MeetingRunner(circle_of(5)).begin(**attendance).rest_of_round()
    runner.do(closing_commands.keep_date)
    return ClosingPresenter(lambda: MeetingSnapshot(runner.meeting, runner.now))


@pytest.mark.parametrize(("missing", "seat", "row"), [("m3", 4, 2), ("m1", 2, 0), ("m5", 4, 3)])
def test_a_clicked_seat_chooses_that_member_to_reach_out(missing: str, seat: int, row: int) -> None:
    presenter = closing(**{missing: Attendance.ABSENT})
    presenter.view()
    assert presenter.click_seat(seat) is None
    assert presenter.cursor == row
    action = presenter.view().action("reach_out")
    assert action is not None
    assert isinstance(action.does, Execute)
    assert action.does.args == (missing, f"m{seat}")


def test_a_member_who_was_missing_cannot_be_clicked_to_reach_out_to_themselves() -> None:
    presenter = closing(m3=Attendance.ABSENT)
    presenter.view()
    presenter.click_seat(4)
    assert not presenter.can_click_seat(3)
    assert presenter.click_seat(3) is None
    assert presenter.cursor == 2


def test_check_ins_count_seats_as_the_ring_does_where_somebody_is_away() -> None:
    state = membership.go_away(CircleState(circle=circle_of(4)), NOW, "m2")
    members = CheckInsPresenter(lambda: CircleSnapshot(state, NOW))
    assert members.click_seat(2) is None
    assert members.view().title == "Cleo"
    assert [row.glyph for row in members.view().rows] == ["1", "", "2", "3"]


def test_trades_choose_the_partner_on_the_ring_where_somebody_is_away() -> None:
    state = membership.go_away(CircleState(circle=circle_of(2, "trading-pair")), NOW, "m1")
    partners = TradesPresenter(lambda: CircleSnapshot(state, NOW))
    partners.click_seat(1)
    view = partners.view()
    assert view.partners[view.cursor].name == "Ben"
    assert not partners.can_click_seat(2)


def test_a_correction_chooses_the_member_on_the_ring_and_no_commitment() -> None:
    circle = circle_of(4)
    came = {"m1": Attendance.PRESENT, "m3": Attendance.PRESENT}
    state = history_of([record(1, attendance=came)], circle)
    rows = CorrectionPresenter(lambda: CircleSnapshot(state, NOW), "meeting-1")
    assert rows.click_seat(3) is None
    view = rows.view()
    assert view.members[rows.cursor] == "m3"
    assert not rows.can_click_seat(2)


def test_the_map_of_contracts_chooses_the_member_on_the_ring() -> None:
    reader = Reader(with_stakes(contract_of(judged=graded())))
    reader.judge(BEN, "m", "m", "40")
    reader.judge(ADA, "m", "m", "m")
    for member in (ADA, BEN):
        reader.press(reader.choose(member).result, "content")
    ledger = LedgerPresenter(lambda: reader.snapshot)
    assert len(ledger.view().stakes) == 2
    ledger.click_seat(2)
    assert ledger.view().explained.startswith("n to make one between Ben")
    assert not ledger.can_click_seat(3)


def test_a_list_of_something_else_than_people_is_not_chosen_from_by_a_seat() -> None:
    state = CircleState(circle=circle_of(4))
    circles = ChoosePresenter("")
    new = NewContractPresenter(lambda: CircleSnapshot(state, NOW))
    for presenter in (circles, new):
        assert not presenter.can_click_seat(2)
        assert presenter.click_seat(2) is None
        assert presenter.cursor == 0


def test_while_forgetting_is_explained_a_click_on_a_seat_says_nothing() -> None:
    state = CircleState(circle=circle_of(4))
    people = PeoplePresenter(lambda: CircleSnapshot(state, NOW))
    people.local(Local.CONFIRM)
    assert people.click_seat(3) is None
    assert people.cursor == 0
