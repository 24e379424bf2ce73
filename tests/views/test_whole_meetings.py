"""A circle's life through service and views alone, read as text, without a terminal."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from circle_tui.core.attendance import figures
from circle_tui.core.meeting.meeting import Phase
from circle_tui.store import attendance_reader
from circle_tui.views import (
    arrivals,
    covenant,
    open_commitments,
    people,
    rebooking,
    resume,
    review_of_one,
    settings,
)
from circle_tui.views.view import Request, View

from .circle_reader import CircleReader
from .reader import press, read, snapshot


def test_a_meeting_of_five_goes_from_home_to_home(reader: CircleReader) -> None:
    assert "Maya" in read(reader.home())
    assert press(reader.service, reader.home(), "enter") is Request.BEGIN_MEETING
    reader.service.begin()
    gathering_screen = read(reader.gathering())
    assert "Everyone's here unless you mark them" in gathering_screen
    press(reader.service, reader.gathering(cursor=4), "space")
    assert "late" in read(reader.gathering(cursor=4))
    press(reader.service, reader.gathering(), "enter")

    face = reader.share().face
    assert (face.large, face.caption) == ("Maya", "when you're ready")
    press(reader.service, reader.share(), "enter")
    face = reader.share().face
    assert (face.large, face.caption, face.note) == ("Maya", "", "next: Tom")
    assert face.digits == ""
    press(reader.service, reader.share(), "space")
    reader.wait(minutes=20)
    face = reader.share().face
    assert (face.large, face.caption, face.note) == ("HOLD", "Maya", "")
    assert reader.share().status == "On hold. Take all the time you need. Space resumes."
    assert reader.share().only_action == "resume"
    press(reader.service, reader.share(), "space")
    reader.wait(minutes=7, seconds=30)
    face = reader.share().face
    assert (face.digits, face.caption) == ("0:30", "Maya")
    assert reader.share().only_action == ""
    press(reader.service, reader.share(), "enter")

    assert "Tom" in read(reader.responses())
    press(reader.service, reader.responses(), "t")
    assert "Priya" in read(reader.responses())
    press(reader.service, reader.responses(), "enter")
    press(reader.service, reader.commitments(), "n", "I call the printer")
    assert "I call the printer" in read(reader.commitments())
    press(reader.service, reader.commitments(), "enter")

    press(reader.service, reader.share(), "p")
    reader.whole_turn("I rest on Sunday")
    reader.whole_turn()
    leaving = arrivals.arrivals_view(snapshot(reader.service), cursor=4)
    assert "Sam\nnot here yet" in read(leaving)
    press(reader.service, leaving, "enter")
    reader.whole_turn()
    assert "passed earlier: share now?" in read(reader.share())
    press(reader.service, reader.share(), "p")
    assert snapshot(reader.service).meeting.phase is Phase.CLOSING
    assert "19 March" in read(reader.closing())
    reader.close()

    record = reader.service.state.records[-1]
    assert [made.text for made in record.made] == ["I call the printer", "I rest on Sunday"]
    assert record.opener == "m1"
    assert "I call the printer" in read(reader.home())
    assert "Tom" in read(reader.home())


def test_a_missed_commitment_is_reset_in_three_keys(reader: CircleReader) -> None:
    reader.run_to_closing(Maya="I run twice a week")
    reader.close()
    reader.clock.moment = reader.service.context.planned
    reader.begin_round()
    while snapshot(reader.service).meeting.phase is Phase.READY:
        reader.whole_turn(outcome="m")
    reader.close()
    answered = reader.service.state.records[-1].answered[0]
    assert (answered.outcome, answered.reset) == ("missed", "again")
    listed = open_commitments.open_commitments_view(
        reader.service.snapshot, cursor=0, kept=False, history=True, asking=False
    )
    assert "What got in the way: The week was full" in read(listed)


def test_undo_and_redo_show_the_same_screens_again(reader: CircleReader) -> None:
    reader.begin_round()
    press(reader.service, reader.share(), "p")
    assert reader.share().face.large == "Tom"
    reader.service.undo()
    assert reader.share().face.large == "Maya"
    reader.service.redo()
    assert reader.share().face.large == "Tom"


def test_a_cycle_ends_with_a_retrospective_and_a_choice(tmp_path: Path) -> None:
    reader = CircleReader(tmp_path, cycle=1)
    reader.run_to_closing(Maya="I write the letter")
    assert "What worked?" in read(reader.closing())
    press(reader.service, reader.closing(), "enter", "We began on time")
    assert "What should change?" in read(reader.closing())
    press(reader.service, reader.closing(), "enter", "")
    assert "Renew" in read(reader.closing())
    press(reader.service, reader.closing(), "e")
    reader.close()
    looked_back = reader.service.state.records[-1].looked_back
    assert looked_back is not None
    assert (looked_back.worked, looked_back.choice) == ("We began on time", "redesign")
    assert "redesign" in read(reader.home())
    reader.service.close()


def test_a_covenant_is_written_changed_and_signed(reader: CircleReader) -> None:
    def shown(cursor: int = 0) -> View:
        return covenant.covenant_view(
            reader.service.snapshot, cursor=cursor, earlier=None, asking=False
        )

    press(reader.service, shown(), "w")
    assert "What is said here stays here" in read(shown())
    press(reader.service, shown(), "e", "We say what is hard first")
    assert "We say what is hard first" in read(shown())
    unsigned = next(each for each in shown(5).actions if each.spec.id == "sign")
    assert "review date" in (unsigned.disabled_reason or "")
    press(reader.service, shown(), "d", "1 June 2026")
    press(reader.service, shown(4), "s")
    assert reader.service.state.covenant is not None
    assert reader.service.state.covenant.signatures.keys() == {"m1"}


def test_members_join_go_away_and_are_forgotten_only_by_typing_their_name(
    reader: CircleReader,
) -> None:
    def shown(cursor: int = 0, *, forgetting: bool = False) -> View:
        return people.people_view(
            reader.service.snapshot, cursor=cursor, asking=False, forgetting=forgetting
        )

    press(reader.service, shown(), "n", "Noor")
    assert "\nNoor\n" in read(shown())
    press(reader.service, shown(5), "a")
    assert "away since" in read(shown(5))
    assert "can't be" in read(shown(5, forgetting=True))
    press(reader.service, shown(5, forgetting=True), "f", "noor")
    assert "Noor" not in read(shown())
    assert "forgotten" in read(shown())


def test_settings_are_explained_and_can_be_changed(reader: CircleReader) -> None:
    def shown(cursor: int = 0) -> settings.SettingsView:
        return settings.settings_view(reader.service.snapshot, cursor=cursor, asking=False)

    (share,) = [at for at, row in enumerate(shown().rows) if row.name.startswith("Each share")]
    assert "8 min" in shown().rows[share].text
    assert shown(share).explained
    press(reader.service, shown(share), "enter", "7")
    assert reader.service.circle.share == timedelta(minutes=7)


def test_a_meeting_is_cancelled_and_rebooked_within_48_hours(reader: CircleReader) -> None:
    def shown() -> View:
        return rebooking.rebooking_view(reader.service.snapshot, asking=False)

    press(reader.service, shown(), "x")
    assert "48 hours" in read(reader.home())
    reader.wait(hours=3)
    press(reader.service, shown(), "d", "9 March 19:00")
    assert reader.service.state.cancelled[-1].within_48_hours
    assert "Moved from" in read(reader.home())


def test_a_parked_meeting_says_where_it_stopped(reader: CircleReader) -> None:
    reader.begin_round()
    press(reader.service, reader.share(), "enter")
    assert reader.service.live is not None
    for _ in range(120):
        reader.wait(seconds=1)
        reader.service.live.pulse()
    reader.service.park()
    reader.wait(minutes=5)
    live = reader.service.resume()
    assert live is not None
    assert live.gap is not None
    shown = resume.resume_view(
        snapshot(reader.service),
        gap=live.gap.length,
        share_held=live.gap.held,
        asking_to_continue=not live.gap.is_long,
        dropping=False,
        dropped_file="harbour.dropped",
    )
    assert "Maya was speaking, with 6:00 left." in read(shown)


def test_the_review_says_who_came_and_contains_no_words(reader: CircleReader) -> None:
    reader.run_to_closing(Maya="I call the printer")
    reader.close()
    found = attendance_reader.read_facts(reader.service.file.path)
    assert isinstance(found, attendance_reader.LoadedFacts)
    review = figures.review(found.facts, reader.clock.now())
    shown = read(review_of_one.review_of_one_view(review, cursor=0))
    assert "Maya" in shown
    assert "printer" not in shown


def test_views_and_service_do_not_load_textual() -> None:
    asked = (
        "import sys\nimport tests.views.test_whole_meetings\n"
        "print(sorted({'textual', 'rich'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.strip() == "[]"
