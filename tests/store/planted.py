"""Faults that storage of this kind tends to have, for the harness to find.

Invariant: each is one small thing done wrong, in the place of what the program does.
"""

import os
from collections.abc import Callable

import pytest
from msgspec import structs

from circle_tui.core.circle.record import MeetingRecord
from circle_tui.service import live_meeting
from circle_tui.store import atomic, storage
from circle_tui.store.circle_file import CircleFile

Plant = Callable[[pytest.MonkeyPatch], None]


def temporary_file_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes the file's place may not be on the disk yet."""
    monkeypatch.setattr(atomic, "_sync", lambda file: file.flush())


def folder_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is on the disk, and its name may not be."""
    monkeypatch.setattr(atomic, "sync_folder", lambda _folder: None)


def nothing_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is left to the system."""
    folder_not_synced(monkeypatch)
    monkeypatch.setattr(atomic, "_sync", lambda file: file.flush())


def written_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only copy is written over, and synced well."""

    def write(self: storage.AtomicJSONStorage, content: bytes) -> None:
        with atomic.open(self._path, "r+b") as file:  # type: ignore[attr-defined]
            file.write(content)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

    monkeypatch.setattr(storage.AtomicJSONStorage, "write_bytes", write)


def journal_removed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal goes before the record is kept."""

    def finish(self: live_meeting.LiveMeeting) -> None:
        self._journal.remove()
        self._keep_record(live_meeting.record_of(self.meeting), self.meeting.circle.members)

    monkeypatch.setattr(live_meeting.LiveMeeting, "finish", finish)


def record_added_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is there already is added once more."""
    add = CircleFile.add

    def add_another(self: CircleFile, record: MeetingRecord, _members: object = ()) -> None:
        # Nothing else of it is doubled, or the file would be refused for that.
        another = structs.replace(record, id=f"{record.id} {len(self.read().records)}", made=())
        add(self, another)

    monkeypatch.setattr(CircleFile, "add", add_another)


def unchanged_file_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there already is taken for safe."""
    monkeypatch.setattr(CircleFile, "make_durable_and_private", lambda _self: None)


PLANTED: dict[str, tuple[Plant, str]] = {
    "nothing synced": (nothing_synced, "lost"),
    "folder not synced": (folder_not_synced, "lost"),
    "temporary file not synced": (temporary_file_not_synced, "unreadable"),
    "written in place": (written_in_place, "unreadable"),
    "journal removed first": (journal_removed_first, "lost"),
    "record added twice": (record_added_twice, "doubled"),
    "unchanged file not synced": (unchanged_file_not_synced, "lost"),
}
"""Each fault, and what it does to a circle."""
