"""What does not fit in memory is put aside, and is gone at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from circle_tui.store.errors import SaveError
from circle_tui.store.scratch import SortedPieces, scratch_database


@pytest.fixture
def pieces() -> Iterator[SortedPieces]:
    with scratch_database() as db:
        yield SortedPieces(db)


def test_pieces_come_back_by_name_and_then_as_they_came(pieces: SortedPieces) -> None:
    for name, content in (("b", b"1"), ("é", b"2"), ("a", b"3"), ("b", b"0"), ("a", b"")):
        pieces.add(name, content)
    expected = [("a", b"3"), ("a", b""), ("b", b"1"), ("b", b"0"), ("é", b"2")]
    assert list(pieces) == expected
    assert list(pieces) == expected


def test_no_file_of_it_has_a_name(
    pieces: SortedPieces, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path))
    for number in range(100):
        pieces.add(f"{number}", bytes(100_000))
    assert sum(len(content) for _, content in pieces) == 10_000_000
    assert list(tmp_path.iterdir()) == []


def fill() -> None:
    with scratch_database() as db:
        db.execute("PRAGMA max_page_count=10").fetchall()
        SortedPieces(db).add("a", bytes(1_000_000))


def test_a_full_disk_is_one_sentence() -> None:
    with pytest.raises(SaveError, match="disk is full"):
        fill()
