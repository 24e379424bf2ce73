"""Which circle is open: at the beginning, when another is chosen or made, and in the demo."""

import os
from pathlib import Path

import pytest

from circle_tui.core.circle import membership
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import commands
from circle_tui.flow import circles, leaving
from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.circles import NewCircle, make
from circle_tui.flow.replies import (
    AskFirst,
    Chooser,
    Home,
    Leave,
    Meeting,
    Review,
    SetUp,
    Show,
    Stay,
)
from circle_tui.flow.requests import reply_to
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import app_words, first_run
from circle_tui.views.view import GoToContract, Request, Say

from .conftest import NOW, service_of

QUAY = NewCircle("Quay", "Ada, Ben, Cleo", "peer-circle")


def test_a_folder_without_a_circle_begins_with_making_one(tmp_path: Path) -> None:
    assert AppFlow(tmp_path, ManualClock(NOW)).begin() == Show(SetUp(first=True))


def test_the_only_circle_is_opened_and_of_several_one_is_chosen(flow: AppFlow) -> None:
    assert flow.begin() == Show(Home())
    make(flow, QUAY)
    assert flow.begin() == Show(Chooser())


def test_what_the_beginning_reads_of_several_circles_is_not_read_again(
    flow: AppFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(flow, QUAY)
    make(flow, QUAY._replace(name="Pier"))
    flow = AppFlow(flow.folder, flow.clock)
    opened: list[str] = []
    os_open = os.open

    def noted(path: str | os.PathLike[str], *arguments: int) -> int:
        opened.append(Path(path).name)
        return os_open(path, *arguments)

    monkeypatch.setattr(os, "open", noted)
    assert flow.begin() == Show(Chooser())
    assert len(list(flow.choices())) == 3
    assert sorted(opened) == ["harbour.json", "pier.json", "quay.json"]
    # Whoever chooses again later sees what the files say then.
    assert len(list(flow.choices())) == 3
    assert len(opened) == 6


def test_a_place_to_begin_with_waits_for_a_meeting_that_is_under_way(
    flow: AppFlow, file: CircleFile
) -> None:
    assert flow.begin(begins_at=(file, Request.PEOPLE)) == Show(Request.PEOPLE)
    reply_to(flow, Request.BEGIN_MEETING)
    service_of(flow).execute(commands.begin)
    assert flow.begin(begins_at=(file, Request.PEOPLE)) == Show(Meeting())


def test_the_lock_can_be_left_alone_until_the_first_screen_is_there(
    tmp_path: Path, file: CircleFile, clock: ManualClock
) -> None:
    flow = AppFlow(tmp_path, clock)
    assert flow.begin(claim=False) == Show(Home())
    assert flow.claim() == Stay()
    assert service_of(flow).reading_only is None
    flow.let_go()


def test_what_another_program_has_changed_meanwhile_is_shown_as_the_lock_is_taken(
    tmp_path: Path, file: CircleFile, clock: ManualClock
) -> None:
    flow = AppFlow(tmp_path, clock)
    flow.begin(claim=False)
    other = CircleService(file, clock)
    other.execute(membership.join, "Finn")
    other.close()
    assert flow.claim() == Show(Home())
    assert [each.name for each in service_of(flow).circle.members][-1] == "Finn"
    flow.let_go()


def test_a_file_that_cannot_be_read_leads_to_the_choice(flow: AppFlow, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    shown = flow.open(CircleFile(broken))
    assert shown.place == Chooser()
    assert "damaged" in shown.says[0]


def test_choosing_remembers_where_somebody_came_from(flow: AppFlow, file: CircleFile) -> None:
    assert reply_to(flow, Request.CHOOSE_CIRCLE) == Show(Chooser(file.path))
    assert flow.service is None


def test_a_new_circle_begins_its_first_meeting_at_once(
    flow: AppFlow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert make(flow, QUAY) == Show(Meeting())
    monkeypatch.setattr(circles, "find_local_zone", lambda: None)
    assert make(flow, NewCircle("Pier", "Ada, Ben, Cleo", "peer-circle")) == Show(
        Meeting(), (app_words.ZONE_WITHOUT_NAME,)
    )


def test_a_second_circle_of_the_same_people_is_asked_about(flow: AppFlow, file: CircleFile) -> None:
    same = NewCircle("Harbour", "Maya, Tom, Priya", "peer-circle")
    asked = make(flow, same)
    assert isinstance(asked, AskFirst)
    assert asked.then(None) == Stay()
    assert asked.then(first_run.OPEN_THAT_ONE) == Show(Home())
    assert service_of(flow).file.path == file.path
    asked.then(2)
    assert service_of(flow).file.path != file.path


def test_input_that_makes_no_circle_is_reported(flow: AppFlow) -> None:
    assert isinstance(make(flow, NewCircle("Quay", "Ada", "peer-circle")), Say)


def test_a_demo_is_left_at_once_only_where_nothing_was_done_in_it(
    flow: AppFlow, file: CircleFile
) -> None:
    assert reply_to(flow, Request.DEMO) == Show(Home())
    demo = service_of(flow)
    assert demo.file.path.parent == flow.folder != file.path.parent
    demo.execute(membership.join, "Finn")
    assert reply_to(flow, Request.CHOOSE_CIRCLE) == Say(app_words.LEAVING_DEMO)
    demo.execute(membership.join, "Gwen")
    assert leaving.leave(flow) == Say(app_words.QUITTING_DEMO)
    assert leaving.leave(flow) == Leave()
    assert reply_to(flow, Request.NEW_CIRCLE) == Show(SetUp(first=False))
    assert flow.folder == file.path.parent


def test_the_review_is_read_as_for_a_lead_and_corrects_nothing_during_a_meeting(
    flow: AppFlow,
) -> None:
    before = reply_to(flow, Request.REVIEW)
    reply_to(flow, Request.BEGIN_MEETING)
    during = reply_to(flow, Request.REVIEW)
    reviews = [each.place for each in (before, during) if isinstance(each, Show)]
    assert [each.can_correct for each in reviews if isinstance(each, Review)] == [True, False]


def test_without_meetings_to_come_there_is_nothing_for_a_calendar(flow: AppFlow) -> None:
    make(flow, NewCircle("Barter", "Ada, Ben", "trading-pair"))
    assert isinstance(reply_to(flow, Request.CALENDAR), Say)


def test_a_step_of_a_contract_is_shown_as_it_was_asked_for(flow: AppFlow) -> None:
    assert reply_to(flow, GoToContract("k1", "way")) == Show(GoToContract("k1", "way"))


def test_nothing_follows_where_no_circle_is_open(tmp_path: Path) -> None:
    flow = AppFlow(tmp_path, ManualClock(NOW))
    assert reply_to(flow, Request.BEGIN_MEETING) == Stay()


def test_what_deletes_for_good_deletes_every_draft_and_nothing_else_does(flow: AppFlow) -> None:
    flow.drafts["a field"] = "Priya and her sister"
    service_of(flow).execute(membership.join, "Finn")
    with pytest.raises(RuleError):
        service_of(flow).execute(membership.forget, "m3", "Maya")
    assert flow.drafts
    service_of(flow).execute(membership.forget, "m3", "Priya")
    assert not flow.drafts


def test_a_circle_that_was_followed_before_loses_its_drafts_as_well(
    flow: AppFlow, file: CircleFile
) -> None:
    flow.follow(CircleFile(file.path))
    flow.take_over()
    flow.drafts["a field"] = "Priya and her sister"
    service_of(flow).execute(membership.forget, "m3", "Priya")
    assert not flow.drafts
