"""What the screen of check-ins says and offers."""

from datetime import timedelta

from circle_tui.core.circle import checkins, membership
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.views.checkins import CheckInsView, checkins_view
from circle_tui.views.text import plain
from circle_tui.views.view import Ask, ChooseSeat, Local, Request
from tests.core.meetings import START, circle_of, record

DAY = timedelta(days=1)
NOW = START + 2 * DAY


def with_checkins(*by: tuple[str, str]) -> CircleState:
    """A movement pod of three that has met, with one check-in a day since."""
    state = CircleState(circle=circle_of(3, "movement-pod"), records=(record(1),))
    for day, (member, words) in enumerate(by, 1):
        state = checkins.check_in(state, START + day * DAY, member, words)
    return state


def look(state: CircleState, cursor: int = 0, *, asking: bool = False) -> CheckInsView:
    return checkins_view(CircleSnapshot(state, NOW), cursor=cursor, asking=asking)


def test_each_member_is_listed_with_the_beginning_of_their_latest_check_in() -> None:
    view = look(with_checkins(("m2", "It is hard."), ("m2", "It is better.")))
    assert view.headline == ("Thursday", "check-ins")
    assert [(row.name, row.text) for row in view.rows] == [
        ("Ada", ""),
        ("Ben", "It is better."),
        ("Cleo", ""),
    ]
    assert view.status == "You'll all see these at the next gathering."


def test_the_chosen_members_check_ins_are_shown_in_full_with_their_days() -> None:
    view = look(with_checkins(("m2", "It is hard."), ("m2", "It is better.")), 1)
    assert view.title == "Ben"
    assert plain(view.words) == ("Friday 6 March\nIt is hard.\n\nSaturday 7 March\nIt is better.")


def test_a_member_without_check_ins_is_told_how_to_write_one() -> None:
    assert plain(look(with_checkins()).words) == "Enter to write two or three sentences"


def test_check_ins_from_before_the_last_meeting_are_not_shown() -> None:
    state = CircleState(circle=circle_of(3, "movement-pod"))
    state = checkins.check_in(state, START - DAY, "m1", "Before.")
    view = look(CircleState(circle=state.circle, records=(record(1),), checkins=state.checkins))
    assert (view.rows[0].name, view.rows[0].text) == ("Ada", "")


def test_members_who_are_away_can_write_and_members_who_left_are_not_listed() -> None:
    state = membership.leave(membership.go_away(with_checkins(), NOW, "m1"), NOW, "m2")
    view = look(state, 2)
    assert [(row.name, row.state) for row in view.rows] == [("Ada", "away"), ("Cleo", "")]
    # The cursor was on a member who has left.
    assert view.cursor == 1
    assert view.title == "Cleo"


def test_the_question_names_the_chosen_member_and_the_purpose() -> None:
    write = look(with_checkins(), 2).action("write")
    assert write is not None
    assert write.does == Ask(
        "Cleo, how is it going?",
        checkins.check_in,
        ("m3",),
        flash="Saved for the next gathering.",
    )


def test_while_typing_only_esc_is_an_action() -> None:
    view = look(with_checkins(), asking=True)
    assert [each.spec.id for each in view.actions] == ["back"]
    assert view.actions[0].does is Local.BACK
    assert view.status == "Two or three sentences. Enter saves · Esc cancels"


def test_a_number_chooses_a_seat_and_esc_goes_home() -> None:
    view = look(with_checkins())
    third, back = view.action("seat_3"), view.action("back")
    assert third is not None
    assert back is not None
    assert third.does == ChooseSeat(3)
    assert back.does is Request.HOME
