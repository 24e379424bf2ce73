"""Who is highlighted around the ring, and what its middle says, from home to the closing."""

from datetime import timedelta

import pytest

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.circle_face import home_face
from circle_tui.views.meeting_face import meeting_face
from circle_tui.views.ring import RingFace, SeatState
from tests.core.meetings import START, MeetingRunner, circle_of, four, record

from .circle_reader import CircleReader
from .reader import snapshot


def face(runner: MeetingRunner) -> RingFace:
    return meeting_face(MeetingSnapshot(runner.meeting, runner.now))


def names(face_shown: RingFace) -> list[str]:
    return [seat.name for seat in face_shown.seats]


def states(face_shown: RingFace) -> str:
    """The glyphs around the ring, in seat order."""
    return "".join(seat.state.value for seat in face_shown.seats)


# Home


def test_at_home_the_opener_is_highlighted_and_the_ring_is_full(reader: CircleReader) -> None:
    face_shown = home_face(reader.service.snapshot)
    assert states(face_shown) == "▶○○○○"
    assert face_shown.remaining == 1.0
    assert face_shown.caption == "Thursday 5 March, 18:30"
    assert face_shown.note.endswith("·  Maya opens")


def test_after_a_meeting_the_next_opener_is_highlighted(reader: CircleReader) -> None:
    reader.run_to_closing()
    reader.close()
    assert states(home_face(reader.service.snapshot)) == "○▶○○○"


def test_home_shows_a_waiting_meeting_instead_of_the_next_date(
    reader: CircleReader,
) -> None:
    reader.begin_round()
    reader.service.park()
    face_shown = home_face(reader.service.snapshot)
    assert (face_shown.caption, face_shown.note) == ("in a meeting now", "")


def test_in_a_resting_circle_nobody_is_highlighted(reader: CircleReader) -> None:
    reader = CircleReader(reader.service.file.path.parent / "resting", cycle=1)
    reader.run_to_closing()
    live = reader.service.live
    assert live is not None
    for words in ("", ""):
        reader.service.execute(closing_commands.look_back, words)
    reader.service.execute(closing_commands.choose, CycleChoice.REST)
    reader.close()
    face_shown = home_face(reader.service.snapshot)
    assert states(face_shown) == "○○○○○"
    assert (face_shown.caption, face_shown.note) == ("resting", "")
    reader.service.close()


# Seat order


def test_the_seats_keep_their_order_from_home_to_the_closing(reader: CircleReader) -> None:
    around = names(home_face(reader.service.snapshot))
    assert around == ["Maya", "Tom", "Priya", "Lena", "Sam"]
    reader.run_to_closing()
    assert names(meeting_face(snapshot(reader.service))) == around
    while reader.service.can_undo:
        reader.service.undo()
        assert names(meeting_face(snapshot(reader.service))) == around
        assert names(reader.share().face) == around


# The gathering


def test_at_the_gathering_all_present_members_are_lit_and_the_opener_is_highlighted() -> None:
    runner = MeetingRunner(circle_of(5))
    assert states(face(runner)) == "▶●●●●"
    runner.do(commands.mark, "m2", Attendance.LATE)
    runner.do(commands.mark, "m3", Attendance.EXCUSED)
    runner.do(commands.mark, "m4", Attendance.ABSENT)
    assert states(face(runner)) == "▶···●"


def test_at_the_gathering_the_next_member_opens_if_the_first_is_absent() -> None:
    face_shown = face(MeetingRunner(circle_of(4)).do(commands.mark, "m1", Attendance.EXCUSED))
    assert states(face_shown) == "·▶●●"
    assert face_shown.caption == "Ben opens"


def test_at_an_empty_gathering_there_is_no_opener() -> None:
    runner = MeetingRunner(circle_of(2))
    for member in ("m1", "m2"):
        runner.do(commands.mark, member, Attendance.ABSENT)
    assert (states(face(runner)), face(runner).caption) == ("··", "")


@pytest.mark.parametrize(
    ("people", "fraction", "note"),
    [(4, 45 / 60, "45 min, until 10:45"), (6, 1.0, "63 min, until 11:03")],
)
def test_at_the_gathering_the_ring_shows_how_much_of_the_time_the_plan_takes(
    people: int, fraction: float, note: str
) -> None:
    # 5 + people × (8 + 1) + 4 minutes of 60.
    face_shown = face(MeetingRunner(circle_of(people)))
    assert face_shown.remaining == pytest.approx(fraction)
    assert face_shown.note == note


# The round


def test_during_responses_the_speaker_keeps_the_turn_and_each_responder_is_highlighted() -> None:
    runner = MeetingRunner(circle_of(5)).begin(m4=Attendance.EXCUSED).share()
    seen = []
    while (face_shown := face(runner)).steps is not None:
        seen.append((states(face_shown), face_shown.caption, face_shown.steps))
        runner.do(commands.respond)
        if not runner.meeting.responders:
            break
    assert seen == [
        ("▶◎○·○", "Ben to Ada", (1, 3)),
        ("▶●◎·○", "Cleo to Ada", (2, 3)),
        ("▶●●·◎", "Eve to Ada", (3, 3)),
    ]


def test_at_the_commitments_the_ring_shows_whose_they_are() -> None:
    face_shown = face(four().whole_turn().to_commitments())
    assert states(face_shown) == "●▶○○"
    assert (face_shown.caption, face_shown.note) == ("Ben", "commitments")


def test_the_ring_fills_with_each_turn() -> None:
    runner = four()
    seen = []
    for _ in range(4):
        runner.to_commitments()
        seen.append(face(runner).remaining)
        runner.do(commands.end_turn)
    assert seen == [0.25, 0.5, 0.75, 1.0]


def test_a_member_who_passed_is_not_highlighted_until_their_turn_is_offered_again() -> None:
    runner = four().do(commands.pass_turn)
    assert states(face(runner)) == "◌▶○○"
    assert face(runner.to_commitments()).remaining == 0.5


# The closing


def test_at_the_closing_everybody_is_lit_and_the_ring_is_full() -> None:
    runner = four().rest_of_round()
    face_shown = face(runner)
    assert (states(face_shown), face_shown.remaining) == ("●●●●", 1.0)
    assert (face_shown.caption, face_shown.note) == ("The next date", "then one word each")
    face_shown = face(runner.do(closing_commands.keep_date))
    assert (face_shown.caption, face_shown.note) == ("See you on", "Thursday 19 March, 10:00")


def test_at_the_closing_the_middle_of_the_ring_names_the_current_step() -> None:
    runner = MeetingRunner(circle_of(4, cycle=1)).rest_of_round()
    assert (face(runner).caption, face(runner).note) == ("Looking back", "then the next date")
    runner = (
        MeetingRunner(circle_of(4), [record()], START + timedelta(weeks=6)).begin().rest_of_round()
    )
    assert face(runner).caption == "A look at ourselves"


def test_a_circle_that_chose_to_rest_is_shown_no_date() -> None:
    runner = MeetingRunner(circle_of(4, cycle=1)).look_back(CycleChoice.REST)
    assert (face(runner).caption, face(runner).note) == ("One word each", "")


def test_no_phase_shows_two_members_with_the_turn() -> None:
    runner = four()
    for step in (commands.start, commands.finish, commands.end_responses, commands.end_turn):
        assert [seat.state for seat in face(runner).seats].count(SeatState.NOW) == 1
        runner.do(step)


def test_who_has_the_turn_is_large_while_a_round_waits_to_be_resumed() -> None:
    runner = MeetingRunner(circle_of(4)).begin().do(commands.start)
    assert (face(runner).large, face(runner).caption) == (
        runner.meeting.person(runner.speaker or "").name,
        "",
    )
