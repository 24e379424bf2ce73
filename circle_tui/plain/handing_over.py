"""The place where a circle's facts are written for its lead.

Invariant: nothing leaves before it was said what would.
"""

from pathlib import Path

from circle_tui.service import handing_over
from circle_tui.service.circle_service import CircleService
from circle_tui.store.errors import SaveError, shown
from circle_tui.views.presenters.facts_for_lead import FactsForLeadPresenter
from circle_tui.views.view import Intent, Local, Say


class HandingOver(FactsForLeadPresenter):
    """The presenter, with the file that it writes."""

    def __init__(self, service: CircleService) -> None:
        self._service = service
        goal = self._find_place()
        super().__init__(lambda: service.snapshot, goal.name, shown(goal.parent))

    def _find_place(self) -> Path:
        service = self._service
        self._goal = handing_over.free_path(service.file.slug, service.snapshot)
        return self._goal

    def local(self, does: Local) -> Intent | None:
        if does is not Local.HAND_OVER:
            return super().local(does)
        try:
            handing_over.hand_over(self.read(), self.people, self._goal)
        except SaveError as trouble:
            self.file = self._find_place().name
            return Say(str(trouble))
        self.written = True
        return None
