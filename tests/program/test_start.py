"""The program's first second: where it cannot run it says so at once, and loads no more than it
needs."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from circle_tui.tui.app import DEMO_SPEED

from .sandbox import Sandbox

HEAVY = ("textual", "rich", "tinydb", "msgspec", "dateutil", "filelock", "platformdirs", "sqlite3")

LOADED = f"print('loaded', *(name for name in {HEAVY} if name in sys.modules))"


def test_the_command_line_its_version_and_help_load_nothing_that_takes_long(
    sandbox: Sandbox,
) -> None:
    asked = f"import sys, circle_tui.cli.main as cli, contextlib\n{LOADED}\n"
    for option in ("--version", "--help"):
        asked += f"sys.argv = ['circle-tui', '{option}']\n"
        asked += f"with contextlib.suppress(SystemExit): cli.main()\n{LOADED}\n"
    done = sandbox.run_python("-c", asked)
    said = [line.split() for line in done.stdout.splitlines() if line.startswith("loaded")]
    assert said == [["loaded"]] * 3, done
    assert done.returncode == 0


def test_the_module_says_its_version(sandbox: Sandbox) -> None:
    done = sandbox.run("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"circle-tui {version('circle-tui')}\n"


def test_the_command_is_installed_beside_python(sandbox: Sandbox) -> None:
    command = Path(sys.executable).with_name("circle-tui")
    if not command.exists():
        pytest.skip("run from a checkout that is not installed")
    done = subprocess.run(
        (command, "--version"),
        capture_output=True,
        encoding="utf-8",
        env=sandbox.environment,
        check=True,
    )
    assert done.stdout == sandbox.run("--version").stdout


def test_help_shows_examples_and_every_command(sandbox: Sandbox) -> None:
    done = sandbox.run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for word in ("circle-tui demo", "circle-tui new", "--sessions", "--version"):
        assert word in done.stdout


@pytest.mark.sampled(1)
@pytest.mark.parametrize("arguments", [(), ("demo",), ("demo", "--speed", "50")], ids=" ".join)
def test_without_a_terminal_it_says_so_in_one_sentence(
    sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    done = sandbox.run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("circle-tui: ")
    assert "terminal" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not sandbox.sessions.exists()


@pytest.mark.parametrize(
    "arguments",
    [("mend",), ("--nonsense",), ("demo", "--speed", "fast"), ("demo", "--speed", "0")],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_after_the_usage(
    sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    done = sandbox.run_in_process(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: circle-tui")
    assert "Traceback" not in done.stderr


def test_the_speed_that_help_tells_of_is_the_one_a_demo_has(sandbox: Sandbox) -> None:
    said = sandbox.run_in_process("demo", "--help").stdout
    assert f"(usually {DEMO_SPEED:g})" in " ".join(said.split())


@pytest.mark.sampled(1)
@pytest.mark.parametrize("speed", ["nan", "inf", "-1", "1e9"])
def test_a_speed_no_clock_can_run_at_is_refused(sandbox: Sandbox, speed: str) -> None:
    done = sandbox.run_in_process("demo", f"--speed={speed}")
    assert done.returncode == 2
    assert "from 0.1 to 1000" in done.stderr


def test_home_loads_the_presenter_of_no_other_place_and_no_table_of_commands(
    sandbox: Sandbox,
) -> None:
    parts = "('.presenters.', '.views.command', '.views.contract_commands')"
    loaded = f"n.rpartition('.')[2] for n in sys.modules if any(part in n for part in {parts})"
    shown = "import sys, circle_tui.tui.app, circle_tui.tui.screens.home"
    done = sandbox.run_python("-c", f"{shown}; print(*sorted({loaded}))")
    assert done.stdout.split() == ["circle_presenter", "home", "presenter"], done
