"""Facts that leave a circle's own machine, for its lead.

Invariant: a circle's file is only read. What is written holds no words (`facts_document`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from circle_tui.core.circle.facts_for_leads import People
from circle_tui.store import facts_bundle
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.facts_document import encode_facts
from circle_tui.store.errors import LoadError, SchemaError, shown
from circle_tui.store.output_file import output_file


def facts_of(file: CircleFile, now: datetime, people: People) -> bytes:
    """The facts of one circle at `now` (aware UTC), as a line. Raises `LoadError`."""
    state = file.read()
    try:
        return encode_facts(state, now, people)
    except SchemaError as misfit:
        raise LoadError(f"{shown(file.path)} {misfit}: take it out in an editor.") from None


def write_facts(line: bytes, goal: Path) -> None:
    """Write the facts of one circle as a file. Raises `SaveError`."""
    with output_file(goal) as file:
        file.write(line)


def write_bundle(lines: Iterator[bytes], goal: Path) -> int:
    """Write the facts of many circles as a bundle; how many. Raises `SaveError`, `LoadError`.

    Nothing is written where there are none.
    """
    first = next(lines, None)
    if first is None:
        return 0
    with output_file(goal) as file:
        return facts_bundle.write(_chained(first, lines), file, packed=goal.suffix == ".gz")


def _chained(first: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from lines
