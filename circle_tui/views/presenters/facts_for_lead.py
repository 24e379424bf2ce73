"""The facts for a circle's lead, before they leave and after.

Invariant: whoever shows the place writes the file; here it's only known whether it was written.
"""

from circle_tui.core.circle.facts_for_leads import People
from circle_tui.views.action_table import Place
from circle_tui.views.facts_for_lead import FactsForLeadView, facts_for_lead_view
from circle_tui.views.presenters.circle_presenter import CirclePresenter, ReadCircle
from circle_tui.views.view import Intent, Local


class FactsForLeadPresenter(CirclePresenter):
    """How members are called, and the file: its name and its folder as they are shown."""

    PLACE = Place.FACTS_FOR_LEAD

    def __init__(self, read: ReadCircle, file: str, folder: str) -> None:
        super().__init__(read)
        self.file, self.folder = file, folder
        self.people = People.NAMES
        self.written = False

    def view(self) -> FactsForLeadView:
        return facts_for_lead_view(
            self.read(),
            people=self.people,
            file=self.file,
            folder=self.folder,
            written=self.written,
        )

    def local(self, does: Local) -> Intent | None:
        if does is not Local.NEXT_NAMES:
            return does
        each = list(People)
        self.people = each[(each.index(self.people) + 1) % len(each)]
        return None
