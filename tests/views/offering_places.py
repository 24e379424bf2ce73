"""Places in such states that, together, they offer every command that has a key."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.circle import covenant, membership, settings
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import Outcome
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import common_result, judging, objecting, signing, wording
from circle_tui.core.contracts.contract import TieRule
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import ClosingStep, Phase
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.presenters.arrivals import ArrivalsPresenter
from circle_tui.views.presenters.correction import CorrectionPresenter
from circle_tui.views.presenters.home import HomePresenter
from circle_tui.views.presenters.places import presenter_at, presenter_of, presenter_of_step
from circle_tui.views.presenters.presenter import Presenter
from circle_tui.views.presenters.resume import ResumePresenter
from circle_tui.views.view import Local, Request
from tests.core.contracts.agreements import (
    ADA,
    BEN,
    CLEO,
    CRITERIA,
    DEV,
    DUE,
    FINN,
    REASON,
    RUBRIC,
    K,
    Runner,
    contract_of,
    graded,
    panel,
    reviewed,
    with_stakes,
)
from tests.core.meetings import (
    START,
    MeetingRunner,
    circle_of,
    commitments_of,
    history_of,
    record,
)


class OfferingPlace(NamedTuple):
    """A place in some state, and how many keys lead to all that it offers there."""

    presenter: Presenter
    keys: int = 1


NOW = START + timedelta(days=2)
NEXT = START + timedelta(weeks=2)


def offering_places() -> Iterator[OfferingPlace]:
    """All of them."""
    yield from _between_meetings()
    yield from _in_a_meeting()
    yield from _at_contracts()


def _met(circle: Circle | None = None, **said: object) -> CircleState:
    """A circle that has met once, with a commitment of each of two."""
    made = commitments_of(("m1", "I call the client"), ("m2", "I rest on Sunday"))
    return history_of([record(1, **{"made": made, **said})], circle or circle_of())


def _place(place: Request, state: CircleState, now: datetime = NOW, keys: int = 1) -> OfferingPlace:
    snapshot = CircleSnapshot(state, now)
    return OfferingPlace(presenter_at(place)(lambda: snapshot), keys)


def _home(state: CircleState, now: datetime = NOW) -> OfferingPlace:
    snapshot = CircleSnapshot(state, now)
    return OfferingPlace(HomePresenter(lambda: snapshot))


def _correction(state: CircleState) -> OfferingPlace:
    snapshot = CircleSnapshot(state, NEXT + timedelta(days=1))
    return OfferingPlace(CorrectionPresenter(lambda: snapshot, state.records[-1].id))


def _between_meetings() -> Iterator[OfferingPlace]:
    met = _met()
    absent = {"m1": Attendance.PRESENT, "m2": Attendance.ABSENT}
    resting = MeetingRunner(circle_of(4, cycle=1)).look_back(CycleChoice.REST).close()
    rests = history_of([resting.record], circle_of(4, cycle=1))
    answered = MeetingRunner(state=met, at=NEXT).begin().to_commitments()
    answered.do(commands.answer, "c2", Outcome.KEPT).close()
    pair = CircleState(circle=circle_of(2, "trading-pair"))
    passing = settings.switch(met, NOW, "passes_up")
    yield _home(_met(attendance=absent, reaches_out={"m2": "m1"}))
    yield _home(rests)
    yield _place(Request.COMMITMENTS, met)
    yield _place(Request.COVENANT, met)
    yield _place(Request.COVENANT, covenant.write(met, NOW), keys=2)
    yield _place(Request.PEOPLE, met)
    yield _place(Request.PEOPLE, membership.go_away(met, NOW, "m1"))
    yield _place(Request.SETTINGS, met)
    yield _place(Request.SETTINGS, replace(met, contracts=(contract_of(),)))
    yield _place(Request.REBOOKING, met)
    yield _place(Request.REBOOKING, rests)
    yield _place(Request.CHECKINS, met)
    yield _place(Request.TRADES, pair)
    yield _place(Request.PAPER_MEETING, met, NEXT + timedelta(days=1))
    yield _place(Request.PASSING_UP, passing)
    yield _place(Request.NEW_CONTRACT, met, keys=3)
    yield _correction(history_of([*met.records, answered.record]))


def _meeting(runner: MeetingRunner) -> OfferingPlace:
    snapshot = MeetingSnapshot(runner.meeting, runner.now)
    return OfferingPlace(presenter_of(runner.meeting.phase)(lambda: snapshot))


def _round() -> MeetingRunner:
    return MeetingRunner(state=_met(), at=NEXT).begin()


def _in_a_meeting() -> Iterator[OfferingPlace]:
    # As many people as there are numbers.
    nine = membership.join(_met(circle_of(8)), NOW, "Iris")
    yield _meeting(MeetingRunner(state=nine, at=NEXT))
    yield _meeting(_round())
    late = MeetingRunner(circle_of(4)).begin(m2=Attendance.LATE)
    while late.speaker != "m2":
        late.whole_turn()
    yield _meeting(late)
    yield _meeting(_round().do(commands.start).wait(2))
    yield _meeting(_round().do(commands.start).do(commands.pause))
    yield _meeting(MeetingRunner(circle_of(3, "pod")).begin().do(commands.start))
    yield _meeting(_round().share())
    asked = _round().to_commitments()
    assert asked.speaker == "m2"
    yield _meeting(asked)
    yield _meeting(asked.do(commands.answer, "c2", Outcome.MISSED))
    yield _meeting(asked.do(commands.say_what_got_in_the_way, "The week was full."))
    yield _meeting(_round().to_commitments().do(commands.answer, "c2", Outcome.KEPT))
    running = _round().do(commands.start)
    snapshot = MeetingSnapshot(running.meeting, running.now)
    yield OfferingPlace(ArrivalsPresenter(lambda: snapshot))
    gap = timedelta(hours=2)
    yield OfferingPlace(ResumePresenter(lambda: snapshot, gap, "dropped", held=True, long=True))
    yield from map(_meeting, _closings())


def _closings() -> Iterator[MeetingRunner]:
    """A closing at each of its steps."""
    strong = [record(number, cycle=number) for number in (1, 2, 3)]
    met = history_of(strong, circle_of(4, cycle=1))
    closing = MeetingRunner(state=met, at=START + timedelta(weeks=6))
    closing.begin(m4=Attendance.ABSENT).rest_of_round()
    while closing.meeting.phase is not Phase.CLOSED:
        yield closing
        match closing.meeting.closing_step:
            case ClosingStep.WORKED | ClosingStep.CHANGE:
                closing.do(closing_commands.look_back, "")
            case ClosingStep.CHOICE:
                closing.do(closing_commands.choose, CycleChoice.RENEW)
            case ClosingStep.VITALITY:
                closing.do(closing_commands.answer_question, "yes")
            case ClosingStep.DATE:
                closing.do(closing_commands.keep_date)
            case ClosingStep.REACH_OUT:
                closing.do(closing_commands.settle_reach_out, "m4", None)
            case ClosingStep.CLOSE:
                closing.do(closing_commands.close)


def _step(step: str, run: Runner, keys: int = 1) -> OfferingPlace:
    snapshot = CircleSnapshot(run.state, run.now)
    return OfferingPlace(presenter_of_step(step)(lambda: snapshot, K), keys)


def _confirming(run: Runner) -> OfferingPlace:
    """A contract of which something is confirmed that can't be undone by oneself."""
    place = _step("contract", run, keys=0)
    place.presenter.choose_row(0)
    place.presenter.local(Local.CONFIRM)
    return place


def _graded(**fields: object) -> Runner:
    """Half comes back for Ada's part, all for Ben's."""
    run = Runner(with_stakes(contract_of(judged=graded(**fields)))).opened()  # type: ignore[arg-type]
    run.do(judging.grade, K, ADA, BEN, dict.fromkeys(CRITERIA, "50"))
    return run.do(judging.grade, K, BEN, ADA, dict.fromkeys(CRITERIA, "met"))


def _at_contracts() -> Iterator[OfferingPlace]:
    draft = Runner(contract_of())
    yield _step("contract", draft)
    yield _step("way", draft)
    yield _step("way", Runner(contract_of(judged=graded())))
    on_trial = Runner(with_stakes(contract_of(judged=graded())))
    yield _step("contract", on_trial.do(wording.set_trial, K, "a coffee"))
    yield _step("contract", Runner(contract_of(judged=reviewed())))
    yield _step("contract", Runner(contract_of(judged=panel())))
    voted = Runner(contract_of(judged=graded())).do(common_result.set_common, K, "The flow is live")
    yield _step("contract", voted.do(common_result.set_common_reviewer, K, None))
    running = Runner(contract_of(milestone="A draft")).sign_all()
    yield _step("contract", running)
    yield _confirming(running)
    yield _step("contract", Runner(contract_of(judged=reviewed())).do(signing.sign, K, ADA))
    changed = Runner(contract_of()).sign_all().do(wording.rename, K, "Flow")
    yield _confirming(changed)
    yield _step("look back", Runner(contract_of()).sign_all().at(DUE))
    yield _step("contract", Runner(contract_of(judged=graded())).sign_all().at(DUE))
    yield _step("judge", Runner(contract_of(judged=graded())).opened(), keys=2)
    yield _step("judge", Runner(contract_of(judged=reviewed())).opened(), keys=2)
    yield _step("result", _graded(), keys=2)
    tied = Runner(contract_of(judged=panel(tie=TieRule.DECIDER, decider=FINN))).opened()
    yield _step("result", tied.vote_all("mnp"))
    final = _graded().do(judging.accept_results, K, ADA).do(judging.accept_results, K, BEN)
    yield _step("stakes", final)
    yield _step("map", final)
    yield from _disputes()


def _disputes() -> Iterator[OfferingPlace]:
    for helpers in ({}, {"third": CLEO}, {"third": CLEO, "decider": DEV}):
        yield _step("dispute", _graded(**helpers).do(objecting.object_to, K, ADA, ADA), keys=2)
    run = _graded(third=CLEO, decider=DEV).do(objecting.object_to, K, ADA, ADA)
    yield _step("dispute", run.do(objecting.ask_third, K, ADA, BEN), keys=2)
    yield _step("dispute", run.do(objecting.give_third_opinion, K, ADA, CLEO, "0", REASON))
    yield _step("dispute", run.do(objecting.ask_decider, K, ADA, ADA), keys=2)
    reviews = Runner(contract_of(judged=reviewed())).opened()
    reviews.do(judging.review, K, ADA, CLEO, False, RUBRIC, "80", REASON)
    reviews.do(judging.review, K, BEN, DEV, True, RUBRIC)
    yield _step("dispute", reviews.do(objecting.object_to, K, ADA, ADA), keys=2)
