"""Takes a circle through its meetings by the keys that its views offer, without a terminal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.views import closing, commitments, gathering, home, responses, share
from circle_tui.views.view import Execute, Request, View

from .reader import press, read, snapshot

FIRST = datetime(2026, 3, 5, 18, 30, tzinfo=UTC)


class CircleReader:
    """A circle and its keyboard. Each method presses the keys for what its name says."""

    def __init__(
        self,
        folder: Path,
        members: str = "Maya, Tom, Priya, Lena, Sam",
        *,
        first: datetime = FIRST,
        zone: str = "UTC",
        cycle: int = 6,
    ) -> None:
        self.clock = ManualClock(first)
        circle = make_circle("Harbour", members, "peer-circle", zone=zone, now=first)
        circle = replace(circle, cycle=cycle)
        self.service = CircleService(CircleFile.create(folder, circle), self.clock)

    # What a screen would show now

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

    # What people do with it

    def wait(self, **by: float) -> None:
        self.clock.move(timedelta(**by))

    def begin_round(self) -> None:
        self.service.begin()
        press(self.service, self.gathering(), "enter")

    def whole_turn(self, *promises: str, outcome: str = "k") -> None:
        """Take a whole turn: share, responses, an outcome for each commitment, new commitments."""
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
        """Go from the next date to the saved record."""
        while snapshot(self.service).meeting.closing_step is not ClosingStep.CLOSE:
            press(self.service, self.closing(), "enter")
        done = press(self.service, self.closing(), "enter")
        assert isinstance(done, Execute)
        assert done.then is Request.SAVE_MEETING
        self.service.finish()

    def run_to_closing(self, **promises: str) -> None:
        """Take a meeting up to its closing; `promises` are new commitments by member name."""
        self.clock.moment = max(self.clock.moment, self.service.context.planned)
        self.begin_round()
        while snapshot(self.service).meeting.phase is Phase.READY:
            meeting = snapshot(self.service).meeting
            assert meeting.turn is not None
            name = meeting.person(meeting.turn.member).name
            self.whole_turn(*filter(None, [promises.get(name)]))
