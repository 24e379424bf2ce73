"""`circle-tui partners`: pairs by the topics that people share, from anybody's list."""

import argparse
import io
import sys
from pathlib import Path

import pytest

from .sandbox import Sandbox


def test_pairs_come_with_their_reason_in_any_order_of_the_list(sandbox: Sandbox) -> None:
    rows = ["Maya,focus; writing,Pier", 'Tom,"Writing",', 'Lena,"focus; x, y",Pier', "Sam,x,"]
    said = set()
    for order in (rows, rows[::-1]):
        (sandbox.home / "people.csv").write_text("\n".join(["name,topics,circle", *order]))
        done = sandbox.run_in_process("partners", "people.csv")
        assert (done.returncode, done.stderr) == (0, "")
        said.add(done.stdout)
    assert said == {
        "Maya and Tom: writing\n\n"
        "Lena and Sam: no topic in common with anyone free. Ask for one more topic each.\n"
    }


def test_whoever_waits_for_the_pairs_of_very_many_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from circle_tui.cli import partners

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    rows = [f"P{number:03},focus,c{number}" for number in range(12)]
    (tmp_path / "people.csv").write_text("\n".join(["name,topics,circle", *rows]))
    monkeypatch.setattr(partners, "_MANY", 11)
    for stderr, said in ((Terminal(), "Looking for the best pairs among 12"), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stderr)
        asked = argparse.Namespace(file=tmp_path / "people.csv", output=tmp_path / "pairs.txt")
        assert partners.run(asked) == 0
        assert stderr.getvalue().startswith(said)
        assert bool(stderr.getvalue()) == bool(said)
    assert len((tmp_path / "pairs.txt").read_text().splitlines()) == 6


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"], ids=lambda each: each
)
def test_a_list_is_read_in_the_encodings_of_spreadsheets(sandbox: Sandbox, encoding: str) -> None:
    content = "Name;Topics\r\nChloé;schreiben\r\nJürgen;Schreiben\r\n"
    (sandbox.home / "people.csv").write_bytes(content.encode(encoding))
    done = sandbox.run_in_process("partners", "people.csv", "-o", "pairs.txt")
    assert (done.returncode, done.stderr) == (0, "")
    assert (sandbox.home / "pairs.txt").read_text() == "Chloé and Jürgen: schreiben\n"


@pytest.mark.parametrize(
    ("content", "more", "said"),
    [
        (b"", (), "people.csv: It's empty."),
        (b"name,topics\nMaya,x\n", (), "people.csv: Write at least two people into it."),
        (b"name,topics\nMaya,x\n,y\n", (), "people.csv: Line 3 has no name."),
        (b"PK\x03\x04\x00\x00\x81\x8d", (), "people.csv isn't text: save the table as CSV"),
        (b"name,topics\nMaya,x\nTom,x\n", ("-o", "people.csv"), "is the list itself"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_sentence_and_stays(
    sandbox: Sandbox, content: bytes, more: tuple[str, ...], said: str
) -> None:
    path = sandbox.home / "people.csv"
    path.write_bytes(content)
    done = sandbox.run_in_process("partners", "people.csv", *more)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert path.read_bytes() == content


def test_a_missing_list_is_reported(sandbox: Sandbox) -> None:
    for path, said in (("gone.csv", "There's no file gone.csv"), (".", ". isn't a file")):
        done = sandbox.run_in_process("partners", path)
        assert done.returncode == 1
        assert said in done.stderr
