"""What has been said of a place, so that only what changed is said again.

Invariant: a place that is new is said in full; after that, only what is different from before.
"""

from circle_tui.plain.spoken import Part, headline, parts, row_at, sentence
from circle_tui.views import line_by_line
from circle_tui.views.home import HomeView
from circle_tui.views.text import EndTime
from circle_tui.views.view import View

_RETURNED_TO = {"HomeView", "ContractsView", "ContractView"}
"""The places that others are left for and returned to again and again."""


class Announcer:
    """What was said last, part by part."""

    def __init__(self) -> None:
        self.presenter: object = None
        """The place that was said last."""
        self._headline: tuple[str, ...] = ()
        self._parts: dict[str, Part] = {}
        self._known: dict[tuple[str, str], tuple[dict[str, Part], int | None]] = {}
        """What was said of a place, and the row that was said last."""
        self._status = ""
        self._cursor: int | None = None

    def ask_for_row(self) -> None:
        """Say the row that the cursor is on, also where it was there before."""
        self._cursor = None

    def ask_for(self, part: str) -> None:
        """Say a part again, by its name."""
        self._parts.pop(part, None)

    def forget(self) -> None:
        """Say everything the next time."""
        self.__init__()  # type: ignore[misc]

    def enter(self, view: View, cursor: int | None) -> list[str]:
        """All of a place that has just been come to; of one known already, what is new there."""
        said = self.new_headline(view)
        found = parts(view)
        known = self._known.get(self._key(view))
        if known is not None:
            self._parts, self._cursor = known
            if isinstance(view, HomeView):
                said = [line_by_line.HOME]
            return [*said, *self.changes(view, cursor)]
        title = " ".join(said).strip(".").casefold()
        for part in found:
            # A place whose one list is called as the place is says so once.
            said += part.lines if part.label.casefold() == title else part.spoken()
        self._remember(view, found, cursor)
        if cursor and (row := row_at(view, cursor + 1)) is not None:
            said.append(line_by_line.chosen(row))
        return said

    def changes(self, view: View, cursor: int | None) -> list[str]:
        """What is different from what was said of the same place."""
        found = parts(view)
        said = self.new_headline(view)
        row = row_at(view, cursor + 1) if cursor is not None and cursor != self._cursor else None
        lists: list[str] = []
        texts: list[str] = []
        for part in found:
            before = self._parts.get(part.name)
            if part.once and before is not None:
                continue
            if before == part or (before is not None and not (part.lines or before.lines)):
                continue
            lines = part.lines
            if before is not None and (before.label == part.label or part.is_list):
                lines = tuple(line for line in lines if line not in (*before.lines, row))
            same_list = part.is_list and before is not None and before.label == part.label
            # A label alone is a question, or says that there is nothing below it any more.
            spoken = lines if same_list or (part.lines and not lines) else part.spoken(lines)
            (lists if part.is_list else texts).extend(spoken)
        self._remember(view, found, cursor)
        # First what was done, then what the keys are about now, then what is said of that.
        return [*said, *lists, *([] if row is None else [row]), *texts]

    def status(self, status: str, *, again: bool = False) -> list[str]:
        """What to do now, if it is something else than before, or if it's to be said `again`."""
        said = sentence(status)
        if not said or (said == self._status and not again):
            return []
        self._status = said
        return [said]

    def new_headline(self, view: View) -> list[str]:
        """The parts of the headline that are new; when it ends is no news by itself."""
        now = headline(view)
        new = [part for part in now if part not in self._headline]
        self._headline = now
        if all(isinstance(part, EndTime) for part in new):
            return []
        spoken = (part[:1].upper() + part[1:] for part in new)
        return [" ".join(part if part[-1] in ".?!" else f"{part}." for part in spoken)]

    def _remember(self, view: View, found: tuple[Part, ...], cursor: int | None) -> None:
        self._parts = {part.name: part for part in found}
        self._cursor = cursor
        if type(view).__name__ in _RETURNED_TO:
            self._known[self._key(view)] = self._parts, cursor

    def _key(self, view: View) -> tuple[str, str]:
        """A kind of place, and of which circle or contract."""
        return type(view).__name__, getattr(self.presenter, "contract_id", view.headline[0])
