"""`circle-tui certificate` and `verify`: shown to somebody else, and compared with codes."""

import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance.facts import Attendance
from circle_tui.core.circle import continuity, correction, membership
from circle_tui.core.circle.circle import make_circle
from circle_tui.store.circle_file import CircleFile
from tests.core.meetings import START, commitments_of, record

from .sandbox import Sandbox

NAME = "Ana, “[*] 👩‍👩‍👧 |"
WEEKS = timedelta(weeks=2)


def write_circle(
    folder: Path, name: str = "Harbour", format_key: str = "pod", meetings: int = 4
) -> CircleFile:
    """A circle that has closed meetings; Ana was missing at the second."""
    circle = make_circle(name, "Ana, Ben", format_key, zone="UTC", now=START)
    ana = replace(circle.members[0], name=NAME)
    file = CircleFile.create(folder, replace(circle, members=(ana, *circle.members[1:])))
    for number in range(1, meetings + 1):
        came = {"m1": Attendance.PRESENT, "m2": Attendance.PRESENT}
        if number == 2:
            came["m1"] = Attendance.ABSENT
        made = commitments_of(("m1", f"walrus {number}"), first=number)
        file.add(record(number, attendance=came, opener="m2", made=made))
    return file


@pytest.fixture
def file(sandbox: Sandbox) -> CircleFile:
    return write_circle(sandbox.sessions)


def codes(file: CircleFile) -> list[str]:
    return list(continuity.codes(file.read()))


def to_read(sandbox: Sandbox) -> str:
    """Ana's certificate as Markdown."""
    goal = sandbox.home / "ana.md"
    done = sandbox.run_in_process("certificate", "Ana", "-o", str(goal))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return goal.read_text()


def made_json(sandbox: Sandbox, *more: str) -> Path:
    goal = sandbox.home / "ana.json"
    goal.unlink(missing_ok=True)
    done = sandbox.run_in_process("certificate", "Ana", "--json", "-o", str(goal), *more)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return goal


def test_to_read_it_says_days_and_others_and_never_how_it_went(
    sandbox: Sandbox, file: CircleFile
) -> None:
    before = file.path.read_bytes()
    said = to_read(sandbox)
    assert "From 5 March 2026 to 16 April 2026, 43 days" in said
    assert "had 3 check-ins on a commitment." in said
    assert f"| 2 April 2026 | 3 | 1 | `{codes(file)[2]}` |" in said
    assert "19 March" not in said
    for word in ("walrus", "Ben", "kept", "missed", "absent", file.read().circle.id):
        assert word not in said
    assert "# Ana, “\\[\\*\\] 👩‍👩‍👧 \\|, in Harbour" in said
    assert file.path.read_bytes() == before


def test_as_json_it_can_be_verified_and_holds_nothing_of_the_others(
    sandbox: Sandbox, file: CircleFile
) -> None:
    goal = made_json(sandbox)
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    said = goal.read_text()
    for word in ("walrus", "Ben", "kept", "missed", "absent", "m2", file.read().circle.id):
        assert word not in said
    found = json.loads(said)
    assert found["certificate"]["member"] == NAME
    assert [sorted(link) for link in found["chain"]][1] == ["digest"]
    done = sandbox.run_in_process("verify", str(goal))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == ("The chain is whole: 4 links, 5 March 2026 to 16 April 2026.\n")


def test_codes_that_people_hold_are_found_also_of_meetings_that_are_not_told(
    sandbox: Sandbox, file: CircleFile
) -> None:
    held = codes(file)
    goal = made_json(sandbox)
    done = sandbox.run_in_process(
        "verify", str(goal), "--code", held[2].lower(), "--code", held[1].replace("-", " ")
    )
    assert done.returncode == 0
    # Several codes may follow one option, and the file may follow them.
    spelled = (held[2].replace("-", "").lower(), held[1].replace("0", "O").replace("1", "l"))
    assert sandbox.run_in_process("verify", "--code", *spelled, str(goal)).stdout == done.stdout
    assert sandbox.run_in_process("verify", str(goal), "--code", *spelled).stdout == done.stdout
    assert f"{held[2]} matches: the meeting of 2 April 2026." in done.stdout
    assert f"{held[1]} matches: one after the meeting of 5 March 2026" in done.stdout
    assert "Everything up to the meeting of 2 April 2026 is unchanged" in done.stdout


@pytest.mark.parametrize("whole", [False, True], ids=["certificate", "circle"])
def test_from_where_a_meeting_was_changed_the_codes_do_not_fit(
    sandbox: Sandbox, file: CircleFile, whole: bool
) -> None:
    held = codes(file)
    if whole:
        changed = file.path
        document = json.loads(changed.read_text())
        document["continuity"]["3"]["day"] = "2026-04-03"
    else:
        changed = made_json(sandbox)
        document = json.loads(changed.read_text())
        document["chain"][2]["day"] = "2026-04-03"
    changed.write_text(json.dumps(document))
    done = sandbox.run_in_process(
        "verify", str(changed), *(part for code in held for part in ("--code", code))
    )
    assert done.returncode == 1
    assert done.stdout.count("doesn't match") == 2
    assert f"{held[0]} matches" in done.stdout
    assert "After that something was changed" in done.stdout
    if not whole:
        assert "From the meeting of 3 April 2026 on, the codes don't" in done.stdout


def test_attendance_changed_in_the_file_alone_is_found(sandbox: Sandbox, file: CircleFile) -> None:
    document = json.loads(file.path.read_text())
    document["sessions"]["2"]["attendance"]["m1"] = "present"
    file.path.write_text(json.dumps(document))
    done = sandbox.run_in_process("verify", str(file.path))
    assert done.returncode == 1
    assert "From the meeting of 19 March 2026 on" in done.stdout


def test_codes_of_another_circle_fit_nowhere(sandbox: Sandbox, file: CircleFile) -> None:
    done = sandbox.run_in_process("verify", str(file.path), "--code", "7F3K-92QD")
    assert done.returncode == 1
    assert "None of these codes match" in done.stdout


def test_who_was_forgotten_leaves_every_code_as_it_was(sandbox: Sandbox, file: CircleFile) -> None:
    held = codes(file)
    state = membership.forget(file.read(), START + 9 * WEEKS, "m2", "Ben")
    file.save_without_history(state)
    goal = made_json(sandbox)
    done = sandbox.run_in_process("verify", str(goal), "--code", held[3])
    assert done.returncode == 0
    assert sandbox.run_in_process("certificate", "Someone").returncode == 2


def test_a_correction_is_told_and_the_codes_from_before_still_fit(
    sandbox: Sandbox, file: CircleFile
) -> None:
    held = codes(file)
    fixed = correction.correct_attendance(
        file.read(), START + 9 * WEEKS, "meeting-2", "m1", Attendance.LATE
    )
    file.save(fixed)
    assert "| 19 March 2026 (corrected later) | 2 | 1 |" in to_read(sandbox)
    done = sandbox.run_in_process("verify", str(made_json(sandbox)), "--code", held[3])
    assert done.returncode == 0


def test_only_some_days_are_told_where_only_some_are_asked_for(
    sandbox: Sandbox, file: CircleFile
) -> None:
    goal = made_json(sandbox, "--from", "2026-04-01")
    assert "2026-03-05" not in goal.read_text()
    done = sandbox.run_in_process("verify", str(goal), "--code", codes(file)[0])
    assert done.returncode == 0
    assert "matches: a meeting before the days shown here." in done.stdout


def refused(sandbox: Sandbox, *command: str) -> str:
    """The one sentence with which a command is refused."""
    done = sandbox.run_in_process(*command)
    assert done.returncode in {1, 2}
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_without_a_file_it_goes_to_stdout(sandbox: Sandbox, file: CircleFile) -> None:
    done = sandbox.run("certificate", "Ana", "-o", "-")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == to_read(sandbox)


def test_what_cannot_be_certified_is_refused_in_a_sentence(sandbox: Sandbox) -> None:
    write_circle(sandbox.sessions, meetings=0)
    assert "it begins when a meeting closes" in refused(sandbox, "certificate", "Ana")
    assert "Nobody here is called “Zoe”" in refused(sandbox, "certificate", "Zoe")
    write_circle(sandbox.sessions, "Pier", meetings=1)
    assert "more than one circle: say which" in refused(sandbox, "certificate", "Ben")
    write_circle(sandbox.sessions, "Pair", "trading-pair", meetings=0)
    said = refused(sandbox, "certificate", "Ben", "--circle", "pair")
    assert "A trading pair doesn't meet" in said


@pytest.mark.parametrize("goal", ["/dev/full", "nowhere/ana.json", "harbour.json"])
def test_a_certificate_is_written_whole_or_not_at_all(
    sandbox: Sandbox, file: CircleFile, goal: str
) -> None:
    target = file.path if goal == "harbour.json" else sandbox.home / goal
    before = file.path.read_bytes()
    said = refused(sandbox, "certificate", "Ana", "--json", "-o", str(target))
    assert any(each in said for each in ("full", "no folder", "a circle's own file"))
    assert file.path.read_bytes() == before


def texts() -> dict[str, Any]:
    """Files that are no certificate, with what is said of them."""
    return {
        "": "is damaged",
        "{": "is damaged",
        "[]": "has no circle in it",
        '{"a": 1}': "has no circle in it",
        '{"certificate": 1}': "something wrong in its heading",
        '{"certificate": {"schema": 9}, "chain": []}': "a newer circle-tui (schema 9; this one",
        '{"certificate": {"schema": 1}, "chain": []}': "something wrong in its heading",
        '{"facts": {"schema": 1}}': "a circle's facts for its lead",
        "# Ana, in Harbour\n": "verify the one made with --json",
        '{"certificate": {': "is damaged",
        "name,topics\n": "is no file of circle-tui's: choose another file",
        "\ufeffname;topics\n": "is no file of circle-tui's: choose another file",
    }


@pytest.mark.parametrize("content", texts())
def test_a_file_that_is_no_certificate_is_reported_in_one_sentence(
    sandbox: Sandbox, content: str
) -> None:
    path = sandbox.home / "other.json"
    path.write_text(content)
    assert texts()[content] in refused(sandbox, "verify", str(path))
    assert path.read_text() == content


@pytest.mark.parametrize(
    ("at", "value"),
    [("day", "yesterday"), ("present", "all"), ("number", 0), ("code", 7), ("present", [1])],
)
def test_a_link_with_something_else_in_it_is_refused(
    sandbox: Sandbox, file: CircleFile, at: str, value: object
) -> None:
    goal = made_json(sandbox)
    document = json.loads(goal.read_text())
    document["chain"][0][at] = value
    goal.write_text(json.dumps(document))
    assert "something wrong in its chain, link 1" in refused(sandbox, "verify", str(goal))


def test_a_missing_file_and_an_invalid_code_are_refused(sandbox: Sandbox, file: CircleFile) -> None:
    assert "There's no file" in refused(sandbox, "verify", str(sandbox.home / "gone.json"))
    assert "say which file" in refused(sandbox, "verify", "--code", "7F3K-92QD")
    said = refused(sandbox, "verify", str(file.path), "--code", "7F3K")
    assert "eight letters and digits" in said


def test_a_circle_without_a_closed_meeting_has_nothing_to_verify(sandbox: Sandbox) -> None:
    empty = write_circle(sandbox.sessions, meetings=0)
    done = sandbox.run_in_process("verify", str(empty.path))
    assert done.returncode == 1
    assert "There's no chain in it yet" in done.stdout
