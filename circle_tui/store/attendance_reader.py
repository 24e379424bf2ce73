"""What a lead may read of circles' files: the facts of each, and nothing else.

Invariant: of a file only the fields of `core.facts` are decoded; the words around them are passed
over where they stand and never become objects. Nothing is written. A file that cannot be read
becomes one line that says so, and the others are read.
"""

import errno
import os
import re
import stat
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct, structs

from circle_tui.core.attendance.facts import AttendanceFacts, Cancelled, HeldMeeting, in_order
from circle_tui.store import documents
from circle_tui.store.documents import CircleDocument, MemberDocument, SchemaError
from circle_tui.store.errors import shown
from circle_tui.store.whole import whole

_SLOW = 0.01
"""Seconds of waiting for one file after which others are read beside the next."""

_AT_ONCE = 8
"""So many files are then read at once; more only helps where a disk answers very slowly."""

_BEFORE_ANOTHER_LOOK = 64
"""So many files are, before one tells again how quick the disk is."""

_LONE_SURROGATE = re.compile(
    # What is whole comes first, and is kept: an escaped character, and both halves of one.
    rb"(\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


class Unread(NamedTuple):
    """A file or folder that cannot be read; `str()` is the line that says so."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{shown(self.path)} could not be read: {self.reason}."


class Read(NamedTuple):
    """One circle's file, and its facts."""

    path: Path
    facts: AttendanceFacts


class _File(Struct):
    circle: dict[str, CircleDocument]
    members: dict[str, MemberDocument]
    sessions: dict[str, HeldMeeting] = {}
    cancelled: dict[str, Cancelled] = {}


class _Schema(Struct):
    schema: int


class _Kind(Struct):
    """As much of a file as tells whose it is."""

    circle: dict[str, _Schema]


_FILES = msgspec.json.Decoder(_File)
_KINDS = msgspec.json.Decoder(_Kind)


def read(path: Path) -> Read | Unread:
    """The facts of the circle in `path`."""
    try:
        return Read(path, _facts(whole(path)))
    except OSError as error:
        return Unread(path, _why(error))
    except SchemaError as misfit:
        return Unread(path, f"it {misfit}")
    except (ValueError, RecursionError):
        return Unread(path, "it is damaged")


def read_all(paths: Iterable[Path]) -> Iterator[Read | Unread]:
    """`read` for each of `paths`, in their order; so many are held at a time.

    They are read side by side where the disk makes us wait. Where it does not, they are not:
    readers would only wait for each other.
    """
    coming = iter(paths)
    for path in coming:
        waited = time.thread_time() - time.monotonic()
        one = read(path)
        waited += time.monotonic() - time.thread_time()
        yield one
        if waited > _SLOW:
            yield from _side_by_side(islice(coming, _BEFORE_ANOTHER_LOOK))


def _side_by_side(paths: Iterator[Path]) -> Iterator[Read | Unread]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_AT_ONCE, "reading") as readers:
        reading = deque(readers.submit(read, path) for path in islice(paths, 2 * _AT_ONCE))
        try:
            while reading:
                yield reading.popleft().result()
                reading.extend(readers.submit(read, path) for path in islice(paths, 1))
        finally:
            readers.shutdown(wait=False, cancel_futures=True)


def files(paths: Iterable[Path]) -> Iterator[Path | Unread]:
    """The files that `paths` name: themselves, and in folders, however deep, all `.json` files.

    Hidden ones are passed over. Each file comes once, by whichever way it is found first.
    """
    seen: set[tuple[int, int]] = set()
    # A list of its own: folders may lie deeper in each other than calls may.
    coming = [(path, frozenset[tuple[int, int]]()) for path in reversed(list(paths))]
    while coming:
        path, above = coming.pop()
        try:
            status = path.stat()
            here = (status.st_dev, status.st_ino)
            if here in above:
                yield Unread(path, "it leads back into itself")
            elif here not in seen:
                seen.add(here)
                if stat.S_ISDIR(status.st_mode):
                    inside = sorted(filter(_may_hold_circles, path.iterdir()), reverse=True)
                    coming += [(each, above | {here}) for each in inside]
                else:
                    yield path
        except OSError as error:
            yield Unread(path, _why(error))


def _may_hold_circles(path: Path) -> bool:
    return not path.name.startswith(".") and (
        path.suffix == ".json" or os.path.isdir(path)  # noqa: PTH112 - `Path.is_dir` may raise
    )


def _why(error: OSError) -> str:
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return "you have no right to read it"
        case errno.ENOENT | errno.ENOTDIR:
            return "there is nothing of that name"
        case errno.ELOOP:
            return "it is a link that leads back to itself"
        case errno.EISDIR:
            return "it is not a file"
    return error.strerror or type(error).__name__


def _facts(raw: bytes) -> AttendanceFacts:
    """Raises `SchemaError`, `ValueError` for what is no JSON."""
    try:
        stored = _decoded(raw, _FILES)
    except msgspec.ValidationError as error:
        raise _misfit(raw, error) from None
    (circle,) = stored.circle.values() if len(stored.circle) == 1 else (None,)
    if circle is None:
        raise documents.foreign()
    documents.check_schema(circle.schema)
    members = tuple(documents.require_member(each, "members") for each in stored.members.values())
    for member in members:
        _tellable("members", member.joined, member.left, member.away)
    records = in_order(
        [
            # UTC is what we write, and what an editor may not have kept.
            met
            if met.started.tzinfo is UTC
            and met.ended.tzinfo is UTC
            and MINYEAR < met.started.year < MAXYEAR
            else _in_utc(met)
            for met in stored.sessions.values()
        ]
    )
    for each in (*records[:1], *records[-1:]):
        # The dates that the rhythm is reckoned from.
        if each.next is not None:
            documents.as_utc(each.next, "sessions")
    documents.unique([each.id for each in records], "sessions")
    named = {each.opener for each in records if each.opener is not None}
    named.update(*[each.attendance for each in records])
    # Those of members have been looked at.
    documents.sound(named.difference([member.id for member in members]), "sessions")
    return AttendanceFacts(
        circle=documents.circle_of(circle, members),
        records=records,
        cancelled=tuple(map(_cancelled, stored.cancelled.values())),
    )


def _decoded(raw: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        raise
    except ValueError:
        # As an editor may have saved it: in another UTF, or with half a character in it.
        from json import detect_encoding

        utf8 = raw.decode(detect_encoding(raw)).encode()
        return decoder.decode(_LONE_SURROGATE.sub(rb"\1", utf8))


def _misfit(raw: bytes, error: msgspec.ValidationError) -> SchemaError:
    """Why these are not a circle's tables: another's, a newer version's, or something amiss."""
    try:
        kind = _decoded(raw, _KINDS)
    except msgspec.ValidationError:
        return documents.foreign()
    for circle in kind.circle.values():
        documents.check_schema(circle.schema)
    # Only the table: the message itself may quote what stands there.
    at = re.search(r"`\$\.(\w+)", str(error))
    return documents.amiss(at[1] if at else "its tables")


def _in_utc(met: HeldMeeting) -> HeldMeeting:
    """Raises `SchemaError` for moments at the edge of time. `next` is in the circle's zone."""
    _tellable("sessions", met.started)
    return structs.replace(
        met,
        started=documents.as_utc(met.started, "sessions"),
        ended=documents.as_utc(met.ended, "sessions"),
    )


def _tellable(where: str, *moments: datetime | None) -> None:
    """Raises `SchemaError` for a moment at the edge of time: other zones have no date for it."""
    for moment in moments:
        if moment is not None and not MINYEAR < moment.year < MAXYEAR:
            raise documents.amiss(where)


def _cancelled(each: Cancelled) -> Cancelled:
    """Raises `SchemaError` for moments at the edge of time."""
    moments = {
        name: documents.as_utc(moment, "cancelled")
        for name in ("planned", "at", "rebooked", "rebooked_at")
        if (moment := getattr(each, name)) is not None
    }
    _tellable("cancelled", *moments.values())
    return structs.replace(each, **moments)
