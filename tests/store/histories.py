"""Hypothesis strategies for whole histories: any state that a circle's file may hold."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from msgspec import structs

from circle_tui.core import text
from circle_tui.core.attendance.facts import Attendance, Cancelled, CycleChoice, Trade
from circle_tui.core.checked import FIRST_YEAR, LAST_YEAR
from circle_tui.core.circle.circle import FORMATS, PROMPTS, Circle, Member, Rhythm
from circle_tui.core.circle.record import (
    CommitmentResult,
    HealthCheck,
    MeetingRecord,
    NewCommitment,
    Outcome,
    Reset,
    Retrospective,
)
from circle_tui.core.circle.state import Change, CheckIn, CircleState, Clause, Covenant, Win
from circle_tui.core.errors import RuleError

from .conftest import CIRCLE_ID

WORDS = st.text(max_size=60).map(text.clean).map(text.clean)
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)
MOMENTS = st.datetimes(
    min_value=datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001 - made UTC below
    max_value=datetime(LAST_YEAR, 12, 31, 23, 59, 59),  # noqa: DTZ001 - made UTC below
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))
DAYS = st.dates(min_value=date(FIRST_YEAR, 1, 1), max_value=date(LAST_YEAR, 12, 31))
DUE = st.just("next") | DAYS.map(lambda day: day.isoformat())
ZONES = st.sampled_from(
    [
        "Europe/London",
        "Asia/Kathmandu",
        "Africa/Monrovia",
        "Pacific/Apia",
        "America/St_Johns",
        "UTC",
    ]
)
MADE = st.builds(NewCommitment, id=IDS, member=IDS, text=WORDS, due=DUE, daily=st.booleans())
ANSWERED = st.builds(
    CommitmentResult,
    id=IDS,
    outcome=st.sampled_from(Outcome),
    got_in_the_way=WORDS,
    reset=st.none() | st.sampled_from(Reset),
    becomes=st.none() | IDS,
)
RECORDS = st.builds(
    MeetingRecord,
    id=IDS,
    number=st.integers(1, 10_000),
    cycle=st.integers(1, 1000),
    started=MOMENTS,
    ended=MOMENTS,
    opener=st.none() | IDS,
    order=st.lists(IDS, max_size=5).map(tuple),
    attendance=st.dictionaries(IDS, st.sampled_from(Attendance), max_size=5),
    guests=st.integers(0, 99),
    made=st.lists(MADE, max_size=3, unique_by=lambda made: made.id).map(tuple),
    answered=st.lists(ANSWERED, max_size=3).map(tuple),
    next=st.none() | MOMENTS,
    reaches_out=st.dictionaries(IDS, IDS, max_size=3),
    looked_back=st.none()
    | st.builds(Retrospective, worked=WORDS, change=WORDS, choice=st.sampled_from(CycleChoice)),
    vitality=st.none()
    | st.builds(HealthCheck, check=WORDS, answers=st.dictionaries(WORDS, WORDS, max_size=3)),
)


def is_name(cleaned: str) -> bool:
    """Whether the rules accept this as a name."""
    try:
        return text.name(cleaned, "A name") == cleaned
    except RuleError:
        return False


NAMES = st.text(min_size=1, max_size=15).map(text.clean).map(text.clean)
MEMBERS = st.builds(
    Member,
    id=IDS,
    name=st.just("Ana"),
    joined=MOMENTS,
    left=st.none() | MOMENTS,
    away=st.none() | MOMENTS,
    forgotten=st.booleans(),
)
CIRCLES = st.builds(
    Circle,
    name=NAMES.filter(is_name),
    format=st.sampled_from(list(FORMATS)),
    length=st.integers(5, 480).map(lambda minutes: timedelta(minutes=minutes)),
    share=st.integers(1, 3600).map(lambda seconds: timedelta(seconds=seconds)),
    response=st.integers(0, 600).map(lambda seconds: timedelta(seconds=seconds)),
    rhythm=st.builds(
        Rhythm, every=st.integers(1, 99), unit=st.sampled_from(["day", "week", "month"])
    ),
    cycle=st.integers(1, 99),
    first=st.datetimes(
        min_value=datetime(FIRST_YEAR, 1, 1),  # noqa: DTZ001 - wall time
        max_value=datetime(LAST_YEAR, 12, 31),  # noqa: DTZ001 - wall time
    ).map(lambda first: first.replace(microsecond=0)),
    zone=ZONES,
    members=st.lists(MEMBERS, min_size=1, max_size=5, unique_by=lambda member: member.id).map(
        tuple
    ),
    digits=st.booleans(),
    bell=st.booleans(),
    overtime=st.booleans(),
    twelve_hours=st.booleans(),
    prompts=st.just(PROMPTS) | st.tuples(WORDS.filter(bool), WORDS.filter(bool)),
    woken=st.none() | MOMENTS,
    told_of_three=st.booleans(),
    sample=st.booleans(),
    id=st.just(CIRCLE_ID),
)
COVENANTS = st.builds(
    Covenant,
    version=st.integers(1, 99),
    written=MOMENTS,
    clauses=st.dictionaries(st.sampled_from(Clause), WORDS),
    review=st.none() | DAYS,
    signatures=st.dictionaries(IDS, MOMENTS, max_size=3),
)
CHANGES = st.builds(
    Change,
    commitment=IDS,
    at=MOMENTS,
    outcome=st.sampled_from(Outcome),
    becomes=st.none() | IDS,
    text=WORDS,
    due=DUE,
    daily=st.booleans(),
)
WINS = st.builds(Win, commitment=IDS, day=DAYS)
CHECKINS = st.builds(CheckIn, id=IDS, member=IDS, at=MOMENTS, text=WORDS)
TRADES = st.builds(Trade, week=DAYS, member=IDS, sent=st.booleans(), received=st.booleans())
CANCELLED = st.builds(
    Cancelled,
    id=IDS,
    cycle=st.integers(1, 99),
    planned=MOMENTS,
    at=MOMENTS,
    rebooked=st.none() | MOMENTS,
    rebooked_at=st.none() | MOMENTS,
)


def numbered(records: list[MeetingRecord]) -> tuple[MeetingRecord, ...]:
    """The same records with ids that are unique, by their place in the list; oldest first."""
    found = (
        structs.replace(
            record,
            id=f"meeting-{place}",
            made=tuple(structs.replace(made, id=f"{place}-{made.id}") for made in record.made),
        )
        for place, record in enumerate(records, 1)
    )
    return tuple(sorted(found, key=lambda record: record.number))


HISTORIES = st.builds(
    CircleState,
    circle=CIRCLES,
    records=st.lists(RECORDS, max_size=3).map(numbered),
    covenants=st.lists(COVENANTS, max_size=3, unique_by=lambda each: each.version).map(tuple),
    changes=st.lists(CHANGES, max_size=3, unique_by=lambda each: each.commitment).map(tuple),
    wins=st.lists(WINS, max_size=3, unique=True).map(tuple),
    checkins=st.lists(CHECKINS, max_size=3, unique_by=lambda each: each.id).map(tuple),
    trades=st.lists(TRADES, max_size=3, unique_by=lambda each: (each.week, each.member)).map(tuple),
    cancelled=st.lists(CANCELLED, max_size=3, unique_by=lambda each: each.id).map(tuple),
)
