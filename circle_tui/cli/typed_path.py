"""Reads paths as people type them, on the command line and in the environment.

Invariant: argparse isn't imported here, because most starts have nothing for it to parse.
"""

from pathlib import Path


def read_path(typed: str) -> Path:
    """The path that was typed; "~" is the home folder, also if no shell has expanded it.

    Raises `ValueError` with the sentence for an empty path, and for the home of an unknown user.
    """
    if not typed:
        raise ValueError("the name of a file or folder can't be empty: write one, or leave it out")
    try:
        return Path(typed).expanduser()
    except RuntimeError:
        home = typed.partition("/")[0]
        raise ValueError(
            f"“{home[:24]}” isn't anyone's home folder here: write the whole path"
        ) from None
