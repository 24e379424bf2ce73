"""What a member does alone, in a terminal of the real program or without one: today, a check-in."""

import codecs
import os
import re
import signal
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.record import MeetingRecord, NewCommitment
from circle_tui.core.circle.state import CircleState, Win
from circle_tui.store.circle_file import CircleFile

from . import facilitator
from .sandbox import Sandbox
from .terminal import Terminal

RUN, READ, WRITE = "I run before breakfast", "I read ten pages", "I write a page"
ASKED = "y yes"
BEGAN = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)


def zone_where_it_is(hour: int) -> str:
    """A zone in which it is about that hour now."""
    ahead = (hour - datetime.now(UTC).hour + 12) % 24 - 12
    # These names count the other way round.
    return f"Etc/GMT{-ahead:+d}"


def today_in(zone: str) -> date:
    return datetime.now(ZoneInfo(zone)).date()


def make(
    sandbox: Sandbox,
    *promised: tuple[str, str, bool],
    name: str = "Harbour",
    members: str = "Maya, Marc, Tom",
    wins: tuple[Win, ...] = (),
    hour: int = 12,
) -> CircleFile:
    """A circle that has met once, where it is about that `hour` now.

    `promised` are member, words, and whether daily.
    """
    zone = zone_where_it_is(hour)
    sandbox.environment["TZ"] = zone
    circle = make_circle(name, members, "movement-pod", zone=zone, now=BEGAN)
    made = tuple(
        NewCommitment(f"c{number}", member, words, daily=daily)
        for number, (member, words, daily) in enumerate(promised, 1)
    )
    record = MeetingRecord(
        id="one",
        number=1,
        cycle=1,
        started=BEGAN,
        ended=BEGAN + timedelta(hours=1),
        opener="m1",
        order=("m1",),
        attendance={"m1": Attendance.PRESENT},
        guests=0,
        made=made,
        answered=(),
        next=None,
        reaches_out={},
    )
    file = CircleFile.create(sandbox.sessions, circle)
    file.save(CircleState(circle=circle, records=(record,), wins=wins))
    return file


def one(sandbox: Sandbox, **more: tuple[Win, ...]) -> CircleFile:
    """A circle in which Maya has one daily commitment and another one, and Tom one."""
    promised = (("m1", RUN, True), ("m1", READ, False), ("m3", WRITE, True))
    return make(sandbox, *promised, **more)


def won(file: CircleFile) -> list[str]:
    """The commitments won, once for each day."""
    return [each.commitment for each in file.read().wins]


def left_as_it_was(terminal: Terminal) -> bool:
    """Neither the terminal's settings nor its screen were taken, and no code was sent to it."""
    return terminal.flags == terminal.flags_before and b"\x1b" not in terminal.raw


def test_a_circle_is_meant_by_its_own_name_or_by_its_files(sandbox: Sandbox) -> None:
    make(sandbox, ("m1", RUN, True), name="José's Circle", members="Maya, Tom")
    other = make(sandbox, ("m1", READ, True), name="Quay", members="Maya, Tom")
    for named in ("jose-s-circle", "jose’s circle", "Josés"):
        done = sandbox.run_in_process("today", "Maya", "--yes", "--circle", named)
        assert done.returncode == 0, done.stderr
    assert other.read().wins == ()
    done = sandbox.run_in_process("today", "Maya", "--yes", "--circle", "Harbour")
    assert done.returncode == 2
    assert "--circle takes jose-s-circle, quay." in done.stderr


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


# Whose


@pytest.mark.parametrize(
    ("typed", "name"), [("Zoe", "Zoë"), ("OBrien", "O’Brien"), ("o'brien", "O’Brien")]
)
def test_a_name_is_found_without_its_accents_and_with_another_apostrophe(
    sandbox: Sandbox, typed: str, name: str
) -> None:
    file = make(sandbox, ("m1", RUN, True), members=f"{name}, Marc")
    assert sandbox.run_in_process("today", typed, "--yes").returncode == 0
    assert won(file) == ["c1"]


@pytest.mark.parametrize("name", ["maya", "MAYA", "may", " Maya "])
def test_a_name_is_found_without_capitals_and_by_its_beginning(sandbox: Sandbox, name: str) -> None:
    file = one(sandbox)
    assert sandbox.run_in_process("today", name, "--yes").returncode == 0
    assert won(file) == ["c1"]


@pytest.mark.parametrize(
    ("name", "said"), [("ma", "Maya and Marc"), ("Zoe", "Maya, Marc and Tom"), ("", "Maya")]
)
def test_a_name_that_is_not_clear_is_answered_with_the_names(
    sandbox: Sandbox, name: str, said: str
) -> None:
    file = one(sandbox)
    done = sandbox.run_in_process("today", name, "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert won(file) == []


def test_one_name_in_two_circles_needs_the_circle(sandbox: Sandbox) -> None:
    harbour = one(sandbox)
    other = make(sandbox, ("m1", RUN, True), name="Four Winds", members="Maya, Zoe")
    asked = sandbox.run_in_process("today", "Maya", "--yes")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "--circle four-winds or --circle harbour" in asked.stderr
    assert (
        sandbox.run_in_process("today", "Maya", "--yes", "--circle", "four-winds").returncode == 0
    )
    assert (won(harbour), won(other)) == ([], ["c1"])
    assert sandbox.run_in_process("today", "Marc", "--yes").returncode == 0
    wrong = sandbox.run_in_process("today", "Maya", "--yes", "--circle", "nowhere")
    assert wrong.returncode == 2
    assert "four-winds, harbour" in wrong.stderr


def test_who_left_is_not_found(sandbox: Sandbox) -> None:
    file = one(sandbox)
    state = file.read()
    maya, *others = state.circle.members
    members = (replace(maya, left=BEGAN), *others)
    file.save(replace(state, circle=replace(state.circle, members=members)))
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 2


def test_where_there_is_no_circle_or_none_to_be_read_it_says_so(sandbox: Sandbox) -> None:
    none = sandbox.run_in_process("today", "Maya", "--yes")
    assert (none.returncode, none.stdout) == (1, "")
    assert "no circle" in none.stderr
    sandbox.sessions.mkdir(parents=True)
    (sandbox.sessions / "torn.json").write_text('{"circle": {"1": {"sch')
    torn = sandbox.run_in_process("today", "Maya", "--yes")
    assert torn.returncode == 1
    assert "is damaged" in torn.stderr
    file = one(sandbox)
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 0
    assert won(file) == ["c1"]


@pytest.mark.parametrize("by", ["--sessions=~/circles", "--sessions", "variable"])
def test_a_tilde_is_the_home_folder_also_where_no_shell_has_put_it_in(
    sandbox: Sandbox, by: str
) -> None:
    one(sandbox)
    sandbox.sessions.rename(sandbox.home / "circles")
    chosen = [by] if "=" in by else [by, "~/circles"]
    if by == "variable":
        sandbox.environment["CIRCLE_SESSIONS"] = "~/circles"
        chosen = []
    done = sandbox.run_in_process(*chosen, "today", "Maya", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert won(CircleFile(sandbox.home / "circles" / "harbour.json")) == ["c1"]
    reviewed = sandbox.run_in_process(*chosen, "review", "--csv", "--output=~/who.csv")
    assert (reviewed.returncode, reviewed.stderr) == (0, "")
    assert (sandbox.home / "who.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"circle,")
    assert not (sandbox.home / "~").exists()


@pytest.mark.parametrize(
    ("chosen", "variable"),
    [
        (["--sessions=~nobody-here/circles"], ""),
        ([], "~nobody-here/circles"),
        (["--sessions="], ""),
    ],
)
def test_a_home_that_there_is_not_and_a_folder_without_a_name_are_said(
    sandbox: Sandbox, chosen: list[str], variable: str
) -> None:
    sandbox.environment["CIRCLE_SESSIONS"] = variable
    done = sandbox.run_in_process(*chosen, "today", "Maya", "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "write" in done.stderr.splitlines()[-1]


def test_sessions_names_the_folder(sandbox: Sandbox) -> None:
    file = one(sandbox)
    elsewhere = sandbox.home / "elsewhere"
    sandbox.sessions.rename(elsewhere)
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 1
    assert (
        sandbox.run_in_process("--sessions", str(elsewhere), "today", "Maya", "--yes").returncode
        == 0
    )
    assert won(CircleFile(elsewhere / file.path.name)) == ["c1"]


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


# Check-ins


def test_a_check_in_is_kept_for_the_next_gathering(sandbox: Sandbox) -> None:
    file = one(sandbox)
    done = sandbox.run("checkin", "maya", "It goes\nwell. [b]Really[/b].")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1
    (written,) = file.read().checkins
    assert (written.member, written.text) == ("m1", "It goes well. [b]Really[/b].")


def test_a_check_in_can_come_through_a_pipe(sandbox: Sandbox) -> None:
    file = one(sandbox)
    said = "It is hard,\nund schön. \x1b[2J\n".encode() + b"\xff"
    done = sandbox.run("checkin", "Tom", "-", typed=said)
    assert done.returncode == 0, done.stderr
    (written,) = file.read().checkins
    assert written.text.startswith("It is hard, und schön.")
    assert "\x1b" not in written.text


@pytest.mark.parametrize("words", ["", "  ", "x" * 601])
def test_no_words_or_too_many_are_wrong_usage(sandbox: Sandbox, words: str) -> None:
    file = one(sandbox)
    done = sandbox.run_in_process("checkin", "Maya", words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert file.read().checkins == ()


def test_check_ins_are_only_for_formats_that_have_them(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox, members="Maya, Ben")
    done = sandbox.run_in_process("checkin", "Maya", "It goes.")
    assert (done.returncode, done.stdout) == (1, "")
    assert "check-ins" in done.stderr
    file = one(sandbox)
    assert sandbox.run_in_process("checkin", "Maya", "It goes.").returncode == 0
    assert len(file.read().checkins) == 1


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing_is_said(sandbox: Sandbox) -> None:
    one(sandbox)
    sandbox.sessions.chmod(0o500)
    try:
        done = sandbox.run_in_process("today", "Maya", "--yes")
    finally:
        sandbox.sessions.chmod(0o700)
    assert done.returncode == 1
    assert "read-only" in done.stderr


def test_letters_the_terminal_lacks_are_replaced(sandbox: Sandbox) -> None:
    file = make(sandbox, ("m1", "I run 読む", True))
    sandbox.environment |= {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    terminal = sandbox.start("today", "Maya")
    terminal.wait_for("I run ??")
    terminal.press("y")
    assert terminal.wait_exit() == 0
    assert won(file) == ["c1"]
