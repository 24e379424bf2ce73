"""A calendar as an iCalendar file (RFC 5545), for any calendar program.

Invariant: the same circle gives the same bytes. An event that was imported before is updated and
never doubled: its UID stays, and its SEQUENCE rises with each change of the circle. Moments are in
UTC, because programs disagree about zones that a file brings along.
"""

from datetime import UTC, datetime

import icalendar

from circle_tui.core.calendar import Calendar, CalendarEvent

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""SEQUENCE counts seconds from here: two changes of a circle rarely fall into one minute, and the
number fits into 32 bits until 2088."""


def as_icalendar(calendar: Calendar) -> bytes:
    """The whole file."""
    made = icalendar.Calendar()
    made.add("prodid", "-//circle-tui//circle-tui//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if len(calendar.events) > 1:
        # Outlook makes a calendar of its own for a file with several events; this is its name.
        made.add("x-wr-calname", calendar.name)
    for event in calendar.events:
        made.add_component(_event(event, calendar.saved))
    return bytes(made.to_ical())


def _event(event: CalendarEvent, saved: datetime) -> icalendar.Event:
    moment = saved.replace(microsecond=0)
    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("sequence", max(0, int((moment - _EPOCH).total_seconds())))
    made.add("dtstamp", moment)
    made.add("last-modified", moment)
    made.add("dtstart", event.starts)
    made.add("dtend", event.ends)
    made.add("summary", event.summary)
    made.add("description", event.description)
    made.add("class", "PRIVATE")
    made.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    made.add("transp", "TRANSPARENT" if event.whole_day or event.cancelled else "OPAQUE")
    for before in event.alarms:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event.summary)
        alarm.add("trigger", -before)
        made.add_component(alarm)
    return made
