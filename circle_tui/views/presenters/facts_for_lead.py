"""The facts for a circle's lead, before they leave and after.

Invariant: nothing leaves before it was shown what would, and then only into a new file.
"""

from typing import Protocol

from circle_tui.core.circle.facts_for_leads import MemberNaming
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.errors import CircleError
from circle_tui.views.action_table import Place
from circle_tui.views.facts_for_lead import FactsForLeadView, facts_for_lead_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Intent, Local, Say


class NewFile(Protocol):
    """A file that there isn't yet."""

    @property
    def name(self) -> str:
        """Its name, for a sentence."""

    @property
    def folder(self) -> str:
        """The folder that it will be in, for a sentence."""

    def find(self, snapshot: CircleSnapshot) -> None:
        """Find a name that is free now."""

    def write(self, snapshot: CircleSnapshot, people: MemberNaming) -> None:
        """Write the facts. Raises `CircleError` where that fails, or somebody took the name."""


class FactsForLeadPresenter(CirclePresenter):
    """How members are called, and where the file goes."""

    PLACE = Place.FACTS_FOR_LEAD

    def __init__(self, read: ReadCircle, file: NewFile) -> None:
        super().__init__(read)
        self._file = file
        self._file.find(read())
        self._people = MemberNaming.NAMES
        self._written = False

    def view(self) -> FactsForLeadView:
        return facts_for_lead_view(
            self.read(),
            people=self._people,
            file=self._file.name,
            folder=self._file.folder,
            written=self._written,
        )

    def local(self, does: Local) -> Intent | None:
        match does:
            case Local.NEXT_NAMES:
                each = list(MemberNaming)
                self._people = each[(each.index(self._people) + 1) % len(each)]
            case Local.HAND_OVER:
                try:
                    self._file.write(self.read(), self._people)
                except CircleError as trouble:
                    self._file.find(self.read())
                    return Say(str(trouble))
                self._written = True
            case _:
                return does
        return None
