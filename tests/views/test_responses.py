"""What the view of the responses says and offers."""

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.meeting import commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.responses import ResponsesView, responses_view
from circle_tui.views.view import Execute
from tests.core.meetings import MeetingRunner, circle_of, four

PROMPTS = ("Danke.", "Was hast du gerade bemerkt?")


def look(runner: MeetingRunner) -> ResponsesView:
    return responses_view(MeetingSnapshot(runner.meeting, runner.now))


def test_each_of_the_others_responds_in_turn_around_the_circle() -> None:
    runner = four().share()
    said = []
    for _ in range(3):
        view = look(runner)
        said.append((view.who, view.to, view.then))
        runner.do(commands.respond)
    assert said == [
        ("Ben", "to Ada", "then Cleo and Dev"),
        ("Cleo", "to Ada", "then Dev"),
        ("Dev", "to Ada", "then the commitments"),
    ]


def test_members_who_are_not_here_are_not_asked_to_respond() -> None:
    view = look(four(m2=Attendance.EXCUSED).share())
    assert (view.who, view.to) == ("Cleo", "to Ada")


def test_the_two_sentences_are_the_circles_own_and_keep_their_keys() -> None:
    view = look(MeetingRunner(circle_of(3, prompts=PROMPTS)).begin().share())
    assert [(each.key, each.sentence) for each in view.responses] == [
        ("t", "“Danke.”"),
        ("w", "“Was hast du gerade bemerkt?”"),
    ]
    first = view.action("respond")
    assert first is not None
    assert first.label == "Danke."


def test_both_responses_do_the_same_so_the_choice_is_not_recorded() -> None:
    view = look(four().share())
    does = [view.action(each) for each in ("respond", "respond_aloud")]
    assert [each.does for each in does if each] == [Execute(commands.respond)] * 2


def test_there_are_only_two_responses() -> None:
    view = look(four().share())
    assert [each.spec.id for each in view.actions] == [
        "respond",
        "respond_aloud",
        "end",
        "arrivals",
        "rule",
        "back",
    ]


def test_once_everybody_has_responded_nobody_is_named() -> None:
    runner = four().share()
    for _ in range(3):
        runner.do(commands.respond)
    view = look(runner)
    assert view.who == ""
