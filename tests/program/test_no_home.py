"""Without a home folder, or in one that cannot be written, each command works or says why not."""

import pwd
from pathlib import Path

import pytest

from circle_tui.store import crash_report
from tests.hostile_text import is_one_sentence

from . import facilitator
from .sandbox import MAIN, Sandbox

NEEDS_A_FOLDER = {
    "new": ("new", "Harbour", "--members", "Ana, Ben", "--zone", "UTC"),
    "today": ("today", "Ana", "--yes"),
    "checkin": ("checkin", "Ana", "I am well"),
    "review": ("review", "--text"),
}


@pytest.fixture(params=["unset", "empty", "relative"])
def homeless(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Sandbox:
    """A sandbox in which no home is named, and the user's id has no name."""

    def unknown(uid: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in [name for name in sandbox.environment if name.startswith("XDG_")]:
        del sandbox.environment[name]
    sandbox.environment |= {"HOME": {"relative": "some/where"}.get(request.param, "")}
    if request.param == "unset":
        del sandbox.environment["HOME"]
    return sandbox


@pytest.mark.parametrize("command", NEEDS_A_FOLDER)
def test_without_a_home_a_command_says_so_and_makes_nothing(
    homeless: Sandbox, command: str
) -> None:
    done = homeless.run_in_process(*NEEDS_A_FOLDER[command])
    assert done.returncode == 2
    assert "no home folder here for your circles: say where they are" in done.stderr
    assert is_one_sentence(done.stderr.rstrip("\n"))
    assert list(homeless.home.iterdir()) == []


def test_without_a_home_everything_works_in_a_folder_that_is_given(homeless: Sandbox) -> None:
    folder = homeless.home / "circles"
    said = ("--sessions", str(folder))
    new = (*NEEDS_A_FOLDER["new"], "--format", "movement-pod")
    for command in (new, *(NEEDS_A_FOLDER[name] for name in ("today", "checkin", "review"))):
        done = homeless.run_in_process(*said, *command)
        assert done.returncode == 0, done.stderr
    assert (folder / "harbour.json").exists()
    assert list(homeless.home.iterdir()) == [folder]


def test_without_a_home_there_is_no_key_and_names_are_exported(homeless: Sandbox) -> None:
    folder = homeless.home / "circles"
    homeless.run_in_process("--sessions", str(folder), *NEEDS_A_FOLDER["new"])
    out = homeless.home / "out.parquet"
    export = ("export", "attendance", str(folder), "--parquet", str(out))
    refused = homeless.run_in_process(*export)
    assert refused.returncode == 1
    assert "there isn't one here: set $HOME, or name everybody with --names." in refused.stderr
    assert not out.exists()
    assert homeless.run_in_process(*export, "--names").returncode == 0


def test_without_a_home_a_crash_is_told_nowhere(
    homeless: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(homeless.home)
    assert crash_report.keep_crash("somewhere") is None
    assert not crash_report.is_last_crash("somewhere")
    assert list(homeless.home.iterdir()) == []


@pytest.mark.parametrize("home", ["/dev/null", "/dev/null/home", "/sys"])
@pytest.mark.parametrize("command", NEEDS_A_FOLDER)
def test_in_a_home_that_cannot_be_written_a_command_says_one_sentence(
    sandbox: Sandbox, command: str, home: str
) -> None:
    for name in [name for name in sandbox.environment if name.startswith("XDG_")]:
        del sandbox.environment[name]
    sandbox.environment["HOME"] = home
    done = sandbox.run_in_process(*NEEDS_A_FOLDER[command])
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
    assert is_one_sentence(done.stderr.rstrip("\n"))


def test_the_demo_needs_no_home_and_a_circle_can_be_opened(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    nameless = (
        "import pwd, sys\ndef unknown(uid):\n    raise KeyError(uid)\npwd.getpwuid = unknown\n"
    )
    for name in [name for name in sandbox.environment if name.startswith("XDG_")]:
        del sandbox.environment[name]
    del sandbox.environment["HOME"]
    terminal = sandbox.start_code(f"{nameless}sys.argv[1:] = ['demo']\n{MAIN}")
    terminal.wait_for("Harbour Circle")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    chosen = ["--sessions", str(sandbox.sessions)]
    terminal = sandbox.start_code(f"{nameless}sys.argv[1:] = {chosen}\n{MAIN}")
    facilitator.begin(terminal)
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert {path.name for path in Path(sandbox.home).iterdir()} == {"data"}
