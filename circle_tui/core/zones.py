"""Reads time zones that people type, and puts them into words.

Invariant: a zone is accepted only if it is unambiguous: a place, or an offset from UTC. Letters
such as "EST" give every zone that they may stand for, also with regard to summer time.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from circle_tui.core import text
from circle_tui.core.errors import RuleError

_UTC = "UTC"

_LETTERS: dict[str, tuple[str, ...]] = {
    "acdt": ("Australia/Adelaide",),
    "acst": ("Australia/Adelaide",),
    "adt": ("America/Halifax",),
    "aedt": ("Australia/Sydney",),
    "aest": ("Australia/Sydney",),
    "aet": ("Australia/Sydney",),
    "akdt": ("America/Anchorage",),
    "akst": ("America/Anchorage",),
    "art": ("America/Argentina/Buenos_Aires",),
    "ast": ("America/Halifax", "Asia/Riyadh"),
    "awst": ("Australia/Perth",),
    "brt": ("America/Sao_Paulo",),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "cat": ("Africa/Maputo",),
    "cdt": ("America/Chicago", "America/Havana"),
    "cest": ("Europe/Berlin",),
    "cet": ("Europe/Berlin",),
    "clt": ("America/Santiago",),
    "cot": ("America/Bogota",),
    "cst": ("America/Chicago", "Asia/Shanghai", "America/Havana"),
    "ct": ("America/Chicago",),
    "eat": ("Africa/Nairobi",),
    "edt": ("America/New_York",),
    "eest": ("Europe/Athens",),
    "eet": ("Europe/Athens",),
    "est": ("America/New_York",),
    "et": ("America/New_York",),
    "gmt": ("Europe/London",),
    "hkt": ("Asia/Hong_Kong",),
    "hst": ("Pacific/Honolulu",),
    "ict": ("Asia/Bangkok",),
    "idt": ("Asia/Jerusalem",),
    "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "mdt": ("America/Denver",),
    "msk": ("Europe/Moscow",),
    "mst": ("America/Denver",),
    "mt": ("America/Denver",),
    "ndt": ("America/St_Johns",),
    "npt": ("Asia/Kathmandu",),
    "nst": ("America/St_Johns",),
    "nzdt": ("Pacific/Auckland",),
    "nzst": ("Pacific/Auckland",),
    "pdt": ("America/Los_Angeles",),
    "pht": ("Asia/Manila",),
    "pkt": ("Asia/Karachi",),
    "pst": ("America/Los_Angeles", "Asia/Manila"),
    "pt": ("America/Los_Angeles",),
    "sast": ("Africa/Johannesburg",),
    "sgt": ("Asia/Singapore",),
    "trt": ("Europe/Istanbul",),
    "wat": ("Africa/Lagos",),
    "west": ("Europe/Lisbon",),
    "wet": ("Europe/Lisbon",),
    "wib": ("Asia/Jakarta",),
}
"""The letters people write for a zone, and the places that use them."""

_NO_PLACE = frozenset({"factory", "localtime", "posixrules"})
"""Names in the database that are no zone, or a different one on each computer."""

_NO_SUMMER = {"est": "America/New_York", "mst": "America/Denver", "hst": "Pacific/Honolulu"}
"""Zones in the database without summer time, and the place that people usually mean."""

_OFFSET = r"(?:utc|gmt)?\s?([+-])([0-9]{1,2})(?::?([0-9]{2}))?"
_FURTHEST_OFFSET = timedelta(hours=14)


class ZoneLetters(Struct, frozen=True):
    """Letters that stand for one zone or several: "EST", "IST"."""

    letters: str

    def zones(self, wall: datetime, own: ZoneInfo) -> tuple[tzinfo, ...]:
        """Every zone they may stand for when its clocks show `wall` (naive).

        `own` is the circle's zone; if it uses these letters at that time, it is the only one.
        Letters out of season ("EST" in July) may mean their fixed offset or the place's time.
        """
        letters = self.letters.upper()
        if own.tzname(wall) == letters:
            return (own,)
        found: dict[timedelta, tzinfo] = {}
        for place in map(ZoneInfo, _LETTERS[self.letters]):
            for zone in _seasons(place, letters, wall):
                found.setdefault(_offset(zone, wall), zone)
        return tuple(found.values())


def _seasons(place: ZoneInfo, letters: str, wall: datetime) -> Iterator[tzinfo]:
    """What `letters` may mean to somebody in `place` when the clocks there show `wall`."""
    probes = [wall.replace(month=month, day=1) for month in (1, 7)]
    used = [each for each in probes if place.tzname(each) == letters]
    if place.tzname(wall) != letters and used:
        yield timezone(_offset(place, used[0]))
    yield place


def _offset(zone: tzinfo, wall: datetime) -> timedelta:
    return zone.utcoffset(wall) or timedelta()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every zone of the database by its name without capitals."""
    return {
        name.casefold(): name for name in available_timezones() if name.casefold() not in _NO_PLACE
    }


@lru_cache(maxsize=1)
def _cities() -> dict[str, list[str]]:
    """Every zone by the last part of its name: "london", "new_york"."""
    found: dict[str, list[str]] = {}
    for folded, name in sorted(_names().items()):
        if "/" in folded and not folded.startswith("etc/"):
            found.setdefault(folded.rpartition("/")[2], []).append(name)
    return found


def names() -> list[str]:
    """Every zone that a circle can have, the best known first."""
    known = Counter(place for places in _LETTERS.values() for place in places)
    others = sorted(_names().values(), key=lambda name: (not name.startswith("Etc/"), name))
    return list(dict.fromkeys([_UTC, *(place for place, _ in known.most_common()), *others]))


def read_zone(typed: str) -> ZoneInfo:
    """The zone of the place that was typed: "Europe/London", "europe/london", "New York".

    Raises `RuleError` for text that is no place or may be several.
    """
    said = text.clean(typed)
    folded = said.casefold().replace(" ", "_")
    if folded in _NO_SUMMER:
        raise RuleError(
            f"“{text.shorten(said)}” doesn't change its clocks in summer: write "
            f"{_NO_SUMMER[folded]}, or another place whose clocks are yours."
        )
    if (name := _names().get(folded)) is not None:
        return ZoneInfo(name)
    cities = _cities().get(folded, [])
    if len({_yearly_offsets(ZoneInfo(name)) for name in cities}) > 1:
        raise RuleError(f"“{text.shorten(said)}” may be {' or '.join(cities)}: write one of them.")
    if cities:
        return ZoneInfo(cities[0])
    if folded in _LETTERS:
        places = " or ".join(_LETTERS[folded])
        raise RuleError(f"“{text.shorten(said)}” isn't the name of a time zone: write {places}.")
    if re.fullmatch(_OFFSET, said.casefold()):
        raise RuleError(
            f"“{text.shorten(said)}” doesn't change its clocks in summer: write a place, "
            "as in Europe/London."
        )
    raise RuleError(f"“{text.shorten(said)}” isn't a time zone: write it like Europe/London.")


def _yearly_offsets(zone: ZoneInfo) -> tuple[timedelta, ...]:
    """Its offsets from UTC in the course of a year, which are equal for two names of one zone."""
    return tuple(_offset(zone, datetime(2026, month, 1)) for month in range(1, 13))  # noqa: DTZ001


def read_spoken_zone(said: str) -> tzinfo | ZoneLetters | None:
    """The zone said beside a time: "utc", "+02:00", "gmt-5", "est", "europe/berlin"; else None."""
    said = said.casefold()
    if said in {"z", "utc"}:
        return ZoneInfo(_UTC)
    if said in _LETTERS:
        return ZoneLetters(said)
    if found := re.fullmatch(_OFFSET, said):
        sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes or 0))
        if offset <= _FURTHEST_OFFSET and int(minutes or 0) < 60:
            return timezone(offset if sign == "+" else -offset)
        return None
    name = _names().get(said)
    return None if name is None else ZoneInfo(name)


def spoken_offset(offset: timedelta) -> str:
    """An offset as it is said, and can be typed: "UTC+02:00", "UTC-05:00"."""
    sign = "-" if offset < timedelta() else "+"
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"UTC{sign}{hours:02}:{minutes:02}"


def spoken_zone(zone: ZoneInfo, when: datetime) -> str:
    """A zone as it is said beside a time at `when` (aware): "Tokyo time", "UTC", "UTC-05:00"."""
    local = when.astimezone(zone)
    if zone.key.casefold() in {"utc", "etc/utc", "etc/uct", "etc/universal", "etc/zulu"}:
        return _UTC
    city = city_time(zone)
    # When clocks go back, an hour comes twice, and only the offset tells which one.
    if not city or comes_twice(local.replace(tzinfo=None), zone):
        return spoken_offset(local.utcoffset() or timedelta())
    return city


def city_time(zone: ZoneInfo) -> str:
    """A zone called after its city, as "Tokyo time"; "" for one that is not.

    "Etc/GMT+5" has none either, because it is five hours behind UTC.
    """
    area, _, city = zone.key.rpartition("/")
    return f"{city.replace('_', ' ')} time" if area and area != "Etc" else ""


def comes_twice(wall: datetime, zone: tzinfo) -> bool:
    """Whether the clocks of a zone show `wall` (naive) twice, as in the night they go back."""
    first, second = (
        wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1)
    )
    return first > second


def is_skipped(wall: datetime, zone: tzinfo) -> bool:
    """Whether the clocks of a zone never show `wall` (naive), as in the night they go forward."""
    first, second = (
        wall.replace(tzinfo=zone, fold=fold).utcoffset() or timedelta() for fold in (0, 1)
    )
    return first < second


def zone_to_show(zone: ZoneInfo, when: datetime, here: tzinfo) -> str:
    """The zone to show beside a circle's time at `when` (aware), if the terminal is in `here`.

    Empty if the terminal's clock shows the same time.
    """
    ours, shown = (when.astimezone(each).replace(tzinfo=None) for each in (zone, here))
    return "" if ours == shown else spoken_zone(zone, when)
