"""Any meeting that a journal yields can be shown and saved; other journals are refused."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from circle_tui.core.circle.adding_record import add_record
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.events import to_json
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.core.meeting.reading import read_acts
from circle_tui.core.meeting.recording import record_of
from circle_tui.core.meeting.replay import apply, replay
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.store.codec.file_contents import decode, encode
from circle_tui.views import closing, commitments, gathering, responses, resume, share
from circle_tui.views.arrivals import arrivals_view
from tests.core.eventful_meeting import eventful_meeting

from .reader import read

DAMAGING_VALUES = (
    *("", "m9", "c999", "\x07", "next", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"),
    *("0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "P999999999D", "-P999999999D", "PT0S"),
    *("P2D", "-P2D", "Nowhere/Land", "choir", 0, -1, 10**9, 10**15, [], {}, None, True),
)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The paths to all values in a JSON document."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        for key, each in pairs:
            yield (*path, key)
            yield from leaves(each, (*path, key))


def with_value(line: str, path: tuple[Any, ...], value: Any) -> str:
    told = json.loads(line)
    at = told
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return json.dumps(told)


def check_views(meeting: Meeting, now: datetime) -> None:
    """Check that every view of the meeting at that moment can be read."""
    at = MeetingSnapshot(meeting, now)
    read(
        resume.resume_view(
            at,
            gap=timedelta(hours=1),
            share_held=False,
            asking_to_continue=True,
            dropping=False,
            dropped_file="harbour.dropped",
        )
    )
    match meeting.phase:
        case Phase.GATHERING:
            read(
                gathering.gathering_view(
                    at, cursor=0, seat=None, reading=True, checkins_beside=True
                )
            )
        case Phase.READY | Phase.SHARE:
            read(share.share_view(at, digits=True))
        case Phase.RESPONSES:
            read(responses.responses_view(at))
        case Phase.COMMITMENTS:
            read(commitments.commitments_view(at, cursor=0, asking=False))
        case Phase.CLOSING:
            read(closing.closing_view(at, cursor=0, asking=False))
    if meeting.phase not in (Phase.GATHERING, Phase.CLOSED):
        read(arrivals_view(at, cursor=0))


def check_saving(meeting: Meeting) -> None:
    """Check that the record fits into the circle's file and can be read again."""
    if meeting.began is None:
        return
    if meeting.phase is not Phase.CLOSED:
        for event in closing_commands.close_as_it_stands(meeting, meeting.opened):
            meeting = apply(meeting, event)
    kept = add_record(CircleState(circle=CIRCLE), record_of(meeting), CIRCLE.members)
    decode(encode(kept).to_bytes())


def read_and_check(lines: list[str]) -> bool:
    """Whether these lines form a meeting; if so, check that it can be shown and saved."""
    try:
        acts = read_acts([line] for line in lines)
    except ValueError:
        return False
    meeting = replay(event for act in acts for event in act)
    for now in (acts[-1][-1].at, datetime(2026, 3, 5, 10, 30, tzinfo=UTC)):
        check_views(meeting, now)
    check_saving(meeting)
    return True


EVENTFUL = eventful_meeting()
LINES = [to_json(event) for event in EVENTFUL.events]
CIRCLE = EVENTFUL.meeting.circle


def test_every_beginning_of_a_complete_journal_can_be_shown_and_saved() -> None:
    for length in range(1, len(LINES) + 1):
        assert read_and_check(LINES[:length])


def test_no_changed_value_in_a_journal_crashes_the_program(full: bool) -> None:
    changes = [
        (at, path, value)
        for at, line in enumerate(LINES)
        for path in leaves(json.loads(line))
        for value in DAMAGING_VALUES
    ]
    if not full:
        # Of the long first event, try fewer changes.
        drawn = random.Random(8)
        changes = drawn.sample([each for each in changes if each[0]], 400) + drawn.sample(
            [each for each in changes if not each[0]], 400
        )
    read_well = 0
    for at, path, value in changes:
        changed = [*LINES[:at], with_value(LINES[at], path, value)]
        for lines in (changed, [*changed, *LINES[at + 1 :]]):
            try:
                read_well += read_and_check(lines)
            except Exception as error:
                raise AssertionError(f"{path} = {value!r} in event {at}") from error
    assert 0 < read_well < 2 * len(changes)


def test_no_changed_order_of_events_crashes_the_program(full: bool) -> None:
    drawn = random.Random(3)
    for _ in range(3000 if full else 150):
        lines = LINES[: drawn.randrange(2, len(LINES) + 1)]
        at = drawn.randrange(1, len(lines))
        match drawn.randrange(3):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, drawn.choice(LINES[1:]))
            case _:
                lines.append(drawn.choice(LINES[1:]))
        read_and_check(lines)


@pytest.mark.parametrize(
    ("kind", "field"),
    [("RoundBegan", "order"), ("ReachOutSettled", "missing"), ("Responded", "member")],
)
def test_an_event_that_names_an_unknown_member_is_refused(kind: str, field: str) -> None:
    at = next(at for at, line in enumerate(LINES) if json.loads(line)["type"] == kind)
    unknown_member = ["m9"] if field == "order" else "m9"
    with pytest.raises(ValueError, match="not the events of a meeting"):
        read_acts([line] for line in [*LINES[:at], with_value(LINES[at], (field,), unknown_member)])
