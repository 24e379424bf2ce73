"""The options of commands about one circle's own history: put down, certified, moved.

Invariant: nothing slow is imported here, as in `arguments`.
"""

import argparse

from circle_tui.cli.shared_arguments import add_circle, add_days, add_output, describe, typed_path


def describe_record(record: argparse.ArgumentParser) -> None:
    """A meeting held on paper."""
    describe(
        record,
        "Record a meeting that you held on paper, or that's missing: when it was, who came and "
        "opened, how commitments went, new ones, how a cycle ended, and when you meet next. It "
        "takes its place among the others.",
        """\
examples:
  circle-tui record                     opens the screen for it
  circle-tui record --circle harbour    if you have several circles
  circle-tui record --plain             line by line, without a screen
""",
    )
    add_circle(record)


def describe_circle(circle: argparse.ArgumentParser) -> None:
    """A whole circle that moves."""
    describe(
        circle,
        "The whole circle, with everything you said, to continue on another machine. It's for you, "
        "never for a lead. Finish a meeting that's under way first.",
        """\
examples:
  circle-tui export circle harbour -o harbour-to-go.json
  circle-tui import harbour-to-go.json                   on the other machine
""",
    )
    circle.add_argument(
        "slug",
        nargs="?",
        metavar="CIRCLE",
        help="its name, or its file's name, if there are several",
    )
    add_output(circle)


def describe_import(importing: argparse.ArgumentParser) -> None:
    """A circle that arrives."""
    describe(
        importing,
        "Brings in a circle that `circle-tui export circle` wrote. If it's here already, you see "
        "which of the two is newer and what's different, and you choose.",
        """\
examples:
  circle-tui import harbour-to-go.json
  circle-tui import harbour-to-go.json --replace    without asking; the old one stays as a backup
""",
    )
    importing.add_argument(
        "file",
        metavar="FILE",
        type=typed_path,
        help="the file that `circle-tui export circle` wrote",
    )
    importing.add_argument(
        "--replace", action="store_true", help="replace the circle that's here, without asking"
    )


def describe_certificate(certificate: argparse.ArgumentParser) -> None:
    """A certificate of continuity."""
    describe(
        certificate,
        "Says on which days someone met with others about a commitment, and with how many. It "
        "never says what was promised, or whether it was kept.",
        """\
examples:
  circle-tui certificate Maya                          to read, as Markdown
  circle-tui certificate Maya --from 2026-03-05 --until 2026-06-02
  circle-tui certificate Maya --json -o maya.json      for circle-tui verify
""",
    )
    certificate.add_argument("name", metavar="NAME", help="a member's name, or the start of it")
    add_circle(certificate)
    add_days(certificate)
    certificate.add_argument(
        "--json", action="store_true", help="as JSON, which circle-tui verify can read"
    )
    add_output(certificate)


def describe_verify(verify: argparse.ArgumentParser) -> None:
    """Comparing a chain with codes."""
    describe(
        verify,
        "Checks the chain of meetings in a certificate or a circle's file. Give it the codes that "
        "people wrote down at closings, and it says which of them match, and up to when.",
        """\
examples:
  circle-tui verify maya.json
  circle-tui verify maya.json --code 7F3K-92QD 1XN4-8GTC
""",
    )
    verify.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        type=typed_path,
        help="a certificate in JSON, or a circle's file",
    )
    verify.add_argument(
        "--code",
        metavar="CODE",
        nargs="+",
        action="extend",
        default=[],
        help="codes that people wrote down",
    )


def describe_shared(shared: argparse.ArgumentParser) -> None:
    """What is passed up."""
    describe(
        shared,
        "Writes the lines that your circle chose to pass up after its last meeting, and nothing "
        "else, as Markdown. With --from and --until, those of all meetings on these days.",
        """\
examples:
  circle-tui export shared -o for-the-team.md
  circle-tui export shared --from 2026-03-05 --until 2026-06-02
""",
    )
    add_circle(shared)
    add_days(shared)
    add_output(shared)
