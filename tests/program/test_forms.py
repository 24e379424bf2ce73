"""The commands whose results other programs and hands take on: dates and sheets."""

import os
import stat
import subprocess
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from msgspec.structs import replace

from circle_tui.core.attendance.facts import CycleChoice
from circle_tui.core.circle import continuity
from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.record import NewCommitment, Retrospective
from circle_tui.core.circle.state import CircleState
from tests.core.meetings import START, record
from tests.planted_words import CANARY, planted_state

from .sandbox import PROGRAM, Sandbox
from .written_circles import NAME, circle, write_circle

REST = Retrospective(choice=CycleChoice.REST, worked="", change="")
EVENTS = "BEGIN:VEVENT"


@pytest.fixture
def pair(sandbox: Sandbox) -> Path:
    return write_circle(sandbox, "pair", circle("Ana, Ben", "trading-pair", "Two"))


@pytest.fixture
def resting(sandbox: Sandbox) -> Path:
    state = replace(circle(name="Quiet"), records=(record(1, looked_back=REST),))
    return write_circle(sandbox, "quiet", state)


FORMS = (
    ("calendar",),
    ("calendar", "--next"),
    ("sheet",),
    ("sheet", "--html"),
    ("sheet", "--member", "Maya"),
)


# Any of them


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize("command", FORMS, ids=" ".join)
def test_stdout_a_dash_and_a_file_hold_the_same(sandbox: Sandbox, command: tuple[str, ...]) -> None:
    plain, dash = sandbox.run_in_process(*command), sandbox.run_in_process(*command, "-o", "-")
    written = sandbox.run_in_process(*command, "-o", "out.file")
    assert (plain.returncode, plain.stderr) == (dash.returncode, dash.stderr) == (0, "")
    assert (written.returncode, written.stdout, written.stderr) == (0, "", "")
    goal = sandbox.home / "out.file"
    assert goal.read_bytes().decode().replace("\r\n", "\n") == plain.stdout == dash.stdout
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    assert not (sandbox.home / "-").exists()


@pytest.mark.parametrize("command", FORMS, ids=" ".join)
@pytest.mark.parametrize(
    "name", ["harbour.json", "harbour.json.bak", "a.live", "a.lock", "b.json.damaged-2"]
)
def test_nothing_of_a_circles_own_is_ever_written_over(
    sandbox: Sandbox, harbour: Path, command: tuple[str, ...], name: str
) -> None:
    goal = harbour.with_name(name)
    before = goal.read_bytes() if goal.exists() else None
    done = sandbox.run_in_process(*command, "-o", str(goal))
    assert (done.returncode, done.stdout) == (1, "")
    assert "is a circle's own file: choose another name" in done.stderr
    assert (goal.read_bytes() if goal.exists() else None) == before


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize("command", [("calendar",), ("sheet",)], ids=" ".join)
@pytest.mark.parametrize(
    ("goal", "said"),
    [("gone/x", "There's no folder"), (".", "isn't a file that can be replaced")],
)
def test_a_goal_that_cannot_be_written_is_one_sentence(
    sandbox: Sandbox, command: tuple[str, ...], goal: str, said: str
) -> None:
    done = sandbox.run_in_process(*command, "-o", goal)
    assert done.returncode == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.sampled(1)
@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize("command", [("calendar",), ("check",)], ids=" ".join)
def test_a_full_disk_behind_stdout_is_reported(sandbox: Sandbox, command: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            (*PROGRAM, *command),
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=sandbox.environment,
            cwd=sandbox.home,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr == "circle-tui: The disk is full: free some space, then try again.\n"


@pytest.mark.usefixtures("harbour", "pair")
@pytest.mark.parametrize("command", ["calendar", "sheet"])
def test_with_several_circles_one_has_to_be_named(sandbox: Sandbox, command: str) -> None:
    done = sandbox.run_in_process(command)
    assert done.returncode == 2
    assert "say which with --circle (harbour, pair)." in done.stderr
    assert sandbox.run_in_process(command, "--circle", "pier").returncode == 2
    assert sandbox.run_in_process(command, "--circle", "harb").returncode == 0


@pytest.mark.parametrize("command", ["calendar", "next", "sheet", "check"])
def test_a_missing_circle_is_reported(sandbox: Sandbox, command: str) -> None:
    done = sandbox.run_in_process(command)
    assert done.returncode == 1
    assert "no circle in" in done.stderr


@pytest.mark.parametrize("command", FORMS[:3], ids=" ".join)
def test_a_file_of_the_same_name_that_is_nobodys_circle_is_replaced_whole(
    sandbox: Sandbox, harbour: Path, command: tuple[str, ...]
) -> None:
    (sandbox.home / "old.txt").write_text("x" * 100_000)
    assert sandbox.run_in_process(*command, "-o", "old.txt").returncode == 0
    assert "xxx" not in (sandbox.home / "old.txt").read_text()


# Dates


@pytest.mark.usefixtures("harbour")
def test_a_calendar_is_read_by_another_program(sandbox: Sandbox) -> None:
    assert sandbox.run_in_process("calendar", "-o", "x.ics").returncode == 0
    read = vobject.readOne((sandbox.home / "x.ics").read_bytes().decode())
    assert len(read.vevent_list) == 6
    assert read.vevent_list[0].summary.value == NAME
    assert "Maya opens" in read.vevent_list[0].description.value


@pytest.mark.usefixtures("pair")
def test_a_pair_has_no_dates_and_a_resting_circle_only_takes_back(
    sandbox: Sandbox, resting: Path
) -> None:
    done = sandbox.run_in_process("calendar", "--circle", "pair")
    assert done.returncode == 1
    assert "nothing for a calendar" in done.stderr
    done = sandbox.run_in_process("calendar", "--circle", "quiet", "--next")
    assert done.returncode == 1
    assert "Quiet is resting" in done.stderr
    done = sandbox.run_in_process("calendar", "--circle", "quiet")
    assert done.returncode == 0
    assert done.stdout.count("STATUS:CANCELLED") == done.stdout.count(EVENTS) - 1


def test_a_change_of_the_file_raises_the_sequence(sandbox: Sandbox, harbour: Path) -> None:
    def sequence() -> int:
        read = vobject.readOne(sandbox.run_in_process("calendar").stdout)
        return int(read.vevent_list[0].sequence.value)

    os.utime(harbour, (2e9, 2e9))
    before = sequence()
    assert sequence() == before
    os.utime(harbour, (2e9 + 1, 2e9 + 1))
    assert sequence() == before + 1


@pytest.mark.usefixtures("harbour", "pair", "resting")
def test_the_next_meeting_is_one_line_whatever_the_circle(sandbox: Sandbox) -> None:
    for slug, said in (
        ("harbour", f"{NAME}: Sunday 5 March 2090, 10:00, in "),
        ("pair", "Two: nothing sent or received yet this week."),
        ("quiet", "Quiet is resting."),
    ):
        done = sandbox.run_in_process("next", "--circle", slug)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(said)
        assert done.stdout.count("\n") == 1
    # Without a name it's the circle that meets next.
    assert sandbox.run_in_process("next").stdout.startswith(NAME)


@pytest.mark.usefixtures("harbour", "resting")
def test_a_mail_is_an_address_that_any_program_takes_apart(sandbox: Sandbox) -> None:
    done = sandbox.run_in_process("next", "--circle", "harbour", "--mailto")
    parts = urlsplit(done.stdout.strip())
    assert (parts.scheme, parts.path) == ("mailto", "")
    fields = parse_qs(parts.query, strict_parsing=True)
    assert fields["subject"] == [f"{NAME}: Sunday 5 March 2090, 10:00 (UTC)"]
    assert "Maya opens" in fields["body"][0]
    assert "\r\n" in fields["body"][0]
    done = sandbox.run_in_process("next", "--circle", "quiet", "--mailto")
    assert (done.returncode, done.stdout) == (1, "")


def test_nobody_is_invited_to_a_meeting_whose_date_has_passed(sandbox: Sandbox) -> None:
    made = make_circle(
        "Late", "Ana, Ben", "pod", zone="UTC", now=START, first=START.replace(tzinfo=None)
    )
    write_circle(sandbox, "late", CircleState(circle=made))
    done = sandbox.run_in_process("next", "--mailto")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Late: was due Thursday 5 March" in done.stderr


@pytest.mark.parametrize("command", ["next", "sheet", "calendar"])
def test_a_damaged_circle_beside_a_whole_one_is_not_passed_over_in_silence(
    sandbox: Sandbox, harbour: Path, command: str
) -> None:
    harbour.with_name("quay.json").write_text('{"circle": {')
    done = sandbox.run_in_process(command)
    assert done.returncode == 0
    assert "quay.json is damaged" in done.stderr
    assert sandbox.run_in_process(command, "--circle", "harbour").stderr == ""


# Sheets


@pytest.mark.usefixtures("harbour", "pair")
def test_a_sheet_is_a_page_by_its_name_and_a_members_own_by_theirs(sandbox: Sandbox) -> None:
    where = ("--circle", "harbour")
    assert sandbox.run_in_process("sheet", *where, "-o", "a.html").returncode == 0
    assert (sandbox.home / "a.html").read_text().startswith("<!DOCTYPE html>")
    assert sandbox.run_in_process("sheet", *where, "--text", "-o", "b.html").returncode == 0
    assert (sandbox.home / "b.html").read_text().startswith(NAME)
    assert sandbox.run_in_process("sheet", "--member", "דנה").stdout.startswith("דנה\n")
    assert sandbox.run_in_process("sheet", "--member", "ana").stdout.startswith("Ana\n")
    done = sandbox.run_in_process("sheet", "--member", "Nobody")
    assert done.returncode == 2
    assert "Nobody here is called" in done.stderr


# Canaries


@pytest.mark.parametrize(
    "command",
    [
        *FORMS,
        *(("next",), ("next", "--mailto"), ("check",), ("completions", "circles")),
        *(("certificate", "Maya"), ("certificate", "Maya", "--json"), ("export", "facts")),
    ],
)
def test_what_leaves_holds_nothing_that_anybody_said(
    sandbox: Sandbox, command: tuple[str, ...]
) -> None:
    state = planted_state("movement-pod")
    ana = replace(state.circle.members[0], name="Maya")
    members = (ana, *state.circle.members[1:])
    state = replace(state, circle=replace(state.circle, id="0a1b" * 8, members=members))
    *earlier, last = state.records
    last = replace(last, next=START.replace(year=2090))
    state = continuity.extended(replace(state, records=(*earlier, last), cancelled=()))
    path = write_circle(sandbox, "harbour", state)
    assert CANARY in path.read_text()
    for damage in (False, True) if command == ("check",) else (False,):
        if damage:
            path.write_bytes(path.read_bytes()[:-40])
        # These two write to stdout itself, beside what a test can catch in its own process.
        own = command[0] in {"certificate", "export"}
        said = sandbox.run(*command) if own else sandbox.run_in_process(*command)
        assert said.stdout
        assert CANARY not in said.stderr
        if "--member" not in command:
            assert CANARY not in said.stdout
        assert not {"Ben", "Cleo", "Maya"} & set(said.stdout.split()) or command != ("check",)


def test_a_members_sheet_holds_their_commitments_alone(sandbox: Sandbox) -> None:
    made = tuple(NewCommitment(f"c{n}", f"m{n}", f"{CANARY} {n}") for n in (1, 2, 3))
    write_circle(sandbox, "harbour", replace(circle(), records=(record(1, made=made),)))
    for form in ("--text", "--html"):
        said = sandbox.run_in_process("sheet", "--member", "Tom", form).stdout
        assert said.count(CANARY) == 1
        assert f"{CANARY} 2" in said
