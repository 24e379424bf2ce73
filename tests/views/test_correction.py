"""What the screen for correcting a finished meeting says."""

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import correction
from circle_tui.core.circle.record import Outcome
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views.correction import CorrectionView, correction_view
from circle_tui.views.view import Execute
from tests.core.meetings import START
from tests.core.test_correction import two_meetings

from .actions import intents, why_not


def look(cursor: int = 0, *, under_way: bool = False) -> CorrectionView:
    snapshot = CircleSnapshot(two_meetings(), START, under_way=under_way)
    return correction_view(snapshot, "meeting-2", cursor=cursor)


def flash(view: CorrectionView, action: str) -> str | None:
    does = intents(view)[action]
    assert isinstance(does, Execute)
    return does.flash


def test_the_screen_shows_attendance_opener_outcomes_and_who_opens_next() -> None:
    view = look()
    assert view.headline == ("Thursday", "meeting 2, 19 March", "correct it")
    assert [(row.text, row.state) for row in view.rows] == [
        ("Ada", "present"),
        ("Ben", "present, opened"),
        ("Cleo", "excused"),
        ("Ben: I write", "missed"),
        ("Ada: I run", "kept"),
        ("Ben: I rest", "left open"),
    ]
    assert view.next_opener == "Cleo opens next: hasn't opened yet."


def test_after_each_key_the_message_says_who_opens_next() -> None:
    view = look(2)
    assert intents(view)["attendance"] == Execute(
        correction.correct_attendance,
        ("meeting-2", "m3", Attendance.ABSENT),
        flash="Cleo still opens next.",
    )
    assert why_not(view, "opener") == "Cleo wasn't there, so someone else opened."
    assert flash(look(0), "opener") == ("Now Ben opens next: hasn't opened yet, and sits first.")


def test_the_message_about_an_outcome_says_what_stays_open() -> None:
    assert flash(look(3), "kept") == ("Recorded as kept. What came of it is still open.")
    assert flash(look(5), "kept") == "Recorded as kept."
    assert intents(look(5))["partly"] == Execute(
        correction.correct_outcome,
        ("meeting-2", "c2", Outcome.PARTLY),
        flash="Recorded as partly.",
    )


def test_during_a_meeting_no_correction_is_offered() -> None:
    assert why_not(look(under_way=True), "attendance") == (
        "You're in a meeting. Correct an earlier one when it's saved."
    )
