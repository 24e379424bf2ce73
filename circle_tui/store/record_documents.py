"""How the record of a finished meeting looks as a document, and what one must be to become one.

Invariant: as in `documents.py`, which knows nothing of records: what a lead may read goes through
that alone.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs

from circle_tui.core import text
from circle_tui.core.attendance.facts import in_order
from circle_tui.core.circle.circle import Circle
from circle_tui.core.circle.record import HealthCheck, MeetingRecord, Retrospective
from circle_tui.store import documents

_ORDER = (
    *("id", "number", "cycle", "started", "ended", "opener", "order", "attendance", "guests"),
    *("made", "answered", "next", "reaches_out", "looked_back", "vitality"),
)
"""The fields as a reader of the file meets them: who came, what was said, what comes."""

_OPTIONAL: dict[str, Any] = {
    "order": (),
    "made": (),
    "answered": (),
    "reaches_out": {},
}


def record_document(record: MeetingRecord, circle: Circle) -> dict[str, Any]:
    """A record as one document; `next` is written with the offset of the circle's zone."""
    fields = msgspec.to_builtins(record)
    document: dict[str, Any] = {name: fields[name] for name in _ORDER}
    for made in document["made"]:
        if not made["daily"]:
            del made["daily"]
    for name in ("looked_back", "vitality"):
        if document[name] is None:
            del document[name]
    if "looked_back" in document:
        said = document["looked_back"]
        document["looked_back"] = {name: said[name] for name in ("worked", "change", "choice")}
    document["started"] = documents.written(record.started)
    document["ended"] = documents.written(record.ended)
    document["next"] = None if record.next is None else _local(record.next, circle.tz)
    return document


def _local(moment: datetime, zone: ZoneInfo) -> str:
    try:
        local = moment.astimezone(zone).replace(microsecond=0)
    except OverflowError:
        return documents.written(moment)
    # ISO-8601 has no offsets of seconds, as local time before 1972 may have.
    return (
        documents.written(moment)
        if (local.utcoffset() or timedelta()).seconds % 60
        else local.isoformat()
    )


def sound_records(found: Iterable[MeetingRecord]) -> tuple[MeetingRecord, ...]:
    """`found`, oldest first by number, if no id stands for two things. Raises `SchemaError`."""
    records = in_order(found)
    documents.unique([record.id for record in records], "sessions")
    documents.unique([made.id for record in records for made in record.made], "commitments")
    return records


def read_record(document: Mapping[str, Any], where: str) -> MeetingRecord:
    """The record of a document. Raises `SchemaError`."""
    stored = documents.typed({**_OPTIONAL, **document}, MeetingRecord, where)
    documents.sound(
        [
            stored.id,
            *stored.order,
            *stored.attendance,
            *([stored.opener] if stored.opener is not None else []),
        ],
        where,
    )
    documents.sound([*stored.reaches_out, *stored.reaches_out.values()], where)
    for made in stored.made:
        documents.sound([made.id, made.member], where)
        documents.sound_due(made.due, f"{where}, “made”")
    for answered in stored.answered:
        documents.sound(
            [answered.id, *([answered.becomes] if answered.becomes is not None else [])], where
        )
    return structs.replace(
        stored,
        started=documents.as_utc(stored.started, where),
        ended=documents.as_utc(stored.ended, where),
        next=None if stored.next is None else documents.as_utc(stored.next, where),
        made=tuple(structs.replace(made, text=text.clean(made.text)) for made in stored.made),
        answered=tuple(
            structs.replace(answered, got_in_the_way=text.clean(answered.got_in_the_way))
            for answered in stored.answered
        ),
        looked_back=_looked_back(stored.looked_back),
        vitality=_vitality(stored.vitality),
    )


def _looked_back(stored: Retrospective | None) -> Retrospective | None:
    if stored is None:
        return None
    return Retrospective(
        choice=stored.choice, worked=text.clean(stored.worked), change=text.clean(stored.change)
    )


def _vitality(stored: HealthCheck | None) -> HealthCheck | None:
    if stored is None:
        return None
    answers = {text.clean(asked): text.clean(said) for asked, said in stored.answers.items()}
    return HealthCheck(text.clean(stored.check), answers)
