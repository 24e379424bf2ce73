"""How the commands behave where no person looks: in a pipe, in a script, ended from outside."""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from .sandbox import PROGRAM, Sandbox
from .test_export import write_circle


@pytest.fixture
def circles(sandbox: Sandbox) -> Path:
    folder = sandbox.home / "circles"
    write_circle(folder, "harbour", "Ana", "Ben")
    return folder


@pytest.mark.sampled(1)
@pytest.mark.parametrize("form", ["text", "json", "csv", "svg"])
def test_a_dash_and_dev_stdout_are_stdout(sandbox: Sandbox, circles: Path, form: str) -> None:
    plain = sandbox.run_in_process("review", str(circles), f"--{form}")
    dash = sandbox.run_in_process("review", str(circles), f"--{form}", "-o", "-")
    device = sandbox.run("review", str(circles), f"--{form}", "-o", "/dev/stdout")
    for done in (dash, device):
        assert (done.returncode, done.stderr) == (0, "")
        if form != "json":
            assert done.stdout.replace("\r\n", "\n") == plain.stdout.replace("\r\n", "\n")
    assert not (sandbox.home / "-").exists()


def test_a_review_can_be_a_page_about_a_period(sandbox: Sandbox, circles: Path) -> None:
    done = sandbox.run_in_process(
        "review", str(circles), "--html", "a.html", "--period", "last year"
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "<h1>Who came from 1 January" in (sandbox.home / "a.html").read_text()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--by", "circle"), "--by says what a row is about, so it needs --csv"),
        (("--csv", "--period", "soon"), "is no period"),
        (("--csv", "--period", "90 days", "--from", "2026-01-01"), "leave --from and --until out"),
        (("--html", "a.html", "-o", "b.html"), "leave -o out"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    sandbox: Sandbox, circles: Path, typed: tuple[str, ...], said: str
) -> None:
    done = sandbox.run_in_process("review", str(circles), *typed)
    assert done.returncode == 2
    assert said in done.stderr


def test_an_empty_folder_has_one_exit_status_everywhere(sandbox: Sandbox) -> None:
    empty = sandbox.home / "empty"
    empty.mkdir()
    commands = [
        *(("review", str(empty), f"--{form}") for form in ("text", "json", "csv", "svg")),
        ("review", str(empty), "--html", "a.html"),
        ("export", "attendance", str(empty), "--parquet", "a.parquet"),
        ("--sessions", str(empty), "export", "facts"),
    ]
    for command in commands:
        done = sandbox.run_in_process(*command)
        assert done.returncode == 1, command
        assert "circle" in done.stderr.lower(), command


def test_in_the_c_locale_figures_stay_whole(sandbox: Sandbox, circles: Path) -> None:
    both = "import sys\nfrom circle_tui.cli.main import main\n"
    for form in ("--text", "--json"):
        both += f"sys.argv = ['circle-tui', 'review', {str(circles)!r}, '{form}']\n"
        both += "try: main()\nexcept SystemExit as ended: print('ended', ended.code)\n"
    for more in ({}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        sandbox.environment |= {"LC_ALL": "C", **more}
        text, told, nothing = sandbox.run_python("-c", both).stdout.split("ended 0\n")
        assert "attendance 100%, 2 of 2." in text
        assert json.loads(told)["schema"] == 1
        assert not nothing


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "command", [("review", "--xlsx", "-"), ("--sessions", "export", "facts", "--all", "-o", "-")]
)
def test_a_reader_that_went_away_is_no_trouble(
    sandbox: Sandbox, circles: Path, command: tuple[str, ...]
) -> None:
    first, *others = command
    words = (first, str(circles), *others)
    writer = subprocess.Popen(
        (*PROGRAM, *words),
        env=sandbox.environment,
        cwd=sandbox.home,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert writer.stdout is not None
    writer.stdout.close()
    assert writer.stderr is not None
    with writer.stderr:
        assert writer.stderr.read() == b""
    assert writer.wait(30) == 128 + signal.SIGPIPE


@pytest.mark.sampled(1)
@pytest.mark.parametrize("ended_by", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_no_temporary_file(sandbox: Sandbox, circles: Path, ended_by: str) -> None:
    """The program waits for a pipe that nobody reads, in the middle of its writing."""
    goal = sandbox.home / "out"
    goal.mkdir()
    script = (
        "import os, signal, sys\n"
        "from circle_tui.store import atomic\n"
        "from circle_tui.cli.main import main\n"
        "sync = atomic._sync\n"
        "def end(file):\n"
        "    assert os.listdir(sys.argv[-1].rpartition('/')[0]), 'nothing is being written'\n"
        f"    os.kill(os.getpid(), signal.{ended_by})\n"
        "    sync(file)\n"
        "atomic._sync = end\n"
        "main()\n"
    )
    done = sandbox.run_python("-c", script, "review", str(circles), "--csv", "-o", f"{goal}/a.csv")
    assert (done.returncode, done.stderr) == (128 + signal.Signals[ended_by], "")
    assert list(goal.iterdir()) == []


def test_a_pipe_is_written_to_whoever_reads_it(sandbox: Sandbox, circles: Path) -> None:
    pipe = sandbox.home / "pipe"
    os.mkfifo(pipe)
    writer = subprocess.Popen(
        (*PROGRAM, "review", str(circles), "--csv", "-o", str(pipe)),
        env=sandbox.environment,
        cwd=sandbox.home,
    )
    try:
        said = pipe.read_bytes()
        assert writer.wait(30) == 0
    finally:
        writer.kill()
        writer.wait()
    assert said.startswith(b"circle,file,")
