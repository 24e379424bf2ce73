"""A circle: its members, how it meets, and the formats it can start from.

Invariant: these are frozen values. `make_circle` returns a valid circle or raises; a format is data
that gives a new circle its numbers, and each can be changed for one circle.
"""

from datetime import date, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from circle_tui.core import text
from circle_tui.core.errors import RuleError
from circle_tui.core.fields import IdOfMember, IdOrNone, Moment, Name, SharedWords
from circle_tui.core.ids import MemberId

_DAYS = {"day": 1, "week": 7, "month": 30}


class Rhythm(Struct, frozen=True):
    """The time between meetings: `every` times one `unit`."""

    every: Annotated[int, Meta(ge=1, le=1000)]
    unit: Literal["day", "week", "month"]

    @property
    def days(self) -> int:
        """The approximate number of days; a month counts as 30."""
        return self.every * _DAYS[self.unit]

    def __str__(self) -> str:
        if self.every == 1:
            return f"every {self.unit}"
        if (self.every, self.unit) == (2, "week"):
            return "fortnightly"
        return f"every {self.every} {self.unit}s"


class Format(Struct, frozen=True):
    """A preset (guide: practice, Formats).

    `share` and `response` are per person, `cycle` is in meetings.
    """

    key: str
    title: str
    people: str
    rhythm: Rhythm
    length: timedelta
    share: timedelta
    response: timedelta
    cycle: int
    meets: bool = True
    """Whether there are meetings at all; a trading pair has none."""
    checkin: bool = False
    """Whether members write a few sentences between two meetings."""
    steps: tuple[str, ...] = ()
    """The steps of a share, one line each; most formats have none."""
    prompt: str = ""
    """What the speaker is invited to talk about; empty in most formats."""


SHORTEST_SHARE = timedelta(minutes=1)
LONGEST_SHARE = timedelta(minutes=60)

PAIR = 2
"""The number of people in a trading pair."""

PROMPTS = ("Thank you", "What did you notice about how that went?")
"""The only two responses (guide: practice, Formats). A circle may put them into its own words."""

JUDGED_A_MONTH = 3
"""How many contracts of others one person judges in a month, unless the circle sets a number."""


def _minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


FORMATS = {
    preset.key: preset
    for preset in (
        Format(
            key="peer-circle",
            title="Peer circle",
            people="4 to 6 people",
            rhythm=Rhythm(2, "week"),
            length=_minutes(60),
            share=_minutes(8),
            response=_minutes(1),
            cycle=6,
        ),
        Format(
            key="pod",
            title="Pod",
            people="2 or 3 people",
            # The guide says every 7 to 10 days; a week keeps the same day and time.
            rhythm=Rhythm(1, "week"),
            length=_minutes(30),
            # The guide gives no minutes for a pod: 7 lets three people fit into its 30.
            share=_minutes(7),
            response=_minutes(1),
            # 90 days of weekly meetings.
            cycle=13,
            steps=(
                "What I said I would do",
                "What blocked or surprised me",
                "What I commit to next",
            ),
        ),
        Format(
            key="movement-pod",
            title="Movement pod",
            people="4 or 5 people",
            rhythm=Rhythm(1, "month"),
            length=_minutes(45),
            # The guide gives no minutes here either: 6 lets five people fit into its 45.
            share=_minutes(6),
            response=_minutes(1),
            cycle=3,
            prompt="One strategic behaviour",
            checkin=True,
        ),
        Format(
            key="trading-pair",
            title="Trading pair",
            people="2 people",
            rhythm=Rhythm(1, "week"),
            # What each records for the other; nobody meets.
            length=_minutes(20),
            share=_minutes(20),
            response=_minutes(0),
            # 90 days of weeks.
            cycle=13,
            meets=False,
        ),
    )
}


class Member(Struct, frozen=True):
    """A present or former member. Moments are aware UTC.

    `left` is when they left for good, `away` since when they are away for a while. A `forgotten`
    member has no name any more but keeps a row in the attendance.
    """

    id: IdOfMember
    name: Name
    joined: Moment
    left: Moment | None = None
    away: Moment | None = None
    forgotten: bool = False

    @property
    def expected(self) -> bool:
        """Whether meetings expect them."""
        return self.left is None and self.away is None


class CircleFacts(Struct, frozen=True, kw_only=True):
    """One circle without what its members said: all that leads may know of it.

    `first` is the first meeting's naive wall time in `zone`; seats go by order.
    """

    name: Name
    format: str
    length: timedelta
    share: timedelta
    response: timedelta
    rhythm: Rhythm
    cycle: Annotated[int, Meta(ge=1, le=10_000)]
    first: datetime
    zone: str
    members: tuple[Member, ...]
    digits: bool = False
    bell: bool = False
    overtime: bool = False
    twelve_hours: bool = False
    woken: Moment | None = None
    """When it was last woken from a rest (aware UTC)."""
    told_of_three: bool = False
    """Whether a pair was told that three is sturdier."""
    sample: bool = False
    id: IdOrNone = ""
    """What tells it from every other circle, on any machine; empty until its file is written."""

    @property
    def preset(self) -> Format:
        """The format it started from, for its steps and prompts."""
        return FORMATS[self.format]

    @property
    def tz(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.zone)

    def day(self, moment: datetime) -> date:
        """The date of an aware moment in the circle's time zone."""
        return moment.astimezone(self.tz).date()


class Circle(CircleFacts, frozen=True, kw_only=True):
    """One circle, with its own wording of the two responses."""

    prompts: tuple[SharedWords, SharedWords] = PROMPTS
    judged_a_month: int = JUDGED_A_MONTH
    """How many contracts of others one person is asked to judge in a month."""
    passes_up: bool = False
    """Whether the circle is asked after a meeting what to pass up to the circle above."""


def check_zone(zone: str) -> ZoneInfo:
    """The time zone of that name. Raises `RuleError` if there is none."""
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise RuleError(
            f"“{text.shorten(zone)}” isn't a time zone: write it like Europe/London."
        ) from None


def check_share(share: timedelta) -> timedelta:
    """`share`, unchanged. Raises `RuleError` if it is too short or too long."""
    if not SHORTEST_SHARE <= share <= LONGEST_SHARE:
        raise RuleError("A share takes 1 to 60 minutes.")
    return share


def check_length(length: timedelta) -> timedelta:
    """`length`, unchanged. Raises `RuleError` if it is too short or too long."""
    if not timedelta(minutes=5) <= length <= timedelta(minutes=480):
        raise RuleError("A meeting takes 5 to 480 minutes.")
    return length


def check_meets(circle: Circle) -> None:
    """Raise `RuleError` for a circle whose format has no meetings."""
    if not circle.preset.meets:
        raise RuleError("A trading pair doesn't meet. Press t to note what was sent and received.")


def _nearest_quarter_hour(wall: datetime) -> datetime:
    """The nearest quarter of an hour, because later meetings keep the first one's time of day."""
    quarters = (wall.minute + 7) // 15
    return wall.replace(minute=0, second=0, microsecond=0) + timedelta(minutes=15 * quarters)


def make_circle(
    name: str,
    members: str,
    format_key: str,
    *,
    zone: str,
    now: datetime,
    first: datetime | None = None,
    share: timedelta | None = None,
    length: timedelta | None = None,
    sample: bool = False,
    circle_id: str = "",
) -> Circle:
    """A circle from what a person typed; `first` is naive wall time in `zone`, or else about now.

    Without a `circle_id`, a random one is made when its file is.

    Raises `RuleError` with one sentence for anything that cannot be used.
    """
    preset = FORMATS.get(format_key)
    if preset is None:
        raise RuleError(
            f"There's no format “{text.shorten(format_key)}”: use {', '.join(FORMATS)}."
        )
    tz = check_zone(zone)
    # Dates computed from the first meeting have to stay within what `datetime` can hold.
    if first is not None and not 1970 <= first.year <= 2999:
        raise RuleError("Write a first meeting between the years 1970 and 2999.")
    share = preset.share if share is None else share
    length = preset.length if length is None else length
    check_share(share)
    check_length(length)
    # Imported here, because only making a circle needs it.
    from circle_tui.core.name_list import read_names

    circle_name, names = text.name(name, "The circle's name"), read_names(members)
    if not preset.meets and len(names) != PAIR:
        raise RuleError(f"A trading pair is two people, and you named {len(names)}: name two.")
    return Circle(
        name=circle_name,
        format=preset.key,
        length=length,
        share=share,
        response=preset.response,
        rhythm=preset.rhythm,
        cycle=preset.cycle,
        first=first or _nearest_quarter_hour(now.astimezone(tz).replace(tzinfo=None)),
        zone=zone,
        members=tuple(
            Member(MemberId(f"m{seat}"), each, now) for seat, each in enumerate(names, 1)
        ),
        sample=sample,
        id=circle_id,
    )
