"""What lies in the folder already, and what is left anywhere else afterwards."""

import json
import signal
from pathlib import Path

import pytest

from . import facilitator
from .sandbox import Sandbox

DAMAGED = {
    "torn": b'{"circle": {"1": {"schema": 1, "na',
    "empty": b"",
    "no-json": b"\x00\xff\x00 no circle at all",
    "foreign": json.dumps({"_default": {"1": {"todo": "milk"}}}).encode(),
    "a-list": b"[1, 2, 3]\n",
    "newer": json.dumps(
        {"circle": {"1": {"schema": 99, "name": "Tomorrow"}}, "members": {}, "sessions": {}}
    ).encode(),
}

SAID = {
    "foreign": "has no circle in it",
    "a-list": "has no circle in it",
    "newer": "newer circle-tui",
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("slug", DAMAGED)
def test_a_file_that_cannot_be_read_is_shown_and_left_alone(sandbox: Sandbox, slug: str) -> None:
    sandbox.sessions.mkdir(parents=True)
    path = sandbox.sessions / f"{slug}.json"
    path.write_bytes(DAMAGED[slug])
    terminal = sandbox.start()
    terminal.wait_for("can't be read")
    terminal.wait_for(SAID.get(slug, "is damaged"))
    terminal.press("enter")
    terminal.wait_for(SAID.get(slug, "is damaged"))
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert sandbox.files() == {path.name: DAMAGED[slug]}


@pytest.mark.full
def test_a_damaged_file_does_not_keep_a_whole_one_from_meeting(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    (sandbox.sessions / "torn.json").write_bytes(DAMAGED["torn"])
    terminal = sandbox.start()
    terminal.wait_for("can't be read")
    terminal.press("enter")
    facilitator.begin(terminal)
    assert sandbox.files()["torn.json"] == DAMAGED["torn"]


ONCE = b"this was a meeting once " * 400


def test_a_damaged_journal_is_reported_and_kept(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    journal = sandbox.sessions / f"{facilitator.SLUG}.live"
    journal.write_bytes(ONCE)
    terminal = sandbox.start()
    terminal.wait_for("damaged")
    terminal.press("enter")
    terminal.wait_for("damaged")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert ONCE in sandbox.files().values()


def test_a_folder_that_is_a_file_is_reported(sandbox: Sandbox) -> None:
    path = sandbox.home / "not-a-folder"
    path.write_text("words")
    terminal = sandbox.start("--sessions", str(path))
    terminal.wait_for("isn't a folder")
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert path.read_text() == "words"


@pytest.mark.full
def test_names_like_markup_are_shown_as_they_are(sandbox: Sandbox) -> None:
    names = ("Ann[/]", "[red]Bo[/red]", "[@click=app.quit]Cy", "דנה", "Zoë 👩‍🚀")
    facilitator.make_circle(sandbox, "[b]Bold[/b]", ", ".join(names))
    terminal = sandbox.start()
    terminal.wait_for("[b]Bold[/b]")
    terminal.press("enter")
    terminal.wait_for("2 [red]Bo[/red]")
    terminal.wait_for("[@click=app.quit]Cy")
    facilitator.begin_round(terminal, "Ann[/]")
    facilitator.start_share(terminal, "Ann[/]")
    terminal.press("q", "q")
    assert terminal.wait_exit() == 0


def test_the_folder_beside_one_is_the_folder(sandbox: Sandbox) -> None:
    beside = sandbox.home / "sessions"
    beside.mkdir()
    assert sandbox.run_in_process("new", "Beside", "--members", "A, B").returncode == 0
    assert (beside / "beside.json").exists()
    named = sandbox.home / "named"
    sandbox.environment["CIRCLE_SESSIONS"] = str(named)
    assert sandbox.run_in_process("new", "Named", "--members", "A, B").returncode == 0
    assert (named / "named.json").exists()
    chosen = sandbox.home / "chosen"
    assert (
        sandbox.run_in_process(
            "--sessions", str(chosen), "new", "X", "--members", "A, B"
        ).returncode
        == 0
    )
    assert (chosen / "x.json").exists()
    assert not sandbox.sessions.exists()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("end", [signal.SIGTERM, "q"], ids=str)
def test_the_demo_runs_and_leaves_nothing_behind(
    sandbox: Sandbox, end: signal.Signals | str
) -> None:
    terminal = sandbox.start("demo", "--speed", "1000")
    terminal.wait_for("Harbour Circle")
    assert len(list(sandbox.temporary.iterdir())) == 1
    terminal.press("enter")
    terminal.wait_for("1 Maya")
    terminal.press("enter")
    terminal.wait_for("We say out loud")
    terminal.press("enter")
    # 8 minutes at this speed.
    terminal.wait_for("that's your time")
    if isinstance(end, str):
        terminal.press(end, end)
    else:
        terminal.kill(end)
    assert terminal.wait_exit() in {0, 128 + signal.SIGTERM}
    assert list(sandbox.temporary.iterdir()) == []
    assert not sandbox.sessions.exists()


def test_nothing_of_a_circle_is_anywhere_but_in_its_folder(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    facilitator.end_share(terminal, "Ana")
    facilitator.add_commitment(terminal, "I call the printer")
    secrets = [word.encode() for word in (facilitator.NAME, *facilitator.MEMBERS, "the printer")]
    seen = [
        Path(f"/proc/{terminal.pid}/{name}").read_bytes()
        for name in ("cmdline", "comm")
        if Path("/proc/self/comm").exists()
    ]
    seen.append(terminal.titles.encode())
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert sandbox.sessions.is_dir()
    assert list(sandbox.temporary.iterdir()) == []
    elsewhere = [
        path
        for path in sandbox.home.rglob("*")
        if path.is_file() and not path.is_relative_to(sandbox.sessions)
    ]
    seen += [path.read_bytes() for path in elsewhere]
    for content in seen:
        assert not any(secret in content for secret in secrets), content


def test_a_deleted_file_beside_a_parked_meeting_is_reported_and_nobody_is_welcomed(
    sandbox: Sandbox,
) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.press("q", "q")
    assert terminal.wait_exit() == 0
    (sandbox.sessions / f"{facilitator.SLUG}.json").unlink()
    before = sandbox.files()
    terminal = sandbox.start()
    terminal.wait_for("is gone, and its meeting in")
    assert "Welcome" not in terminal.text
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert sandbox.files() == before


def test_a_folder_called_like_a_circle_is_reported_and_nobody_is_welcomed(sandbox: Sandbox) -> None:
    (sandbox.sessions / "harbour.json").mkdir(parents=True)
    terminal = sandbox.start()
    terminal.wait_for("isn't a file: move it away")
    assert "Welcome" not in terminal.text
    terminal.press("q")
    assert terminal.wait_exit() == 0


@pytest.mark.full
def test_a_log_that_was_cut_off_is_reported_when_the_meeting_goes_on(sandbox: Sandbox) -> None:
    terminal = facilitator.begin_a_share(sandbox)
    terminal.kill(signal.SIGKILL)
    terminal.wait_exit()
    log = sandbox.sessions / f"{facilitator.SLUG}.live-wal"
    log.write_bytes(log.read_bytes()[:-1])
    terminal = sandbox.start()
    terminal.wait_for("The end of this meeting wasn't saved")
    terminal.press("q")
    assert terminal.wait_exit() == 0
