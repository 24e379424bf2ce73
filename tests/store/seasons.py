"""A circle lived at random, through the program's own storage path: created, amended, met, left.

Invariant: every act is announced before it is made, as the picture it would leave, worked out by
the pure rules alone; and said to be done only where the program acknowledged it. So whoever looks
at the disk afterwards, however the season ended, knows what must be there, and what may be.

Nothing but the program is imported here: a child process runs this file without a test around it.
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
A_MOMENT = timedelta(seconds=7)

Acts = list[events.Events]


class Picture(NamedTuple):
    """What is kept, in short: the circle's state, and the acts of the meeting under way."""

    state: str
    acts: tuple[str, ...] = ()


NOTHING = Picture("")


def picture(state: CircleState | None, acts: Acts) -> Picture:
    """The picture of both; a meeting that was closed counts as kept."""
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
    # Made by chance: it is the same in no two lives.
    circle = msgspec.structs.replace(state.circle, id="")
    state = msgspec.structs.replace(state, circle=circle)
    kept = file_contents.encode(state).to_bytes()
    return Picture(
        hashlib.sha256(kept).hexdigest()[:16],
        tuple(_short("\n".join(map(events.to_json, act))) for act in acts),
    )


def _short(said: str) -> str:
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Witness(Protocol):
    """Whoever remembers what was acknowledged."""

    def about_to(self, after: Picture) -> None:
        """The next act would leave this; it may come through without being acknowledged."""

    def done(self, now: Picture) -> None:
        """The program has acknowledged that this is what stands."""

    def found(self, now: Picture, but_for_the_hold: Picture) -> None:
        """The program was opened and shows this; it may have held a share that was running."""

    def failed(self, sentence: str) -> None:
        """The program has said that it could not keep the act."""


def harbour() -> Circle:
    """The circle that every season is about."""
    return make_circle(
        "Harbour",
        "Ana, Ben, Chloé",
        "movement-pod",
        first=FIRST.replace(tzinfo=None),
        zone="Europe/London",
        now=FIRST,
    )


class Season:
    """The life of one circle in `folder`, one act at a time, as `chance` has it."""

    def __init__(self, folder: Path, chance: Random, now: datetime, witness: Witness) -> None:
        self.path = folder / f"{SLUG}.json"
        self.chance = chance
        self.clock = ManualClock(now)
        self.witness = witness
        self.opened: CircleService | None = None

    @property
    def live(self) -> LiveMeeting | None:
        """The meeting that is open."""
        return None if self.opened is None else self.opened.live

    def step(self) -> None:
        """One act, or the attempt at one."""
        self.clock.move(A_MOMENT)
        try:
            if self.opened is None:
                self._open()
            elif self.live is None:
                self._between(self.opened)
            elif self.live.meeting.phase is Phase.CLOSED and self.live.trouble is None:
                self._finish(self.opened)
            else:
                self._meet(self.opened, self.live)
        except (SaveError, LoadError, RuleError) as failure:
            self.witness.failed(str(failure))

    def settled(self) -> bool:
        """Whether all that was done is kept."""
        return self.opened is not None and (self.live is None or self.live.trouble is None)

    def leave(self) -> None:
        """Let go of everything, as leaving the program does."""
        if self.live is not None and self.live.untouched:
            self.witness.about_to(self._after([]))
        if self.opened is not None:
            self.opened.close()
        self.opened = None

    def die(self) -> None:
        """Let go of this process's hold alone; for a program that died where no process did."""
        if self.opened is not None:
            if self.opened.live is not None:
                self.opened.live._journal.close()
                self.opened.live = None
            self.opened.close()
        self.opened = None

    def _after(self, acts: Acts, state: CircleState | None = None) -> Picture:
        assert self.opened is not None
        return picture(state or self.opened.state, acts)

    def _stands(self) -> Picture:
        return self._after([] if self.live is None else self.live._acts)

    # Opening

    def _open(self) -> None:
        if not self.path.exists():
            circle = harbour()
            self.witness.about_to(picture(CircleState(circle=circle), []))
            CircleFile.create(self.path.parent, circle)
        opened = CircleService(CircleFile(self.path), self.clock)
        try:
            try:
                opened.resume()
            except LoadError as empty:
                if "has nothing in it any more" not in str(empty):
                    raise
                # Only a beginning that was never acknowledged may leave that; it shows below.
                opened.set_aside()
        except BaseException:
            opened.close()
            raise
        if opened.reading_only is not None:
            opened.close()
            self.witness.failed(opened.reading_only)
            return
        self.opened = opened
        acts = [] if self.live is None else self.live._acts
        held = self.live is not None and self.live.gap_held
        self.witness.found(self._stands(), self._after(acts[:-1] if held else acts))

    def _acknowledge(self) -> None:
        if self.live is not None and self.live.trouble is not None:
            self.witness.failed(self.live.trouble)
            if "open the circle again" in self.live.trouble:
                self.leave()
        else:
            self.witness.done(self._stands())

    # Between two meetings

    def _between(self, opened: CircleService) -> None:
        chance = self.chance.random()
        if chance < 0.1:
            self._begin(opened)
        elif chance < 0.25 and opened.can_undo:
            self.witness.about_to(self._after([], opened._done[-1][0].before))
            opened.undo()
            self._acknowledge()
        elif chance < 0.28 and opened.can_redo:
            change = opened._undone[-1]
            assert isinstance(change, CircleChange)
            self.witness.about_to(self._after([], change.after))
            opened.redo()
            self._acknowledge()
        elif chance < 0.32:
            self.leave()
        else:
            self._amend(opened)

    def _begin(self, opened: CircleService) -> None:
        opened.read()
        if opened.context.resting:
            self.witness.about_to(self._after([], rebooking.wake(opened.state, opened.now)))
            opened.execute(rebooking.wake)
        else:
            self.clock.moment = max(self.clock.moment, planned(opened.state))
            now = self.clock.now()
            context = msgspec.structs.replace(
                opened.context, chain=continuity.head_now(opened.state)
            )
            first = events.MeetingOpened(at=now, id=now.isoformat(), context=context)
            self.witness.about_to(self._after([(first,)]))
            opened.begin()
        self._acknowledge()

    def _amend(self, opened: CircleService) -> None:
        for act, said in self._amendments(opened.state):
            try:
                after = act(opened.state, self.clock.now(), *said)
            except RuleError:
                continue
            self.witness.about_to(self._after([], after))
            opened.execute(act, *said)
            self._acknowledge()
            return

    def _amendments(self, state: CircleState) -> list[tuple[Any, tuple[Any, ...]]]:
        person = self.chance.choice(state.active)
        found: list[tuple[Any, tuple[Any, ...]]] = [
            (checkins.check_in, (person.id, self._words())),
            (
                membership.rename,
                (person.id, self.chance.choice("AEIOU") * self.chance.choice((2, 9))),
            ),
        ]
        for each in commitments.open_commitments(state):
            found.append((commitments.change, (each.id, self._words())))
            found.append((commitments.release, (each.id,)))
            found.append((commitments.set_daily, (each.id,)))
        found = self.chance.sample(found, 2)
        # What is most often said anew, and so makes the file now longer and now shorter.
        found += [
            (covenant.write, ()),
            *((covenant.change, (each, self._words())) for each in Clause),
        ]
        self.chance.shuffle(found)
        rare: list[tuple[Any, tuple[Any, ...]]] = []
        if self.chance.random() < 0.1:
            rare = [(membership.join, (self._name(),)), (rebooking.cancel, ())]
            rare += [(membership.forget, (person.id, person.name))] if len(state.active) > 3 else []
            self.chance.shuffle(rare)
        return rare + found

    def _words(self) -> str:
        return self.chance.choice("aé👩") * self.chance.choice((1, 2, 7, 60, 130))

    def _name(self) -> str:
        return "".join(self.chance.choices("abcdefghij", k=8)).title()

    # A meeting

    def _meet(self, opened: CircleService, live: LiveMeeting) -> None:
        # More often than a meeting notices that the machine slept; it also saves what waits.
        live.pulse()
        chance = self.chance.random()
        if live.meeting.phase is Phase.CLOSED:
            pass
        elif chance < 0.12 and not live.untouched:
            self.witness.about_to(self._after(live._acts[:-1]))
            opened.undo()
        elif chance < 0.14 and opened.can_redo:
            again = opened._undone[-1]
            assert isinstance(again, MeetingChange)
            self.witness.about_to(self._after([*live._acts, again.events]))
            opened.redo()
        elif chance < 0.16 and live.trouble is None:
            self.leave()
            return
        elif chance < 0.17:
            self.witness.about_to(self._after([]))
            opened.drop()
        else:
            self._move(opened, live)
        self._acknowledge()

    def _move(self, opened: CircleService, live: LiveMeeting) -> None:
        for move, said in self._moves(live.meeting):
            if live.why_not(move, *said) is None:
                act = move(live.meeting, live.now, *said)
                self.witness.about_to(self._after([*live._acts, act]))
                opened.execute(move, *said)
                return
        raise AssertionError(f"nothing can be done in {live.meeting.phase}")

    def _finish(self, opened: CircleService) -> None:
        opened.finish()
        self._acknowledge()

    def _moves(self, meeting: Meeting) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """What may be tried, best first; the last of them is never refused."""
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
                    held = meeting.countdown is not None and meeting.countdown.held
                    yield commands.resume if held else commands.hold, ()
                if chance < 0.5:
                    yield commands.give_minute, ()
                yield commands.finish, ()
            case Phase.RESPONSES:
                yield commands.respond if chance < 0.3 else commands.end_responses, ()
            case Phase.COMMITMENTS:
                yield from self._about_commitments(meeting, chance)
            case Phase.CLOSING:
                if chance < 0.05:
                    yield closing_commands.close_as_it_stands, ()
                yield from self._closing(meeting)

    def _about_commitments(
        self, meeting: Meeting, chance: float
    ) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        assert meeting.turn is not None
        if meeting.turn.missed is not None:
            if chance < 0.5:
                yield commands.say_what_got_in_the_way, (self._words(),)
            yield commands.reset, (self.chance.choice(list(Reset)), self._words())
            return
        for each in meeting.open_commitments_of(meeting.turn.member):
            if chance < 0.3:
                yield commands.change, (each.id, self._words())
            yield commands.answer, (each.id, self.chance.choice((Outcome.KEPT, Outcome.MISSED)))
        if chance < 0.6 and len(meeting.commitments_made_by(meeting.turn.member)) < 3:
            yield commands.promise, (self._words(),)
        yield commands.end_turn, ()

    def _closing(self, meeting: Meeting) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        match meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                yield closing_commands.look_back, (self._words(),)
            case ClosingStep.CHOICE:
                yield (
                    closing_commands.choose,
                    (self.chance.choice([CycleChoice.RENEW, CycleChoice.REST]),),
                )
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
