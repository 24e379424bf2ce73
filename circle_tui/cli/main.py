"""The command line.

Invariant: each command imports what it needs when it runs, so that `--version` and `--help` are
there at once. Data goes to stdout, messages to stderr; 0 is fine, 1 a problem found, 2 wrong
usage.
"""

import argparse
import gc
import io
import os
import sys
from pathlib import Path
from typing import NoReturn

from circle_tui import __version__
from circle_tui.exit_codes import FINE, PROBLEM, WRONG_USAGE

_EPILOG = """\
examples:
  circle-tui                     open your circle, or set one up
  circle-tui demo                look at a made-up circle, with the clock running faster
  circle-tui new "Harbour Circle" --members "Maya, Tom, Priya" --format peer-circle
  circle-tui today Maya          answer Maya's daily commitments, in one key each
  circle-tui checkin Maya "…"    two or three sentences for the next gathering
  circle-tui review circles/     who came, over all circles in a folder
"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong without giving the terminal what was typed as it was typed."""

    def error(self, message: str) -> NoReturn:
        """End with usage, the sentence and status 2."""
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
        type=Path,
        help="where circles lie (else $CIRCLE_SESSIONS, ./sessions, or your data folder)",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    new = commands.add_parser("new", help="set up a circle without a screen")
    new.add_argument("name", metavar="NAME")
    new.add_argument("--members", required=True, help='"Maya, Tom, Priya"')
    new.add_argument(
        "--format", default="peer-circle", help="peer-circle, pod, movement-pod or trading-pair"
    )
    new.add_argument("--minutes-each", type=_minutes, metavar="N", help="a share's length")
    new.add_argument("--length", type=_minutes, metavar="N", help="a meeting's length in minutes")
    new.add_argument("--first", metavar="2026-03-05T10:00", help="the first meeting")
    new.add_argument("--zone", metavar="Europe/London", help="the circle's time zone")
    new.add_argument("--digits", action="store_true", help="always show the time in digits")
    new.add_argument("--bell", action="store_true", help="ring the bell when time is up")
    new.add_argument("--overtime", action="store_true", help="count on when time is up")

    demo = commands.add_parser("demo", help="look at a made-up circle")
    demo.add_argument(
        "--speed", type=_speed, help="how many times faster its clock runs (20 unless said)"
    )

    today = commands.add_parser("today", help="answer your daily commitments, in one key each")
    today.add_argument("name", metavar="NAME", help="a member's name, or its beginning")
    _add_circle(today)
    answer = today.add_mutually_exclusive_group()
    answer.add_argument(
        "--yes", dest="did", action="store_true", default=None, help="yes to each, unasked"
    )
    answer.add_argument(
        "--no", dest="did", action="store_false", default=None, help="no to each, unasked"
    )

    checkin = commands.add_parser("checkin", help="write a check-in for the next gathering")
    checkin.add_argument("name", metavar="NAME", help="a member's name, or its beginning")
    checkin.add_argument("words", metavar="WORDS", help="two or three sentences; - reads stdin")
    _add_circle(checkin)

    _add_review(commands.add_parser("review", help="who came, for leads and members alike"))

    export = commands.add_parser("export", help="who came, as a Parquet file for an organisation")
    export.description = (
        "Who came, as a Parquet file for an organisation: a row for each member and meeting, and "
        "nothing that was said. Without --names nobody can tell from it who they are."
    )
    export.add_argument("what", choices=["attendance"], help="what is exported")
    export.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="FILE|FOLDER",
        help="circles' files, and folders with them, however deep",
    )
    export.add_argument("--parquet", required=True, metavar="FILE", type=Path, help="write there")
    export.add_argument("--names", action="store_true", help="names rather than anonymous ids")
    return parser


def _add_review(review: argparse.ArgumentParser) -> None:
    review.description = "Who came, and nothing that was said. Members see what leads see."
    review.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="FILE|FOLDER",
        help="circles' files, and folders with them (else where circles lie)",
    )
    review.add_argument("--from", dest="start", metavar="DAY", help="the first day, 2026-03-05")
    review.add_argument("--until", dest="end", metavar="DAY", help="the last day, included")
    review.add_argument(
        "--seats", action="store_true", help="members by seat, rather than by alphabet"
    )
    review.add_argument(
        "--as-members-see-it", action="store_true", help="the same: there is only one review"
    )
    forms = review.add_mutually_exclusive_group()
    for form, what in (
        ("text", "plain lines, for screen readers and mail"),
        ("json", "one object, for another program"),
        ("csv", "a row per member and meeting, for a spreadsheet"),
        ("svg", "a picture, to put into a page"),
    ):
        forms.add_argument(
            f"--{form}", dest="form", action="store_const", const=form, help=f"no screen: {what}"
        )
    review.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="write there rather than to stdout"
    )


def _add_circle(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--circle", metavar="SLUG", help="which circle, by the name of its file, if in several"
    )


def _minutes(typed: str) -> float:
    try:
        minutes = float(typed)
    except ValueError:
        minutes = -1.0
    # The rules know what a meeting can bear; this only keeps out what is no length of time.
    if not 0 <= minutes <= 10_000:
        raise argparse.ArgumentTypeError(f"“{typed[:24]}” is not a number of minutes")
    return minutes


def _speed(typed: str) -> float:
    try:
        speed = float(typed)
    except ValueError:
        speed = 0.0
    if not 0.1 <= speed <= 1000:
        raise argparse.ArgumentTypeError("the speed is a number from 0.1 to 1000")
    return speed


def main() -> None:
    """`circle-tui`. Ends the process with its exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows another in its place.
            stream.reconfigure(errors="replace")
    arguments = make_parser().parse_args()
    if arguments.command == "new":
        sys.exit(_new(arguments))
    if arguments.command in {"today", "checkin"}:
        sys.exit(_alone(arguments))
    if arguments.command == "review":
        sys.exit(_review(arguments))
    if arguments.command == "export":
        sys.exit(_export(arguments))
    sys.exit(_run(arguments))


def _folder(arguments: argparse.Namespace) -> Path:
    from circle_tui.store.folder import sessions_folder

    return sessions_folder(arguments.sessions, os.environ, Path.cwd())


def _new(arguments: argparse.Namespace) -> int:
    from datetime import timedelta

    from msgspec.structs import replace

    from circle_tui.core.circle.circle import check_zone, make_circle
    from circle_tui.core.dates import read_first
    from circle_tui.core.errors import RuleError
    from circle_tui.service.clock import SystemClock, local_zone
    from circle_tui.store.circle_file import CircleFile
    from circle_tui.store.errors import SaveError

    now, zone = SystemClock().now(), arguments.zone or local_zone()
    share, length = (
        None if given is None else timedelta(minutes=given)
        for given in (arguments.minutes_each, arguments.length)
    )
    try:
        circle = make_circle(
            arguments.name,
            arguments.members,
            arguments.format,
            zone=zone,
            now=now,
            first=None
            if arguments.first is None
            else read_first(arguments.first, check_zone(zone), now),
            share=share,
            length=length,
        )
        circle = replace(
            circle,
            digits=arguments.digits,
            bell=arguments.bell,
            overtime=arguments.overtime,
        )
        file = CircleFile.create(_folder(arguments), circle)
    except RuleError as refused:
        print(f"circle-tui: {refused}", file=sys.stderr)  # noqa: T201 - the answer itself
        return WRONG_USAGE
    except SaveError as failure:
        print(f"circle-tui: {failure}", file=sys.stderr)  # noqa: T201
        return PROBLEM
    _answer(file.path)
    return FINE


def _answer(path: Path) -> None:
    """A path as it is for whoever goes on with it, harmless on a terminal."""
    from circle_tui.store.errors import shown

    if sys.stdout.isatty():
        print(shown(path))  # noqa: T201
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(os.fsencode(path) + os.linesep.encode())


def _alone(arguments: argparse.Namespace) -> int:
    from circle_tui.cli import member_commands
    from circle_tui.service.clock import SystemClock

    folder, slug, name = _folder(arguments), arguments.circle, arguments.name
    if arguments.command == "today":
        return member_commands.today(folder, slug, name, SystemClock(), did=arguments.did)
    return member_commands.check_in(folder, slug, name, arguments.words, SystemClock())


def _review(arguments: argparse.Namespace) -> int:
    from circle_tui.core.attendance.figures import read_range
    from circle_tui.core.errors import RuleError

    if arguments.output is not None and arguments.form is None:
        return _wrong_usage("-o needs a form: --text, --json, --csv or --svg.")
    try:
        within = read_range(arguments.start, arguments.end)
    except RuleError as refused:
        return _wrong_usage(str(refused))
    if arguments.form is None and (lacking := _lacking_terminal("the review")) is not None:
        return _wrong_usage(lacking)
    paths = arguments.paths or [_folder(arguments)]
    if not arguments.paths and not _is_there(paths[0]):
        print("circle-tui: There is no circle yet: circle-tui sets one up.", file=sys.stderr)  # noqa: T201
        return PROBLEM
    if arguments.form is None:
        _make_ready_to_draw()
        from circle_tui.tui.review_app import run_review

        as_members = arguments.as_members_see_it
        return run_review(paths, within, seats=arguments.seats, as_members=as_members)
    from circle_tui.reports.command import review
    from circle_tui.service.clock import SystemClock

    return review(
        paths,
        arguments.form,
        within,
        SystemClock(),
        seats=arguments.seats,
        output=arguments.output,
    )


def _is_there(path: Path) -> bool:
    """Whether there is anything of that name; what may not be looked at may well be there."""
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return True


def _export(arguments: argparse.Namespace) -> int:
    from circle_tui.reports.command import export
    from circle_tui.service.clock import SystemClock

    return export(arguments.paths, arguments.parquet, SystemClock(), names=arguments.names)


def _wrong_usage(sentence: str) -> int:
    print(f"circle-tui: {sentence}", file=sys.stderr)  # noqa: T201 - the answer itself
    return WRONG_USAGE


def _lacking_terminal(what: str) -> str | None:
    """Why `what` cannot be shown here; None where it can."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return f"{what} needs a terminal; run it in one, or see circle-tui --help."
    if os.environ.get("TERM", "") in {"", "dumb"}:
        return "this terminal cannot draw a screen (TERM=dumb); use another."
    return None


def _make_ready_to_draw() -> None:
    """What has to be said before anything of Textual is imported."""
    # Until the first frame (`Frame.on_ready`): there is hardly any garbage in a start.
    gc.disable()
    # Not a sixtieth of a second after the drawing before, as when a key comes with a tick of the
    # clock: nothing here draws without end.
    os.environ.setdefault("TEXTUAL_FPS", "1000")


def _run(arguments: argparse.Namespace) -> int:
    if (lacking := _lacking_terminal("a meeting")) is not None:
        return _wrong_usage(lacking)
    _make_ready_to_draw()
    from circle_tui.tui.app import DEMO_SPEED, CircleApp

    speed = arguments.speed or DEMO_SPEED if arguments.command == "demo" else None
    app = CircleApp(_folder(arguments), demo_speed=speed)
    try:
        app.run()
    finally:
        # However it ended: also a signal and a crash park the meeting, and leave no log beside it.
        app.let_go()
    return app.return_code or 0
