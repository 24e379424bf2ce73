"""The facts for a circle's lead, before they leave and after.

Invariant: nothing leaves before it was shown what would, and then only into a new file, which the
user interface finds and writes.
"""

from circle_tui.core.circle.facts_for_leads import MemberNaming
from circle_tui.views.action_table import Place
from circle_tui.views.facts_for_lead import FactsForLeadView, facts_for_lead_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Intent, Local


class FactsForLeadPresenter(CirclePresenter):
    """How members are called, and where the file goes."""

    PLACE = Place.FACTS_FOR_LEAD

    def __init__(self, read: ReadCircle) -> None:
        super().__init__(read)
        self.people = MemberNaming.NAMES
        """How members are called in the file."""
        self._file, self._folder = "", ""
        self._written = False

    def view(self) -> FactsForLeadView:
        return facts_for_lead_view(
            self.read(),
            people=self.people,
            file=self._file,
            folder=self._folder,
            written=self._written,
        )

    def opened(self) -> Intent | None:
        return Local.FIND_FILE

    def found(self, file: str, folder: str) -> None:
        """There's no such file yet: it's the one that would be written, as sentences name it."""
        self._file, self._folder = file, folder

    def written(self) -> None:
        """The file was written."""
        self._written = True

    def local(self, does: Local) -> Intent | None:
        if does is not Local.NEXT_NAMES:
            return does
        each = list(MemberNaming)
        self.people = each[(each.index(self.people) + 1) % len(each)]
        return None
