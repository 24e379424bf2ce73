"""A second terminal follows the meeting of the first, and harms it whatever becomes of it."""

import signal

import pytest

from . import facilitator
from .sandbox import Sandbox
from .terminal import Terminal


def watch(sandbox: Sandbox, *arguments: str) -> Terminal:
    second = sandbox.start("watch", *arguments)
    second.wait_for(facilitator.WATCHING)
    return second


@pytest.mark.full
def test_a_second_terminal_follows_key_by_key_and_shows_no_word(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    second = watch(sandbox)
    second.wait_for("next: Ben")
    first.press("space")
    first.wait_for(facilitator.PAUSED)
    second.wait_for(lambda: "next: Ben" not in second.text)
    first.press("space")
    second.wait_for("next: Ben")
    facilitator.end_share(first, "Ana")
    second.wait_for("commitments")
    facilitator.add_commitment(first, "I call the kanarienvogel")
    first.press("enter")
    first.wait_for(facilitator.about_to_speak("Ben"))
    second.wait_for(facilitator.about_to_speak("Ben"))
    first.press("u")
    second.wait_for("commitments")
    first.wait_for("kanarienvogel")
    assert b"kanarienvogel" not in second.raw


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "end", [signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP], ids=lambda each: each.name
)
def test_the_first_goes_on_whatever_becomes_of_the_second(
    sandbox: Sandbox, end: signal.Signals
) -> None:
    first = facilitator.begin_a_share(sandbox)
    second = watch(sandbox, facilitator.SLUG)
    second.kill(end)
    first.press("space")
    first.wait_for(facilitator.PAUSED)
    first.press("u")
    first.wait_for(facilitator.speaking("Ana"))
    first.press("q", "q")
    assert first.wait_exit() == 0
    facilitator.resume_in_the_share(sandbox)


def test_a_second_terminal_takes_over_when_the_first_is_killed(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    second, third = watch(sandbox), watch(sandbox)
    second.press("enter")
    second.wait_for(str(first.pid))
    first.kill(signal.SIGKILL)
    third.wait_for("The other terminal is gone")
    second.press("enter")
    second.wait_for(facilitator.GAP_NOTICE)
    assert facilitator.seconds_left(second) > 400
    third.wait_for(facilitator.WATCHING)
    second.press("space")
    second.wait_for(facilitator.speaking("Ana"))
    third.wait_for("next: Ben")
    third.press("q")
    assert third.wait_exit() == 0


@pytest.mark.full
def test_a_second_terminal_takes_over_when_the_first_goes_home(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    second = watch(sandbox)
    first.press("q", "q")
    assert first.wait_exit() == 0
    second.wait_for("is paused")
    second.wait_for("Continue it here")
    second.press("enter")
    second.wait_for(facilitator.GAP_NOTICE)
    second.press("q")
    assert second.wait_exit() == 0
    assert set(sandbox.files()) == {
        f"{facilitator.SLUG}{tail}" for tail in (".json", ".live", ".lock")
    }


def test_before_a_meeting_it_waits_for_one(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    second = sandbox.start("watch")
    second.wait_for("No meeting yet")
    first = sandbox.start()
    facilitator.begin(first)
    second.wait_for(facilitator.WATCHING)
    second.wait_for("opens")


def test_a_circle_that_cannot_be_watched_is_reported_in_one_sentence(sandbox: Sandbox) -> None:
    done = sandbox.run_in_process("page")
    assert done.returncode == 1
    assert "There's no circle in" in done.stderr
    facilitator.make_circle(sandbox)
    facilitator.make_circle(sandbox, "Quay", "Eva, Fay, Gil")
    for arguments, said in (
        (("page",), "Which circle? Write one of these after the command: four-winds, quay."),
        (("page", "nobody"), "No circle here is called that. There's four-winds, quay."),
        (("page", "--port", "99999"), "a port is a number from 1 to 65535"),
        (("watch",), "watching needs a terminal"),
    ):
        done = sandbox.run_in_process(*arguments)
        assert done.returncode == 2, arguments
        assert said in done.stderr
        assert "Traceback" not in done.stderr
