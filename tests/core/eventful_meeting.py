"""A meeting that contains every kind of event."""

from datetime import timedelta

from circle_tui.core.attendance.facts import Attendance, CycleChoice
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.replay import apply

from .meetings import START, MeetingRunner, circle_of, commitments_of, record


def eventful_meeting() -> MeetingRunner:
    """A pod's meeting, the last of its cycle, seven weeks after the first: everything happens."""
    made = commitments_of(("m2", "Read"), ("m2", "Run"), ("m2", "Rest"))
    circle = circle_of(5, "pod", length=timedelta(minutes=20), cycle=1)
    first = record(1, made=made, started=START - timedelta(weeks=7))
    runner = MeetingRunner(circle, [first]).do(commands.welcome_guest).do(commands.fit_shares)
    runner.begin(m5=Attendance.ABSENT).do(commands.start).wait(0.25).do(commands.pause).wait()
    runner.do(commands.resume).do(commands.give_minute).do(commands.take_minute).do(
        commands.give_minute
    )
    runner.do(commands.backdate).do(commands.next_step).do(commands.finish).do(commands.respond)
    runner.do(commands.end_responses).do(commands.answer, "c1", commands.Outcome.MISSED)
    runner.do(commands.say_what_got_in_the_way, "the “move”").do(
        commands.reset, commands.Reset.AGAIN
    )
    runner.do(commands.renegotiate, "c2", "Walk").do(commands.answer, "c3", commands.Outcome.KEPT)
    runner.do(commands.promise, "עדה [red]\\").do(commands.arrive_or_leave, "m4").do(
        commands.end_turn
    )
    runner.do(commands.pass_turn).do(commands.arrive, "m5").do(commands.leave, "m3").do(
        closing_commands.cut_short
    )
    runner.do(closing_commands.look_back, "we came").do(closing_commands.look_back, "").do(
        closing_commands.choose, CycleChoice.RENEW
    )
    for answer in ("yes", "partly", "no"):
        runner.do(closing_commands.answer_question, answer)
    runner.do(closing_commands.propose_date, "20 March").do(closing_commands.keep_date)
    # A member who left early was there, so nobody is missing and the reaching out is added by hand.
    settled = commands.events.ReachOutSettled(at=runner.now, missing="m3", by=None)
    runner.acts.append((settled,))
    runner.meeting = apply(runner.meeting, settled)
    return runner.do(closing_commands.close)
