"""A circle lives at random through the program's own code: created, changed, met, left.

Invariant: each act is announced to an observer before it is done, as the snapshot it would leave,
which is worked out by the rules alone; and it is reported as done only once the program
acknowledged it. So however a life ends, the observer knows what must be on the disk, and what may
be.

This module imports nothing but the program: a child process runs it without pytest.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple, Protocol

import msgspec

from circle_tui.core.attendance.facts import Attendance, CycleChoice, sort_by_number
from circle_tui.core.circle import (
    checkins,
    commitments,
    continuity,
    covenant,
    membership,
    rebooking,
)
from circle_tui.core.circle.circle import Circle, make_circle
from circle_tui.core.circle.record import Outcome, Reset
from circle_tui.core.circle.schedule import planned
from circle_tui.core.circle.state import CircleState, Clause
from circle_tui.core.errors import RuleError
from circle_tui.core.meeting import closing_commands, commands, events
from circle_tui.core.meeting.meeting import ClosingStep, Meeting, Phase
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import replay
from circle_tui.service.changes import CircleChange, MeetingChange
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents
from circle_tui.store.errors import LoadError, SaveError

FIRST = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)
SLUG = "harbour"
STEP_LENGTH = timedelta(seconds=7)

Acts = list[events.Events]
Call = tuple[Any, tuple[Any, ...]]  # A command and its arguments.


class Snapshot(NamedTuple):
    """What is saved, as hashes: the circle's state, and the acts of the meeting under way."""

    state: str
    acts: tuple[str, ...] = ()


NOTHING = Snapshot("")


def snapshot_of(state: CircleState | None, acts: Acts) -> Snapshot:
    """The snapshot of a state and a meeting's acts; a closed meeting counts as saved."""
    if state is None:
        return NOTHING
    if acts:
        meeting = replay(event for act in acts for event in act)
        if meeting.phase is Phase.CLOSED:
            record = record_of(meeting)
            others = [each for each in state.records if each.id != record.id]
            state = msgspec.structs.replace(state, records=sort_by_number([*others, record]))
            state = continuity.extended(state)
            acts = []
    # Each life draws another random id, so snapshots leave it out.
    circle = msgspec.structs.replace(state.circle, id="")
    state = msgspec.structs.replace(state, circle=circle)
    kept = file_contents.encode(state).to_bytes()
    return Snapshot(
        hashlib.sha256(kept).hexdigest()[:16],
        tuple(_hash("\n".join(map(events.to_json, act))) for act in acts),
    )


def _hash(args: str) -> str:
    return hashlib.sha256(args.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Observer(Protocol):
    """Follows a life, and knows what was acknowledged."""

    def about_to(self, after: Snapshot) -> None:
        """The next act would leave `after`; it may take effect without being acknowledged."""

    def done(self, now: Snapshot) -> None:
        """The program has acknowledged that `now` is saved."""

    def found(self, now: Snapshot, without_pause: Snapshot) -> None:
        """The program was opened and shows `now`.

        If it paused a running share by itself, `without_pause` is the snapshot without that.
        """

    def failed(self, sentence: str) -> None:
        """The program has said that it could not save the act."""


def new_circle() -> Circle:
    """The circle that every random life is about."""
    return make_circle(
        "Harbour",
        "Ana, Ben, Chloé",
        "movement-pod",
        first=FIRST.replace(tzinfo=None),
        zone="Europe/London",
        now=FIRST,
    )


class RandomLife:
    """The life of one circle in `folder`, one act at a time, chosen by `chance`."""

    def __init__(self, folder: Path, chance: Random, now: datetime, observer: Observer) -> None:
        self.path = folder / f"{SLUG}.json"
        self.chance = chance
        self.clock = ManualClock(now)
        self.observer = observer
        self.service: CircleService | None = None

    @property
    def live(self) -> LiveMeeting | None:
        """The meeting under way, if any."""
        return None if self.service is None else self.service.live

    def step(self) -> None:
        """Do one act, or try to."""
        self.clock.move(STEP_LENGTH)
        try:
            if self.service is None:
                self._open()
            elif self.live is None:
                self._act_between_meetings(self.service)
            elif self.live.meeting.phase is Phase.CLOSED and self.live.trouble is None:
                self.service.finish()
                self._acknowledge()
            else:
                self._act_in_meeting(self.service, self.live)
        except (SaveError, LoadError, RuleError) as failure:
            self.observer.failed(str(failure))

    def is_saved(self) -> bool:
        """Whether everything that was done is saved."""
        return self.service is not None and (self.live is None or self.live.trouble is None)

    def leave(self) -> None:
        """Leave the program in the ordinary way."""
        if self.live is not None and self.live.untouched:
            self.observer.about_to(self._snapshot_after([]))
        if self.service is not None:
            self.service.close()
        self.service = None

    def close_as_if_killed(self) -> None:
        """Close the files as the system does for a killed program: nothing is parked or saved."""
        if self.service is not None:
            if self.service.live is not None:
                self.service.live._journal.close()
                self.service.live = None
            self.service.close()
        self.service = None

    def _snapshot_after(self, acts: Acts, state: CircleState | None = None) -> Snapshot:
        assert self.service is not None
        return snapshot_of(state or self.service.state, acts)

    def _current_snapshot(self) -> Snapshot:
        return self._snapshot_after([] if self.live is None else self.live._acts)

    # Opening

    def _open(self) -> None:
        if not self.path.exists():
            circle = new_circle()
            self.observer.about_to(snapshot_of(CircleState(circle=circle), []))
            CircleFile.create(self.path.parent, circle)
        service = CircleService(CircleFile(self.path), self.clock)
        try:
            try:
                service.resume()
            except LoadError as empty:
                if "is empty now" not in str(empty):
                    raise
                # Only a beginning that was not acknowledged may leave that. If it was, `found`
                # notices.
                service.set_aside()
        except BaseException:
            service.close()
            raise
        if service.reading_only is not None:
            service.close()
            self.observer.failed(service.reading_only)
            return
        self.service = service
        acts = [] if self.live is None else self.live._acts
        held = self.live is not None and self.live.gap is not None and self.live.gap.held
        self.observer.found(
            self._current_snapshot(), self._snapshot_after(acts[:-1] if held else acts)
        )

    def _acknowledge(self) -> None:
        if self.live is not None and self.live.trouble is not None:
            self.observer.failed(self.live.trouble)
            if "open the circle again" in self.live.trouble:
                self.leave()
        else:
            self.observer.done(self._current_snapshot())

    # Between two meetings

    def _act_between_meetings(self, service: CircleService) -> None:
        chance = self.chance.random()
        if chance < 0.1:
            self._begin_meeting(service)
        elif chance < 0.25 and service.can_undo:
            self.observer.about_to(self._snapshot_after([], service._done[-1][0].before))
            service.undo()
            self._acknowledge()
        elif chance < 0.28 and service.can_redo:
            change = service._undone[-1]
            assert isinstance(change, CircleChange)
            self.observer.about_to(self._snapshot_after([], change.after))
            service.redo()
            self._acknowledge()
        elif chance < 0.32:
            self.leave()
        else:
            self._change_circle(service)

    def _begin_meeting(self, service: CircleService) -> None:
        service.read()
        if service.context.resting:
            self.observer.about_to(
                self._snapshot_after([], rebooking.wake(service.state, service.now))
            )
            service.execute(rebooking.wake)
        else:
            self.clock.moment = max(self.clock.moment, planned(service.state))
            now = self.clock.now()
            context = msgspec.structs.replace(
                service.context, chain=continuity.head_now(service.state)
            )
            first = events.MeetingOpened(at=now, id=now.isoformat(), context=context)
            self.observer.about_to(self._snapshot_after([(first,)]))
            service.begin()
        self._acknowledge()

    def _change_circle(self, service: CircleService) -> None:
        for act, args in self._circle_commands(service.state):
            try:
                after = act(service.state, self.clock.now(), *args)
            except RuleError:
                continue
            self.observer.about_to(self._snapshot_after([], after))
            service.execute(act, *args)
            self._acknowledge()
            return

    def _circle_commands(self, state: CircleState) -> list[Call]:
        person = self.chance.choice(state.active)
        found: list[Call] = [
            (checkins.check_in, (person.id, self._random_words())),
            (
                membership.rename,
                (person.id, self.chance.choice("AEIOU") * self.chance.choice((2, 9))),
            ),
        ]
        for each in commitments.open_commitments(state):
            found.append((commitments.renegotiate, (each.id, self._random_words())))
            found.append((commitments.release, (each.id,)))
            found.append((commitments.set_daily, (each.id,)))
        found = self.chance.sample(found, 2)
        # These are the most common, so that the file grows and shrinks again.
        found += [
            (covenant.write, ()),
            *((covenant.change, (each, self._random_words())) for each in Clause),
        ]
        self.chance.shuffle(found)
        rare: list[Call] = []
        if self.chance.random() < 0.1:
            rare = [(membership.join, (self._random_name(),)), (rebooking.cancel, ())]
            rare += [(membership.forget, (person.id, person.name))] if len(state.active) > 3 else []
            self.chance.shuffle(rare)
        return rare + found

    def _random_words(self) -> str:
        return self.chance.choice("aé👩") * self.chance.choice((1, 2, 7, 60, 130))

    def _random_name(self) -> str:
        return "".join(self.chance.choices("abcdefghij", k=8)).title()

    # A meeting

    def _act_in_meeting(self, service: CircleService, live: LiveMeeting) -> None:
        # More often than a meeting would notice a sleeping machine. It also saves what waits.
        live.pulse()
        chance = self.chance.random()
        if live.meeting.phase is Phase.CLOSED:
            pass
        elif chance < 0.12 and not live.untouched:
            self.observer.about_to(self._snapshot_after(live._acts[:-1]))
            service.undo()
        elif chance < 0.14 and service.can_redo:
            redone = service._undone[-1]
            assert isinstance(redone, MeetingChange)
            self.observer.about_to(self._snapshot_after([*live._acts, redone.events]))
            service.redo()
        elif chance < 0.16 and live.trouble is None:
            self.leave()
            return
        elif chance < 0.17:
            self.observer.about_to(self._snapshot_after([]))
            service.drop()
        else:
            self._execute_meeting_command(service, live)
        self._acknowledge()

    def _execute_meeting_command(self, service: CircleService, live: LiveMeeting) -> None:
        for command, args in self._meeting_commands(live.meeting):
            if service.why_not(command, *args) is None:
                act = command(live.meeting, live.now, *args)
                self.observer.about_to(self._snapshot_after([*live._acts, act]))
                service.execute(command, *args)
                return
        raise AssertionError(f"nothing can be done in {live.meeting.phase}")

    def _meeting_commands(self, meeting: Meeting) -> Iterator[Call]:
        """What may be tried, most interesting first; the last command is always allowed."""
        chance = self.chance.random()
        somebody = self.chance.choice(meeting.people).id
        match meeting.phase:
            case Phase.GATHERING:
                if chance < 0.3:
                    yield commands.mark, (somebody, self.chance.choice(list(Attendance)[:2]))
                yield commands.begin, ()
                for person in meeting.people:
                    if not person.here:
                        yield commands.mark, (person.id, Attendance.PRESENT)
            case Phase.READY:
                if chance < 0.2:
                    yield commands.arrive_or_leave, (somebody,)
                yield commands.pass_turn if chance < 0.3 else commands.start, ()
            case Phase.SHARE:
                if chance < 0.3:
                    held = meeting.countdown is not None and meeting.countdown.is_paused
                    yield commands.resume if held else commands.pause, ()
                if chance < 0.5:
                    yield commands.give_minute, ()
                yield commands.finish, ()
            case Phase.RESPONSES:
                yield commands.respond if chance < 0.3 else commands.end_responses, ()
            case Phase.COMMITMENTS:
                yield from self._commitment_commands(meeting, chance)
            case Phase.CLOSING:
                if chance < 0.05:
                    yield closing_commands.close_as_it_stands, ()
                yield from self._closing_commands(meeting)

    def _commitment_commands(self, meeting: Meeting, chance: float) -> Iterator[Call]:
        assert meeting.turn is not None
        if meeting.turn.missed is not None:
            if chance < 0.5:
                yield commands.say_what_got_in_the_way, (self._random_words(),)
            yield commands.reset, (self.chance.choice(list(Reset)), self._random_words())
            return
        for each in meeting.open_commitments_of(meeting.turn.member):
            if chance < 0.3:
                yield commands.renegotiate, (each.id, self._random_words())
            yield commands.answer, (each.id, self.chance.choice((Outcome.KEPT, Outcome.MISSED)))
        if chance < 0.6 and len(meeting.commitments_made_by(meeting.turn.member)) < 3:
            yield commands.promise, (self._random_words(),)
        yield commands.end_turn, ()

    def _closing_commands(self, meeting: Meeting) -> Iterator[Call]:
        match meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                yield closing_commands.look_back, (self._random_words(),)
            case ClosingStep.CHOICE:
                choice = self.chance.choice([CycleChoice.RENEW, CycleChoice.REST])
                yield closing_commands.choose, (choice,)
            case ClosingStep.VITALITY:
                yield closing_commands.answer_question, ("yes",)
            case ClosingStep.DATE:
                yield closing_commands.keep_date, ()
                later = self.clock.now() + timedelta(days=20)
                yield closing_commands.propose_date, (f"{later:%Y-%m-%d} 10:00",)
            case ClosingStep.REACH_OUT:
                yield closing_commands.settle_reach_out, (meeting.unreached[0].id, None)
            case ClosingStep.CLOSE:
                yield closing_commands.close, ()
