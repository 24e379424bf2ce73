"""The circle's dates as a file for a calendar."""

from circle_tui.reports.calendar_file import as_icalendar
from circle_tui.service.circle_service import CircleService
from circle_tui.store.downloads import save_download
from circle_tui.store.errors import LoadError, SaveError, clean_path
from circle_tui.views import calendar
from circle_tui.views.view import Say


def save_calendar(service: CircleService) -> Say:
    """Save the dates where downloads go, and say where that is."""
    dates = calendar.circle_calendar(service.snapshot, service.file.saved)
    if not dates.events:
        return Say(calendar.why_empty(service.state))
    try:
        path = save_download(f"{service.file.slug}.ics", as_icalendar(dates))
    except (LoadError, SaveError) as trouble:
        return Say(str(trouble))
    return Say(calendar.saved_to(clean_path(path)))
