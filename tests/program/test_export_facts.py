"""`circle-tui export facts`: a circle hands its facts to its lead, and no word with them."""

import gzip
import json
import stat
from pathlib import Path

import pytest

from .sandbox import Sandbox
from .test_export import write_circle

COMMAND = ("export", "facts")


@pytest.fixture
def circles(sandbox: Sandbox) -> Path:
    """Two circles where the program looks for them."""
    write_circle(sandbox.sessions, "harbour", "Ana", "Ben")
    write_circle(sandbox.sessions, "pier", "Caz", "Dee")
    return sandbox.sessions


def test_a_circle_hands_over_a_file_that_its_lead_reviews(sandbox: Sandbox, circles: Path) -> None:
    goal = sandbox.home / "harbour.facts.json"
    done = sandbox.run_in_process(*COMMAND, "--circle", "harbour", "-o", str(goal))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stat.S_IMODE(goal.stat().st_mode) == 0o600
    heading = json.loads(goal.read_text())["facts"]
    assert (heading["schema"], heading["last_meeting"], heading["people"]) == (1, 1, "names")
    before = goal.read_bytes()
    whole = sandbox.run_in_process("review", "--json", str(circles / "harbour.json"))
    facts = sandbox.run_in_process("review", "--json", str(goal))
    assert (facts.returncode, facts.stderr) == (0, "")
    shown = [json.loads(each.stdout)["circles"][0] for each in (whole, facts)]
    for each in shown:
        # Of facts no more is said than that they are old.
        for what in ("file", "as_of", "signs", "question", "planned"):
            each.pop(what, None)
    assert shown[0] == shown[1]
    assert goal.read_bytes() == before


def test_without_a_file_it_goes_to_stdout(sandbox: Sandbox, circles: Path) -> None:
    said = [
        sandbox.run(*COMMAND, "--circle", "pier", "--people", "seats", *more)
        for more in ((), ("-o", "-"), ("-o", "/dev/stdout"))
    ]
    for done in said:
        assert (done.returncode, done.stderr) == (0, "")
        members = json.loads(done.stdout)["tables"]["members"].values()
        assert [member["name"] for member in members] == ["Seat 1", "Seat 2"]


def test_all_circles_are_one_bundle(sandbox: Sandbox, circles: Path) -> None:
    (circles / "torn.json").write_text("{")
    goal = sandbox.home / "all.facts.jsonl.gz"
    done = sandbox.run_in_process(*COMMAND, "--all", "-o", str(goal))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "torn.json" in done.stderr
    assert len(gzip.decompress(goal.read_bytes()).splitlines()) == 2
    done = sandbox.run_in_process("review", "--text", str(goal))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Harbour" in done.stdout
    assert "Pier" in done.stdout


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((), "more than one circle: say which with --circle (harbour, pier), or --all"),
        (("--circle", "north"), "No circle here is called that"),
        (("--all", "-o", "all.json"), "give a name like circles.facts.jsonl.gz"),
        (("--all", "--circle", "pier"), "not allowed with"),
        (("--people", "birds"), "invalid choice"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    sandbox: Sandbox, circles: Path, typed: tuple[str, ...], said: str
) -> None:
    done = sandbox.run_in_process(*COMMAND, *typed)
    assert done.returncode == 2
    assert said in done.stderr
    assert not list(sandbox.home.glob("all*"))


def test_a_circles_own_file_is_never_written_over(sandbox: Sandbox, circles: Path) -> None:
    before = (circles / "pier.json").read_bytes()
    done = sandbox.run_in_process(*COMMAND, "--circle", "harbour", "-o", str(circles / "pier.json"))
    assert done.returncode == 1
    assert "is a circle's own file" in done.stderr
    assert (circles / "pier.json").read_bytes() == before


def test_a_folder_without_a_circle_is_reported(sandbox: Sandbox) -> None:
    for more in ((), ("--all", "-o", "all.facts.jsonl.gz")):
        done = sandbox.run_in_process(*COMMAND, *more)
        assert done.returncode == 1
        assert "There's no circle in" in done.stderr


def test_facts_among_the_circles_change_no_other_command(sandbox: Sandbox, circles: Path) -> None:
    goal = circles / "harbour.facts.json"
    assert sandbox.run_in_process(*COMMAND, "--circle", "harbour", "-o", str(goal)).returncode == 0
    done = sandbox.run_in_process(*COMMAND, "--all", "-o", "all.facts.jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    assert len((sandbox.home / "all.facts.jsonl").read_text().splitlines()) == 2
    done = sandbox.run_in_process("today", "Ana")
    assert "facts" not in done.stderr
