"""Options that several commands share.

Invariant: nothing slow is imported here.
"""

import argparse
from pathlib import Path


def add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=typed_path,
        help="write there rather than to stdout (- is stdout, too)",
    )


def add_circle(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "--circle", metavar="NAME", help="which circle, by its name or its file's, if in several"
    )


def typed_path(typed: str) -> Path:
    """The path that was typed; "~" is the home folder, also if no shell has expanded it.

    Raises `ArgumentTypeError` for an empty path, and for the home of an unknown user.
    """
    if not typed:
        raise argparse.ArgumentTypeError(
            "a file or a folder has a name: write one, or leave it out"
        )
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        home = typed.partition("/")[0]
        raise argparse.ArgumentTypeError(
            f"“{home[:24]}” is nobody's home folder here: write the whole path"
        ) from None
