"""`circle-tui new`: a circle without a screen, or one sentence and nothing at all."""

import json
import stat
import unicodedata
from pathlib import Path

import pytest

from .machine import Machine

TWENTY_ONE = ", ".join(f"Person {at}" for at in range(1, 22))

ACCEPTABLE = {
    "name": "Harbour",
    "--members": "Maya, Tom, Priya",
    "--format": "peer-circle",
    "--minutes-each": "8",
    "--length": "60",
    "--first": "2026-03-05T10:00",
    "--zone": "Europe/London",
}

BAD = [
    ("name", ""),
    ("name", "   "),
    ("name", "\x1b\x07"),
    ("name", "\u202e\u200b"),
    ("name", "x" * 200),
    ("--members", ""),
    ("--members", " , ,, "),
    ("--members", "Maya"),
    ("--members", "Maya, maya"),
    ("--members", "Maya, \x1bMaya"),
    ("--members", f"Maya, {'y' * 200}"),
    ("--members", TWENTY_ONE),
    ("--format", "quaker-meeting"),
    ("--format", ""),
    ("--format", "\x1b[2J"),
    ("--minutes-each", "eight"),
    ("--minutes-each", "0"),
    ("--minutes-each", "-3"),
    ("--minutes-each", "61"),
    ("--length", "an hour"),
    ("--length", "1"),
    ("--length", "100000"),
    ("--first", "next Thursday"),
    ("--first", "2026-02-30T10:00"),
    ("--first", ""),
    ("--zone", "Europe/Atlantis"),
    ("--zone", "Europe"),
    ("--zone", "../../etc/passwd"),
    ("--zone", "\x1b[31m"),
    *(
        (option, number)
        for option in ("--minutes-each", "--length")
        for number in ("nan", "inf", "1e400", "1e300")
    ),
]


def arguments(**changed: str) -> list[str]:
    """The command line of an acceptable circle, with some of it changed."""
    said = {**ACCEPTABLE, **changed}
    name = said.pop("name")
    return ["new", *(f"{option}={value}" for option, value in said.items()), "--", name]


def one_sentence(machine: Machine, *typed: str) -> str:
    """What `circle-tui` complains of, in one sentence, having done nothing."""
    done = machine.run(*typed)
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    *usage, sentence = done.stderr.splitlines()
    assert all(line.startswith(("usage: ", "  ")) for line in usage), done.stderr
    assert sentence.startswith("circle-tui")
    assert not any(unicodedata.category(each) == "Cc" for each in sentence), ascii(sentence)
    assert not machine.sessions.exists()
    return sentence


@pytest.mark.parametrize(("option", "value"), BAD, ids=[f"{o} {ascii(v)[:24]}" for o, v in BAD])
def test_what_cannot_be_a_circle_is_refused_in_one_sentence(
    machine: Machine, option: str, value: str
) -> None:
    one_sentence(machine, *arguments(**{option: value}))


def test_a_name_or_members_left_out_is_one_sentence_after_the_usage(machine: Machine) -> None:
    assert "NAME" in one_sentence(machine, "new", "--members", "Maya, Tom")
    assert "--members" in one_sentence(machine, "new", "Harbour")


def test_every_option_is_in_the_file(machine: Machine) -> None:
    done = machine.run(
        "new",
        "Harbour Circle",
        "--members=Maya, Tom; Priya\nLena",
        "--format=movement-pod",
        "--minutes-each=7.5",
        "--length=50",
        "--first=2026-03-05T10:00",
        "--zone=Europe/London",
        "--digits",
        "--bell",
        "--overtime",
    )
    assert (done.returncode, done.stderr) == (0, "")
    path = machine.sessions / "harbour-circle.json"
    assert done.stdout == f"{path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (circle,) = machine.table("harbour-circle", "circle")
    expected = {
        "schema": 1,
        "name": "Harbour Circle",
        "format": "movement-pod",
        "share_seconds": 450,
        "length_seconds": 3000,
        "rhythm": {"every": 1, "unit": "month"},
        "cycle": 3,
        "first": "2026-03-05T10:00",
        "zone": "Europe/London",
        "digits": True,
        "bell": True,
        "overtime": True,
    }
    assert expected.items() <= circle.items()
    members = machine.table("harbour-circle", "members")
    assert [(each["id"], each["name"]) for each in members] == [
        ("m1", "Maya"),
        ("m2", "Tom"),
        ("m3", "Priya"),
        ("m4", "Lena"),
    ]
    assert machine.table("harbour-circle", "sessions") == []


@pytest.mark.parametrize(
    ("key", "share", "length"),
    [("peer-circle", 480, 3600), ("pod", 420, 1800), ("movement-pod", 360, 2700)],
)
def test_a_format_says_what_is_not_said(
    machine: Machine, key: str, share: int, length: int
) -> None:
    assert machine.run("new", "Plain", "--members=A, B", f"--format={key}").returncode == 0
    (circle,) = machine.table("plain", "circle")
    assert (circle["share_seconds"], circle["length_seconds"]) == (share, length)
    assert circle["zone"] == "UTC"
    assert (circle["digits"], circle["bell"], circle["overtime"]) == (False, False, False)


def test_strange_names_are_kept_as_far_as_they_can_be_shown(machine: Machine) -> None:
    strange = ["[red]Ann[/]", "[/]", "B\x1b[31mo\x07", "\u202eדנה\u202c", "Zoë 👩‍🚀", "C\ty\u200b"]
    twenty = [*strange, *(f"Person {at}" for at in range(14))]
    done = machine.run("new", "[b]\x1bOdd\u202e[/b]", f"--members={','.join(twenty)}")
    assert (done.returncode, done.stderr) == (0, "")
    path = Path(done.stdout.rstrip("\n"))
    (circle,) = machine.table(path.stem, "circle")
    assert circle["name"] == "[b]Odd[/b]"
    names = [each["name"] for each in machine.table(path.stem, "members")]
    assert names[:6] == ["[red]Ann[/]", "[/]", "B[31mo", "דנה", "Zoë 👩‍🚀", "C y"]
    assert len(names) == 20
    assert path.read_bytes().isascii()


def test_a_second_circle_of_a_name_has_a_file_of_its_own(machine: Machine) -> None:
    for expected in ("harbour", "harbour-2", "harbour-3"):
        done = machine.run(*arguments())
        assert Path(done.stdout.strip()).stem == expected
    for name in ("sample", "../../escape", "con", "🚀"):
        assert machine.run(*arguments(name=name)).returncode == 0
    made = sorted(path.name for path in machine.home.rglob("*.json"))
    assert made == sorted(path.name for path in machine.sessions.iterdir())
    assert len(made) == 7
    assert {"sample.json", "con.json"}.isdisjoint(made)


def test_a_folder_that_cannot_be_written_is_a_problem_in_one_sentence(machine: Machine) -> None:
    in_the_way = machine.home / "file"
    in_the_way.write_text("words")
    done = machine.run("--sessions", str(in_the_way / "below"), *arguments())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("circle-tui: ")
    assert len(done.stderr.splitlines()) == 1
    assert in_the_way.read_text() == "words"


@pytest.mark.parametrize("first", ["0001-01-01T00:00", "9999-12-31T23:59", "1900-01-01"])
def test_a_first_meeting_in_another_age_makes_a_circle_that_opens_or_none(
    machine: Machine, first: str
) -> None:
    done = machine.run(*arguments(**{"--first": first}))
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert json.loads(Path(done.stdout.strip()).read_text())
        terminal = machine.start()
        terminal.wait_for("Begin the meeting")
        terminal.press("enter")
        terminal.wait_for("1 Maya")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    else:
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
