"""`circle-tui export shared`: the lines that were switched on, and no other word."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import passing_up, settings
from circle_tui.core.circle.circle import make_circle
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from tests.core.meetings import START

from .sandbox import Sandbox
from .test_certificate import NAME, write_circle

COMMAND = ("export", "shared")


@pytest.fixture
def circle(sandbox: Sandbox) -> CircleFile:
    """A circle that passes one of its four lines up."""
    file = write_circle(sandbox.sessions)
    service = CircleService(file, ManualClock(START))
    service.execute(settings.switch, "passes_up")
    service.execute(passing_up.switch, "meeting-4", "c2")
    service.close()
    return file


def test_only_what_was_switched_on_leaves(sandbox: Sandbox, circle: CircleFile) -> None:
    done = sandbox.run(*COMMAND)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("👩‍👩‍👧 \\|: walrus 2\n")
    for word in ("walrus 1", "walrus 3", "walrus 4", "Ben", "present", NAME):
        assert word not in done.stdout


def refused(sandbox: Sandbox, *command: str) -> str:
    done = sandbox.run_in_process(*command)
    assert done.returncode in {1, 2}
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    return done.stderr


def test_where_nothing_was_switched_on_it_says_so(sandbox: Sandbox) -> None:
    write_circle(sandbox.sessions, meetings=1)
    assert "turn that on in the settings" in refused(sandbox, *COMMAND)
    write_circle(sandbox.sessions, "Pier", meetings=0)
    assert "say which with --circle (harbour, pier)" in refused(sandbox, *COMMAND)
    assert "Pier passes nothing up" in refused(sandbox, *COMMAND, "--circle", "pier")


def test_why_nothing_was_passed_up_depends_on_the_circle_and_the_days(
    sandbox: Sandbox, circle: CircleFile
) -> None:
    days = ("--from", "2020-01-01", "--until", "2020-01-02")
    assert "passed nothing up on those days" in refused(sandbox, *COMMAND, *days)
    state = circle.read()
    none = tuple(replace(each, passed_up=()) for each in state.records)
    circle.save(replace(state, records=none))
    for more in ((), days):
        assert "press g at home" in refused(sandbox, *COMMAND, *more)
    pair = make_circle("Two", "Ana, Ben", "trading-pair", zone="UTC", now=START)
    circle.save(replace(state, circle=pair, records=()))
    assert "Two is a trading pair" in refused(sandbox, *COMMAND)


@pytest.mark.parametrize("goal", ["/dev/full", "nowhere/x.md", "harbour.json"])
def test_shared_lines_are_written_whole_or_not_at_all(
    sandbox: Sandbox, circle: CircleFile, goal: str
) -> None:
    target = circle.path if goal == "harbour.json" else sandbox.home / goal
    before = circle.path.read_bytes()
    said = refused(sandbox, *COMMAND, "-o", str(target))
    assert any(each in said for each in ("full", "no folder", "a circle's own file"))
    assert circle.path.read_bytes() == before


def test_neither_facts_nor_a_review_nor_a_certificate_hold_a_line(
    sandbox: Sandbox, circle: CircleFile
) -> None:
    goals = {
        "facts.json": ("export", "facts"),
        "review.json": ("review", str(circle.path), "--json"),
        "review.txt": ("review", str(circle.path), "--text"),
        "ana.json": ("certificate", "Ana", "--json"),
        "ana.md": ("certificate", "Ana"),
    }
    for name, command in goals.items():
        goal: Path = sandbox.home / name
        assert sandbox.run_in_process(*command, "-o", str(goal)).returncode == 0
        said = goal.read_text()
        for word in ("walrus", "passed_up", "passes_up", "continuity"):
            assert word not in said, name
