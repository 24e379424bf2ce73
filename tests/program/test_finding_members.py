"""Who and which circle is meant on the command line, and in which folder."""

import codecs

import pytest
from msgspec.structs import replace

from circle_tui.store.circle_file import CircleFile

from .daily_commitments import BEGAN, READ, RUN, make, one, won
from .sandbox import Sandbox


def test_a_circle_is_meant_by_its_own_name_or_by_its_files(sandbox: Sandbox) -> None:
    make(sandbox, ("m1", RUN, True), name="José's Circle", members="Maya, Tom")
    other = make(sandbox, ("m1", READ, True), name="Quay", members="Maya, Tom")
    for named in ("jose-s-circle", "jose’s circle", "Josés"):
        done = sandbox.run_in_process("today", "Maya", "--yes", "--circle", named)
        assert done.returncode == 0, done.stderr
    assert other.read().wins == ()
    done = sandbox.run_in_process("today", "Maya", "--yes", "--circle", "Harbour")
    assert done.returncode == 2
    assert "--circle takes jose-s-circle, quay." in done.stderr


@pytest.mark.parametrize(
    ("typed", "name"), [("Zoe", "Zoë"), ("OBrien", "O’Brien"), ("o'brien", "O’Brien")]
)
def test_a_name_is_found_without_its_accents_and_with_another_apostrophe(
    sandbox: Sandbox, typed: str, name: str
) -> None:
    file = make(sandbox, ("m1", RUN, True), members=f"{name}, Marc")
    assert sandbox.run_in_process("today", typed, "--yes").returncode == 0
    assert won(file) == ["c1"]


@pytest.mark.parametrize("name", ["maya", "MAYA", "may", " Maya "])
def test_a_name_is_found_without_capitals_and_by_its_beginning(sandbox: Sandbox, name: str) -> None:
    file = one(sandbox)
    assert sandbox.run_in_process("today", name, "--yes").returncode == 0
    assert won(file) == ["c1"]


@pytest.mark.parametrize(
    ("name", "said"), [("ma", "Maya and Marc"), ("Zoe", "Maya, Marc and Tom"), ("", "Maya")]
)
def test_a_name_that_is_not_clear_is_answered_with_the_names(
    sandbox: Sandbox, name: str, said: str
) -> None:
    file = one(sandbox)
    done = sandbox.run_in_process("today", name, "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert won(file) == []


def test_one_name_in_two_circles_needs_the_circle(sandbox: Sandbox) -> None:
    harbour = one(sandbox)
    other = make(sandbox, ("m1", RUN, True), name="Four Winds", members="Maya, Zoe")
    asked = sandbox.run_in_process("today", "Maya", "--yes")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "--circle four-winds or --circle harbour" in asked.stderr
    assert (
        sandbox.run_in_process("today", "Maya", "--yes", "--circle", "four-winds").returncode == 0
    )
    assert (won(harbour), won(other)) == ([], ["c1"])
    assert sandbox.run_in_process("today", "Marc", "--yes").returncode == 0
    wrong = sandbox.run_in_process("today", "Maya", "--yes", "--circle", "nowhere")
    assert wrong.returncode == 2
    assert "four-winds, harbour" in wrong.stderr


def test_who_left_is_not_found(sandbox: Sandbox) -> None:
    file = one(sandbox)
    state = file.read()
    maya, *others = state.circle.members
    members = (replace(maya, left=BEGAN), *others)
    file.save(replace(state, circle=replace(state.circle, members=members)))
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 2


def test_where_there_is_no_circle_or_none_to_be_read_it_says_so(sandbox: Sandbox) -> None:
    none = sandbox.run_in_process("today", "Maya", "--yes")
    assert (none.returncode, none.stdout) == (1, "")
    assert "no circle" in none.stderr
    sandbox.sessions.mkdir(parents=True)
    (sandbox.sessions / "torn.json").write_text('{"circle": {"1": {"sch')
    torn = sandbox.run_in_process("today", "Maya", "--yes")
    assert torn.returncode == 1
    assert "is damaged" in torn.stderr
    file = one(sandbox)
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 0
    assert won(file) == ["c1"]


@pytest.mark.parametrize("by", ["--sessions=~/circles", "--sessions", "variable"])
def test_a_tilde_is_the_home_folder_also_where_no_shell_has_put_it_in(
    sandbox: Sandbox, by: str
) -> None:
    one(sandbox)
    sandbox.sessions.rename(sandbox.home / "circles")
    chosen = [by] if "=" in by else [by, "~/circles"]
    if by == "variable":
        sandbox.environment["CIRCLE_SESSIONS"] = "~/circles"
        chosen = []
    done = sandbox.run_in_process(*chosen, "today", "Maya", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert won(CircleFile(sandbox.home / "circles" / "harbour.json")) == ["c1"]
    reviewed = sandbox.run_in_process(*chosen, "review", "--csv", "--output=~/who.csv")
    assert (reviewed.returncode, reviewed.stderr) == (0, "")
    assert (sandbox.home / "who.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"circle,")
    assert not (sandbox.home / "~").exists()


@pytest.mark.parametrize(
    ("chosen", "variable"),
    [
        (["--sessions=~nobody-here/circles"], ""),
        ([], "~nobody-here/circles"),
        (["--sessions="], ""),
    ],
)
def test_a_missing_home_and_a_folder_without_a_name_are_reported(
    sandbox: Sandbox, chosen: list[str], variable: str
) -> None:
    sandbox.environment["CIRCLE_SESSIONS"] = variable
    done = sandbox.run_in_process(*chosen, "today", "Maya", "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert "write" in done.stderr.splitlines()[-1]


def test_sessions_names_the_folder(sandbox: Sandbox) -> None:
    file = one(sandbox)
    elsewhere = sandbox.home / "elsewhere"
    sandbox.sessions.rename(elsewhere)
    assert sandbox.run_in_process("today", "Maya", "--yes").returncode == 1
    assert (
        sandbox.run_in_process("--sessions", str(elsewhere), "today", "Maya", "--yes").returncode
        == 0
    )
    assert won(CircleFile(elsewhere / file.path.name)) == ["c1"]
