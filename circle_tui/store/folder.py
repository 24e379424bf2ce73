"""The folder in which circles lie.

Invariant: looking never changes anything; a file that cannot be read is shown with its trouble,
never left out.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from circle_tui.core.circle.state import CircleState
from circle_tui.store import attendance_reader
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError, load_error, shown


class Found(NamedTuple):
    """One circle's file: what is in it, or the sentence that says why it cannot be read."""

    file: CircleFile
    contents: CircleState | None
    trouble: str | None


def sessions_folder(chosen: Path | None, environ: Mapping[str, str], here: Path) -> Path:
    """Where circles lie: `chosen`, $CIRCLE_SESSIONS, `here`/sessions if there, the user's data."""
    if chosen is not None:
        return chosen
    if named := environ.get("CIRCLE_SESSIONS"):
        return Path(named)
    if os.path.isdir(here / "sessions"):  # noqa: PTH112 - `Path.is_dir` may raise
        return here / "sessions"
    from platformdirs import user_data_path

    return user_data_path("circle-tui", appauthor=False)


def circle_files(folder: Path) -> list[CircleFile]:
    """The files in `folder` that may be circles; none where there is no such folder.

    Raises `LoadError` where the folder itself cannot be read.
    """
    try:
        return [
            CircleFile(path)
            for path in folder.iterdir()
            if path.suffix == ".json" and not path.name.startswith(".") and path.is_file()
        ]
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise LoadError(
            f"{shown(folder)} is not a folder: choose another with --sessions."
        ) from None
    except OSError as error:
        raise load_error(error, folder) from error


def circles(folder: Path) -> tuple[Found, ...]:
    """Every circle in `folder`, read whole, by name. Raises `LoadError` as `circle_files` does."""
    return tuple(sorted(map(_found, circle_files(folder)), key=_by_name))


def is_sample(file: CircleFile) -> bool:
    """Whether this is the made-up circle; only as much is read as tells that."""
    read = attendance_reader.read(file.path)
    return isinstance(read, attendance_reader.Read) and read.facts.circle.sample


def _found(file: CircleFile) -> Found:
    try:
        return Found(file, file.read(), None)
    except LoadError as trouble:
        return Found(file, None, str(trouble))


def _by_name(found: Found) -> tuple[str, str]:
    name = found.file.slug if found.contents is None else found.contents.circle.name
    return name.casefold(), found.file.slug
