"""`circle-tui export circle` and `import`: a whole circle moves, and nothing is overwritten."""

import json
import os
import stat
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import membership
from circle_tui.core.circle.circle import make_circle
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from tests.core.meetings import START, commitments_of, record

from .sandbox import Sandbox

LATER = START + timedelta(days=100)


@pytest.fixture
def file(sandbox: Sandbox) -> CircleFile:
    """A circle with a meeting, names of every kind, and what only a newer version knows."""
    circle = make_circle("Harbour", "Ana, Ben", "pod", zone="Asia/Kathmandu", now=START)
    odd = replace(circle.members[0], name="Ana, “x” 👩‍👩‍👧 é")
    file = CircleFile.create(sandbox.sessions, replace(circle, members=(odd, *circle.members[1:])))
    file.add(record(1, made=commitments_of(("m1", "walrus 🦭"))))
    document = json.loads(file.path.read_text())
    document["moods"] = {"1": {"later": [1.5, None]}}
    document["members"]["2"]["shoe size"] = "43"
    file.path.write_text(json.dumps(document))
    return CircleFile(file.path)


@pytest.fixture
def elsewhere(sandbox: Sandbox) -> tuple[str, str]:
    """The options for another machine's folder."""
    return ("--sessions", str(sandbox.home / "other"))


def exported(sandbox: Sandbox, name: str = "to-go.json", *options: str) -> Path:
    goal = sandbox.home / name
    done = sandbox.run_in_process(*options, "export", "circle", "harbour", "-o", str(goal))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return goal


def refused(sandbox: Sandbox, *command: str) -> str:
    """The one sentence with which a command is refused."""
    return refusal(sandbox.run_in_process(*command))


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence that a command ended with."""
    assert done.returncode in {1, 2}
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_circle_is_the_same_to_the_byte_there_and_back(
    sandbox: Sandbox, file: CircleFile, elsewhere: tuple[str, str]
) -> None:
    goal = exported(sandbox)
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    sent = goal.read_bytes()
    assert json.loads(sent) == json.loads(file.path.read_bytes())
    done = sandbox.run(*elsewhere, "import", str(goal))
    assert (done.returncode, done.stderr) == (0, "")
    there = Path(done.stdout.strip())
    assert there == sandbox.home / "other" / "harbour.json"
    assert there.read_bytes() == sent
    assert CircleFile(there).read() == file.read()
    assert stat.S_IMODE(there.stat().st_mode) == 0o600
    back = exported(sandbox, "back.json", *elsewhere)
    assert back.read_bytes() == sent
    done = sandbox.run_in_process("import", str(back))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Harbour is here already, and it's exactly the same" in done.stdout


def test_on_stdout_it_is_the_same(sandbox: Sandbox, file: CircleFile) -> None:
    done = sandbox.run("export", "circle")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.encode() == exported(sandbox).read_bytes()


def changed(file: CircleFile, how: Any, *args: Any) -> None:
    service = CircleService(CircleFile(file.path), ManualClock(LATER))
    service.execute(how, *args)
    service.close()


def test_a_newer_one_is_told_from_an_older_one_and_nothing_is_replaced_unasked(
    sandbox: Sandbox, file: CircleFile
) -> None:
    goal = exported(sandbox)
    os.utime(goal, (START.timestamp(), START.timestamp()))
    changed(file, membership.join, "Zoe")
    before = file.path.read_bytes()
    said = refused(sandbox, "import", str(goal))
    assert "Harbour is here already, and newer than" in said
    assert "which was saved on 5 March 2026" in said
    assert "without Zoe" in said
    assert "--replace to use the one in" in said
    assert file.path.read_bytes() == before
    done = sandbox.run_in_process("import", str(goal), "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The one before is in" in done.stdout
    assert file.path.read_bytes() == goal.read_bytes()
    assert Path(f"{file.path}.bak").read_bytes() == before


def test_the_one_that_was_brought_may_be_the_newer_one(sandbox: Sandbox, file: CircleFile) -> None:
    older = file.path.read_bytes()
    changed(file, membership.join, "Zoe")
    goal = exported(sandbox)
    file.path.write_bytes(older)
    os.utime(file.path, (START.timestamp(), START.timestamp()))
    said = refused(sandbox, "import", str(goal))
    assert "is newer. The one here was saved on 5 March 2026" in said
    assert "without Zoe" in said


@pytest.mark.parametrize(("key", "done"), [("r", True), ("\x1b", False)])
def test_at_a_terminal_it_asks(sandbox: Sandbox, file: CircleFile, key: str, done: bool) -> None:
    goal = exported(sandbox)
    changed(file, membership.join, "Zoe")
    before = file.path.read_bytes()
    terminal = sandbox.start("import", str(goal))
    terminal.wait_for("r replaces the one here")
    terminal.press(key)
    assert terminal.wait_exit() == (0 if done else 1)
    assert file.path.read_bytes() == (goal.read_bytes() if done else before)


def test_a_meeting_under_way_stays_where_it_is(
    sandbox: Sandbox, file: CircleFile, elsewhere: tuple[str, str]
) -> None:
    goal = exported(sandbox)
    service = CircleService(CircleFile(file.path), ManualClock(LATER))
    service.begin()
    said = refused(sandbox, "export", "circle", "-o", str(sandbox.home / "x.json"))
    assert "Harbour has a meeting under way: finish it there first" in said
    assert not (sandbox.home / "x.json").exists()
    said = refused(sandbox, *elsewhere, "import", str(file.path))
    assert "has a meeting under way" in said
    goal.write_text(goal.read_text().replace("walrus", "seal"))
    assert "open in another" in refused(sandbox, "import", str(goal), "--replace")
    # As after a crash: nobody has it open, and the meeting waits.
    service._lock.release()
    said = refused(sandbox, "import", str(goal), "--replace")
    assert "Harbour has a meeting under way here: finish it first." in said
    service.close()
    assert "walrus" in file.path.read_text()


def test_while_it_is_open_elsewhere_it_is_not_replaced(sandbox: Sandbox, file: CircleFile) -> None:
    goal = exported(sandbox)
    changed(file, membership.join, "Zoe")
    service = CircleService(CircleFile(file.path), ManualClock(LATER))
    assert service.reading_only is None
    assert "open in another" in refusal(sandbox.run("import", str(goal), "--replace"))
    service.close()


def test_another_circle_of_that_name_gets_a_file_of_its_own(
    sandbox: Sandbox, file: CircleFile, elsewhere: tuple[str, str]
) -> None:
    goal = exported(sandbox)
    document = json.loads(goal.read_text())
    document["circle"]["1"]["id"] = "another"
    document["members"]["1"]["joined"] = "2020-01-01T00:00:00Z"
    goal.write_text(json.dumps(document))
    before = file.path.read_bytes()
    done = sandbox.run_in_process("import", str(goal))
    assert Path(done.stdout.strip()).name == "harbour-2.json"
    assert file.path.read_bytes() == before


@pytest.mark.full
def test_a_pair_a_circle_without_a_meeting_and_one_without_an_id_move(
    sandbox: Sandbox, elsewhere: tuple[str, str]
) -> None:
    for name, format_key in (("Pair", "trading-pair"), ("Fresh", "pod")):
        made = make_circle(name, "Ana, Ben", format_key, zone="UTC", now=START)
        file = CircleFile.create(sandbox.sessions, made)
        if name == "Fresh":
            document = json.loads(file.path.read_text())
            del document["circle"]["1"]["id"]
            file.path.write_text(json.dumps(document))
        goal = sandbox.home / f"{name}.json"
        assert (
            sandbox.run_in_process("export", "circle", name.lower(), "-o", str(goal)).returncode
            == 0
        )
        done = sandbox.run_in_process(*elsewhere, "import", str(goal))
        assert Path(done.stdout.strip()).read_bytes() == goal.read_bytes()
        done = sandbox.run_in_process(*elsewhere, "import", str(goal))
        assert "it's exactly the same" in done.stdout


def test_one_of_the_first_version_keeps_the_id_that_it_has_here(
    sandbox: Sandbox, file: CircleFile
) -> None:
    goal = exported(sandbox)
    document = json.loads(goal.read_text())
    circle_id = document["circle"]["1"].pop("id")
    goal.write_text(json.dumps(document))
    assert sandbox.run_in_process("import", str(goal), "--replace").returncode == 0
    assert CircleFile(file.path).read().circle.id == circle_id


def others() -> dict[str, str]:
    """Files that are no circle's, and what is said of them."""
    return {
        "": "is damaged",
        "{": "is damaged",
        "[1]": "has no circle in it",
        '{"circle": {"1": {"schema": 7}}}': "was written by a newer circle-tui (schema 7",
        '{"facts": {"schema": 1}}': "a circle's facts for its lead in it, and not the circle",
        '{"certificate": {"schema": 1}, "chain": []}': "has no circle in it",
        "\x00\x01": "is damaged",
        "PK\x03\x04": "is no file of circle-tui's: choose another file",
    }


@pytest.mark.sampled(2)
@pytest.mark.parametrize("content", others())
def test_a_file_that_is_no_circle_is_reported_in_one_sentence_and_leaves_no_file(
    sandbox: Sandbox, content: str, elsewhere: tuple[str, str]
) -> None:
    path = sandbox.home / "sent.json"
    path.write_text(content)
    assert others()[content] in refused(sandbox, *elsewhere, "import", str(path))
    assert not (sandbox.home / "other").exists()


def test_a_file_that_is_not_there_a_folder_and_a_folder_without_rights_are_refused(
    sandbox: Sandbox, file: CircleFile, elsewhere: tuple[str, str]
) -> None:
    assert "There's no file" in refused(sandbox, "import", str(sandbox.home / "gone.json"))
    assert "isn't a file" in refused(sandbox, "import", str(sandbox.home))
    goal = exported(sandbox)
    (sandbox.home / "other").write_text("")
    assert "isn't a folder" in refused(sandbox, *elsewhere, "import", str(goal))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("goal", ["/dev/full", "nowhere/x.json", "harbour.json", "to-go.json"])
def test_an_export_overwrites_no_circle(sandbox: Sandbox, file: CircleFile, goal: str) -> None:
    exported(sandbox)
    changed(file, membership.join, "Zoe")
    target = file.path if goal == "harbour.json" else sandbox.home / goal
    before = {path: path.read_bytes() for path in (file.path, sandbox.home / "to-go.json")}
    said = refused(sandbox, "export", "circle", "-o", str(target))
    assert any(each in said for each in ("full", "no folder", "a circle's own file"))
    assert {path: path.read_bytes() for path in before} == before
