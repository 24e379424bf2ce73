"""What the screen for a meeting held on paper shows: rows, keys, and messages."""

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import commitments, paper_meeting, rebooking, schedule
from circle_tui.core.circle.paper_meeting import PaperMeeting
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views import changes, understood
from circle_tui.views import paper_meeting as views
from circle_tui.views.paper_meeting import PaperMeetingView, RowSubject
from circle_tui.views.view import Ask, DraftChange, Execute
from tests.core.meetings import START, circle_of, commitments_of, history_of, record

from .reader import read

NOW = START + timedelta(days=20)
EVERYBODY = dict.fromkeys(("m1", "m2", "m3"), Attendance.PRESENT)


def met_once(**circle: Any) -> CircleState:
    made = commitments_of(("m2", "I write"), ("m1", "I run"))
    return history_of([record(1, made=made, attendance=EVERYBODY)], circle_of(3, **circle))


class Paper:
    """The screen: its cursor, and what was entered so far."""

    def __init__(self, state: CircleState, now: Any = NOW) -> None:
        self.snapshot = CircleSnapshot(state, now)
        self.meeting: PaperMeeting = views.begun(self.snapshot)
        self.cursor = 0

    @property
    def view(self) -> PaperMeetingView:
        return views.paper_meeting_view(self.snapshot, self.meeting, cursor=self.cursor)

    def to(self, spot: RowSubject) -> "Paper":
        self.cursor = self.view.spots.index(spot)
        return self

    def on(self, kind: str, about: str = "", at: int = 0) -> "Paper":
        """Go to the row of that kind, about that member or commitment."""
        wanted = (kind, about, at)
        for spot in self.view.spots:
            if (spot.kind, spot.commitment or spot.member or "", spot.at) == wanted:
                return self.to(spot)
        raise KeyError(wanted)

    def press(self, key: str, words: str | None = None) -> Any:
        offered = [each for each in self.view.actions if key in each.spec.keys]
        (action,) = offered
        assert action.disabled_reason is None, action.disabled_reason
        does = action.does
        if isinstance(does, Execute | Ask) and isinstance(does.command, DraftChange):
            typed = () if words is None else (words,)
            self.meeting = does.command(self.meeting, *does.args, *typed)
        return does

    def saved(self) -> CircleState:
        does = self.press("enter")
        state: CircleState = does.command(self.snapshot.state, self.snapshot.now, *does.args)
        return state


def test_the_screen_begins_with_the_planned_date_and_everybody_present() -> None:
    said = read(Paper(met_once()).view)
    assert "Thursday 19 March, 10:00" in said
    assert "present, opened" in said
    assert "Enter saves the meeting" in said


def test_each_row_says_what_can_be_done_and_offers_only_that() -> None:
    paper = Paper(met_once())
    keys = {
        spot.kind: {key for each in paper.to(spot).view.actions for key in each.spec.keys}
        for spot in paper.view.spots
    }
    assert "d" in keys["when"]
    assert {"space", "o", "n", "d"} <= keys["member"]
    assert {"k", "p", "m", "c", "x", "a", "s", "d", "n"} <= keys["asked"]
    assert "space" not in keys["asked"]
    assert "o" not in keys["when"]
    for spot in paper.view.spots:
        assert paper.to(spot).view.explained


def test_the_meeting_is_saved_with_what_was_entered() -> None:
    paper = Paper(met_once())
    paper.on("member", "m1").press("space")
    paper.on("member", "m3").press("o")
    paper.on("asked", "c1").press("s", "I write a line")
    paper.on("asked", "c2").press("k")
    paper.on("member", "m3").press("n", "I call")
    paper.press("n", "I sleep")
    paper.on("made", "m3", 1).press("e", "I sleep well")
    paper.on("made", "m3", 0).press("x")
    assert paper.snapshot.state == met_once()
    state = paper.saved()
    last = state.records[-1]
    assert last.attendance["m1"] is Attendance.LATE
    assert last.opener == "m3"
    assert [(each.member, each.text) for each in last.made] == [
        ("m2", "I write a line"),
        ("m3", "I sleep well"),
    ]
    assert last.answered[0].reset is Reset.SMALLER
    assert last.answered[0].becomes == last.made[0].id
    assert last.answered[1].outcome is Outcome.KEPT
    assert {each.text for each in commitments.open_commitments(state)} == {
        "I write a line",
        "I sleep well",
    }


def test_the_message_after_saving_names_the_number_and_the_next_opener() -> None:
    assert "That's meeting 2 now. Cleo opens next. u to undo." in str(
        Paper(met_once()).press("enter").flash
    )
    later = history_of([record(1), replace(record(3), number=2)], circle_of(3))
    paper = Paper(later, START + timedelta(days=40))
    paper.press("d", "19 March")
    assert "The later ones get new numbers." in str(paper.press("enter").flash)


def test_a_refusal_by_the_rules_is_shown_at_once_and_disables_the_key() -> None:
    paper = Paper(met_once())
    paper.press("d", "5 March 10:00")
    assert paper.view.status == "Meeting 1 is recorded for then: Thursday 5 March, 10:00."
    save = paper.view.action("save")
    assert save is not None
    assert save.disabled_reason == paper.view.status


def test_a_date_being_typed_is_shown_as_it_is_understood() -> None:
    paper = Paper(met_once())
    does = paper.on("when").view.action("date").does  # type: ignore[union-attr]
    assert isinstance(does, Ask)
    said = understood.while_typing(paper.snapshot, does, "last Friday")
    assert said.startswith("Friday 20 March, 10:00, 5 days ago.")


def test_the_choice_is_asked_for_only_at_the_end_of_a_cycle() -> None:
    assert "cycle end" not in {spot.kind for spot in Paper(met_once()).view.spots}
    paper = Paper(met_once(cycle=2)).on("cycle end")
    assert "You haven't said" in read(paper.view)
    paper.press("space")
    assert "You chose to renew" in read(paper.view)
    end = paper.saved().records[-1].looked_back
    assert end is not None
    assert end.choice is CycleChoice.RENEW


def test_the_end_of_a_cycle_is_written_down_with_what_was_said() -> None:
    paper = Paper(met_once(cycle=2))
    assert "Your cycle ended with it" in paper.view.status
    paper.on("worked").press("e", "we came")
    assert paper.view.status == "You looked back on your cycle: say what you chose, too."
    paper.on("to change").press("e", "start on time")
    paper.on("cycle end").press("space")
    assert "Enter saves the meeting" in paper.view.status
    assert "Worked" in read(paper.view)
    end = paper.saved().records[-1].looked_back
    assert end is not None
    assert (end.worked, end.change) == ("we came", "start on time")


def test_the_next_date_is_shown_and_can_be_set() -> None:
    paper = Paper(met_once()).on("next")
    assert "Thursday 2 April, 10:00" in read(paper.view)
    assert paper.view.explained == "d for another date."
    does = paper.view.action("date").does  # type: ignore[union-attr]
    assert isinstance(does, Ask)
    said = understood.while_typing(paper.snapshot, does, "3 April 18:00")
    assert said.startswith("Friday 3 April, 18:00, in 9 days.")
    paper.press("d", "3 April 18:00")
    assert "Friday 3 April, 18:00" in read(paper.view)
    assert schedule.planned(paper.saved()) == START + timedelta(days=29, hours=7)


def test_a_next_date_that_has_passed_is_reported() -> None:
    paper = Paper(met_once(), START + timedelta(days=40))
    paper.press("d", "19 March 10:00")
    assert "That has passed" in paper.on("next").view.explained


def test_whoever_rests_is_asked_for_no_next_date() -> None:
    paper = Paper(met_once(cycle=2)).on("cycle end")
    for _ in ("renew", "redesign", "rest"):
        assert RowSubject("next") in paper.view.spots
        paper.press("space")
    assert "You chose to rest" in read(paper.view)
    assert RowSubject("next") not in paper.view.spots


def test_undo_names_the_day_of_the_meeting() -> None:
    before = met_once()
    after = Paper(before).saved()
    name = changes.circle_change(paper_meeting.record, (), before, after)
    assert name == "the meeting of 19 March 2026"


def test_everything_that_can_be_undone_has_a_name() -> None:
    commands = {
        each.does.command
        for spot in Paper(met_once(cycle=2)).view.spots
        for each in Paper(met_once(cycle=2)).to(spot).view.actions
        if isinstance(each.does, Execute | Ask)
    }
    assert {each for each in commands if isinstance(each, DraftChange)} <= views.NAMES.keys()


def test_any_name_is_shown_as_plain_text() -> None:
    state = met_once()
    members = (
        replace(state.circle.members[0], name="Ann, “[/]” 👩‍👩‍👧"),
        *state.circle.members[1:],
    )
    state = replace(state, circle=replace(state.circle, members=members))
    assert "Ann, “[/]” 👩‍👩‍👧" in read(Paper(state).view)


def test_a_circle_without_a_meeting_begins_with_its_first_one() -> None:
    paper = Paper(history_of([], circle_of(3)))
    assert paper.saved().records[0].number == 1


def test_a_cancelled_meeting_that_was_held_after_all_can_be_recorded() -> None:
    state = rebooking.cancel(met_once(), START + timedelta(days=13))
    saved = Paper(state).saved()
    assert len(saved.records) == 2
    assert saved.cancelled_since_last_meeting == ()
