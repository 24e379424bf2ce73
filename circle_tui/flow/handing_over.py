"""Handing a circle's facts over to a lead: the file that they go into, and what is said of it.

Invariant: nothing is written before it was shown, and no file is ever replaced.
"""

from circle_tui.core.errors import CircleError
from circle_tui.service.circle_service import CircleService
from circle_tui.service.handing_over import FactsFile
from circle_tui.views.presenters.facts_for_lead import FactsForLeadPresenter


class Handover:
    """One circle's facts while they are shown; `presenter` says what becomes of the file."""

    def __init__(self, service: CircleService, presenter: FactsForLeadPresenter) -> None:
        self._service, self._presenter = service, presenter
        self._file = FactsFile(service.file.slug)

    def find(self) -> None:
        """Find a name that is free now."""
        self._file.find(self._service.snapshot)
        self._presenter.found(self._file.name, self._file.folder)

    def write(self) -> str | None:
        """Write the file; why that fails, with another name found, or None where it doesn't."""
        try:
            self._file.write(self._service.snapshot, self._presenter.people)
        except CircleError as trouble:
            self.find()
            return str(trouble)
        self._presenter.written()
        return None
