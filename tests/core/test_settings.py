"""Each setting can be changed alone, within limits that meetings can work with."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from circle_tui.core.checked import FIRST_YEAR, LAST_YEAR
from circle_tui.core.circle import schedule, settings
from circle_tui.core.circle.circle import PROMPTS, Rhythm
from circle_tui.core.circle.context import meeting_context
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import AmbiguousError, RuleError
from circle_tui.store.codec.file_contents import decode, encode

from .meetings import START, attempt, circle_of, record, wall_time

NOW = START
Typed = Callable[[CircleState, datetime, str], CircleState]


def first_response(state: CircleState, now: datetime, words: str) -> CircleState:
    return settings.set_prompt(state, now, 0, words)


def second_response(state: CircleState, now: datetime, words: str) -> CircleState:
    return settings.set_prompt(state, now, 1, words)


TYPED: dict[str, Typed] = {
    "name": settings.rename,
    "share": settings.set_share,
    "length": settings.set_length,
    "response": settings.set_response,
    "rhythm": settings.set_rhythm,
    "cycle": settings.set_cycle,
    "zone": settings.set_zone,
    "first response": first_response,
    "second response": second_response,
}


def history_of(held: int = 0, **changes: object) -> CircleState:
    return CircleState(
        circle=circle_of(**changes),
        records=tuple(record(number) for number in range(1, held + 1)),
    )


@pytest.mark.parametrize(
    ("field", "change", "typed", "value"),
    [
        ("name", settings.rename, "  Harbour   Circle ", "Harbour Circle"),
        ("share", settings.set_share, "7.5", timedelta(minutes=7, seconds=30)),
        ("share", settings.set_share, "7:30", timedelta(minutes=7, seconds=30)),
        ("share", settings.set_share, "12 min", timedelta(minutes=12)),
        ("share", settings.set_share, "7.75", timedelta(minutes=7, seconds=45)),
        ("share", settings.set_share, "7.00", timedelta(minutes=7)),
        ("share", settings.set_share, "90 seconds", timedelta(seconds=90)),
        ("share", settings.set_share, "８", timedelta(minutes=8)),
        ("length", settings.set_length, "1h30", timedelta(minutes=90)),
        ("length", settings.set_length, "1:30 h", timedelta(minutes=90)),
        ("length", settings.set_length, "1.5 hours", timedelta(minutes=90)),
        ("length", settings.set_length, "1 hour and 15 min", timedelta(minutes=75)),
        ("length", settings.set_length, "an hour", timedelta(hours=1)),
        ("length", settings.set_length, "half an hour", timedelta(minutes=30)),
        ("length", settings.set_length, "90", timedelta(minutes=90)),
        ("response", settings.set_response, "0", timedelta()),
        ("response", settings.set_response, "1,5 minutes", timedelta(seconds=90)),
        ("response", settings.set_response, "10", timedelta(minutes=10)),
        ("rhythm", settings.set_rhythm, "every 10 days", Rhythm(10, "day")),
        ("cycle", settings.set_cycle, " 8 ", 8),
        ("cycle", settings.set_cycle, "60", 60),
        ("zone", settings.set_zone, "America/New_York", "America/New_York"),
        ("zone", settings.set_zone, "america/new york", "America/New_York"),
        ("zone", settings.set_zone, "utc", "UTC"),
        ("zone", settings.set_zone, "tokyo", "Asia/Tokyo"),
    ],
)
def test_a_typed_value_changes_only_that_setting(
    field: str, change: Typed, typed: str, value: object
) -> None:
    before = history_of()
    after = change(before, NOW, typed)
    assert getattr(after.circle, field) == value
    first = after.circle.first  # It is the same moment in another time zone: see below.
    assert replace(before, circle=replace(before.circle, first=first, **{field: value})) == after


@pytest.mark.parametrize(
    ("change", "typed", "why"),
    [
        (settings.rename, " \u200b ", "The circle's name is empty"),
        (settings.rename, "x" * 41, "room for 40"),
        (settings.set_share, "", "isn't a number of minutes"),
        (settings.set_share, "-8", "isn't a number of minutes"),
        (settings.set_share, "nan", "isn't a number of minutes"),
        (settings.set_share, "9" * 5000, "isn't a number of minutes"),
        (settings.set_share, "7.125", "isn't a number of minutes"),
        (settings.set_share, "1,000", "isn't a number of minutes"),
        (settings.set_share, "1.5 h 30", "isn't a number of minutes"),
        (settings.set_share, "7.30", "may be 7:30 or 7:18 minutes: write one of them"),
        (settings.set_length, "1,30 h", "may be 90 or 78 minutes: write one of them"),
        (settings.set_share, "0.9", "1 to 60 minutes"),
        (settings.set_share, "61", "1 to 60 minutes"),
        (settings.set_length, "4", "5 to 480 minutes"),
        (settings.set_length, "481", "5 to 480 minutes"),
        (settings.set_response, "11", "0 to 10 minutes"),
        (settings.set_rhythm, "", "isn't a rhythm"),
        (settings.set_rhythm, "now and then", "isn't a rhythm"),
        (settings.set_rhythm, "twice a week", "isn't a rhythm"),
        (settings.set_rhythm, "every several weeks", "isn't a rhythm"),
        (settings.set_rhythm, "every 3 moons", "isn't a rhythm"),
        (settings.set_rhythm, "in 2 weeks", "isn't a rhythm"),
        (settings.set_rhythm, "every 2 weeks on Tuesday", "isn't a rhythm"),
        (settings.set_rhythm, "biweekly", "if you mean every 2 weeks, write that"),
        (settings.set_rhythm, "Bi-Monthly", "if you mean every 2 months, write that"),
        (settings.set_rhythm, "every 0 weeks", "every 1 to 52"),
        (settings.set_rhythm, "every 53 days", "every 1 to 52"),
        (settings.set_rhythm, "every 9999 quarters", "every 1 to 52"),
        (settings.set_cycle, "0", "1 to 60 meetings"),
        (settings.set_cycle, "61", "1 to 60 meetings"),
        (settings.set_cycle, "six", "1 to 60 meetings"),
        (settings.set_cycle, "²", "1 to 60 meetings"),
        (settings.set_cycle, "9" * 5000, "1 to 60 meetings"),
        (settings.set_zone, "Atlantis", "isn't a time zone"),
        (settings.set_zone, "../../etc/passwd", "isn't a time zone"),
        (settings.set_zone, "", "isn't a time zone"),
        (settings.set_zone, "EST", "write America/New_York"),
        (first_response, " … ", "needs words"),
        (second_response, "“”", "needs words"),
        (second_response, "x" * 81, "80 fit here"),
    ],
)
def test_an_invalid_setting_is_refused_with_one_sentence(
    change: Typed, typed: str, why: str
) -> None:
    with pytest.raises(RuleError, match=why) as refused:
        change(history_of(), NOW, typed)
    assert str(refused.value).endswith(".")
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 120


@pytest.mark.parametrize(
    ("typed", "rhythm"),
    [
        ("every 2 weeks", Rhythm(2, "week")),
        ("fortnightly", Rhythm(2, "week")),
        ("Every fortnight.", Rhythm(2, "week")),
        ("every other week", Rhythm(2, "week")),
        ("weekly", Rhythm(1, "week")),
        ("once a week", Rhythm(1, "week")),
        ("every three weeks", Rhythm(3, "week")),
        ("monthly", Rhythm(1, "month")),
        ("every month", Rhythm(1, "month")),
        ("2 months", Rhythm(2, "month")),
        ("quarterly", Rhythm(3, "month")),
        ("every  10   days", Rhythm(10, "day")),
        ("daily", Rhythm(1, "day")),
        ("every 52 weeks", Rhythm(52, "week")),
        ("every day", Rhythm(1, "day")),
        ("every second month", Rhythm(2, "month")),
        ("every third week", Rhythm(3, "week")),
        ("every twelve weeks", Rhythm(12, "week")),
        ("every quarter", Rhythm(3, "month")),
        ("once in a month", Rhythm(1, "month")),
    ],
)
def test_a_rhythm_is_read_as_people_say_it(typed: str, rhythm: Rhythm) -> None:
    assert settings.read_rhythm(typed) == rhythm


@given(st.integers(1, 52), st.sampled_from(["day", "week", "month"]))
def test_the_description_of_a_rhythm_is_read_as_that_rhythm(every: int, unit: str) -> None:
    rhythm = Rhythm(every, unit)
    assert settings.read_rhythm(str(rhythm)) == rhythm


@given(st.integers(60, 3600))
def test_a_share_is_read_as_the_field_shows_it(seconds: int) -> None:
    share = timedelta(seconds=seconds)
    typed = settings.as_typed(share)
    assert settings.set_share(history_of(), NOW, typed).circle.share == share


@given(st.text("0123456789:.,h min", max_size=8))
def test_the_readings_of_an_ambiguous_length_are_listed_as_they_can_be_typed(typed: str) -> None:
    asked = attempt(settings.read_minutes, typed)
    if isinstance(asked, AmbiguousError):
        one, other = (settings.read_minutes(reading) for reading in asked.readings)
        assert one != other


def test_the_field_shows_whole_minutes_without_seconds() -> None:
    assert settings.as_typed(timedelta(minutes=8)) == "8"
    assert settings.as_typed(timedelta(minutes=7, seconds=5)) == "7:05"


@pytest.mark.parametrize("what", ["digits", "bell", "overtime", "twelve_hours"])
def test_a_switch_turns_one_thing_on_and_off_again(what: settings.Switch) -> None:
    off = history_of()
    on = settings.switch(off, NOW, what)
    assert on == replace(off, circle=replace(off.circle, **{what: True}))
    assert settings.switch(on, NOW, what) == off


def test_each_of_the_two_responses_can_be_reworded() -> None:
    one = first_response(history_of(), NOW, "Danke")
    assert one.circle.prompts == ("Danke", PROMPTS[1])
    both = second_response(one, NOW, "Was ist dir aufgefallen?")
    assert both.circle.prompts == ("Danke", "Was ist dir aufgefallen?")


@pytest.mark.parametrize("typed", ["“Merci”", '"Merci"', "„Merci“", "«Merci»", "« Merci »"])
def test_quotes_typed_around_a_response_are_removed(typed: str) -> None:
    assert first_response(history_of(), NOW, typed).circle.prompts[0] == "Merci"


def test_changing_the_time_zone_moves_no_planned_meeting() -> None:
    before = history_of()
    after = settings.set_zone(before, NOW, "Asia/Tokyo")
    assert after.circle.first == wall_time(2026, 3, 5, 19)
    assert meeting_context(after, NOW).planned == meeting_context(before, NOW).planned
    held = replace(before, records=(record(1, next=datetime(2026, 3, 19, 10, tzinfo=UTC)),))
    moved = settings.set_zone(held, NOW, "Asia/Tokyo")
    assert meeting_context(moved, NOW).planned == meeting_context(held, NOW).planned
    assert moved.records == held.records


def test_changing_the_time_zone_does_not_move_a_first_meeting_out_of_the_calendar() -> None:
    state = history_of(first=wall_time(9999, 12, 31, 23))
    with pytest.raises(RuleError, match="outside the calendar"):
        settings.set_zone(state, NOW, "Asia/Tokyo")


def test_after_changing_the_time_zone_meetings_keep_the_local_time_of_the_new_zone() -> None:
    summer = datetime(2026, 7, 1, tzinfo=UTC)
    circle = settings.set_zone(history_of(), NOW, "America/New_York").circle
    falls = schedule.next_meeting(circle, circle.first, summer).astimezone(circle.tz)
    assert (falls.hour, falls.minute) == (5, 0)


@pytest.mark.parametrize(("held", "shortest"), [(0, 1), (2, 3), (5, 6), (6, 1)])
def test_a_cycle_cannot_be_made_shorter_than_the_meetings_already_held(
    held: int, shortest: int
) -> None:
    state = history_of(held)
    assert settings.set_cycle(state, NOW, str(shortest)).circle.cycle == shortest
    if shortest > 1:
        with pytest.raises(RuleError, match=f"type {shortest} and the cycle ends with it"):
            settings.set_cycle(state, NOW, str(shortest - 1))


def test_a_shortened_cycle_ends_with_the_next_meeting_and_its_retrospective() -> None:
    state = settings.set_cycle(history_of(2), NOW, "3")
    assert meeting_context(state, NOW).choices


TEXTS = st.one_of(
    st.text(max_size=100),
    st.text("0123456789:.,-+ enm²٣", max_size=12),
    st.text("“”\"„«»' aä\u0301\u200b\u200d\u202e\x00\x1b👩🏽\u3000", max_size=12),
    st.lists(
        st.sampled_from(
            ["every", "each", "2", "52", "9999", "a", "other", "week", "weeks", "month", "s",
             "fortnight", "daily", "Europe", "/London", "UTC", "GMT+0", "Etc/GMT-14", "posixrules"]
        ),
        max_size=5,
    ).map(" ".join),
    st.sampled_from(["Africa/Monrovia", "Pacific/Apia", "America/St_Johns", "Asia/Kathmandu"]),
)  # fmt: skip


@given(
    st.lists(st.tuples(st.sampled_from(sorted(TYPED)), TEXTS), min_size=1, max_size=6),
    st.sampled_from(
        [
            wall_time(2026, 3, 5, 10),
            # Another time zone moves it by hours.
            wall_time(FIRST_YEAR + 1, 1, 1),
            wall_time(LAST_YEAR - 1, 12, 31, 23),
        ]
    ),
)
def test_any_input_for_any_setting_is_refused_or_can_be_saved_and_read_again(
    typed: list[tuple[str, str]], first: datetime
) -> None:
    state = history_of(first=first)
    for what, words in typed:
        changed = attempt(TYPED[what], state, NOW, words)
        if isinstance(changed, CircleState):
            state = changed
        else:
            assert str(changed).endswith(".")
        assert decode(encode(state).to_bytes()).state == state
        assert len(state.circle.prompts) == 2
