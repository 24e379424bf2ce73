"""`circle-tui new`: a circle without a screen, or one sentence and nothing at all."""

import json
import re
import stat
import subprocess
import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from .sandbox import Sandbox

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
    ("--minutes-each", "7.30"),
    ("--length", "a while"),
    ("--length", "1"),
    ("--length", "100000"),
    ("--first", "next Thursday"),
    ("--first", "2026-02-30T10:00"),
    ("--first", ""),
    ("--first", "2026-03-05"),
    ("--first", "19:30"),
    ("--first", "3/5/2026 19:30"),
    ("--first", "Friday 5 March 2026 10:00"),
    ("--first", "2026-03-29T01:30"),
    ("--first", "2026-03-05T10:00:30"),
    ("--members", "Smith, Ann; Jones, Bob"),
    ("--members", "maya@x.org; tom@x.org"),
    ("--zone", "Europe/Atlantis"),
    ("--zone", "Europe"),
    ("--zone", "EST"),
    ("--zone", "localtime"),
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


def refusal_of(sandbox: Sandbox, *typed: str) -> str:
    """The one sentence with which the program refuses such a command line."""
    return refusal_in(sandbox, sandbox.run_in_process(*typed))


def refusal_in(sandbox: Sandbox, done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence with which a command was refused; nothing was done."""
    assert done.returncode == 2, done
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    *usage, sentence = done.stderr.splitlines()
    assert all(line.startswith(("usage: ", "  ")) for line in usage), done.stderr
    assert sentence.startswith("circle-tui")
    assert not any(unicodedata.category(each) == "Cc" for each in sentence), ascii(sentence)
    assert not sandbox.sessions.exists()
    return sentence


@pytest.mark.parametrize(("option", "value"), BAD, ids=[f"{o} {ascii(v)[:24]}" for o, v in BAD])
def test_what_cannot_be_a_circle_is_refused_in_refusal_of(
    sandbox: Sandbox, option: str, value: str
) -> None:
    refusal_in(sandbox, sandbox.run_in_process(*arguments(**{option: value})))


def test_a_name_or_members_left_out_is_one_sentence_after_the_usage(sandbox: Sandbox) -> None:
    assert "NAME" in refusal_of(sandbox, "new", "--members", "Maya, Tom")
    assert "--members" in refusal_of(sandbox, "new", "Harbour")


def test_every_option_is_in_the_file(sandbox: Sandbox) -> None:
    done = sandbox.run(
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
    path = sandbox.sessions / "harbour-circle.json"
    assert done.stdout == f"{path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    (circle,) = sandbox.table("harbour-circle", "circle")
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
    members = sandbox.table("harbour-circle", "members")
    assert [(each["id"], each["name"]) for each in members] == [
        ("m1", "Maya"),
        ("m2", "Tom"),
        ("m3", "Priya"),
        ("m4", "Lena"),
    ]
    assert sandbox.table("harbour-circle", "sessions") == []


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("key", "share", "length"),
    [("peer-circle", 480, 3600), ("pod", 420, 1800), ("movement-pod", 360, 2700)],
)
def test_a_format_says_what_is_not_said(
    sandbox: Sandbox, key: str, share: int, length: int
) -> None:
    assert (
        sandbox.run_in_process("new", "Plain", "--members=A, B", f"--format={key}").returncode == 0
    )
    (circle,) = sandbox.table("plain", "circle")
    assert (circle["share_seconds"], circle["length_seconds"]) == (share, length)
    assert circle["zone"] == "UTC"
    assert (circle["digits"], circle["bell"], circle["overtime"]) == (False, False, False)


def test_strange_names_are_kept_as_far_as_they_can_be_shown(sandbox: Sandbox) -> None:
    strange = [
        "[red]Ann[/]",
        "[/]",
        "B\x1b[31mo\x07",
        "\u202eדנה\u202c",
        "Zoë 👩‍🚀",
        "C\xa0y\u200b",
    ]
    twenty = [*strange, *(f"Person {at}" for at in range(14))]
    done = sandbox.run_in_process("new", "[b]\x1bOdd\u202e[/b]", f"--members={','.join(twenty)}")
    assert (done.returncode, done.stderr) == (0, "")
    path = Path(done.stdout.rstrip("\n"))
    (circle,) = sandbox.table(path.stem, "circle")
    assert circle["name"] == "[b]Odd[/b]"
    names = [each["name"] for each in sandbox.table(path.stem, "members")]
    assert names[:6] == ["[red]Ann[/]", "[/]", "B[31mo", "דנה", "Zoë 👩‍🚀", "C y"]
    assert len(names) == 20
    assert path.read_bytes().isascii()


def test_a_second_circle_of_a_name_has_a_file_of_its_own(sandbox: Sandbox) -> None:
    for expected in ("harbour", "harbour-2", "harbour-3"):
        new, *options = arguments()
        done = sandbox.run_in_process(new, "--again", *options)
        assert Path(done.stdout.strip()).stem == expected
    for name in ("sample", "../../escape", "con", "🚀"):
        assert sandbox.run_in_process(*arguments(name=name)).returncode == 0
    made = sorted(path.name for path in sandbox.home.rglob("*.json"))
    assert made == sorted(path.name for path in sandbox.sessions.iterdir())
    assert len(made) == 7
    assert {"sample.json", "con.json"}.isdisjoint(made)


@pytest.mark.parametrize(
    "changed", [{}, {"name": "HARBOUR"}, {"--members": "priya, tom, Maya"}, {"--length": "50"}]
)
def test_a_second_circle_of_the_same_name_and_people_is_refused(
    sandbox: Sandbox, changed: dict[str, str]
) -> None:
    assert sandbox.run_in_process(*arguments()).returncode == 0
    before = sandbox.files()
    done = sandbox.run_in_process(*arguments(**changed))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "“Harbour” with these people" in done.stderr
    assert "add --again to make a second one." in done.stderr
    assert sandbox.files() == before


def test_other_people_of_that_name_and_other_names_of_those_people_are_not_asked_about(
    sandbox: Sandbox,
) -> None:
    assert sandbox.run_in_process(*arguments()).returncode == 0
    assert sandbox.run_in_process(*arguments(**{"--members": "Maya, Tom"})).returncode == 0
    assert sandbox.run_in_process(*arguments(name="Quay")).returncode == 0


@pytest.mark.parametrize(
    ("key", "status", "files"),
    [("y", 0, 2), ("n", 1, 1), pytest.param("esc", 1, 1, marks=pytest.mark.full)],
)
def test_on_a_terminal_it_asks_whether_to_make_a_second_one(
    sandbox: Sandbox, key: str, status: int, files: int
) -> None:
    assert sandbox.run_in_process(*arguments()).returncode == 0
    terminal = sandbox.start(*arguments())
    terminal.wait_for("Make a second one?")
    terminal.press(key)
    assert terminal.wait_exit() == status
    assert len(sandbox.files()) == files
    assert ("nothing was made" in terminal.text) is (status == 1)
    assert terminal.flags == terminal.flags_before


def test_on_a_terminal_it_says_what_it_understood(sandbox: Sandbox) -> None:
    terminal = sandbox.start(
        *arguments(**{"--members": "1. Maya\n2. Tom <tom@x.org>", "--zone": "Asia/Tokyo"})
    )
    assert terminal.wait_exit() == 0
    assert "2 people: Maya and Tom" in terminal.text
    assert "First meeting: Thursday 5 March" in terminal.text
    assert "10:00 Tokyo time" in terminal.text


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("changed", "asked", "key", "kept"),
    [
        ({"--first": "4/5 2026-05-04 19:30"}, None, "", None),
        ({"--first": "4/5/2030 19:30"}, "by “4/5/2030 19:30”?", "2", "2030-05-04T19:30"),
        ({"--minutes-each": "7.30"}, "What do you mean by “7.30”?", "2", '"share_seconds": 438'),
        ({"--members": "Smith, Ann\nJones, Bob"}, "by “Smith, Ann”?", "2", "Ann Smith"),
        ({"--members": "Smith, Ann\nJones, Bob"}, "by “Smith, Ann”?", "esc", None),
    ],
)
def test_on_a_terminal_one_key_says_what_is_meant(
    sandbox: Sandbox, changed: dict[str, str], asked: str | None, key: str, kept: str | None
) -> None:
    terminal = sandbox.start(*arguments(**changed))
    if asked is not None:
        terminal.wait_for(asked)
        terminal.press(key)
    assert (terminal.wait_exit() == 0) is (kept is not None)
    made = [content.decode() for name, content in sandbox.files().items() if name[-4:] == "json"]
    assert len(made) == (kept is not None)
    assert kept is None or kept in made[0]
    assert terminal.flags == terminal.flags_before


@pytest.mark.parametrize(
    ("first", "zone", "kept"),
    [
        ("2026-03-05T10:00", "London", "2026-03-05T10:00"),
        ("2026-07-05T10:00+02:00", "Europe/London", "2026-07-05T09:00"),
        ("2026-12-15T19:30:00Z", "America/New_York", "2026-12-15T14:30"),
        ("15 Dec 2026 7pm EST", "Europe/London", "2026-12-16T00:00"),
        ("5.3.2026 19.30", "Europe/London", "2026-03-05T19:30"),
    ],
)
def test_a_first_meeting_is_kept_on_the_circles_own_clocks(
    sandbox: Sandbox, first: str, zone: str, kept: str
) -> None:
    done = sandbox.run_in_process(*arguments(**{"--first": first, "--zone": zone}))
    assert (done.returncode, done.stderr) == (0, "")
    (circle,) = sandbox.table("harbour", "circle")
    assert circle["first"] == kept


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("tz", "zone"),
    [
        ("Europe/Paris", "Europe/Paris"),
        ("EST5EDT,M3.2.0,M11.1.0", "America/New_York"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "Europe/Berlin"),
        ("<+0530>-5:30", "Asia/Kolkata"),
    ],
)
def test_a_circle_gets_the_zone_of_this_machine(sandbox: Sandbox, tz: str, zone: str) -> None:
    sandbox.environment["TZ"] = tz
    assert sandbox.run_in_process("new", "Plain", "--members=A, B").returncode == 0
    (circle,) = sandbox.table("plain", "circle")
    assert _same_time(circle["zone"], zone), circle["zone"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("tz", "shown"),
    [("EST5EDT", "10:00 Tokyo time"), ("XYZ-9", "10:00 *[│\n]"), ("XYZ3:17", "10:00 Tokyo time")],
)
def test_a_circle_of_another_zone_shows_it_beside_its_times(
    sandbox: Sandbox, tz: str, shown: str
) -> None:
    changed = {"--first": "2099-03-05T10:00", "--zone": "Asia/Tokyo"}
    assert sandbox.run_in_process(*arguments(**changed)).returncode == 0
    sandbox.environment["TZ"] = tz
    terminal = sandbox.start()
    terminal.wait_for("Thursday 5 March 2099, ")
    terminal.wait_for(lambda: re.search(rf"2099, {shown}", terminal.text) is not None)


def _same_time(zone: str, other: str) -> bool:
    return all(
        datetime(2027, month, 1, tzinfo=ZoneInfo(zone)).utcoffset()
        == datetime(2027, month, 1, tzinfo=ZoneInfo(other)).utcoffset()
        for month in range(1, 13)
    )


def test_a_machine_whose_zone_no_circle_could_keep_is_asked_for_one(sandbox: Sandbox) -> None:
    sandbox.environment["TZ"] = "XYZ3:17"
    assert "--zone Europe/London" in refusal_of(sandbox, "new", "Plain", "--members=A, B")
    assert sandbox.run_in_process("new", "Plain", "--members=A, B", "--zone=paris").returncode == 0


def test_a_folder_that_cannot_be_written_is_a_problem_in_refusal_of(sandbox: Sandbox) -> None:
    in_the_way = sandbox.home / "file"
    in_the_way.write_text("words")
    done = sandbox.run_in_process("--sessions", str(in_the_way / "below"), *arguments())
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("circle-tui: ")
    assert len(done.stderr.splitlines()) == 1
    assert in_the_way.read_text() == "words"


@pytest.mark.parametrize("first", ["0001-01-01T00:00", "9999-12-31T23:59", "1900-01-01"])
def test_a_first_meeting_in_another_age_makes_a_circle_that_opens_or_none(
    sandbox: Sandbox, first: str
) -> None:
    done = sandbox.run_in_process(*arguments(**{"--first": first}))
    assert "Traceback" not in done.stderr
    if done.returncode == 0:
        assert json.loads(Path(done.stdout.strip()).read_text())
        terminal = sandbox.start()
        terminal.wait_for("Begin the meeting")
        terminal.press("enter")
        terminal.wait_for("1 Maya")
        terminal.press("q")
        assert terminal.wait_exit() == 0
    else:
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
