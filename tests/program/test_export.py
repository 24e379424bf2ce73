"""`circle-tui export attendance`: the facts travel, whole or not at all."""

import stat
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from circle_tui.core.circle.circle import make_circle
from circle_tui.core.circle.state import CircleState
from circle_tui.store.codec import file_contents
from tests.core.meetings import START, record

from .sandbox import Sandbox

COMMAND = ("export", "attendance")
GOAL = "attendance.parquet"


def write_circle(folder: Path, slug: str, *members: str) -> Path:
    """A circle's file, after one meeting to which the first two came."""
    folder.mkdir(parents=True, exist_ok=True)
    circle = make_circle(slug.title(), ", ".join(members), "pod", zone="UTC", now=START)
    path = folder / f"{slug}.json"
    state = CircleState(circle=circle, records=(record(1),))
    path.write_bytes(file_contents.encode(state).to_bytes())
    return path


@pytest.fixture
def circles(sandbox: Sandbox) -> Path:
    """Two circles, one of them in a folder of its own."""
    folder = sandbox.home / "circles"
    write_circle(folder, "harbour", "Ana", "Ben")
    write_circle(folder / "north", "pier", "Caz", "Dee")
    return folder


def rows(sandbox: Sandbox) -> list[dict[str, Any]]:
    return parquet.read_table(sandbox.home / GOAL).to_pylist()


def kept(sandbox: Sandbox) -> set[str]:
    """What lies where the file is to go."""
    return {path.name for path in sandbox.home.iterdir()} - {"circles", "data"}


def test_the_rows_are_anonymous_and_the_same_the_next_time(sandbox: Sandbox, circles: Path) -> None:
    done = sandbox.run(*COMMAND, str(circles), "--parquet", GOAL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    first = rows(sandbox)
    assert len(first) == 4
    assert len({(row["circle"], row["member"]) for row in first}) == 4
    assert not {row["member"] for row in first} & {"Ana", "Ben", "Caz", "Dee"}
    assert stat.S_IMODE((sandbox.home / GOAL).stat().st_mode) == 0o600
    key = sandbox.sessions / "export.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    sandbox.environment["CIRCLE_SESSIONS"] = str(circles / "north")
    assert sandbox.run_in_process(*COMMAND, "--parquet", GOAL, "circles").returncode == 0
    assert rows(sandbox) == first


def test_with_names_it_says_them_and_needs_no_key(sandbox: Sandbox, circles: Path) -> None:
    done = sandbox.run_in_process(*COMMAND, str(circles), "--parquet", GOAL, "--names")
    assert (done.returncode, done.stderr) == (0, "")
    assert [(row["circle"], row["member"]) for row in rows(sandbox)] == [
        ("Harbour", "Ana"),
        ("Harbour", "Ben"),
        ("Pier", "Caz"),
        ("Pier", "Dee"),
    ]
    assert not sandbox.sessions.exists()


def test_what_cannot_be_read_is_a_line_each_and_the_others_are_exported(
    sandbox: Sandbox, circles: Path
) -> None:
    (circles / "torn.json").write_text('{"circle"')
    (circles / "other.json").write_text("{}")
    done = sandbox.run_in_process(*COMMAND, str(circles), "nowhere", "--parquet", GOAL)
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.split(" couldn't be read: ")[1] for line in done.stderr.splitlines()] == [
        "it has no circle in it.",
        "it's damaged.",
        "there's nothing with that name.",
    ]
    assert len(rows(sandbox)) == 4


def test_a_backup_beside_the_circles_is_a_line_and_counted_once(
    sandbox: Sandbox, circles: Path
) -> None:
    (circles / "backup").mkdir()
    (circles / "backup" / "harbour.json").write_bytes((circles / "harbour.json").read_bytes())
    for more in ((), ("--names",)):
        done = sandbox.run_in_process(*COMMAND, str(circles), "--parquet", GOAL, *more)
        assert done.returncode == 0
        (line,) = done.stderr.splitlines()
        assert line.endswith(", with the same meetings and members.")
        assert "backup/harbour.json was left out: it is a copy of " in line
        assert len(rows(sandbox)) == 4


def test_help_says_what_is_exported_and_from_where(sandbox: Sandbox) -> None:
    done = sandbox.run_in_process(*COMMAND, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    said = " ".join(done.stdout.split())
    assert "Who came, as a Parquet file for an organisation" in said
    assert "FILE|FOLDER files of circles, facts, or folders of them" in said
    done = sandbox.run_in_process("export", "--help")
    assert "a circle's facts, to give to its lead" in " ".join(done.stdout.split())


def test_a_circles_own_file_is_never_written_over(sandbox: Sandbox, circles: Path) -> None:
    own = circles / "harbour.json"
    before = own.read_bytes()
    done = sandbox.run_in_process(*COMMAND, str(circles), "--parquet", str(own))
    assert done.returncode == 1
    assert "a circle's own file" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert own.read_bytes() == before


def test_an_unusable_key_is_reported_in_one_sentence_and_nothing_is_written(
    sandbox: Sandbox, circles: Path
) -> None:
    sandbox.sessions.mkdir(parents=True)
    (sandbox.sessions / "export.key").write_text("rubbish")
    done = sandbox.run_in_process(*COMMAND, str(circles), "--parquet", GOAL)
    assert done.returncode == 1
    assert "set it aside" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert GOAL not in kept(sandbox)


def test_without_pyarrow_it_says_how_to_install_it(sandbox: Sandbox, circles: Path) -> None:
    done = sandbox.run_python(
        "-c",
        "import sys; sys.modules['pyarrow'] = None; import circle_tui.cli.main as cli\n"
        f"sys.argv = ['circle-tui', *{COMMAND}, 'circles', '--parquet', '{GOAL}']\ncli.main()",
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "circle-tui: a Parquet file needs pyarrow. Install it with: pip install "
        "'circle-tui[parquet]'\n"
    )
    assert kept(sandbox) == set()


def test_on_a_full_disk_what_was_there_stays(sandbox: Sandbox, circles: Path) -> None:
    goal = sandbox.home / GOAL
    goal.write_bytes(b"before")
    done = sandbox.run_python(
        "-c",
        # What Python keeps of its modules would be cut off as well, and be found so by the next.
        "import sys; sys.dont_write_bytecode = True\n"
        "import resource, signal; import circle_tui.cli.main as cli\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        f"sys.argv = ['circle-tui', *{COMMAND}, 'circles', '--parquet', '{GOAL}']\ncli.main()",
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "couldn't be written" in done.stderr
    assert goal.read_bytes() == b"before"
    assert kept(sandbox) == {GOAL}


@pytest.mark.parametrize(
    "arguments",
    [("circles",), ("--parquet", GOAL), ("circles", "--parquet")],
    ids=" ".join,
)
def test_wrong_usage_writes_nothing(
    sandbox: Sandbox, circles: Path, arguments: tuple[str, ...]
) -> None:
    done = sandbox.run_in_process(*COMMAND, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: circle-tui export")
    assert kept(sandbox) == set()


def test_leads_who_share_a_key_make_the_same_ids(sandbox: Sandbox, circles: Path) -> None:
    done = sandbox.run_in_process("export", "key", "-o", "shared.key")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert stat.S_IMODE((sandbox.home / "shared.key").stat().st_mode) == 0o600
    found = []
    for goal in ("a.parquet", "b.parquet"):
        done = sandbox.run_in_process(
            *COMMAND, str(circles), "--parquet", goal, "--key", "shared.key"
        )
        assert (done.returncode, done.stderr) == (0, "")
        found.append(parquet.read_table(sandbox.home / goal).to_pylist())
    assert found[0] == found[1]
    assert not (sandbox.sessions / "export.key").exists()
    assert parquet.read_table(sandbox.home / "a.circles.parquet").num_rows == 2
    # A key is never written over: all ids would be others.
    before = (sandbox.home / "shared.key").read_bytes()
    done = sandbox.run_in_process("export", "key", "-o", "shared.key")
    assert done.returncode == 1
    assert "already" in done.stderr
    assert (sandbox.home / "shared.key").read_bytes() == before
    assert len(sandbox.run_in_process("export", "key").stdout) == 65


def test_facts_give_the_ids_that_their_circle_gives(sandbox: Sandbox, circles: Path) -> None:
    sandbox.run_in_process("new", "Garden", "--members", "Ana, Ben")
    sandbox.run_in_process("export", "facts", "--people", "seats", "-o", "mailed (1).json")
    for source, goal in ((sandbox.sessions / "garden.json", "a"), (Path("mailed (1).json"), "b")):
        done = sandbox.run_in_process(*COMMAND, str(source), "--parquet", f"{goal}.parquet")
        assert (done.returncode, done.stderr) == (0, "")
    one, other = (
        parquet.read_table(sandbox.home / f"{goal}.circles.parquet").to_pylist() for goal in "ab"
    )
    assert one == other


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--parquet", GOAL, "--into", "parts"), "not allowed with"),
        (("--into", "parts", "--names"), "leave --names out"),
        (("--parquet", GOAL, "--names", "--key", "a.key"), "leave one out"),
        (("--parquet", GOAL, "--dates", "hour"), "invalid choice"),
        (("--parquet", GOAL, "--from", "2026-03-05", "--until", "2026-03-04"), "other way round"),
        ((), "is required"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    sandbox: Sandbox, circles: Path, typed: tuple[str, ...], said: str
) -> None:
    done = sandbox.run_in_process(*COMMAND, str(circles), *typed)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_file_that_is_no_key_is_one_line(sandbox: Sandbox, circles: Path) -> None:
    (sandbox.home / "a.key").write_text("secret")
    for key in ("a.key", "gone.key"):
        done = sandbox.run_in_process(*COMMAND, str(circles), "--into", "parts", "--key", key)
        assert done.returncode == 1
        assert done.stderr.count("\n") == 1
        assert "secret" not in done.stderr
