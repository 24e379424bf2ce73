"""`circle-tui today`: a member alone, in a terminal of the real program or without one."""

import re
import signal
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle.state import Win

from . import facilitator
from .daily_commitments import READ, RUN, WRITE, make, one, today_in, won, zone_where_it_is
from .sandbox import Sandbox
from .terminal import Terminal

ASKED = "y yes"


def left_as_it_was(terminal: Terminal) -> bool:
    """Neither the terminal's settings nor its screen were taken, and no code was sent to it."""
    return terminal.flags == terminal.flags_before and b"\x1b" not in terminal.raw


# One key


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["y", "Y"])
def test_a_yes_is_one_key_and_no_enter(sandbox: Sandbox, key: str) -> None:
    file = one(sandbox)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    assert RUN in terminal.text
    terminal.press(key)
    assert terminal.wait_exit() == 0
    (win,) = file.read().wins
    assert win.commitment == "c1"
    assert abs(win.day - datetime.now(UTC).date()) <= timedelta(days=1)
    assert "A win for today, Maya." in terminal.text
    assert READ not in terminal.text
    assert WRITE not in terminal.text
    assert left_as_it_was(terminal)


def test_a_no_takes_todays_yes_back_and_is_not_kept_itself(sandbox: Sandbox) -> None:
    file = one(sandbox, wins=(Win("c1", date(2026, 3, 9)),))
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 0
    assert won(file) == ["c1", "c1"]
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    terminal.press("n")
    assert terminal.wait_exit() == 0
    assert file.read().wins == (Win("c1", date(2026, 3, 9)),)
    assert "A “no” isn't recorded" in terminal.text
    assert left_as_it_was(terminal)


def test_nothing_is_said_of_other_days(sandbox: Sandbox) -> None:
    one(sandbox)
    without = sandbox.run_in_process("today", "Maya", "--yes").stdout
    today = today_in(zone_where_it_is(12))
    days = tuple(Win("c1", today - timedelta(days=ago)) for ago in (1, 2, 5))
    make(sandbox, ("m1", RUN, True), name="Other", members="Zoe, Tom", wins=days)
    assert sandbox.run_in_process("today", "Zoe", "--yes").stdout == without.replace("Maya", "Zoe")
    terminal = sandbox.start("today", "Zoe")
    terminal.wait_for(ASKED)
    terminal.press("y")
    assert terminal.wait_exit() == 0
    assert len(terminal.said_after_leaving.splitlines()) == 3


@pytest.mark.sampled(1)
@pytest.mark.parametrize("key", ["esc", "q", "ctrl+c", "\x04"])
def test_whoever_leaves_changes_nothing(sandbox: Sandbox, key: str) -> None:
    file = one(sandbox)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    terminal.press(key)
    assert terminal.wait_exit() == 0
    assert won(file) == []
    assert "Nothing has changed." in terminal.text
    assert left_as_it_was(terminal)


def test_other_keys_are_no_answer(sandbox: Sandbox) -> None:
    file = one(sandbox)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    terminal.press("x", "enter", "up", "down", "\x1b[15~", "\x1bOP", "ÿ", "space", "y")
    assert terminal.wait_exit() == 0
    assert won(file) == ["c1"]


def test_each_daily_one_is_asked_for_and_keys_typed_ahead_count(sandbox: Sandbox) -> None:
    file = make(sandbox, ("m1", RUN, True), ("m1", READ, True), ("m1", WRITE, True))
    terminal = sandbox.start("today", "Maya")
    terminal.press("y", "n", "y")
    assert terminal.wait_exit() == 0
    assert won(file) == ["c1", "c3"]
    assert terminal.text.count("Today?") == 3


def test_what_was_answered_before_leaving_is_kept(sandbox: Sandbox) -> None:
    file = make(sandbox, ("m1", RUN, True), ("m1", READ, True))
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    terminal.press("y")
    terminal.wait_for(READ)
    terminal.press("esc", "esc")
    assert terminal.wait_exit() == 0
    assert won(file) == ["c1"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(sandbox: Sandbox, number: signal.Signals) -> None:
    file = one(sandbox)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    assert terminal.flags != terminal.flags_before
    terminal.kill(number)
    assert terminal.wait_exit() == 128 + number
    assert left_as_it_was(terminal)
    assert won(file) == []


def test_a_window_that_is_closed_ends_it(sandbox: Sandbox) -> None:
    file = one(sandbox)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    terminal.hang_up()
    terminal.wait_exit()
    assert won(file) == []
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 0


# Which day


def test_after_midnight_a_yes_belongs_to_the_evening_before(sandbox: Sandbox) -> None:
    file = make(sandbox, ("m1", RUN, True), hour=1)
    yesterday = today_in(file.read().circle.zone) - timedelta(days=1)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(f"Yesterday, {yesterday:%A}?")
    terminal.press("y")
    assert terminal.wait_exit() == 0
    assert file.read().wins == (Win("c1", yesterday),)
    assert f"A win for yesterday, {yesterday:%A}, Maya." in terminal.text
    assert sandbox.run_in_process("today", "Maya", "--no").returncode == 0
    assert won(file) == []


@pytest.mark.parametrize("hour", [1, 12])
def test_yesterday_says_it_outright(sandbox: Sandbox, hour: int) -> None:
    file = make(sandbox, ("m1", RUN, True), hour=hour)
    yesterday = today_in(file.read().circle.zone) - timedelta(days=1)
    done = sandbox.run_in_process("today", "Maya", "--yes", "--yesterday")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{yesterday:%A}" in done.stdout
    assert file.read().wins == (Win("c1", yesterday),)


def test_today_is_the_circles_day_and_says_so_where_the_terminal_has_another(
    sandbox: Sandbox,
) -> None:
    file = one(sandbox)
    zone = file.read().circle.zone
    # Where it is noon in the circle, this terminal is 13 hours from it, and so on another day.
    behind = int(zone.removeprefix("Etc/GMT"))
    sandbox.environment["TZ"] = f"XYZ{behind + (13 if behind <= 0 else -13)}"
    done = sandbox.run_in_process("today", "Maya", "--yes")
    assert done.returncode == 0, done.stderr
    assert re.search(r"A win for today, \w+day UTC([+-]\d\d:00)?, Maya\.", done.stdout)
    assert f"today, {today_in(zone):%A} UTC" in done.stdout


def test_what_was_promised_today_has_no_yesterday(sandbox: Sandbox) -> None:
    file = make(sandbox, ("m1", RUN, True), ("m1", READ, True))
    state = file.read()
    (record,) = state.records
    new = replace(record, id="two", number=2, started=datetime.now(UTC), ended=datetime.now(UTC))
    old, young = record.made
    records = (replace(record, made=(old,)), replace(new, made=(young,)))
    file.save(replace(state, records=records))
    assert sandbox.run_in_process("today", "Maya", "--yes", "--yesterday").returncode == 0
    assert won(file) == ["c1"]
    file.save(replace(state, records=(replace(new, made=(old, young)),)))
    done = sandbox.run_in_process("today", "Maya", "--yes", "--yesterday")
    assert (done.returncode, done.stdout) == (1, "")
    assert "newer than that day" in done.stderr


# Without a terminal


def test_without_a_terminal_the_answer_is_a_flag(sandbox: Sandbox) -> None:
    file = one(sandbox)
    asked = sandbox.run("today", "Maya")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert asked.stderr.startswith("circle-tui: ")
    assert "--yes or --no" in asked.stderr
    assert len(asked.stderr.splitlines()) == 1
    yes = sandbox.run_in_process("today", "Maya", "--yes")
    assert (yes.returncode, yes.stderr) == (0, "")
    assert len(yes.stdout.splitlines()) == 1
    assert won(file) == ["c1"]
    assert sandbox.run_in_process("today", "Maya", "--no").returncode == 0
    assert won(file) == []
    assert sandbox.run_in_process("today", "Maya", "--yes", "--no").returncode == 2


def test_twice_yes_on_one_day_is_one_win(sandbox: Sandbox) -> None:
    file = one(sandbox)
    for _ in range(2):
        sandbox.run_in_process("today", "Maya", "--yes")
    assert won(file) == ["c1"]


def test_who_has_no_daily_one_is_told_how_one_becomes_it(sandbox: Sandbox) -> None:
    one(sandbox)
    done = sandbox.run_in_process("today", "Marc", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no daily commitment" in done.stdout


def test_neither_command_starts_the_screens(sandbox: Sandbox) -> None:
    one(sandbox)
    program = (
        "import sys\n"
        "from circle_tui.cli.main import main\n"
        "for said in (['today', 'Maya', '--yes'], ['checkin', 'Maya', 'It goes.']):\n"
        "    sys.argv = ['circle-tui', *said]\n"
        "    try:\n        main()\n"
        "    except SystemExit as ended:\n        assert not ended.code, ended.code\n"
        "    assert 'circle_tui.cli.' + said[0] in sys.modules\n"
        "    assert 'textual' not in sys.modules, said\n"
    )
    done = sandbox.run_python("-c", program)
    assert done.returncode == 0, done.stderr


# One writes


@pytest.mark.sampled(1)
@pytest.mark.parametrize("said", [("today", "Ana", "--yes"), ("checkin", "Ana", "It goes.")])
def test_while_a_terminal_has_the_circle_it_says_who_and_writes_nothing(
    sandbox: Sandbox, said: tuple[str, ...]
) -> None:
    made = sandbox.run_in_process(
        "new", "Winds", "--members", "Ana, Ben, Caz", "--format", "movement-pod"
    )
    assert made.returncode == 0
    terminal = sandbox.start()
    terminal.wait_for(facilitator.BEGIN_KEY)
    facilitator.wait_for_lock(sandbox, terminal)
    before = sandbox.files()
    done = sandbox.run_in_process(*said)
    assert (done.returncode, done.stdout) == (1, "")
    assert facilitator.OPEN_ELSEWHERE in done.stderr
    assert str(terminal.pid) in done.stderr
    assert sandbox.files() == before


def test_a_question_that_waits_has_the_circle(sandbox: Sandbox) -> None:
    file = one(sandbox)
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for(ASKED)
    done = sandbox.run_in_process("today", "Tom", "--yes")
    assert done.returncode == 1
    assert str(terminal.pid) in done.stderr
    terminal.press("y")
    assert terminal.wait_exit() == 0
    assert sandbox.run_in_process("today", "Tom", "--yes").returncode == 0
    assert won(file) == ["c1", "c3"]
