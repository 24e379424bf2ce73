"""The options of commands about one circle's own history: put down, certified, moved.

Invariant: nothing slow is imported here, as in `arguments`.
"""

import argparse

from circle_tui.cli.shared_arguments import add_circle, add_days, add_output, describe, typed_path


def describe_record(record: argparse.ArgumentParser) -> None:
    """A meeting held on paper."""
    describe(
        record,
        "A meeting that you held on paper, or that is missing: when it was, who came and opened, "
        "how commitments went, new ones, how a cycle ended, and when you meet next. It takes its "
        "place among the others.",
        """\
examples:
  circle-tui record                     the circle's one screen for it
  circle-tui record --circle harbour    where you have several circles
  circle-tui record --plain             line by line, without a screen
""",
    )
    add_circle(record)


def describe_circle(circle: argparse.ArgumentParser) -> None:
    """A whole circle that moves."""
    describe(
        circle,
        "The whole circle, with everything you said, to go on with it on another machine. It's for "
        "you, and for nobody who leads. A meeting under way can't travel.",
        """\
examples:
  circle-tui export circle harbour -o harbour-to-go.json
  circle-tui import harbour-to-go.json                   on the other machine
""",
    )
    circle.add_argument(
        "slug", nargs="?", metavar="CIRCLE", help="its name or its file's, if there are several"
    )
    add_output(circle)


def describe_import(importing: argparse.ArgumentParser) -> None:
    """A circle that arrives."""
    describe(
        importing,
        "Takes in a circle that circle-tui export circle has written. If it is here already, you "
        "are told which of the two is newer and what differs, and asked.",
        """\
examples:
  circle-tui import harbour-to-go.json
  circle-tui import harbour-to-go.json --replace    unasked; what was here stays as a backup
""",
    )
    importing.add_argument(
        "file", metavar="FILE", type=typed_path, help="what circle-tui export circle has written"
    )
    importing.add_argument(
        "--replace", action="store_true", help="replace the circle that is here, unasked"
    )


def describe_certificate(certificate: argparse.ArgumentParser) -> None:
    """A certificate of continuity."""
    describe(
        certificate,
        "On which days somebody had their check-ins, and with how many others: never what was "
        "promised, nor whether it was kept.",
        """\
examples:
  circle-tui certificate Maya                          to read, as Markdown
  circle-tui certificate Maya --from 2026-03-05 --until 2026-06-02
  circle-tui certificate Maya --json -o maya.json      for circle-tui verify
""",
    )
    certificate.add_argument("name", metavar="NAME", help="a member's name, or its beginning")
    add_circle(certificate)
    add_days(certificate)
    certificate.add_argument("--json", action="store_true", help="as JSON, which can be verified")
    add_output(certificate)


def describe_verify(verify: argparse.ArgumentParser) -> None:
    """Comparing a chain with codes."""
    describe(
        verify,
        "Recomputes the chain of meetings in a certificate or a circle's file. With codes that "
        "people wrote down at closings, it says which of them fit, and from where on none does.",
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
        help="codes that people hold",
    )


def describe_shared(shared: argparse.ArgumentParser) -> None:
    """What is passed up."""
    describe(
        shared,
        "The lines that the circle switched on after its last meeting, as Markdown for the circle "
        "above, and no other word. With days, of all meetings on these days.",
        """\
examples:
  circle-tui export shared -o for-the-team.md
  circle-tui export shared --from 2026-03-05 --until 2026-06-02
""",
    )
    add_circle(shared)
    add_days(shared)
    add_output(shared)
