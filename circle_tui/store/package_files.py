"""Files that come with the program.

Invariant: they are read from the installed package, never from the user's own folders.
"""

from importlib.resources import files


def package_text(*place: str) -> str:
    """The text of a file, by its folders in the package and its name. Raises `OSError`."""
    return files("circle_tui").joinpath(*place).read_text(encoding="utf-8")
