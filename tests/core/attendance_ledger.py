"""A circle that runs by the real rules for some years, and an independent ledger of who came.

Invariant: the ledger never reads a record or `core.attendance`. It works out by itself who was
expected, what became of each meeting and which cycle it belongs to.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import membership, rebooking, settings
from circle_tui.core.circle.circle import FORMATS
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Phase

from .meetings import MINUTE, START, MeetingRunner, attempt, circle_of, history_of

FORMATS_THAT_MEET = sorted(key for key in FORMATS if FORMATS[key].meets)
ZONES = ("Europe/London", "Asia/Kathmandu", "America/St_Johns", "UTC")
MARKS = (Attendance.PRESENT, Attendance.LATE, Attendance.EXCUSED, Attendance.ABSENT)


class HeldMeeting(NamedTuple):
    """A meeting that took place: its cycle, its start, and who came how."""

    cycle: int
    started: datetime
    came: dict[str, str]
    guests: int


class Cancellation(NamedTuple):
    """A meeting that did not take place when planned, and its new date, if it has one."""

    cycle: int
    planned: datetime
    to: datetime | None


class Ledger:
    """What the ledger has noted so far."""

    def __init__(self, people: list[str], length: int) -> None:
        self.expected = set(people)
        self.met: list[HeldMeeting] = []
        self.lost: list[Cancellation] = []
        """Cancelled meetings that can no longer be rebooked."""
        self.put_off: Cancellation | None = None
        """The last cancelled meeting, while it can still be rebooked."""
        self.all_put_off = 0
        self.undated = False
        """Whether the circle was woken from a rest and has no date yet."""
        self.length = length
        self._cycle, self._in_cycle, self._ended = 1, 0, False

    @property
    def cycle(self) -> int:
        """The cycle of the coming meeting."""
        over = self._ended or self._in_cycle >= self.length
        return self._cycle + over

    def meet(self, started: datetime, came: dict[str, str], guests: int, *, ends: bool) -> None:
        """A meeting took place; `ends` says whether it ended its cycle."""
        assert set(came) == self.expected
        if self.cycle > self._cycle:
            self._cycle, self._in_cycle = self.cycle, 0
        self._in_cycle += 1
        self._ended = ends
        self.met.append(HeldMeeting(self._cycle, started, came, guests))
        if self.put_off is not None and self.put_off.to is None:
            self.lost.append(self.put_off)
        self.put_off = None
        self.undated = False

    def cancel(self, planned: datetime, to: datetime | None = None) -> None:
        """The coming meeting is cancelled; if it replaced another, that one is lost too."""
        if self.put_off is not None and self.put_off.to != planned:
            self.lost.append(self.put_off)
        self.put_off = Cancellation(self.cycle, planned, to)
        self.all_put_off += 1

    def rebook(self, planned: datetime, to: datetime, now: datetime) -> None:
        """The coming or cancelled meeting gets another date."""
        waits = self.put_off is not None and (self.put_off.to is None or self.put_off.to > now)
        if waits and self.put_off is not None:
            self.put_off = self.put_off._replace(to=to)
        elif self.undated:
            self.undated = False
        else:
            self.cancel(planned, to)

    def lost_by(self, now: datetime) -> list[Cancellation]:
        """The meetings that did not take place and were not made up for, as known at `now`."""
        waiting = self.put_off
        if waiting is None or (waiting.to is not None and waiting.to > now):
            return self.lost
        return [*self.lost, waiting]


class CircleLife:
    """One circle's random meetings and changes over some years, with its ledger."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        people = chance.randint(2, 6)
        circle = circle_of(people, chance.choice(FORMATS_THAT_MEET), cycle=chance.randint(1, 4))
        self.state: CircleState = history_of(circle=circle)
        self.now = START - timedelta(hours=1)
        self.ledger = Ledger([member.id for member in circle.members], circle.cycle)
        rebookings = (self._cancel, self._rebook) * 2
        coming_and_going = (self._join, self._leave, self._be_away, self._come_back, self._forget)
        self._acts = (*coming_and_going, *rebookings, self._settle)

    def hold_meetings(self, meetings: int) -> None:
        """Hold `meetings` meetings, with random changes before and after each."""
        for _ in range(meetings):
            self._act_between_meetings()
            self._meet()
        self._act_between_meetings()

    # Between two meetings

    def _act_between_meetings(self) -> None:
        self.now += timedelta(days=self.chance.choice((0, 0, 1, 5, 40)))
        for _ in range(self.chance.randrange(7)):
            self.now += MINUTE
            self.chance.choice(self._acts)()

    def _try(self, act: Callable[..., object], *said: object) -> bool:
        after = attempt(act, self.state, self.now, *said)
        if isinstance(after, RuleError):
            return False
        assert isinstance(after, CircleState)
        self.state = after
        return True

    def _somebody(self) -> str:
        return self.chance.choice(self.state.circle.members).id

    def _name(self) -> str:
        return "".join(self.chance.choices("abcdefghij", k=8)).title()

    def _join(self) -> None:
        before = {member.id for member in self.state.circle.members}
        if self._try(membership.join, self._name()):
            self.ledger.expected |= {each.id for each in self.state.circle.members} - before

    def _leave(self) -> None:
        member = self._somebody()
        if self._try(membership.leave, member):
            self.ledger.expected.discard(member)

    def _be_away(self) -> None:
        member = self._somebody()
        if self._try(membership.go_away, member):
            self.ledger.expected.discard(member)

    def _come_back(self) -> None:
        member = self._somebody()
        if self._try(membership.come_back, member):
            self.ledger.expected.add(member)

    def _forget(self) -> None:
        member = self.chance.choice(self.state.circle.members)
        if self.chance.random() < 0.3 and self._try(membership.forget, member.id, member.name):
            self.ledger.expected.discard(member.id)

    def _cancel(self) -> None:
        planned = meeting_context(self.state, self.now).planned
        if self._try(rebooking.cancel):
            self.ledger.cancel(planned)

    def _rebook(self) -> None:
        planned = meeting_context(self.state, self.now).planned
        local = ZoneInfo(self.state.circle.zone)
        day = (self.now + timedelta(days=self.chance.randint(1, 20))).astimezone(local).date()
        wall = datetime(day.year, day.month, day.day, 18, 30, tzinfo=local)
        if self._try(rebooking.rebook, f"{wall:%Y-%m-%d %H:%M}"):
            self.ledger.rebook(planned, wall.astimezone(UTC), self.now)

    def _settle(self) -> None:
        """Change settings, seats and names; none of this affects attendance."""
        length = self.chance.randint(1, 4)
        if self._try(settings.set_cycle, str(length)):
            self.ledger.length = length
        self._try(settings.set_zone, self.chance.choice(ZONES))
        self._try(membership.move_seat, self._somebody(), self.chance.choice((-1, 1)))
        self._try(membership.rename, self._somebody(), self._name())

    # A meeting

    def _meet(self) -> None:
        self.now += MINUTE
        if self._try(rebooking.wake):
            self.ledger.undated = True
        self.now += MINUTE
        if len(self.ledger.expected) < 2:
            self._join()
        context = meeting_context(self.state, self.now)
        runner = MeetingRunner(state=self.state, at=max(context.planned, self.now))
        came = self._gather(runner)
        self._run_round(runner, came)
        self._close(runner)
        self.now = runner.now
        record = runner.record
        kept = {member: str(how) for member, how in came.items()}
        self.ledger.meet(
            runner.meeting.opened.replace(microsecond=0),
            kept,
            runner.meeting.guests,
            ends=runner.meeting.choice is not None,
        )
        self.state = replace(self.state, records=(*self.state.records, record))

    def _gather(self, runner: MeetingRunner) -> dict[str, Attendance]:
        """Mark attendance at random; at least two members are present in time."""
        came = {}
        people = [person.id for person in runner.meeting.people]
        self.chance.shuffle(people)
        for at, member in enumerate(people):
            how = self.chance.choices(MARKS, (6, 2, 1, 1))[0] if at > 1 else Attendance.PRESENT
            runner.do(commands.mark, member, how)
            came[member] = how
        for _ in range(self.chance.choice((0, 0, 0, 1, 2))):
            runner.do(commands.welcome_guest)
        runner.do(commands.begin)
        return came

    def _run_round(self, runner: MeetingRunner, came: dict[str, Attendance]) -> None:
        """The round. Some members arrive late and some leave, once each."""
        may_move = list(came)
        self.chance.shuffle(may_move)
        while runner.meeting.phase is Phase.READY:
            runner.wait()
            if may_move and self.chance.random() < 0.3:
                self._arrive_or_leave(runner, may_move.pop(), came)
            elif runner.meeting.person(runner.speaker or "").here:
                runner.whole_turn()
            else:
                runner.do(commands.pass_turn)
        for member, how in came.items():
            if how is Attendance.LATE and not runner.meeting.person(member).here:
                came[member] = Attendance.ABSENT

    def _arrive_or_leave(
        self, runner: MeetingRunner, member: str, came: dict[str, Attendance]
    ) -> None:
        if not runner.meeting.person(member).here:
            runner.do(commands.arrive, member)
            came[member] = Attendance.LATE
        elif len(runner.meeting.here) > 1:
            runner.do(commands.leave, member)
            came[member] = Attendance.LEFT_EARLY

    def _close(self, runner: MeetingRunner) -> None:
        if self.chance.random() < 0.1:
            runner.do(closing_commands.close_as_it_stands)
            return
        choices = [each for each in CycleChoice if each is not CycleChoice.GRADUATE]
        runner.look_back(self.chance.choice(choices))
        try:
            runner.close()
        except RuleError:
            # The date on the screen has passed meanwhile.
            runner.do(closing_commands.close_as_it_stands)
