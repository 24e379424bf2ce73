"""What is open in the program, and the place that it opens with.

Invariant: a circle is let go of before another is opened, and whatever is under way is parked then.
"""

from collections.abc import Hashable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from circle_tui.core.circle import membership
from circle_tui.core.errors import RuleError
from circle_tui.flow.replies import (
    Chooser,
    Followed,
    Gap,
    Home,
    Meeting,
    Reply,
    SetUp,
    Show,
    Stay,
)
from circle_tui.service.choices import FolderChoices, OnlyCircle
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import Clock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, SaveError
from circle_tui.views import app_words
from circle_tui.views.view import Request, Say

if TYPE_CHECKING:
    from circle_tui.service.demo_run import DemoRun
    from circle_tui.service.follower import CircleFollower
    from circle_tui.service.live_meeting import LiveMeeting


class AppFlow:
    """The folder, the clock, and the circle that is open: one for each run of the program."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.service: CircleService | None = None
        self.follower: CircleFollower | None = None
        """What follows the circle while another program carries its meeting."""
        self.demo: DemoRun | None = None
        self.contracts_to_come: tuple[str, ...] = ()
        """The contracts that are due and come up one by one after a meeting, by id."""
        self.drafts: dict[Hashable, str] = {}
        """What was typed and left without enter: in memory only, and gone with the circle."""
        self.warned_of_loss = False
        """Whether it was said that leaving would lose changes that are not on the disk."""
        self.asked_to_leave: datetime | None = None
        """When somebody last asked to leave a running share."""
        self._copies: tuple[str, ...] = ()
        self._choices_begun: FolderChoices | None = None

    @property
    def live(self) -> "LiveMeeting | None":
        """The meeting that is open here."""
        return None if self.service is None else self.service.live

    @property
    def how_far(self) -> Hashable:
        """How far the open meeting has come: another value at every step; None without one."""
        if self.live is None:
            return None
        meeting, turn = self.live.meeting, self.live.meeting.turn
        step = None if turn is None else (turn.member, turn.offered_again, turn.step)
        return meeting.phase, step, meeting.closing_step

    # The beginning

    def begin(
        self,
        *,
        demo_speed: float | None = None,
        watched: CircleFile | None = None,
        begins_at: tuple[CircleFile, Request] | None = None,
        claim: bool = True,
    ) -> Show:
        """The first place: the demo, what is followed, the one circle, or the choice of one.

        `begins_at` is a circle and one of its places. Without `claim` the lock of the one circle
        is left alone until `claim()`. Raises `SaveError` where there can be no demo, and
        `LoadError` where the folder can't be read.
        """
        if demo_speed is not None:
            return self.open_demo(demo_speed)
        if watched is not None:
            return self.follow(watched)
        if begins_at is not None:
            file, place = begins_at
            shown = self.open(file)
            if self.service is None or self.service.under_way:
                # A meeting comes first.
                return shown
            return Show(place, shown.says)
        choices = FolderChoices(self.folder)
        only = choices.only_circle()
        if isinstance(only, OnlyCircle):
            self._copies = only.copies
            shown = self.open(only.file, claim=claim)
            return replace(shown, says=(*only.copies, *shown.says)) if claim else shown
        if not only:
            return Show(SetUp(first=True))
        self._choices_begun = choices
        return Show(Chooser())

    def choices(self) -> FolderChoices:
        """The circles of the folder; what the beginning has read of them isn't read again."""
        begun, self._choices_begun = self._choices_begun, None
        if begun is not None and begun.folder == self.folder:
            return begun
        return FolderChoices(self.folder)

    def claim(self) -> Reply:
        """Take the lock that the beginning has left alone, and say what is to be known.

        The circle is shown anew where somebody else has it, or has changed it.
        """
        shown = self._claimed()
        elsewhere = None if self.service is None else self.service.open_elsewhere
        told = (*self._copies, *([elsewhere] if elsewhere else []))
        if shown is not None:
            return replace(shown, says=(*told, *shown.says))
        return Say(" ".join(told)) if told else Stay()

    def _claimed(self) -> Show | None:
        service = self.service
        if service is None or self.live is not None or self.follower is not None:
            return None
        before = service.state
        with suppress(LoadError):
            service.claim()
            if service.reading_only is None and service.state is before:
                return None
        return self._opened(service.file, claim=True)

    # One circle

    def open(self, file: CircleFile, *, claim: bool = True) -> Show:
        """Open a circle: at its home, or at the meeting that was left under way."""
        shown = self._opened(file, claim=claim)
        elsewhere = None if self.service is None else self.service.open_elsewhere
        if not claim or elsewhere is None:
            return shown
        return replace(shown, says=(elsewhere, *shown.says))

    def _opened(self, file: CircleFile, *, claim: bool) -> Show:
        self.let_go()
        try:
            self.service = self._service_of(file, claim=claim)
            shown = self.resume()
            if shown is None and self.service.meets_elsewhere:
                return self.follow(file)
            return shown or self.home()
        except (LoadError, SaveError) as trouble:
            if self.service is None:
                return Show(Chooser(), (str(trouble),))
            return self.stuck(trouble)

    def _service_of(self, file: CircleFile, *, claim: bool) -> CircleService:
        service = CircleService(file, self.clock, claim=claim)
        # What was deleted may stand in a draft as well, and nobody can tell in which.
        service.after_irreversible = self.drafts.clear
        return service

    def follow(self, file: CircleFile) -> Show:
        """Follow a circle, whether it meets now or not yet."""
        from circle_tui.service.follower import CircleFollower

        self._stop_following()
        try:
            if self.service is None or self.service.file is not file:
                self.let_go()
                self.service = self._service_of(file, claim=False)
            self.follower = CircleFollower(file, self.clock)
        except LoadError as trouble:
            return Show(Chooser(), (str(trouble),))
        return Show(Followed(self.follower))

    def _stop_following(self) -> None:
        """Close the journal, before this process opens it to write."""
        if self.follower is not None:
            self.follower.close()
            self.follower = None

    def take_over(self) -> Reply:
        """Continue here the meeting that was followed, or say who has it."""
        if self.service is None or self.follower is None:
            return Stay()
        # The next look opens it again, where it goes on being followed.
        self.follower.close()
        try:
            self.service.claim()
            if self.service.reading_only is not None:
                return Say(self.service.reading_only)
            self._stop_following()
            return self.resume() or self.home()
        except (LoadError, SaveError) as trouble:
            return self.stuck(trouble)

    def resume(self) -> Show | None:
        """Where a parked meeting goes on; None where none is parked.

        Raises `LoadError` and `SaveError` as `CircleService.resume` does.
        """
        service = self.service
        live = None if service is None else service.resume()
        if service is None or live is None:
            return None
        says = (app_words.CUT_OFF,) if live.cut_off else ()
        gap = live.gap
        if gap is not None and gap.asks:
            dropped = service.file.dropped_path.name
            return Show(Gap(gap.length, dropped, gap.held, gap.is_long), says)
        notice = _gap_notice(live)
        service.settle_gap(counts=False)
        return Show(Meeting(), says if notice is None else (*says, notice))

    def home(
        self,
        *says: str,
        parked: str | None = None,
        unreadable: str | None = None,
        dropped: bool = False,
    ) -> Show:
        """The circle's home; where no circle is open, the choice of one."""
        service = self.service
        self._stop_following()
        if service is None:
            return Show(Chooser(), says)
        told_of_three = False
        if service.why_not(membership.tell_of_three) is None:
            # Where it cannot be kept that they were told, they are told another time.
            with suppress(RuleError):
                service.apply_without_undo(membership.tell_of_three)
                told_of_three = True
        return Show(Home(parked, unreadable, told_of_three, dropped), says)

    def stuck(self, trouble: LoadError | SaveError) -> Show:
        """The home of a circle whose parked meeting cannot be continued, or not be saved."""
        if isinstance(trouble, SaveError):
            return self.home(unreadable=app_words.record_cannot_be_saved(str(trouble)))
        return self.home(unreadable=str(trouble))

    def let_go(self) -> None:
        """Park what is under way and close what is open."""
        self._stop_following()
        self.drafts.clear()
        if self.service is not None:
            self.service.close()
            self.service = None

    # The demo

    def open_demo(self, speed: float) -> Show:
        """The home of a throw-away copy of the sample, on a faster clock. Raises `SaveError`."""
        from circle_tui.service.demo_run import DemoRun

        demo = DemoRun(self._before_demo, speed)
        self.leave_demo()
        self.demo, self.folder, self.clock = demo, demo.folder, demo.clock
        shown = self.open(demo.file)
        demo.begin(self.service)
        return shown

    @property
    def _before_demo(self) -> tuple[Path, Clock]:
        return (self.folder, self.clock) if self.demo is None else self.demo.before

    def leave_demo(self) -> None:
        """Let go of what is open; after a demo, the folder and the clock are those from before."""
        self.let_go()
        self.folder, self.clock = self._before_demo
        self.demo = None

    # Time

    def pulse(self) -> bool:
        """A second has passed in a meeting; whether the computer slept while a share ran."""
        if self.live is None:
            return False
        slept = self.live.pulse()
        if self.live.trouble is None:
            self.warned_of_loss = False
        return slept


def _gap_notice(live: "LiveMeeting") -> str | None:
    """How long nobody was here, where there is nothing to ask about it."""
    gap, countdown = live.gap, live.meeting.countdown
    if gap is None:
        return None
    from circle_tui.views import meeting_words

    left = countdown.remaining(live.now) if gap.held and countdown is not None else None
    return meeting_words.gap_notice(gap.length, left=left)
