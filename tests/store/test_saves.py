"""A save is one write or none, whatever happens to the disk or the program."""

import errno
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import structs

from circle_tui.core.circle.state import CircleState
from circle_tui.store import atomic, storage
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents
from circle_tui.store.errors import SaveError

from .full_state import backup_of, folder_contents


def test_a_state_that_could_not_be_read_again_is_not_written(
    file: CircleFile, full_state: CircleState
) -> None:
    kept = folder_contents(file)
    wrong = {
        "covenants": (*full_state.covenants, full_state.covenants[0]),
        "changes": (structs.replace(full_state.changes[0], becomes=""),),
        "wins": full_state.wins * 2,
        "checkins": (structs.replace(full_state.checkins[0], id=""),),
        "records": full_state.records + full_state.records[:1],
    }
    for name, values in wrong.items():
        for save in (file.save, file.save_without_history):
            with pytest.raises(
                SaveError, match=r"^What was to be saved .*: nothing was written\.$"
            ):
                save(structs.replace(full_state, **{name: values}))
    nobody = structs.replace(full_state, circle=structs.replace(full_state.circle, members=()))
    nowhere = structs.replace(
        full_state, circle=structs.replace(full_state.circle, zone="Nowhere/Land")
    )
    for state in (nobody, nowhere):
        with pytest.raises(SaveError, match="nothing was written"):
            file.save(state)
    assert folder_contents(file) == kept


def test_a_save_on_a_full_disk_leaves_the_old_file_and_its_backup(
    file: CircleFile, full_state: CircleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = folder_contents(file)

    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    fewer = structs.replace(full_state, checkins=(), covenants=())
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", no_room)
        with pytest.raises(SaveError, match=r"^The disk is full: free some space"):
            file.save(fewer)
    assert folder_contents(file) == kept
    file.save(fewer)
    assert file.read() == fewer


def test_a_save_is_one_write(
    file: CircleFile, full_state: CircleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[object] = []
    write = storage.AtomicJSONStorage.write_bytes
    monkeypatch.setattr(
        storage.AtomicJSONStorage,
        "write_bytes",
        lambda self, data: writes.append(1) or write(self, data),
    )
    file.save(structs.replace(full_state, wins=(), checkins=(), trades=(), cancelled=()))
    assert len(writes) == 1
    file.save(file.read())
    assert len(writes) == 1


def test_saving_an_unchanged_state_syncs_the_file(
    file: CircleFile, full_state: CircleState, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(atomic, "sync_folder", synced.append)
    file.add(full_state.records[0])
    file.save(full_state)
    assert synced == [file.path.parent] * 2


# Killed programs


GROWS_AND_SHRINKS = """
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from msgspec import structs
from circle_tui.core.circle.state import CheckIn, Win
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import file_contents

file = CircleFile(Path(sys.argv[1]))
state = file.read()
start = datetime(2026, 3, 5, tzinfo=UTC)
turn = 0
while True:
    turn += 1
    many = turn * 7919 % 60
    checkins = tuple(
        CheckIn(id=f"i{n}", member="m1", at=start + timedelta(days=n), text=f"{turn} " + "x" * 500)
        for n in range(many)
    )
    wins = tuple(Win("c8", date(2026, 1, 1) + timedelta(days=n)) for n in range(60 - many))
    circle = structs.replace(state.circle, name=f"Turn {turn}")
    file.save(structs.replace(state, circle=circle, checkins=checkins, wins=wins))
    print(turn, flush=True)
"""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("acknowledged", [1, 2, 3, 5, 13, 40])
def test_after_a_kill_during_a_save_the_file_is_whole_and_holds_what_was_acknowledged(
    file: CircleFile,
    full_state: CircleState,
    start_python: Callable[..., subprocess.Popen[str]],
    acknowledged: int,
) -> None:
    writer = start_python(GROWS_AND_SHRINKS, file.path)
    assert writer.stdout is not None
    for _ in range(acknowledged):
        line = writer.stdout.readline()
        for each in (file.path, backup_of(file)):
            file_contents.decode(each.read_bytes())
    writer.kill()
    rest = writer.communicate()[0].split()
    last = int(rest[-1]) if rest else int(line)
    state = file.read()
    turn = int(state.circle.name.removeprefix("Turn "))
    assert turn >= last
    many = turn * 7919 % 60
    assert [each.text[: len(str(turn))] for each in state.checkins] == [str(turn)] * many
    assert len(state.wins) == 60 - many
    assert (state.records, state.covenants) == (full_state.records, full_state.covenants)
    # The next program is not blocked by anything left behind.
    file.save(full_state)
    assert file.read() == full_state
    assert {path.name for path in file.path.parent.iterdir()} == {
        "harbour.json",
        "harbour.json.bak",
    }
