"""The commands and their options.

Invariant: nothing slow is imported here, so that `--version` and `--help` answer at once. Values
are checked by the rules in `core`; this module only refuses what can be no value at all.
"""

import argparse
from typing import NoReturn

from circle_tui import __version__
from circle_tui.cli.circle_arguments import (
    describe_certificate,
    describe_circle,
    describe_import,
    describe_record,
    describe_shared,
    describe_verify,
)
from circle_tui.cli.form_arguments import describe_forms
from circle_tui.cli.shared_arguments import add_circle, add_days, add_output, typed_path

_EPILOG = """\
examples:
  circle-tui                     open your circle, or set one up
  circle-tui demo                look at a made-up circle, with the clock running faster
  circle-tui new "Harbour Circle" --members "Maya, Tom, Priya" --format peer-circle
  circle-tui today Maya          answer Maya's daily commitments, one key each
  circle-tui checkin Maya "…"    two or three sentences for the next gathering
  circle-tui next                when you meet next, in one line
  circle-tui calendar -o x.ics   your dates, for anybody's calendar
  circle-tui sheet -o x.html     a page to print, for a meeting without a computer
  circle-tui record              record a meeting that you held on paper
  circle-tui review circles/     who came, over all circles in a folder
"""


class _Parser(argparse.ArgumentParser):
    """Cleans errors, because they quote what was typed, which may have control characters."""

    def error(self, message: str) -> NoReturn:
        """Print usage and `message`, and exit with status 2."""
        from circle_tui.core import text

        super().error(text.clean(message))


def make_parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    parser = _Parser(
        prog="circle-tui",
        description="Carries a live peer circle through its meeting on a shared terminal.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"circle-tui {__version__}")
    parser.add_argument(
        "--sessions",
        metavar="DIR",
        type=typed_path,
        help="where your circles are (or else $CIRCLE_SESSIONS, ./sessions, or your data folder)",
    )
    _add_plain(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    _describe_new(commands.add_parser("new", help="set up a circle without a screen"))
    demo = commands.add_parser("demo", help="look at a made-up circle")
    _add_plain(demo)
    demo.add_argument(
        "--speed", type=_speed, help="how many times faster its clock runs (usually 20)"
    )
    _describe_today(
        commands.add_parser("today", help="answer your daily commitments, one key each")
    )
    _describe_checkin(
        commands.add_parser("checkin", help="write a check-in for the next gathering")
    )
    record = commands.add_parser("record", help="record a meeting that you held on paper")
    _add_plain(record)
    describe_record(record)
    _describe_review(commands.add_parser("review", help="who came, for leads and members alike"))
    _describe_export(
        commands.add_parser("export", help="facts for a lead, or a Parquet file for many circles")
    )
    describe_forms(commands)
    _describe_watch(commands.add_parser("watch", help="follow a meeting from a second terminal"))
    _describe_page(
        commands.add_parser("page", help="follow a meeting on a projector, a phone, or in a call")
    )
    describe_import(commands.add_parser("import", help="bring in a circle from another machine"))
    describe_certificate(
        commands.add_parser("certificate", help="the days on which someone met with others")
    )
    describe_verify(
        commands.add_parser("verify", help="compare a certificate with the codes people wrote down")
    )
    return parser


def _describe_watch(watch: argparse.ArgumentParser) -> None:
    watch.description = (
        "Follows a meeting that runs in another terminal. You see the ring, and nothing that's "
        "said."
    )
    _add_slug(watch)
    _add_plain(watch)


def _describe_page(page: argparse.ArgumentParser) -> None:
    page.description = (
        "Shows a circle's ring as a page in a browser, and nothing that's said. The address is new "
        "each time, and works until you stop the command with Ctrl+C."
    )
    _add_slug(page)
    page.add_argument(
        "--lan", action="store_true", help="let other devices in this network open it, too"
    )
    page.add_argument(
        "--port", metavar="N", type=_port, default=0, help="a fixed port (or else any free one)"
    )


def _add_slug(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "slug", nargs="?", metavar="SLUG", help="which circle: its name, or its file's name"
    )


def _describe_new(new: argparse.ArgumentParser) -> None:
    new.add_argument("name", metavar="NAME")
    new.add_argument("--members", required=True, help='"Maya, Tom, Priya"')
    new.add_argument(
        "--format", default="peer-circle", help="peer-circle, pod, movement-pod or trading-pair"
    )
    new.add_argument(
        "--minutes-each", metavar="N", help="how many minutes each person has, like 8 or 7:30"
    )
    new.add_argument("--length", metavar="N", help="how long a meeting takes, like 60 or 1h30")
    new.add_argument(
        "--first", metavar="2026-03-05T10:00", help="the first meeting, with its day and time"
    )
    new.add_argument("--zone", metavar="Europe/London", help="the circle's time zone")
    new.add_argument("--digits", action="store_true", help="always show the time in digits")
    new.add_argument("--bell", action="store_true", help="ring the bell when time is up")
    new.add_argument("--overtime", action="store_true", help="keep counting when time is up")
    new.add_argument(
        "--again",
        action="store_true",
        help="even if there's a circle with that name and those people",
    )


def _describe_today(today: argparse.ArgumentParser) -> None:
    today.add_argument("name", metavar="NAME", help="a member's name, or the start of it")
    add_circle(today)
    answer = today.add_mutually_exclusive_group()
    answer.add_argument(
        "--yes",
        dest="did",
        action="store_true",
        default=None,
        help="answer yes to all, without asking",
    )
    answer.add_argument(
        "--no",
        dest="did",
        action="store_false",
        default=None,
        help="answer no to all, without asking",
    )
    today.add_argument(
        "--yesterday",
        action="store_true",
        help="answer for the day before (before 4 in the morning that's the usual)",
    )


def _describe_checkin(checkin: argparse.ArgumentParser) -> None:
    checkin.add_argument("name", metavar="NAME", help="a member's name, or the start of it")
    checkin.add_argument(
        "words", metavar="WORDS", help="two or three sentences, or - to read them from stdin"
    )
    add_circle(checkin)


def _describe_review(review: argparse.ArgumentParser) -> None:
    _add_plain(review)
    review.description = "Who came, and nothing that was said. Members see what leads see."
    review.add_argument(
        "paths",
        nargs="*",
        type=typed_path,
        metavar="FILE|FOLDER",
        help="files of circles, facts, bundles of facts, or folders (or else your own circles)",
    )
    add_days(review)
    review.add_argument(
        "--period", metavar="PERIOD", help='instead of both: "last month", "90 days", "this year"'
    )
    review.add_argument(
        "--seats", action="store_true", help="show members by seat instead of by name"
    )
    review.add_argument(
        "--as-members-see-it", action="store_true", help="exactly the same: there's only one review"
    )
    forms = review.add_mutually_exclusive_group()
    for form, what in (
        ("text", "plain lines, for screen readers and mail"),
        ("json", "one object, for another program"),
        ("csv", "a row per member and meeting, for a spreadsheet"),
        ("svg", "a picture to put on a page"),
    ):
        forms.add_argument(
            f"--{form}", dest="form", action="store_const", const=form, help=f"no screen: {what}"
        )
    for form, what in (
        ("html", "a page to print: an overview, then a page per circle"),
        ("xlsx", "a spreadsheet: circles, cycles, meetings, members"),
    ):
        forms.add_argument(
            f"--{form}", metavar="FILE", type=typed_path, help=f"no screen: {what}, into FILE"
        )
    review.add_argument(
        "--by", choices=["circle", "cycle", "meeting"], help="what each row of --csv is about"
    )
    add_output(review)


def _describe_export(export: argparse.ArgumentParser) -> None:
    export.description = (
        "Writes what a circle hands on: who came, and nothing that was said. Only a whole circle "
        "that moves to another machine takes its words along."
    )
    whats = export.add_subparsers(dest="what", metavar="WHAT", required=True, title="what")
    describe_circle(
        whats.add_parser("circle", help="a whole circle with all its words, for another machine")
    )
    describe_shared(
        whats.add_parser("shared", help="the lines you chose to pass up, for the circle above")
    )
    _describe_facts(whats.add_parser("facts", help="a circle's facts, to give to its lead"))
    _describe_attendance(
        whats.add_parser("attendance", help="a Parquet file of many circles, for an organisation")
    )
    _describe_key(whats.add_parser("key", help="a key that several leads share for their ids"))


def _describe_facts(facts: argparse.ArgumentParser) -> None:
    facts.description = (
        "A circle's facts, to give to its lead: its members, who came, what was cancelled, and how "
        "cycles ended. Nothing that was said is in it."
    )
    which = facts.add_mutually_exclusive_group()
    add_circle(which)
    which.add_argument("--all", action="store_true", help="all circles here, as one bundle")
    facts.add_argument(
        "--people",
        choices=["names", "initials", "seats"],
        default="names",
        help="how members appear in it (usually by name)",
    )
    add_output(facts)


def _describe_attendance(attendance: argparse.ArgumentParser) -> None:
    attendance.description = (
        "Who came, as a Parquet file for an organisation: a row for each member and meeting, and "
        "nothing that was said. Without --names, nobody can tell who the people are."
    )
    attendance.add_argument(
        "paths",
        nargs="+",
        type=typed_path,
        metavar="FILE|FOLDER",
        help="files of circles, facts, or folders of them, however deep",
    )
    where = attendance.add_mutually_exclusive_group(required=True)
    where.add_argument(
        "--parquet",
        metavar="FILE",
        type=typed_path,
        help="write to FILE, and FILE.circles beside it",
    )
    where.add_argument(
        "--into",
        metavar="DIR",
        type=typed_path,
        help="write to a folder of parts, and only those that changed",
    )
    add_days(attendance)
    attendance.add_argument("--names", action="store_true", help="names instead of anonymous ids")
    attendance.add_argument(
        "--key", metavar="FILE", type=typed_path, help="make ids with this key instead of yours"
    )
    attendance.add_argument(
        "--dates",
        choices=["week", "month"],
        help="the first day of each week or month, instead of exact times",
    )
    attendance.add_argument(
        "--at-least",
        metavar="N",
        type=int,
        default=0,
        help="leave out circles of fewer than N people",
    )


def _describe_key(key: argparse.ArgumentParser) -> None:
    key.description = "A key for anonymous ids. Everyone who has the same key gets the same ids."
    add_output(key)


def _add_plain(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--plain",
        action="store_true",
        # What was said before the name of a command isn't taken back after it.
        default=argparse.SUPPRESS,
        help="line by line, without a screen (like CIRCLE_PLAIN=1, ACCESSIBLE=1 or TERM=dumb)",
    )


def _port(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:6]) <= 65535):
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(typed)


def _speed(typed: str) -> float:
    try:
        speed = float(typed)
    except ValueError:
        speed = 0.0
    if not 0.1 <= speed <= 1000:
        raise argparse.ArgumentTypeError("a speed is a number from 0.1 to 1000")
    return speed
