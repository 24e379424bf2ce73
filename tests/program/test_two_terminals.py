"""Two programs on one circle: one writes, the other says who."""

import signal

import pytest

from . import facilitator
from .sandbox import Sandbox


def test_a_second_program_says_who_has_the_circle_and_writes_nothing(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    first = sandbox.start()
    first.wait_for(facilitator.BEGIN_KEY)
    facilitator.wait_for_lock(sandbox, first)
    before = sandbox.files()

    second = sandbox.start()
    second.wait_for(facilitator.OPEN_ELSEWHERE)
    second.wait_for(str(first.pid))
    second.press("enter")
    second.wait_for(facilitator.OPEN_ELSEWHERE)
    second.press("q")
    assert second.wait_exit() == 0
    assert sandbox.files() == before

    facilitator.begin(first)


@pytest.mark.full
def test_a_second_program_leaves_a_share_under_way_alone(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    first.press("space")
    first.wait_for(facilitator.PAUSED)
    before = sandbox.files()

    second = sandbox.start()
    second.wait_for(facilitator.WATCHING)
    second.press("enter")
    second.wait_for(facilitator.OPEN_ELSEWHERE)
    second.wait_for(str(first.pid))
    for key in ("enter", "space", "n", "esc"):
        second.press(key)
    second.kill(signal.SIGKILL)
    assert acts(sandbox.files()) == acts(before)

    first.press("space")
    first.wait_for(facilitator.speaking("Ana"))


def acts(files: dict[str, bytes]) -> dict[str, bytes]:
    """All but what a held clock may still note of itself."""
    return {name: content for name, content in files.items() if ".live" not in name}


def test_after_kill_9_the_second_program_can_begin_at_once(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    first = sandbox.start()
    first.wait_for(facilitator.BEGIN_KEY)
    second = sandbox.start()
    second.wait_for(facilitator.OPEN_ELSEWHERE)
    first.kill(signal.SIGKILL)
    second.press("enter")
    second.wait_for(facilitator.FIRST_SEAT)


@pytest.mark.full
def test_after_kill_9_the_second_program_can_go_on_with_the_share_at_once(sandbox: Sandbox) -> None:
    first = facilitator.begin_a_share(sandbox)
    second = sandbox.start()
    second.wait_for(facilitator.WATCHING)
    first.kill(signal.SIGKILL)
    second.press("enter")
    second.wait_for(facilitator.GAP_NOTICE)
    assert facilitator.seconds_left(second) > 400
