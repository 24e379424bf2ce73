"""Facts that leave a circle's own machine, for its lead.

Invariant: a circle's file is only read. What is written holds no words (`facts_document`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from circle_tui.core.circle.facts_for_leads import MemberNaming
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.store import facts_bundle
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.codec.facts_document import encode_facts
from circle_tui.store.downloads import create_download, find_free
from circle_tui.store.errors import LoadError, SaveError, SchemaError, clean_path
from circle_tui.store.output_file import output_file

_NAMES = 1000
"""So many names are tried."""


def facts_of(file: CircleFile, now: datetime, people: MemberNaming) -> bytes:
    """The facts of one circle at `now` (aware UTC), as a line. Raises `LoadError`."""
    state = file.read()
    try:
        return encode_facts(state, now, people)
    except SchemaError as error:
        raise LoadError(f"{clean_path(file.path)} {error}: take it out in an editor.") from None


def write_facts(line: bytes, goal: Path) -> None:
    """Write the facts of one circle as a file. Raises `SaveError`."""
    with output_file(goal) as file:
        file.write(line)


class FactsFile:
    """The file in which a circle's facts are written for its lead; one that there isn't yet."""

    def __init__(self, slug: str) -> None:
        """`slug` is what the circle's own file is called."""
        self._slug = slug
        self.path = Path()

    @property
    def name(self) -> str:
        """The file's name, for a sentence."""
        return clean_path(Path(self.path.name))

    @property
    def folder(self) -> str:
        """The folder that it will be in, for a sentence."""
        return clean_path(self.path.parent)

    def find(self, snapshot: CircleSnapshot) -> None:
        """Find a name that is free now, as far as is known."""
        stem = f"{self._slug}-{snapshot.circle.day(snapshot.now):%Y-%m-%d}"
        more = ("", *(f"-{number}" for number in range(2, _NAMES + 1)))
        self.path = find_free(f"{stem}{each}.facts.json" for each in more)

    def write(self, snapshot: CircleSnapshot, people: MemberNaming) -> None:
        """Write a circle's facts. Raises `SaveError`, also if there is a file of that name now."""
        try:
            facts = encode_facts(snapshot.state, snapshot.now, people)
        except SchemaError as error:
            raise SaveError(f"The circle's file {error}: take it out in an editor.") from None
        try:
            create_download(self.path, facts)
        except FileExistsError:
            raise SaveError(
                f"There's a file {clean_path(self.path)} now: Enter writes another one beside it."
            ) from None


def write_bundle(lines: Iterator[bytes], goal: Path) -> int:
    """Write the facts of many circles as a bundle; how many. Raises `SaveError`, `LoadError`.

    Nothing is written where there are none.
    """
    first = next(lines, None)
    if first is None:
        return 0
    with output_file(goal) as file:
        return facts_bundle.write_lines(_chained(first, lines), file, packed=goal.suffix == ".gz")


def _chained(first: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from lines
