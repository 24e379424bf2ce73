"""The commands whose results other programs and hands take on: dates, sheets, pairs, a check."""

import argparse
import errno
import io
import os
import shutil
import stat
import subprocess
import sys
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
from circle_tui.store.codec import file_contents
from tests.core.meetings import START, record
from tests.planted_words import CANARY, planted_state

from .sandbox import PROGRAM, Sandbox

NAME = 'Harbour, Pier; "Quay" 🌊'
REST = Retrospective(choice=CycleChoice.REST, worked="", change="")
EVENTS = "BEGIN:VEVENT"


def keep(sandbox: Sandbox, slug: str, state: CircleState) -> Path:
    sandbox.sessions.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = sandbox.sessions / f"{slug}.json"
    path.write_bytes(file_contents.encode(state).to_bytes())
    path.chmod(0o600)
    return path


def circle(
    members: str = "Maya, Tom, דנה", format_key: str = "peer-circle", name: str = NAME
) -> CircleState:
    first = START.replace(year=2090, tzinfo=None)
    made = make_circle(name, members, format_key, zone="UTC", now=START, first=first)
    return CircleState(circle=made)


@pytest.fixture
def harbour(sandbox: Sandbox) -> Path:
    """A circle that has not met."""
    return keep(sandbox, "harbour", circle())


@pytest.fixture
def pair(sandbox: Sandbox) -> Path:
    return keep(sandbox, "pair", circle("Ana, Ben", "trading-pair", "Two"))


@pytest.fixture
def resting(sandbox: Sandbox) -> Path:
    state = replace(circle(name="Quiet"), records=(record(1, looked_back=REST),))
    return keep(sandbox, "quiet", state)


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
def test_a_full_disk_behind_stdout_is_said(sandbox: Sandbox, command: tuple[str, ...]) -> None:
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
def test_without_a_circle_that_is_said(sandbox: Sandbox, command: str) -> None:
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
    keep(sandbox, "late", CircleState(circle=made))
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
    path = keep(sandbox, "harbour", state)
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
    keep(sandbox, "harbour", replace(circle(), records=(record(1, made=made),)))
    for form in ("--text", "--html"):
        said = sandbox.run_in_process("sheet", "--member", "Tom", form).stdout
        assert said.count(CANARY) == 1
        assert f"{CANARY} 2" in said


# Pairs


def test_pairs_come_with_their_reason_in_any_order_of_the_list(sandbox: Sandbox) -> None:
    rows = ["Maya,focus; writing,Pier", 'Tom,"Writing",', 'Lena,"focus; x, y",Pier', "Sam,x,"]
    said = set()
    for order in (rows, rows[::-1]):
        (sandbox.home / "people.csv").write_text("\n".join(["name,topics,circle", *order]))
        done = sandbox.run_in_process("partners", "people.csv")
        assert (done.returncode, done.stderr) == (0, "")
        said.add(done.stdout)
    assert said == {
        "Maya and Tom: writing\n\n"
        "Lena and Sam: no topic in common with anyone free. Ask for one more topic each.\n"
    }


def test_whoever_waits_for_the_pairs_of_very_many_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.cli import partners

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    rows = [f"P{number:03},focus,c{number}" for number in range(12)]
    (tmp_path / "people.csv").write_text("\n".join(["name,topics,circle", *rows]))
    monkeypatch.setattr(partners, "_MANY", 11)
    for stderr, said in ((Terminal(), "Looking for the best pairs among 12"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stderr)
        asked = argparse.Namespace(file=tmp_path / "people.csv", output=tmp_path / "pairs.txt")
        assert partners.run(asked) == 0
        assert stderr.getvalue().startswith(said)
        assert bool(stderr.getvalue()) == bool(said)
    assert len((tmp_path / "pairs.txt").read_text().splitlines()) == 6


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=lambda each: each
)
def test_a_list_is_read_in_the_encodings_of_spreadsheets(sandbox: Sandbox, encoding: str) -> None:
    content = "Name;Topics\r\nChloé;schreiben\r\nJürgen;Schreiben\r\n"
    (sandbox.home / "people.csv").write_bytes(content.encode(encoding))
    done = sandbox.run_in_process("partners", "people.csv", "-o", "pairs.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert (sandbox.home / "pairs.txt").read_text() == "Chloé and Jürgen: schreiben\n"


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"", (), "people.csv: It's empty."),
        (b"name,topics\nMaya,x\n", (), "people.csv: Write at least two people into it."),
        (b"name,topics\nMaya,x\n,y\n", (), "people.csv: Line 3 has no name."),
        (b"PK\x03\x04\x00\x00\x81\x8d", (), "people.csv isn't text: save the table as CSV"),
        (b"name,topics\nMaya,x\nTom,x\n", ("-o", "people.csv"), "is the list itself"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_sentence_and_stays(
    sandbox: Sandbox, content: bytes, more: tuple[str, ...], said: str
) -> None:
    path = sandbox.home / "people.csv"
    path.write_bytes(content)
    done = sandbox.run_in_process("partners", "people.csv", *more)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert path.read_bytes() == content


def test_a_list_that_is_not_there_is_said(sandbox: Sandbox) -> None:
    for path, said in (("gone.csv", "There's no file gone.csv"), (".", ". isn't a file")):
        done = sandbox.run_in_process("partners", path)
        assert done.returncode == 1
        assert said in done.stderr


# A check


def test_a_check_says_what_is_damaged_and_mends_it_only_when_asked(
    sandbox: Sandbox, harbour: Path
) -> None:
    done = sandbox.run_in_process("check")
    assert done.returncode == 0
    assert "harbour.json is fine: 0 meetings" in done.stdout
    assert done.stdout.endswith("Everything is fine.\n")
    whole = harbour.read_bytes()
    backup = harbour.with_name("harbour.json.bak")
    backup.write_bytes(whole)
    backup.chmod(0o600)
    harbour.write_bytes(whole[:99])
    done = sandbox.run_in_process("check")
    assert done.returncode == 1
    assert "check --repair" in done.stdout
    assert harbour.read_bytes() == whole[:99]
    done = sandbox.run_in_process("check", "--repair")
    assert done.returncode == 0
    assert "The damaged file is in harbour.json.damaged." in done.stdout
    assert harbour.read_bytes() == whole
    assert harbour.with_name("harbour.json.damaged").read_bytes() == whole[:99]


def test_a_check_of_another_folder_looks_there(sandbox: Sandbox, harbour: Path) -> None:
    other = sandbox.home / "other"
    other.mkdir()
    assert sandbox.run_in_process("check", "other").returncode == 1
    shutil.copy(harbour, other / "north.json")
    assert "north.json is fine" in sandbox.run_in_process("check", "other").stdout
    done = sandbox.run_in_process("check", str(harbour))
    assert done.returncode == 1
    assert "isn't a folder" in done.stderr


def test_a_folder_in_which_nothing_can_be_written_is_said(
    sandbox: Sandbox, harbour: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = harbour.read_bytes()
    harbour.with_name("harbour.json.bak").write_bytes(whole)
    harbour.write_bytes(b"{")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("circle_tui.store.inspection.atomic.replace_file", refuse)
    done = sandbox.run_in_process("check", "--repair")
    assert done.returncode == 1
    assert "The disk is full" in done.stderr
    assert harbour.read_bytes() == b"{"


# Completions

LINES = (
    (("circle-tui", "cal"), {"calendar"}),
    (("circle-tui", "calendar", "--ne"), {"--next"}),
    (("circle-tui", "calendar", "--circle", "ha"), {"harbour"}),
    (("circle-tui", "export", "fa"), {"facts"}),
    (("circle-tui", "export", "circle", ""), {"harbour"}),
    (("circle-tui", "watch", "har"), {"harbour"}),
    (("circle-tui", "completions", ""), {"bash", "zsh", "fish", "circles"}),
)


@pytest.mark.usefixtures("harbour")
def test_bash_completes_commands_options_and_circles(sandbox: Sandbox, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    _program_on_path(sandbox)
    (tmp_path / "c.bash").write_text(sandbox.run_in_process("completions", "bash").stdout)
    asked = "\n".join(f"try {' '.join(map(repr, words))}" for words, _ in LINES)
    done = _shell(
        sandbox,
        bash,
        f"source {tmp_path / 'c.bash'}\ncomplete -p circle-tui >&2\n"
        'try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()\n'
        '_shtab_circle_tui circle-tui "${@: -1}" "${@: -2:1}"; echo "${COMPREPLY[*]}"; }\n' + asked,
    )
    assert "_shtab_circle_tui circle-tui" in done.stderr
    assert [set(line.split()) for line in done.stdout.splitlines()] == [each for _, each in LINES]


@pytest.mark.usefixtures("harbour")
def test_bash_completes_the_circles_of_the_folder_that_was_named(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    _program_on_path(sandbox)
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    shutil.copy(sandbox.sessions / "harbour.json", elsewhere / "pier.json")
    (tmp_path / "c.bash").write_text(sandbox.run_in_process("completions", "bash").stdout)
    done = _shell(
        sandbox,
        bash,
        f"source {tmp_path / 'c.bash'}\n"
        f'COMP_WORDS=(circle-tui --sessions "{elsewhere}" sheet --circle ""); COMP_CWORD=5\n'
        '_shtab_circle_tui circle-tui "" --circle; echo "${COMPREPLY[*]}"\n',
    )
    assert done.stdout == "pier\n"


@pytest.mark.full
@pytest.mark.usefixtures("harbour")
def test_fish_completes_commands_options_and_circles(sandbox: Sandbox, tmp_path: Path) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("fish is not installed")
    _program_on_path(sandbox)
    (tmp_path / "c.fish").write_text(sandbox.run_in_process("completions", "fish").stdout)
    for words, expected in LINES:
        done = _shell(
            sandbox, fish, f'source {tmp_path / "c.fish"}; complete -C "{" ".join(words)}"'
        )
        assert expected <= {line.split("\t")[0] for line in done.stdout.splitlines()}


def test_zsh_takes_its_script(sandbox: Sandbox, tmp_path: Path) -> None:
    zsh = shutil.which("zsh")
    if zsh is None:
        pytest.skip("zsh is not installed")
    script = tmp_path / "_circle-tui"
    script.write_text(sandbox.run_in_process("completions", "zsh").stdout)
    done = _shell(sandbox, zsh, f"autoload -U compinit; compinit -u; source {script}; print fine")
    assert done.stdout.endswith("fine\n")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shells_script_knows_every_command(sandbox: Sandbox, shell: str) -> None:
    from circle_tui.cli.main import _MODULES

    script = sandbox.run_in_process("completions", shell).stdout
    assert all(command in script for command in _MODULES if command is not None)
    assert "_circle_tui_circles" in script or "completions circles" in script


def test_circles_are_listed_where_they_are_one_word_for_a_shell(sandbox: Sandbox) -> None:
    for slug in ("harbour", "two words", "a;b", "north-2"):
        keep(sandbox, slug, circle(name=slug))
    assert sandbox.run_in_process("completions", "circles").stdout == "harbour\nnorth-2\n"


def _program_on_path(sandbox: Sandbox) -> None:
    """Let a shell in the sandbox find the program by its name."""
    folder = sandbox.home / "bin"
    folder.mkdir()
    program = folder / "circle-tui"
    program.write_text(f'#!/bin/sh\nexec {" ".join(PROGRAM)} "$@"\n')
    program.chmod(0o755)
    sandbox.environment["PATH"] = f"{folder}{os.pathsep}{os.defpath}"


def _shell(sandbox: Sandbox, shell: str, script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (shell, "-c", script),
        capture_output=True,
        encoding="utf-8",
        env=sandbox.environment,
        cwd=sandbox.home,
        timeout=60,
        check=True,
    )
