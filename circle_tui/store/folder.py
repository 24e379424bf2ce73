"""The folder in which circles lie.

Invariant: looking never changes anything; a file that cannot be read is shown with its trouble,
never left out.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, TypeVar

from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.name_lookup import same_circle
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import values
from circle_tui.store.codec.circle_document import CircleDocument, circle_facts_of
from circle_tui.store.codec.json_text import split_first
from circle_tui.store.codec.schema import SCHEMA, check_schema
from circle_tui.store.errors import LoadError, SchemaError, load_error, shown
from circle_tui.store.read_file import read_beginning

_BEGINNING = 1 << 14
"""So many bytes hold a circle and twenty members many times over."""

_Document = TypeVar("_Document")


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


class ListedCircle(NamedTuple):
    """As much of one circle's file as is shown to choose it by.

    `people` is how many a meeting expects; `trouble` is the sentence why the file cannot be read,
    and then the other fields say nothing.
    """

    file: CircleFile
    name: str = ""
    people: int = 0
    sample: bool = False
    circle_id: str = ""
    trouble: str | None = None


def list_circles(folder: Path) -> Iterator[ListedCircle]:
    """The circles in `folder`, in the order of their files' names, one after the other.

    Only the beginning of each file is read where that is enough; what is amiss further down is
    found by whoever opens it. Raises `LoadError` as `circle_files` does.
    """
    for file in sorted(circle_files(folder), key=lambda file: file.slug):
        yield _listed(file)


def circles(folder: Path) -> tuple[Found, ...]:
    """Every circle in `folder`, read whole, by name. Raises `LoadError` as `circle_files` does."""
    return tuple(sorted(map(_found, circle_files(folder)), key=_by_name))


def find_same(folder: Path, circle: Circle) -> tuple[CircleFile, Circle] | None:
    """The circle in `folder` with the name and the people of `circle`, and its file.

    None also where the folder cannot be read: whoever writes there says why.
    """
    try:
        there = circles(folder)
    except LoadError:
        return None
    for found in there:
        if found.contents is not None and same_circle(circle, [found.contents.circle]) is not None:
            return found.file, found.contents.circle
    return None


def _listed(file: CircleFile) -> ListedCircle:
    try:
        circle, members = _first_tables(file.path)
        facts = circle_facts_of(circle, members)
    except (OSError, ValueError, SchemaError):
        try:
            state = file.read()
        except LoadError as trouble:
            return ListedCircle(file, trouble=str(trouble))
        facts, members = state.circle, list(state.circle.members)
    people = sum(member.expected for member in members)
    return ListedCircle(file, facts.name, people, facts.sample, facts.id)


def _first_tables(path: Path) -> tuple[CircleDocument, list[Member]]:
    """The circle and its members, from the beginning of a file as the program lays it out.

    Raises `OSError`, `SchemaError`, or `ValueError` for any other file.
    """
    lines = split_first(read_beginning(path, _BEGINNING), 2)
    if lines is None or list(lines) != ["circle", "members"]:
        raise ValueError("not laid out by the program")
    (circle,) = _documents(lines["circle"], CircleDocument, "circle")
    if check_schema(circle.schema) < SCHEMA:
        raise ValueError("of an older schema")
    return circle, _documents(lines["members"], Member, "members")


def _documents(
    lines: dict[str, bytes] | bytes, shape: type[_Document], where: str
) -> list[_Document]:
    assert isinstance(lines, dict)
    return [values.decode(line, shape, where) for line in lines.values()]


def _found(file: CircleFile) -> Found:
    try:
        return Found(file, file.read(), None)
    except LoadError as trouble:
        return Found(file, None, str(trouble))


def _by_name(found: Found) -> tuple[str, str]:
    name = found.file.slug if found.contents is None else found.contents.circle.name
    return name.casefold(), found.file.slug
