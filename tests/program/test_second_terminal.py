"""Two programs on one circle: one writes, the other says who."""

import signal

from . import steps
from .machine import Machine


def test_a_second_program_says_who_has_the_circle_and_writes_nothing(machine: Machine) -> None:
    steps.make_circle(machine)
    first = machine.start()
    first.wait_for(steps.BEGINS)
    before = machine.files()

    second = machine.start()
    second.wait_for(steps.OPEN_ELSEWHERE)
    second.wait_for(str(first.pid))
    second.press("enter")
    second.wait_for(steps.OPEN_ELSEWHERE)
    second.press("q")
    assert second.wait_exit() == 0
    assert machine.files() == before

    steps.begin(first)


def test_a_second_program_leaves_a_share_under_way_alone(machine: Machine) -> None:
    first = steps.begin_a_share(machine)
    first.press("space")
    first.wait_for(steps.HELD)
    before = machine.files()

    second = machine.start()
    second.wait_for(steps.OPEN_ELSEWHERE)
    second.wait_for(str(first.pid))
    for key in ("enter", "space", "n", "esc"):
        second.press(key)
    second.kill(signal.SIGKILL)
    assert acts(machine.files()) == acts(before)

    first.press("space")
    first.wait_for(steps.speaking("Ana"))


def acts(files: dict[str, bytes]) -> dict[str, bytes]:
    """All but what a held clock may still note of itself."""
    return {name: content for name, content in files.items() if ".live" not in name}


def test_after_kill_9_the_second_program_can_begin_at_once(machine: Machine) -> None:
    steps.make_circle(machine)
    first = machine.start()
    first.wait_for(steps.BEGINS)
    second = machine.start()
    second.wait_for(steps.OPEN_ELSEWHERE)
    first.kill(signal.SIGKILL)
    second.press("enter")
    second.wait_for(steps.GATHERED)


def test_after_kill_9_the_second_program_can_go_on_with_the_share_at_once(machine: Machine) -> None:
    first = steps.begin_a_share(machine)
    second = machine.start()
    second.wait_for(steps.OPEN_ELSEWHERE)
    first.kill(signal.SIGKILL)
    second.press("enter")
    second.wait_for(steps.GAP)
    assert steps.seconds_left(second, "Ana") > 400
