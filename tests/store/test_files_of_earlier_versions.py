"""Files written by earlier versions can be opened and rewritten, and plain TinyDB reads them.

Each folder `written_by_<version>` holds circles and live meetings as that version wrote them, and
`expected.json` with what that version itself said about each. A later version must not rewrite
them: that would prove nothing.
"""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from circle_tui.core.attendance import figures
from circle_tui.core.circle import checkins, commitments, membership, settings, trades
from circle_tui.core.circle.record import MeetingRecord
from circle_tui.core.circle.state import CircleState
from circle_tui.core.meeting import closing_commands, commands
from circle_tui.core.meeting.meeting import Meeting, Phase
from circle_tui.service.circle_service import CircleService
from circle_tui.service.clock import ManualClock
from circle_tui.service.live_meeting import LiveMeeting
from circle_tui.store import attendance_reader
from circle_tui.store.circle_file import CircleFile

FOLDERS = sorted(Path(__file__).parent.glob("written_by_*"))

AttendanceFacts = dict[str, Any]


def open_circle(path: Path, now: str) -> CircleService:
    """The circle in `path`, locked for writing, with the clock set to `now` (ISO, UTC)."""
    return CircleService(CircleFile(path), ManualClock(datetime.fromisoformat(now)))


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def facts_of_circle(state: CircleState, now: str) -> AttendanceFacts:
    """The facts of a circle that must not change, as plain JSON values."""
    moment = datetime.fromisoformat(now)
    circle = state.circle
    names = {member.id: member.name for member in circle.members}
    covenant = state.covenant
    return {
        "name": circle.name,
        "settings": {
            "format": circle.format,
            "share": circle.share.total_seconds(),
            "length": circle.length.total_seconds(),
            "response": circle.response.total_seconds(),
            "rhythm": str(circle.rhythm),
            "cycle": circle.cycle,
            "zone": circle.zone,
            "prompts": list(circle.prompts),
            "switched on": [
                name
                for name in ("digits", "bell", "overtime", "twelve_hours")
                if getattr(circle, name)
            ],
            "told of three": circle.told_of_three,
            "woken": _iso(circle.woken),
            "sample": circle.sample,
        },
        "members": [
            {
                "name": member.name,
                "joined": _iso(member.joined),
                "left": _iso(member.left),
                "away": _iso(member.away),
                "forgotten": member.forgotten,
            }
            for member in circle.members
        ],
        "meetings": [facts_of_record(record, names) for record in state.records],
        "open commitments": [
            {
                "of": names[each.member],
                "text": each.text,
                "due": each.due,
                "daily": each.daily,
                "won on": [day.isoformat() for day in commitments.days_kept(state.wins, each.id)],
                "chain": [
                    [link.text, link.outcome and link.outcome.value, link.got_in_the_way]
                    for link in commitments.chain(state, each.id)
                ],
            }
            for each in commitments.open_commitments(state)
        ],
        "covenant": covenant
        and {
            "version": covenant.version,
            "clauses": {clause.value: words for clause, words in covenant.clauses.items()},
            "review": covenant.review and covenant.review.isoformat(),
            "signers": [names[member] for member in covenant.signatures],
        },
        "signers of each version": [
            [names[member] for member in each.signatures] for each in state.covenants
        ],
        "changes": [[each.outcome.value, each.text] for each in state.changes],
        "wins": len(state.wins),
        "check-ins": [[names[each.member], each.text] for each in state.checkins],
        "check-ins for the next meeting": len(checkins.since_last_meeting(state)),
        "trades": [
            [each.week.isoformat(), names[each.member], each.sent, each.received]
            for each in state.trades
        ],
        "trading": trades.trading_regularity(state, moment) if state.trades else None,
        "cancelled": [
            [_iso(each.planned), _iso(each.rebooked), each.within_48_hours]
            for each in state.cancelled
        ],
    }


def facts_of_record(record: MeetingRecord, names: dict[str, str]) -> AttendanceFacts:
    """What is stored of one meeting, with names for ids."""
    return {
        "started": _iso(record.started),
        "ended": _iso(record.ended),
        "cycle": record.cycle,
        "opener": record.opener and names[record.opener],
        "order": [names[member] for member in record.order],
        "attendance": {names[member]: how.value for member, how in record.attendance.items()},
        "guests": record.guests,
        "made": [[names[made.member], made.text] for made in record.made],
        "answered": [
            [each.outcome.value, each.got_in_the_way, each.reset and each.reset.value]
            for each in record.answered
        ],
        "next": _iso(record.next),
        "reaches out": {names[who]: names[by] for who, by in record.reaches_out.items()},
        "looked back": record.looked_back
        and [
            record.looked_back.worked,
            record.looked_back.change,
            record.looked_back.choice.value,
        ],
        "answers": record.vitality and record.vitality.answers,
    }


def facts_for_leads(path: Path, now: str) -> AttendanceFacts:
    """The figures of a review, read by the reader that never decodes words."""
    found = attendance_reader.read_facts(path)
    assert isinstance(found, attendance_reader.LoadedFacts), str(found)
    review = figures.review(found.facts, datetime.fromisoformat(now))
    return {
        "held": review.held,
        "planned": review.planned,
        "came of expected by cycle": [list(cycle.attendance) for cycle in review.cycles],
        "members": [member.name for member in review.members],
        "openings": review.openings,
        "question": review.question,
        "next": _iso(review.next),
        "overdue": review.overdue,
        "resting": review.resting,
    }


def facts_of_meeting(live: LiveMeeting) -> AttendanceFacts:
    """The state of a meeting that was just resumed, with names for ids."""
    meeting = live.meeting
    names = {person.id: person.name for person in meeting.people}
    turn = meeting.turn
    in_turn = meeting.phase not in {Phase.GATHERING, Phase.CLOSING}
    return {
        "phase": meeting.phase.value,
        "gap": live.gap and live.gap.length.total_seconds(),
        "held since the gap": bool(live.gap and live.gap.held),
        "remaining": remaining(live),
        "speaker": names[turn.member] if turn and in_turn else None,
        "step": turn.step if turn and in_turn else None,
        "responders": [names[member] for member in meeting.responders] if in_turn else [],
        "missed": [turn.missed.commitment, turn.missed.words] if turn and turn.missed else None,
        "open of the speaker": [each.text for each in meeting.open_commitments_of(turn.member)]
        if turn and in_turn
        else [],
        "share": meeting.share.total_seconds(),
        "attendance": {person.name: person.recorded_attendance.value for person in meeting.people},
        "here": [names[member] for member in meeting.here],
        "guests": meeting.guests,
        "order": [names[member] for member in meeting.order],
        "waiting": [names[member] for member in (*meeting.waiting, *meeting.waiting_again)],
        "passed": [names[member] for member in meeting.passed],
        "done": [names[member] for member in meeting.finished],
        "made": [[names[made.member], made.text] for made in meeting.made],
        "answered": [
            [each.id, each.outcome.value, each.got_in_the_way, each.reset and each.reset.value]
            for each in meeting.answered
        ],
        "closing": facts_of_closing(meeting, names) if meeting.phase is Phase.CLOSING else None,
    }


def facts_of_closing(meeting: Meeting, names: dict[str, str]) -> AttendanceFacts:
    """What a closing has settled so far, and what it asks for next."""
    return {
        "step": meeting.closing_step.value,
        "worked": meeting.worked,
        "change": meeting.change,
        "choice": meeting.choice and meeting.choice.value,
        "question": meeting.next_question,
        "answers": meeting.vitality,
        "next": _iso(meeting.next),
        "next is kept": meeting.next_is_settled,
        "reaches out": {names[who]: by and names[by] for who, by in meeting.reaches_out.items()},
        "nobody reaches out yet to": [person.name for person in meeting.unreached],
    }


def remaining(live: LiveMeeting) -> float | None:
    """Seconds left of the share under way; None if there is none."""
    countdown = live.meeting.countdown
    return None if countdown is None else countdown.remaining(live.now).total_seconds()


def end_meeting(service: CircleService) -> None:
    """Close the meeting as it stands, and save its record."""
    live = service.live
    assert live is not None
    if live.meeting.phase is Phase.GATHERING:
        service.execute(commands.begin)
    service.execute(closing_commands.close_as_it_stands)
    service.finish()


def documents_in(path: Path) -> dict[str, dict[int, Any]]:
    """Every document of every table, as plain TinyDB reads them."""
    with TinyDB(path) as db:
        return {
            name: {document.doc_id: dict(document) for document in db.table(name)}
            for name in db.tables()
        }


def lost(before: Any, after: Any, where: str = "") -> Iterator[str]:
    """The places where `after` lacks a value of `before`. Additions do not count."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key, value in before.items():
            if key in after:
                yield from lost(value, after[key], f"{where}/{key}")
            else:
                yield f"{where}/{key}"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for at, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from lost(one, other, f"{where}/{at}")
    elif before != after:
        yield where


def _each(kind: str) -> list[Any]:
    found = []
    for folder in FOLDERS:
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        for name, facts in expected[kind].items():
            found.append(pytest.param(folder / name, facts, id=f"{folder.name}/{name}"))
    return found


each_circle = pytest.mark.parametrize(("written", "expected"), _each("circles"))
each_meeting = pytest.mark.parametrize(("written", "expected"), _each("meetings"))


@pytest.fixture
def copy(tmp_path: Path) -> Callable[[Path], Path]:
    """Copies a circle's file, and the live meeting beside it, and gives the copy's path."""

    def copy(written: Path) -> Path:
        for tail in (".json", ".live"):
            if (beside := written.with_suffix(tail)).exists():
                shutil.copyfile(beside, tmp_path / beside.name)
        return tmp_path / f"{written.stem}.json"

    return copy


def test_there_are_files_of_an_earlier_version() -> None:
    assert FOLDERS
    for folder in FOLDERS:
        expected = json.loads((folder / "expected.json").read_text("utf-8"))
        named = {folder / name for kind in ("circles", "meetings") for name in expected[kind]}
        assert named == set(folder.rglob("*.json")) - {folder / "expected.json"}
        assert {path.with_suffix(".json") for path in folder.rglob("*.live")} <= named


@each_circle
def test_a_circle_is_read_as_the_version_that_wrote_it_read_it(
    written: Path, expected: AttendanceFacts, copy: Callable[[Path], Path]
) -> None:
    path, now = copy(written), expected["asked at"]
    opened = open_circle(path, now)
    assert opened.reading_only is None
    assert facts_of_circle(opened.state, now) == expected["circle"]
    assert facts_for_leads(path, now) == expected["review"]
    opened.close()


@each_circle
def test_rewriting_a_circle_loses_nothing(
    written: Path, expected: AttendanceFacts, copy: Callable[[Path], Path]
) -> None:
    path, now = copy(written), expected["asked at"]
    before = documents_in(path)
    opened = open_circle(path, now)
    somebody = next(member for member in opened.circle.members if member.expected)
    opened.execute(settings.rename, "Another Name")
    opened.execute(membership.rename, somebody.id, "Zora")
    for each in commitments.open_commitments(opened.state):
        opened.execute(commitments.set_daily, each.id)
    opened.close()

    after = documents_in(path)
    (circle,) = before["circle"]
    (renamed,) = (
        key for key, document in before["members"].items() if document["id"] == somebody.id
    )
    changed = {where for where in lost(before, after) if not where.endswith("/daily")}
    assert changed == {f"/circle/{circle}/name", f"/members/{renamed}/name"}
    assert after["circle"][circle]["name"] == "Another Name"
    assert after["members"][renamed]["name"] == "Zora"

    again = open_circle(path, now)
    was = expected["circle"]["open commitments"]
    assert [each.daily for each in commitments.open_commitments(again.state)] == [
        not each["daily"] for each in was
    ]
    again.close()


@each_meeting
def test_a_meeting_of_an_earlier_version_is_resumed_where_it_was_left(
    written: Path, expected: AttendanceFacts, copy: Callable[[Path], Path]
) -> None:
    opened = open_circle(copy(written), expected["resumed at"])
    live = opened.resume()
    found = None if live is None else facts_of_meeting(live)
    assert found == expected["meeting"]
    if live is not None:
        live.settle_gap(counts=True)
        assert remaining(live) == expected["remaining if the gap counts"]
        opened.park()
    opened.close()


@each_meeting
def test_a_meeting_is_ended_and_its_record_opens_in_plain_tinydb(
    written: Path, expected: AttendanceFacts, copy: Callable[[Path], Path]
) -> None:
    path = copy(written)
    before = documents_in(path)
    opened = open_circle(path, expected["resumed at"])
    live = opened.resume()
    if live is not None:
        end_meeting(opened)
        opened.read()
    names = {member.id: member.name for member in opened.circle.members}
    assert facts_of_record(opened.state.records[-1], names) == expected["record"]
    opened.close()
    assert not path.with_suffix(".live").exists()
    after = documents_in(path)
    assert list(lost(before, after)) == []
    assert len(after["sessions"]) == len(before["sessions"]) + 1
