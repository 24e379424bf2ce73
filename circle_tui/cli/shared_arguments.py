"""Options that several commands share.

Invariant: nothing slow is imported here.
"""

import argparse
from pathlib import Path
from textwrap import wrap

from circle_tui.cli.typed_path import read_path

_WIDTH = 78


def describe(command: argparse.ArgumentParser, description: str, examples: str) -> None:
    """What a command is for, and examples as they are typed."""
    command.formatter_class = argparse.RawDescriptionHelpFormatter
    command.description = "\n".join(wrap(description, _WIDTH))
    command.epilog = examples


def add_days(command: argparse.ArgumentParser) -> None:
    """The first and the last day."""
    command.add_argument(
        "--from", dest="start", metavar="DAY", help="the first day, like 2026-03-05"
    )
    command.add_argument(
        "--until", dest="end", metavar="DAY", help="the last day, which is included"
    )


def add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=typed_path,
        help="write to FILE instead of stdout (- is stdout)",
    )


def add_circle(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "--circle",
        metavar="NAME",
        help="which circle, if there are several: its name, or its file's name",
    )


def typed_path(typed: str) -> Path:
    """`read_path` for an argument. Raises `ArgumentTypeError`."""
    try:
        return read_path(typed)
    except ValueError as refused:
        raise argparse.ArgumentTypeError(str(refused)) from None
