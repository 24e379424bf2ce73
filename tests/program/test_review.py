"""`circle-tui review` without a screen, as people run it in a shell."""

import json
import re
import signal
import stat
import subprocess
import sys

import pytest

from .sandbox import Sandbox
from .terminal import PATIENCE

FORMS = ("--text", "--json", "--csv", "--svg")

TORN = b'{"circle": {"1": {"schema": 1, "na'


def make_circles(sandbox: Sandbox, *names: str) -> None:
    for name in names:
        done = sandbox.run_in_process(
            "new", name, "--members", "Zoe, Ana", "--first", "2026-03-05T10:00"
        )
        assert done.returncode == 0, done


def start(sandbox: Sandbox, *arguments: str) -> subprocess.Popen[bytes]:
    """The program at pipes that nobody reads yet; ctrl+c reaches it whoever runs the tests."""
    program = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    program += "from circle_tui.cli.main import main; main()"
    return subprocess.Popen(
        (sys.executable, "-c", program, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=sandbox.environment,
        cwd=sandbox.home,
    )


def without_moment(review: str) -> str:
    """A review without when it was made, which may be a second later in the next one."""
    return re.sub(r'"made": "[^"]*"', '"made": ""', review)


def test_the_circles_of_the_usual_folder_are_reviewed(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour", "Island")
    done = sandbox.run("review", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert [each["name"] for each in told["circles"]] == ["Harbour", "Island"]
    assert [each["name"] for each in told["circles"][0]["members"]] == ["Ana", "Zoe"]
    named = sandbox.run_in_process("review", "--json", str(sandbox.sessions)).stdout
    assert without_moment(named) == without_moment(done.stdout)


def test_files_and_folders_that_are_named_are_reviewed(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour", "Island")
    island = str(sandbox.sessions / "island.json")
    named = json.loads(sandbox.run_in_process("review", island, "--json").stdout)
    assert [each["file"] for each in named["circles"]] == [island]
    both = json.loads(
        sandbox.run_in_process("review", island, str(sandbox.sessions), "--json").stdout
    )
    assert [each["name"] for each in both["circles"]] == ["Island", "Harbour"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("form", FORMS)
def test_members_see_byte_for_byte_what_leads_see(sandbox: Sandbox, form: str) -> None:
    make_circles(sandbox, "Harbour")
    leads = without_moment(sandbox.run_in_process("review", form).stdout)
    members = without_moment(sandbox.run_in_process("review", "--as-members-see-it", form).stdout)
    assert leads == members
    assert "Harbour" in leads or form == "--csv"


def test_seats_put_members_in_the_order_in_which_they_sit(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour")
    assert "Members: Ana, Zoe.\n" in sandbox.run_in_process("review", "--text").stdout
    assert "Members: Zoe, Ana.\n" in sandbox.run_in_process("review", "--text", "--seats").stdout


def test_days_are_read_as_people_write_them(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour")
    done = sandbox.run_in_process(
        "review", "--from", "5 March 2026", "--until", "2026-04-30", "--text"
    )
    assert done.stdout.startswith("Who came from 5 March 2026 until 30 April 2026.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "soon", "--json"), "isn't a day"),
        (("--from", "2026-05-01", "--until", "2026-04-01", "--json"), "lies before the first"),
        (("-o", "out"), "-o needs a form"),
        (("--json", "--csv"), "not allowed with"),
        ((), "needs a terminal"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_and_nothing_else(
    sandbox: Sandbox, arguments: tuple[str, ...], said: str
) -> None:
    done = sandbox.run_in_process("review", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not (sandbox.home / "out").exists()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("form", FORMS)
def test_what_cannot_be_read_is_one_line_and_status_1_and_the_others_are_shown(
    sandbox: Sandbox, form: str
) -> None:
    make_circles(sandbox, "Harbour")
    whole = sandbox.run_in_process("review", form).stdout
    torn = sandbox.sessions / "torn.json"
    torn.write_bytes(TORN)
    done = sandbox.run_in_process("review", form, str(sandbox.sessions), str(sandbox.home / "gone"))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"circle-tui: {torn} couldn't be read: it's damaged.",
        f"circle-tui: {sandbox.home / 'gone'} couldn't be read: there's nothing with that name.",
    ]
    assert len(done.stdout) >= len(whole)
    if form != "--csv":
        assert "it's damaged" in done.stdout
    assert torn.read_bytes() == TORN


def test_without_any_circles_folder_it_is_one_line(sandbox: Sandbox) -> None:
    done = sandbox.run_in_process("review", "--text")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "circle-tui: There's no circle yet: run circle-tui to set one up.\n"
    assert not sandbox.sessions.exists()


def test_a_file_is_written_for_its_owner_alone_and_replaced_whole(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour")
    output = sandbox.home / "who.svg"
    for _ in range(2):
        done = sandbox.run_in_process("review", "--svg", "-o", "who.svg")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert output.read_text(encoding="utf-8").endswith("</svg>\n")
        assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert not [path for path in sandbox.home.iterdir() if path.name.endswith(".tmp")]


def test_a_circle_is_not_written_over(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour", "Island")
    before = sandbox.files()
    for name in ("harbour.json", "island.lock"):
        path = sandbox.sessions / name
        done = sandbox.run_in_process("review", str(sandbox.sessions), "--json", "-o", str(path))
        assert done.returncode == 1
        assert done.stderr == f"circle-tui: {path} is a circle's own file: choose another name.\n"
    assert sandbox.files() == before


def damaged_files(sandbox: Sandbox) -> None:
    """So many that the lines about them fill any pipe."""
    sandbox.sessions.mkdir(parents=True)
    for number in range(1000):
        (sandbox.sessions / f"{number:0200}.json").write_bytes(TORN)


def test_a_pipe_that_is_closed_ends_it_quietly(sandbox: Sandbox) -> None:
    damaged_files(sandbox)
    running = start(sandbox, "review", "--text")
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    said = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait(PATIENCE) == 141
    assert all(line.endswith("it's damaged.") for line in said.splitlines())


@pytest.mark.sampled(1)
@pytest.mark.parametrize("output", [None, "who.txt"])
def test_ctrl_c_in_the_middle_of_reading_leaves_in_order(
    sandbox: Sandbox, output: str | None
) -> None:
    damaged_files(sandbox)
    to = () if output is None else ("-o", output)
    before = sorted(sandbox.home.iterdir())
    running = start(sandbox, "review", "--text", *to)
    assert running.stderr is not None
    # It has begun to read, and cannot end before somebody reads the rest of this.
    first = running.stderr.readline()
    running.send_signal(signal.SIGINT)
    _, rest = running.communicate(timeout=PATIENCE)
    assert running.returncode == 130
    lines = (first + rest).decode().splitlines()
    assert lines[-1].startswith("circle-tui: stopped")
    assert len(lines) < 1000
    assert sorted(sandbox.home.iterdir()) == before


def test_help_says_that_members_see_what_leads_see(sandbox: Sandbox) -> None:
    done = sandbox.run_in_process("review", "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Members see what leads see" in " ".join(done.stdout.split())


def test_a_terminal_gets_the_lines_and_keeps_its_ways(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour")
    terminal = sandbox.start("review", "--text")
    assert terminal.wait_exit() == 0
    assert "Members: Ana, Zoe." in terminal.said_after_leaving
    assert b"\x1b" not in terminal.raw


def test_a_folder_is_not_changed_by_being_read(sandbox: Sandbox) -> None:
    make_circles(sandbox, "Harbour")
    before = sandbox.files()
    for form in FORMS:
        sandbox.run_in_process("review", form)
    assert sandbox.files() == before
