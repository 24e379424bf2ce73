"""Finds the circles in a folder.

Invariant: nothing is written. A file that cannot be read is listed with the reason, never left out.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from circle_tui.core.attendance.copies import (
    Origin,
    Version,
    by_first_meeting,
    difference,
    newest,
    origin,
    same_circles,
)
from circle_tui.core.circle.circle import Circle, Member
from circle_tui.core.circle.state import CircleState
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec import values
from circle_tui.store.codec.circle_document import CircleDocument, circle_facts_of
from circle_tui.store.codec.facts_heading import is_facts
from circle_tui.store.codec.json_text import split_first
from circle_tui.store.codec.schema import SCHEMA, check_schema
from circle_tui.store.errors import LoadError, SchemaError, clean_path, load_error
from circle_tui.store.read_file import read_beginning
from circle_tui.store.sidecars import CIRCLE, FACTS, JOURNAL
from circle_tui.store.user_folders import user_data

_BEGINNING = 1 << 14
"""Bytes to read of a file; a circle and twenty members take much less."""

_Document = TypeVar("_Document")


class StoredCircle(Struct, frozen=True):
    """One circle's file, and its state, or else the sentence why it cannot be read."""

    file: CircleFile
    contents: CircleState | None
    trouble: str | None
    copies: tuple[str, ...] = ()
    """A sentence for each older file of this circle."""
    slugs: tuple[str, ...] = ()
    """The names of all files of this circle, without their suffixes."""


def sessions_folder(chosen: Path | None, environ: Mapping[str, str], here: Path) -> Path:
    """The folder for circles: `chosen`, $CIRCLE_SESSIONS, `here`/sessions if it exists, user data.

    Raises `LoadError` if only the user's data folder is left and the user has no home folder.
    """
    if chosen is not None:
        return chosen
    if named := environ.get("CIRCLE_SESSIONS"):
        return Path(named)
    if os.path.isdir(here / "sessions"):  # noqa: PTH112 - `Path.is_dir` may raise
        return here / "sessions"
    return user_data()


def circle_files(folder: Path) -> list[CircleFile]:
    """Everything in `folder` that may be a circle, by name; empty if there is no such folder.

    That is also a file that is gone and has left its meeting behind, but no file of facts that is
    called like one. Raises `LoadError` where the
    folder itself cannot be read.
    """
    try:
        names = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise LoadError(
            f"{clean_path(folder)} isn't a folder: choose another with --sessions."
        ) from None
    except OSError as error:
        raise load_error(error, folder) from error
    found = {name for name in names if name.endswith(CIRCLE)}
    for name in names:
        slug, dot, tail = name.rpartition(".")
        # A link may lead to a file of any name; the journal beside that file is no lost circle's.
        if f"{dot}{tail}" == JOURNAL and slug not in names:
            found.add(f"{slug}{CIRCLE}")
    files = [
        CircleFile(folder / name)
        for name in found
        if name != CIRCLE and not (FACTS in name and _holds_facts(folder / name))
    ]
    return sorted(files, key=lambda file: file.slug)


def _holds_facts(path: Path) -> bool:
    try:
        return is_facts(read_beginning(path, _BEGINNING))
    except OSError:
        return False


class ListedCircle(Struct, frozen=True):
    """What a list of circles shows about one file.

    `people` is how many a meeting expects. `trouble` is the sentence why the file cannot be read;
    the other fields then have their defaults.
    """

    file: CircleFile
    name: str = ""
    people: int = 0
    sample: bool = False
    circle_id: str = ""
    trouble: str | None = None
    origin: Origin | None = None
    copies: tuple[str, ...] = ()
    """A sentence for each older file of this circle."""


def list_circles(folder: Path) -> Iterator[ListedCircle]:
    """Yield the circles in `folder`, in the order of their files' names.

    If possible, only the beginning of each file is read, so an error further down shows only when
    the circle is opened. Raises `LoadError` as `circle_files` does.
    """
    return list_files(circle_files(folder))


def list_files(files: Iterable[CircleFile]) -> Iterator[ListedCircle]:
    """What `list_circles` says of these files."""
    return map(_listed, files)


def circles(folder: Path) -> tuple[StoredCircle, ...]:
    """Every circle in `folder`, read whole, by name. Raises `LoadError` as `circle_files` does.

    If a circle has several files, the newest counts.
    """
    found = sorted(map(_found, circle_files(folder)), key=_by_name)
    origins = [None if each.contents is None else origin(each.contents.circle) for each in found]
    kept = []
    for places in circles_in(origins):
        for one in _newest([found[at].file for at in places]):
            slugs = tuple(found[places[at]].file.slug for at in one.files)
            kept.append(replace(found[places[one.at]], copies=one.copies, slugs=slugs))
    return tuple(sorted(kept, key=_by_name))


def without_copies(listed: Iterable[ListedCircle]) -> list[ListedCircle]:
    """Each circle once, by its newest file, with its `copies`."""
    found = list(listed)
    kept = []
    for places in circles_in([each.origin for each in found]):
        kept += [
            replace(found[places[one.at]], copies=one.copies)
            for one in _newest([found[at].file for at in places])
        ]
    return kept


def circles_in(origins: Sequence[Origin | None]) -> list[list[int]]:
    """The indexes in `origins` of each circle's files; an unreadable file (None) counts as one."""
    known = [at for at, each in enumerate(origins) if each is not None]
    groups = same_circles([each for each in origins if each is not None])
    unread = [[at] for at, each in enumerate(origins) if each is None]
    return sorted([*([known[at] for at in group] for group in groups), *unread])


class Newest(Struct, frozen=True):
    """The index of the newest of a circle's `files`, and a sentence for each other one."""

    at: int
    files: tuple[int, ...]
    copies: tuple[str, ...] = ()


def _newest(files: Sequence[CircleFile]) -> Iterator[Newest]:
    """The newest of files that seem to be of one circle; of several if they are after all."""
    if len(files) == 1:
        yield Newest(0, (0,))
        return
    # Imported late, because most folders have one file for each circle.
    from circle_tui.store.copies import plainest_first, saved_at

    plain = plainest_first(file.path for file in files)
    by_path = {file.path: at for at, file in enumerate(files)}
    versions: dict[int, Version] = {}
    for path, saved in zip(plain, saved_at(plain), strict=True):
        file = files[by_path[path]]
        with suppress(LoadError):
            versions[by_path[path]] = Version(file.read(), saved, file.under_way)
    if not versions:
        yield Newest(0, tuple(range(len(files))))
        return
    yield from newest_of([file.path for file in files], versions)


def newest_of(paths: Sequence[Path], versions: Mapping[int, Version]) -> Iterator[Newest]:
    """The newest of files that seem to be of one circle; of several if they are after all.

    `versions` are what is in them by their index in `paths`, plainest name first.
    """
    places = list(versions)
    for group in by_first_meeting(list(versions.values())):
        of_one = [places[index] for index in group]
        at = of_one[newest([versions[place] for place in of_one])]
        copies = tuple(
            f"{clean_path(Path(paths[other].name))} is a copy, "
            f"{difference(versions[other], versions[at])}."
            for other in of_one
            if other != at
        )
        yield Newest(at, tuple(sorted(of_one)), copies)


def find_same(folder: Path, circle: Circle) -> tuple[CircleFile, Circle] | None:
    """The circle in `folder` with the name and the people of `circle`, and its file.

    None also if the folder cannot be read: writing to it will then say why.
    """
    try:
        there = circles(folder)
    except LoadError:
        return None
    from circle_tui.core.circle.name_lookup import same_circle

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
    return ListedCircle(file, facts.name, people, facts.sample, facts.id, origin=origin(facts))


def _first_tables(path: Path) -> tuple[CircleDocument, list[Member]]:
    """The circle and its members, from the beginning of a file that this program wrote.

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


def _found(file: CircleFile) -> StoredCircle:
    try:
        return StoredCircle(file, file.read(), None)
    except LoadError as trouble:
        return StoredCircle(file, None, str(trouble))


def _by_name(found: StoredCircle) -> tuple[str, str]:
    name = found.file.slug if found.contents is None else found.contents.circle.name
    return name.casefold(), found.file.slug
