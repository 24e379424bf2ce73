"""Copies that a sync client left: one circle for every command, and the copies are named."""

import json
import os
from pathlib import Path

import pytest

from . import facilitator
from .sandbox import Sandbox

CONFLICT = "four-winds.sync-conflict-20260401-101112-ABCDEFG"


@pytest.fixture
def with_copy(sandbox: Sandbox) -> Path:
    """A circle, and an older copy beside it that lacks somebody; the path of the copy."""
    facilitator.make_circle(sandbox)
    path = sandbox.sessions / f"{facilitator.SLUG}.json"
    copy = sandbox.sessions / f"{CONFLICT}.json"
    tables = json.loads(path.read_bytes())
    tables["members"].popitem()
    copy.write_text(json.dumps(tables))
    # Long before the circle's own file was written.
    os.utime(copy, (1_700_000_000, 1_700_000_000))
    return copy


def test_a_start_opens_the_newest_and_names_the_copy(sandbox: Sandbox, with_copy: Path) -> None:
    before = with_copy.read_bytes()
    terminal = sandbox.start()
    terminal.wait_for("is a copy, saved on 14 November 2023")
    facilitator.begin(terminal)
    terminal.press("q")
    assert terminal.wait_exit() == 0
    assert with_copy.read_bytes() == before


@pytest.mark.parametrize("slug", [None, facilitator.SLUG, CONFLICT])
def test_today_and_checkin_mean_the_newest_and_name_the_copy(
    sandbox: Sandbox, with_copy: Path, slug: str | None
) -> None:
    which = () if slug is None else ("--circle", slug)
    before = with_copy.read_bytes()
    done = sandbox.run_in_process("today", "Ana", "--yes", *which)
    assert done.returncode == 0
    assert "Ana has no daily commitment open" in done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"circle-tui: {CONFLICT}.json is a copy, saved on 14 November 2023")
    assert line.endswith(f"without {facilitator.MEMBERS[-1]}.")
    assert with_copy.read_bytes() == before


def test_the_review_counts_one_circle_and_names_the_copy(sandbox: Sandbox, with_copy: Path) -> None:
    done = sandbox.run_in_process("review", "--json")
    assert done.returncode == 0
    (circle,) = json.loads(done.stdout)["circles"]
    assert circle["file"].endswith(f"{facilitator.SLUG}.json")
    assert f"{with_copy} was left out: it is a copy of {facilitator.SLUG}.json" in done.stderr


def test_a_lock_that_names_another_computer_is_reported(sandbox: Sandbox) -> None:
    facilitator.make_circle(sandbox)
    lock = sandbox.sessions / f"{facilitator.SLUG}.lock"
    note = '{"process":7,"host":"miras-laptop","since":"2026-03-05T10:02:00Z"}'
    lock.write_text(note)
    done = sandbox.run_in_process("today", "Ana", "--yes")
    assert done.returncode == 0
    assert "seems to be open on miras-laptop too" in done.stderr
    lock.write_text(note)
    terminal = sandbox.start()
    terminal.wait_for("seems to be open on miras-laptop too")
    terminal.press("q")
    assert terminal.wait_exit() == 0
