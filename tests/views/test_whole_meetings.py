"""A circle's life through service and views alone, read as text: no terminal, no Textual."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from circle_tui.core.attendance import figures
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store import attendance_reader
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import (
    arrivals,
    closing,
    commitments,
    covenant,
    gathering,
    home,
    open_commitments,
    people,
    rebooking,
    responses,
    resume,
    review_of_one,
    settings,
    share,
)
from circle_tui.views.view import Execute, Request, View

from .reader import press, read, snapshot

FIRST = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)


class Evening:
    """The circle around one keyboard. Each method presses what its name says."""

    def __init__(self, folder: Path, cycle: int = 6) -> None:
        self.clock = ManualClock(FIRST)
        circle = make_circle(
            "Harbour", "Maya, Tom, Priya, Lena, Sam", "peer-circle", zone="UTC", now=FIRST
        )
        self.service = CircleService(CircleFile.create(folder, circle), self.clock)
        if cycle != 6:
            from circle_tui.core.circle import settings as rules

            self.service.execute(rules.set_cycle, str(cycle))

    # What is on the screen now

    def home(self) -> home.HomeView:
        return home.home_view(self.service.snapshot)

    def gathering(self, cursor: int = 0) -> View:
        return gathering.gathering_view(
            snapshot(self.service), cursor=cursor, seat=None, reading=False, checkins_beside=True
        )

    def share(self) -> share.ShareView:
        return share.share_view(snapshot(self.service), digits=False)

    def responses(self) -> View:
        return responses.responses_view(snapshot(self.service))

    def commitments(self) -> View:
        return commitments.commitments_view(snapshot(self.service), cursor=0, asking=False)

    def closing(self, cursor: int = 0) -> closing.ClosingView:
        return closing.closing_view(snapshot(self.service), cursor=cursor, asking=False)

    # What people do

    def wait(self, **by: float) -> None:
        self.clock.move(timedelta(**by))

    def begin_round(self) -> None:
        self.service.begin()
        press(self.service, self.gathering(), "enter")

    def turn(self, *promises: str, outcome: str = "k") -> None:
        """One whole turn: share, responses, what became of the last commitments, new ones."""
        press(self.service, self.share(), "enter")
        self.wait(minutes=7)
        press(self.service, self.share(), "n")
        while snapshot(self.service).meeting.phase is Phase.RESPONSES:
            press(self.service, self.responses(), "t")
        while "How did it go?" in read(self.commitments()):
            press(self.service, self.commitments(), outcome)
            if outcome == "m":
                assert "what got in the way?" in read(self.commitments())
                press(self.service, self.commitments(), "enter", "The week was full")
                press(self.service, self.commitments(), "a")
        for promise in promises:
            press(self.service, self.commitments(), "n", promise)
        press(self.service, self.commitments(), "enter")

    def close(self) -> None:
        """From the next date to the record."""
        while snapshot(self.service).meeting.closing_step is not ClosingStep.CLOSE:
            press(self.service, self.closing(), "enter")
        done = press(self.service, self.closing(), "enter")
        assert isinstance(done, Execute)
        assert done.then is Request.SAVE_MEETING
        self.service.finish()

    def hold_meeting(self, **promises: str) -> None:
        """A whole meeting in which each of those named promises something."""
        self.clock.moment = max(self.clock.moment, self.service.context.planned)
        self.begin_round()
        while snapshot(self.service).meeting.phase is Phase.READY:
            meeting = snapshot(self.service).meeting
            assert meeting.turn is not None
            name = meeting.person(meeting.turn.member).name
            self.turn(*filter(None, [promises.get(name)]))


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    evening = Evening(tmp_path)
    yield evening
    evening.service.close()


def test_a_five_person_meeting_is_carried_from_home_to_home(evening: Evening) -> None:
    assert "Maya" in read(evening.home())
    assert press(evening.service, evening.home(), "enter") is Request.BEGIN_MEETING
    evening.service.begin()
    gathering_screen = read(evening.gathering())
    assert "Everybody is here unless marked" in gathering_screen
    press(evening.service, evening.gathering(cursor=4), "space")
    assert "late" in read(evening.gathering(cursor=4))
    press(evening.service, evening.gathering(), "enter")

    assert evening.share().face.caption == "Maya, when you are ready"
    press(evening.service, evening.share(), "enter")
    assert evening.share().face.caption == "Maya is speaking"
    assert evening.share().face.digits == ""
    press(evening.service, evening.share(), "space")
    evening.wait(minutes=20)
    assert evening.share().face.caption == "Held"
    assert "Space goes on" in evening.share().status
    press(evening.service, evening.share(), "space")
    evening.wait(minutes=7, seconds=30)
    assert evening.share().face.digits == "0:30"
    press(evening.service, evening.share(), "enter")

    assert "Tom" in read(evening.responses())
    press(evening.service, evening.responses(), "t")
    assert "Priya" in read(evening.responses())
    press(evening.service, evening.responses(), "enter")
    press(evening.service, evening.commitments(), "n", "I call the printer")
    assert "I call the printer" in read(evening.commitments())
    press(evening.service, evening.commitments(), "enter")

    press(evening.service, evening.share(), "p")
    evening.turn("I rest on Sunday")
    evening.turn()
    leaving = arrivals.arrivals_view(snapshot(evening.service), cursor=4)
    assert "arrives" in read(leaving)
    press(evening.service, leaving, "enter")
    evening.turn()
    assert "offered again" in read(evening.share())
    press(evening.service, evening.share(), "p")
    assert snapshot(evening.service).meeting.phase is Phase.CLOSING
    assert "19 March" in read(evening.closing())
    evening.close()

    record = evening.service.state.records[-1]
    assert [made.text for made in record.made] == ["I call the printer", "I rest on Sunday"]
    assert record.opener == "m1"
    assert "I call the printer" in read(evening.home())
    assert "Tom" in read(evening.home())


def test_a_missed_commitment_is_reset_in_three_keys(evening: Evening) -> None:
    evening.hold_meeting(Maya="I run twice a week")
    evening.close()
    evening.clock.moment = evening.service.context.planned
    evening.begin_round()
    while snapshot(evening.service).meeting.phase is Phase.READY:
        evening.turn(outcome="m")
    evening.close()
    answered = evening.service.state.records[-1].answered[0]
    assert (answered.outcome, answered.reset) == ("missed", "again")
    listed = open_commitments.open_commitments_view(
        evening.service.snapshot, cursor=0, kept=False, history=True, asking=False
    )
    assert "What got in the way: The week was full" in read(listed)


def test_undo_and_redo_go_through_the_same_screens(evening: Evening) -> None:
    evening.begin_round()
    press(evening.service, evening.share(), "p")
    assert evening.share().face.caption == "Tom, when you are ready"
    evening.service.undo()
    assert evening.share().face.caption == "Maya, when you are ready"
    evening.service.redo()
    assert evening.share().face.caption == "Tom, when you are ready"


def test_the_end_of_a_cycle_looks_back_and_chooses(tmp_path: Path) -> None:
    evening = Evening(tmp_path, cycle=1)
    evening.hold_meeting(Maya="I write the letter")
    assert "What worked?" in read(evening.closing())
    press(evening.service, evening.closing(), "enter", "We began on time")
    assert "What should change?" in read(evening.closing())
    press(evening.service, evening.closing(), "enter", "")
    assert "Renew" in read(evening.closing())
    press(evening.service, evening.closing(), "e")
    evening.close()
    looked_back = evening.service.state.records[-1].looked_back
    assert looked_back is not None
    assert (looked_back.worked, looked_back.choice) == ("We began on time", "redesign")
    assert "redesign" in read(evening.home())
    evening.service.close()


def test_a_covenant_is_written_changed_and_signed(evening: Evening) -> None:
    def shown(cursor: int = 0) -> View:
        return covenant.covenant_view(
            evening.service.snapshot, cursor=cursor, earlier=None, asking=False
        )

    press(evening.service, shown(), "w")
    assert "What is said here stays here" in read(shown())
    press(evening.service, shown(), "e", "We say what is hard first")
    assert "We say what is hard first" in read(shown())
    unsigned = next(each for each in shown(5).actions if each.spec.id == "sign")
    assert "review date" in (unsigned.disabled_reason or "")
    press(evening.service, shown(), "d", "1 June 2026")
    press(evening.service, shown(4), "s")
    assert evening.service.state.covenant is not None
    assert evening.service.state.covenant.signatures.keys() == {"m1"}


def test_people_join_go_away_and_are_forgotten_only_by_name(evening: Evening) -> None:
    def shown(cursor: int = 0, *, forgetting: bool = False) -> View:
        return people.people_view(
            evening.service.snapshot, cursor=cursor, asking=False, forgetting=forgetting
        )

    press(evening.service, shown(), "n", "Noor")
    assert "6 Noor" in read(shown())
    press(evening.service, shown(5), "a")
    assert "away since" in read(shown(5))
    assert "can't be" in read(shown(5, forgetting=True)) or "cannot be" in read(
        shown(5, forgetting=True)
    )
    press(evening.service, shown(5, forgetting=True), "f", "noor")
    assert "Noor" not in read(shown())
    assert "forgotten" in read(shown())


def test_settings_say_what_they_are_and_change(evening: Evening) -> None:
    def shown(cursor: int = 0) -> settings.SettingsView:
        return settings.settings_view(evening.service.snapshot, cursor=cursor, asking=False)

    lines = read(shown()).split("\n")
    assert any("8 min" in line for line in lines)
    for cursor in range(40):
        if "Each share" in read(shown()).split("\n")[cursor]:
            break
    press(evening.service, shown(1), "enter", "7")
    assert evening.service.circle.share == timedelta(minutes=7)


def test_a_meeting_is_cancelled_and_rebooked_within_48_hours(evening: Evening) -> None:
    def shown() -> View:
        return rebooking.rebooking_view(evening.service.snapshot, asking=False)

    press(evening.service, shown(), "x")
    assert "48 hours" in read(evening.home())
    evening.wait(hours=3)
    press(evening.service, shown(), "d", "9 March 19:00")
    assert evening.service.state.cancelled[-1].within_48_hours
    assert "Rebooked" in read(evening.home())


def test_a_meeting_that_was_left_says_where_it_was(evening: Evening) -> None:
    evening.begin_round()
    press(evening.service, evening.share(), "enter")
    assert evening.service.live is not None
    for _ in range(120):
        evening.wait(seconds=1)
        evening.service.live.pulse()
    evening.service.park()
    evening.wait(minutes=5)
    live = evening.service.resume()
    assert live is not None
    assert live.gap is not None
    shown = resume.resume_view(
        snapshot(evening.service),
        gap=live.gap,
        share_held=live.gap_held,
        asking_to_continue=not live.gap_is_long,
        dropping=False,
    )
    assert "Maya was speaking, with 6:00 left." in read(shown)


def test_the_review_says_who_came_and_no_word(evening: Evening) -> None:
    evening.hold_meeting(Maya="I call the printer")
    evening.close()
    found = attendance_reader.read(evening.service.file.path)
    assert isinstance(found, attendance_reader.Read)
    review = figures.review(found.facts, evening.clock.now())
    shown = read(review_of_one.review_of_one_view(review, cursor=0))
    assert "Maya" in shown
    assert "printer" not in shown


def test_none_of_this_loads_textual() -> None:
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
