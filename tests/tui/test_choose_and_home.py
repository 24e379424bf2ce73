"""Between meetings: which circle, what it says of itself, and who may write to it."""

import subprocess
import sys
from pathlib import Path

import pytest

from circle_tui.core.meeting import commands
from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.store.lock import CircleLock
from circle_tui.tui.widgets.lines import StatusLine

from .app_driver import begin_round, create_circle, folder_contents, meeting_under_way, run_app


async def test_one_circle_opens_at_once(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        assert driver.headline[0] == "Harbour"


async def test_several_circles_are_chosen_from(folder: Path, clock: ManualClock) -> None:
    for name in ("Quay", "Harbour", "Pier"):
        create_circle(folder, clock, name=name)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Choose"
        assert all(name in driver.text for name in ("Harbour", "Pier", "Quay"))
        await driver.press("down", "j", "k", "enter")
        assert driver.screen_name == "Home"
        assert driver.headline[0] == "Pier"
        await driver.press("o")
        assert driver.screen_name == "Choose"
        # The cursor is on the one they come from, and esc goes back to it.
        await driver.press("escape")
        assert driver.headline[0] == "Pier"
        await driver.press("o", "down", "enter")
        assert driver.headline[0] == "Quay"


async def test_a_circle_with_a_meeting_under_way_is_told_from_the_others(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, name="Quay")
    with meeting_under_way(create_circle(folder, clock), clock) as live:
        live.execute(commands.begin)
    async with run_app(folder, clock) as driver:
        harbour, quay = (
            next(line for line in driver.text.splitlines() if name in line)
            for name in ("Harbour", "Quay")
        )
        assert "under way" in harbour
        assert "under way" not in quay
        await driver.press("enter")
        assert driver.phase is Phase.READY


DAMAGED = {
    "no JSON": "{",
    "another program's": '{"fruit": {"1": {"name": "apple"}}}',
    "a newer schema": '{"circle": {"1": {"schema": 99, "name": "Later"}}}',
    "empty": "",
    "a list": "[1, 2]",
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
async def test_a_damaged_circle_says_so_and_cannot_be_opened(
    folder: Path, clock: ManualClock, content: str
) -> None:
    create_circle(folder, clock, name="Quay")
    (folder / "harbour.json").write_text(content)
    before = folder_contents(folder)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Choose"
        assert "harbour" in driver.text
        while "›" not in next(row for row in driver.text.splitlines() if "harbour" in row):
            await driver.press("down")
        assert driver.status.endswith(".")
        await driver.press("enter")
        assert driver.screen_name == "Choose"
        assert driver.app.service is None
        await driver.press("down", "enter")
        assert driver.headline[0] == "Quay"
    assert folder_contents(folder) == before


async def test_a_damaged_circle_alone_is_shown_and_n_sets_up_another(
    folder: Path, clock: ManualClock
) -> None:
    (folder / "harbour.json").write_text("{")
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Choose"
        await driver.press("enter", "n")
        assert driver.screen_name == "FirstRun"
        await driver.press("escape")
        assert driver.screen_name == "Choose"


async def test_a_folder_that_is_a_file_is_reported(tmp_path: Path, clock: ManualClock) -> None:
    (tmp_path / "file").write_text("")
    async with run_app(tmp_path / "file", clock) as driver:
        assert driver.screen_name == "Choose"
        assert "isn't a folder" in driver.flashed
        await driver.press("enter")
        assert driver.screen_name == "Choose"


async def test_a_circle_that_vanished_meanwhile_is_reported(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock, name="Quay")
    gone = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        gone.path.unlink()
        await driver.press("enter")
        assert driver.screen_name == "Choose"
        assert driver.flashed


async def test_a_new_circle_says_when_who_and_which_key(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        assert "Thursday 5 March, 10:00" in driver.text
        assert "Maya" in driver.text
        assert "nter" in driver.status
        await driver.press("enter")
        assert driver.screen_name == "Gathering"


async def test_another_terminal_has_it_and_this_one_only_reads(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    other = CircleLock(file.lock_path)
    other.acquire()
    before = folder_contents(folder)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        assert "another terminal" in driver.status
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert "another terminal" in driver.flashed
        assert folder_contents(folder) == before
        other.release()
        await driver.press("enter")
        assert driver.screen_name == "Gathering"


async def test_another_process_has_it_and_is_named(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock)
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from circle_tui.store.lock import CircleLock;"
            "lock = CircleLock(pathlib.Path(sys.argv[1])); lock.acquire();"
            "print('held', flush=True); sys.stdin.read()",
            str(file.lock_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        async with run_app(folder, clock) as driver:
            assert f"process {holder.pid}" in driver.status
            await driver.press("enter")
            assert driver.app.live is None
        holder.kill()
    assert not file.journal_path.exists()


async def test_a_parked_meeting_elsewhere_is_not_taken_over(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    with meeting_under_way(file, clock) as live:
        live.execute(commands.begin)
    other = CircleLock(file.lock_path)
    other.acquire()
    before = file.journal_path.read_bytes()
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "enter")
        assert driver.app.live is None
    assert file.journal_path.read_bytes() == before
    other.release()


async def test_escape_at_the_gathering_goes_home_and_keeps_what_was_marked(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space")
        marked = driver.meeting
        await driver.press("escape")
        assert driver.screen_name == "Home"
        assert file.journal_path.exists()
        assert "under way" in driver.text
        await driver.press("enter")
        assert driver.meeting == marked


async def test_a_gathering_that_nobody_touched_leaves_nothing(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "escape")
        assert driver.screen_name == "Home"
        assert not file.journal_path.exists()
        await driver.press("enter", "q")
        assert driver.exited
    assert not file.journal_path.exists()
    assert {path.suffix for path in folder.iterdir()} == {".json", ".lock"}


async def test_a_journal_that_cannot_be_read_is_reported_and_can_be_set_aside(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    file.journal_path.write_bytes(b"no journal at all" * 100)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "Home"
        assert "damaged" in driver.status
        await driver.press("enter")
        assert driver.screen_name == "Home"
        await driver.press("x")
        assert not file.journal_path.exists()
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
    assert (folder / "harbour.dropped").exists()


async def test_leaving_home_lets_go_of_the_circle(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("q")
        assert driver.exited
        CircleLock(file.lock_path).acquire()


async def test_a_sentence_of_several_lines_gets_them_and_gives_them_back(
    folder: Path, clock: ManualClock
) -> None:
    create_circle(folder, clock)
    async with run_app(folder, clock, (40, 12)) as driver:
        status_line = driver.app.screen.query_one(StatusLine)
        assert status_line.size.height == 1
        driver.app.screen.flash("a word " * 9)  # type: ignore[attr-defined]
        await driver.settle()
        assert status_line.size.height == 2
        driver.app.screen.flash("a word " * 90)  # type: ignore[attr-defined]
        await driver.settle()
        assert status_line.size.height == 3
        status_line.clear()
        await driver.settle()
        assert status_line.size.height == 1


async def test_a_parked_meeting_is_set_aside_with_its_words_by_the_second_x(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "escape")
        assert driver.screen_name == "Home"
        waiting = driver.status
        await driver.press("x")
        assert driver.status.startswith("x again sets this meeting aside")
        await driver.press("escape")
        assert driver.status == waiting
        assert file.journal_path.exists()
        await driver.press("x", "x")
        assert driver.flashed.startswith("It's set aside, and what was said is in harbour.dropped")
        assert not file.journal_path.exists()
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
    assert (folder / "harbour.dropped").exists()


async def test_a_meeting_that_is_broken_only_when_it_is_gone_on_with_can_be_set_aside_then(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "space", "escape")
        file.journal_path.write_bytes(b"torn" * 500)
        await driver.press("enter")
        assert driver.screen_name == "Home"
        assert "damaged" in driver.status
        await driver.press("x")
        assert not file.journal_path.exists()


async def test_from_anywhere_in_a_round_the_palette_leads_home_and_the_meeting_waits(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock)
    begin_round(file, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        app = driver.app
        titles = {each.title: each for each in app.get_system_commands(app.screen)}
        titles["Home, and the meeting waits"].callback()
        await driver.settle()
        assert driver.screen_name == "Home"
        assert file.journal_path.exists()
        await driver.press("enter")
        assert driver.countdown.is_paused
