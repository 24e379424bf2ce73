"""Reads attendance facts for a review: from circles' files, facts handed over, and bundles of them.

Invariant: only the fields of `core.attendance.facts` are decoded; the decoder skips the words
around them, so they never become objects. Nothing is written. A file that cannot be read gives an
`UnreadableFile` with one line, and the other files are still read.
"""

import errno
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct

from circle_tui.core.attendance.facts import (
    AttendanceFacts,
    Cancelled,
    HeldMeeting,
    Trade,
    sort_by_number,
)
from circle_tui.core.checked import FIRST_YEAR, LAST_YEAR, is_within_years
from circle_tui.core.circle.circle import Member
from circle_tui.store import facts_bundle
from circle_tui.store.codec.circle_document import CircleDocument, circle_facts_of
from circle_tui.store.codec.facts_heading import decode_facts, is_facts
from circle_tui.store.codec.json_text import parse
from circle_tui.store.codec.schema import SCHEMA, check_schema, not_a_circle, upgrade
from circle_tui.store.codec.values import check_ids, check_unique, invalid_field, normalize
from circle_tui.store.errors import SchemaError, clean_path
from circle_tui.store.read_file import read_file

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

_SLOW = 0.01
"""If one file takes more than so many seconds of waiting, the next ones are read in threads."""

_READERS = 8
"""The number of these threads; more would only help with a very slow disk."""

_FILES_IN_THREADS = 64
"""After so many files, one file is read alone again to see whether the disk is still slow."""

_LONE_SURROGATE = re.compile(
    # The first group matches what is kept: other escapes, and whole surrogate pairs.
    rb"(\\[^u]|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)


class UnreadableFile(NamedTuple):
    """A file or folder that cannot be read; `str()` is the line that says so."""

    path: Path
    reason: str

    def __str__(self) -> str:
        return f"{clean_path(self.path)} couldn't be read: {self.reason}."


class LoadedFacts(NamedTuple):
    """One circle's file, or facts that it handed over, and what is in them."""

    path: Path
    facts: AttendanceFacts
    made: datetime | None = None
    """When the facts were handed over (aware UTC); None for the circle's own file."""


class _File(Struct):
    circle: dict[str, CircleDocument]
    members: dict[str, Member]
    sessions: dict[str, HeldMeeting] = {}
    cancelled: dict[str, Cancelled] = {}
    trades: dict[str, Trade] = {}


class _Schema(Struct):
    schema: int


class _Kind(Struct):
    """The part of a file that has its schema number."""

    circle: dict[str, _Schema]


_FILES = msgspec.json.Decoder(_File)
_KINDS = msgspec.json.Decoder(_Kind)


def read_facts(path: Path) -> LoadedFacts | UnreadableFile:
    """The facts of the circle in `path`."""
    try:
        raw = raw_facts(path)
        if not is_facts(raw):
            return LoadedFacts(path, circle_facts(raw))
        heading, tables = decode_facts(raw)
        return LoadedFacts(path, circle_facts(tables), heading.made)
    except OSError as error:
        return UnreadableFile(path, reason(error))
    except SchemaError as error:
        return UnreadableFile(path, f"it {error}")
    except (ValueError, RecursionError):
        return UnreadableFile(path, "it's damaged")


def raw_facts(path: Path) -> bytes:
    """The bytes of a file, or of one circle in a bundle. Raises `OSError`."""
    if facts_bundle.is_entry(path):
        return facts_bundle.read_line(path)
    return read_file(path)


def read_all(paths: Iterable[Path]) -> Iterator[LoadedFacts | UnreadableFile]:
    """`read_facts` for each of `paths`, in their order; only a few results are in memory at a time.

    Files are read in parallel only if the disk is slow: on a quick one, threads would just wait for
    each other.
    """
    coming = iter(paths)
    for path in coming:
        waited = time.thread_time() - time.monotonic()
        one = read_facts(path)
        waited += time.monotonic() - time.thread_time()
        yield one
        if waited > _SLOW:
            yield from _in_threads(islice(coming, _FILES_IN_THREADS))


def _in_threads(paths: Iterator[Path]) -> Iterator[LoadedFacts | UnreadableFile]:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(_READERS, "reading") as readers:
        reading = deque(_begin(readers, path) for path in islice(paths, 2 * _READERS))
        try:
            while reading:
                yield reading.popleft().result()
                reading.extend(_begin(readers, path) for path in islice(paths, 1))
        finally:
            readers.shutdown(wait=False, cancel_futures=True)


def _begin(readers: "ThreadPoolExecutor", path: Path) -> "Future[LoadedFacts | UnreadableFile]":
    if not facts_bundle.is_entry(path):
        return readers.submit(read_facts, path)
    # A bundle is read in its order.
    from concurrent.futures import Future

    done = Future[LoadedFacts | UnreadableFile]()
    done.set_result(read_facts(path))
    return done


def reason(error: OSError) -> str:
    """Why a file cannot be read, as a part of a sentence."""
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return "you aren't allowed to read it"
        case errno.ENOENT | errno.ENOTDIR:
            return "there's nothing with that name"
        case errno.ELOOP:
            return "it's a link that leads back to itself"
        case errno.EISDIR:
            return "it isn't a file"
    return error.strerror or type(error).__name__


def circle_facts(raw: bytes) -> AttendanceFacts:
    """The facts in the bytes of a circle's file.

    Raises `SchemaError`, or `ValueError` or `RecursionError` if it is not JSON.
    """
    try:
        stored = _decoded(raw, _FILES)
    except msgspec.ValidationError as error:
        if (schema := _schema_of(raw)) == SCHEMA:
            # Only the table, because the message itself may quote the document.
            at = re.search(r"`\$\.(\w+)", str(error))
            raise invalid_field(at[1] if at else "its tables") from None
        stored = _upgraded(raw, schema)
    (circle,) = stored.circle.values() if len(stored.circle) == 1 else (None,)
    if circle is None:
        raise not_a_circle()
    if (schema := check_schema(circle.schema)) < SCHEMA:
        stored = _upgraded(raw, schema)
        (circle,) = stored.circle.values()
    members = tuple(normalize(each, "members") for each in stored.members.values())
    records = sort_by_number(
        met if _as_written(met) else normalize(met, "sessions") for met in stored.sessions.values()
    )
    check_unique([each.id for each in records], "sessions")
    named = {each.opener for each in records if each.opener is not None}
    named.update(*[each.attendance for each in records])
    # The ids of members are checked already.
    check_ids(named.difference([member.id for member in members]), "sessions")
    facts = AttendanceFacts(
        circle=circle_facts_of(normalize(circle, "circle"), members),
        records=records,
        cancelled=tuple(normalize(each, "cancelled") for each in stored.cancelled.values()),
        trades=tuple(normalize(each, "trades") for each in stored.trades.values()),
    )
    if facts.unknown_attendees:
        raise invalid_field("sessions, where somebody came who is no member")
    return facts


def _decoded(raw: bytes, decoder: msgspec.json.Decoder[Any]) -> Any:
    try:
        return decoder.decode(raw)
    except msgspec.ValidationError:
        raise
    except ValueError:
        # An editor may have saved it in another UTF, or with a lone surrogate.
        from json import detect_encoding

        utf8 = raw.decode(detect_encoding(raw)).encode()
        return decoder.decode(_LONE_SURROGATE.sub(rb"\1", utf8))


def _schema_of(raw: bytes) -> int:
    """The schema of a circle's file. Raises `SchemaError` if it is unknown or missing."""
    try:
        kind = _decoded(raw, _KINDS)
    except msgspec.ValidationError:
        raise not_a_circle() from None
    return min((check_schema(circle.schema) for circle in kind.circle.values()), default=SCHEMA)


def _upgraded(raw: bytes, schema: int) -> _File:
    """A file of an older schema, upgraded. Raises `SchemaError`.

    This is the only place where words are decoded; they are discarded when this returns.
    """
    try:
        return msgspec.convert(upgrade(parse(raw), schema), _File)
    except msgspec.ValidationError:
        raise invalid_field("its tables") from None


def _as_written(met: HeldMeeting) -> bool:
    """Whether its moments are as this program writes them, which an edited file may not have.

    The next meeting is written in the circle's zone, all others in UTC.
    """
    return (
        met.started.tzinfo is UTC
        and met.ended.tzinfo is UTC
        and is_within_years(met.started)
        and is_within_years(met.ended)
        # Converted to UTC it may be in the year before or after.
        and (met.next is None or FIRST_YEAR < met.next.year < LAST_YEAR)
    )
