"""What a circle's members see of who came.

Invariant: it is read as for a lead; what cannot reach a lead cannot be shown here either.
"""

from circle_tui.flow.app_flow import AppFlow
from circle_tui.flow.replies import Reply, Review, Show
from circle_tui.service.circle_service import CircleService
from circle_tui.store import attendance_reader
from circle_tui.views.view import Say


def review(flow: AppFlow, service: CircleService) -> Reply:
    """Who came, meeting by meeting."""
    read = attendance_reader.read_facts(service.file.path)
    if isinstance(read, attendance_reader.UnreadableFile):
        return Say(str(read))
    can_correct = service.live is None and not service.under_way
    return Show(Review(read.facts, flow.clock.now(), can_correct))
