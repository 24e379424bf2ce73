"""Faults that storage code tends to have, put in on purpose so that the trials must find them.

Invariant: each function breaks one small thing that the program does right.
"""

import os
from collections.abc import Callable

import pytest
from msgspec import structs

from circle_tui.core.circle.record import MeetingRecord
from circle_tui.service import live_meeting
from circle_tui.store import atomic, storage
from circle_tui.store.circle_file import CircleFile

PlantBug = Callable[[pytest.MonkeyPatch], None]


def temporary_file_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The new file may not be on the disk yet when it takes the old file's place."""
    monkeypatch.setattr(atomic, "_sync", lambda file: file.flush())


def folder_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is on the disk, but its name may not be."""
    monkeypatch.setattr(atomic, "sync_folder", lambda _folder: None)


def nothing_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system alone decides when something reaches the disk."""
    folder_not_synced(monkeypatch)
    monkeypatch.setattr(atomic, "_sync", lambda file: file.flush())


def written_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only copy is overwritten, and synced well."""

    def write(self: storage.AtomicJSONStorage, content: bytes) -> None:
        with atomic.open(self._path, "r+b") as file:  # type: ignore[attr-defined]
            file.write(content)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

    monkeypatch.setattr(storage.AtomicJSONStorage, "write_bytes", write)


def journal_removed_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal is deleted before the record is saved."""

    def finish(self: live_meeting.LiveMeeting) -> None:
        self._journal.remove()
        self._keep_record(live_meeting.record_of(self.meeting), self.meeting.circle.members)

    monkeypatch.setattr(live_meeting.LiveMeeting, "finish", finish)


def record_added_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is already in the file is added once more."""
    add = CircleFile.add

    def add_another(self: CircleFile, record: MeetingRecord, _members: object = ()) -> None:
        # Only the record is doubled. Doubled commitments would be refused, which hides this fault.
        another = structs.replace(record, id=f"{record.id} {len(self.read().records)}", made=())
        add(self, another)

    monkeypatch.setattr(CircleFile, "add", add_another)


def unchanged_file_not_synced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that needs no change is assumed to be safely on the disk."""
    monkeypatch.setattr(CircleFile, "make_durable_and_private", lambda _self: None)


PLANTED_BUGS: dict[str, tuple[PlantBug, str]] = {
    "nothing synced": (nothing_synced, "lost"),
    "folder not synced": (folder_not_synced, "lost"),
    "temporary file not synced": (temporary_file_not_synced, "unreadable"),
    "written in place": (written_in_place, "unreadable"),
    "journal removed first": (journal_removed_first, "lost"),
    "record added twice": (record_added_twice, "doubled"),
    "unchanged file not synced": (unchanged_file_not_synced, "lost"),
}
"""Each bug, and the beginning of the fault that it leads to."""
