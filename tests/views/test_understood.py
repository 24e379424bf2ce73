"""What is shown above the keys while typing: how the input is understood."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from circle_tui.core.circle import commitments, covenant, membership, rebooking, settings
from circle_tui.core.circle.record import NewCommitment
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.contracts import making, wording
from circle_tui.core.errors import AmbiguousError
from circle_tui.core.meeting import closing_commands
from circle_tui.core.meeting.snapshot import MeetingSnapshot
from circle_tui.views.understood import which_reading, while_typing
from circle_tui.views.view import Ask, Command
from tests.core.meetings import START, MeetingRunner, circle_of, record

COMMANDS = "Enter saves · Esc cancels"
NOW = START + timedelta(days=1)
TOKYO = ZoneInfo("Asia/Tokyo")


def circle_that_met() -> CircleState:
    state = CircleState(
        circle=circle_of(3), records=(record(1, made=(NewCommitment("c1", "m1", "I call"),)),)
    )
    return covenant.write(state, NOW)


def shown_while_typing(typed: str, command: Any, *args: Any, here: ZoneInfo | None = None) -> str:
    return while_typing(
        CircleSnapshot(circle_that_met(), NOW, here=here), Ask("?", command, args), typed
    )


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("3.12. 19:30", "Thursday 3 December, 19:30, in 272 days"),
        ("19.30", "Thursday 19 March, 19:30, in 13 days"),
        ("tomorrow 7pm", "Saturday 7 March, 19:00, in 33 hours"),
        ("15 Dec 7pm EST", "Wednesday 16 December, 00:00, in 285 days"),
    ],
)
def test_a_typed_date_is_shown_with_its_weekday_and_distance(typed: str, understood: str) -> None:
    assert shown_while_typing(typed, rebooking.rebook) == f"{understood}. {COMMANDS}"


def test_on_a_terminal_in_another_zone_a_typed_date_is_shown_with_its_zone() -> None:
    assert "19:30 London time, in" in shown_while_typing(
        "3.12. 19:30", rebooking.rebook, here=TOKYO
    )


def test_a_date_typed_in_a_meeting_is_shown_too() -> None:
    runner = MeetingRunner(circle_of(4)).begin().rest_of_round()
    snapshot = MeetingSnapshot(runner.meeting, runner.now, TOKYO)
    assert while_typing(snapshot, Ask("?", closing_commands.propose_date), "26.3. 18:00") == (
        f"Thursday 26 March, 18:00 London time, in 21 days. {COMMANDS}"
    )
    assert while_typing(snapshot, Ask("?", closing_commands.look_back), "26.3. 18:00") == ""


@pytest.mark.parametrize("command", [covenant.set_review, commitments.set_due])
def test_a_typed_day_is_shown_with_its_weekday_and_distance(command: Any) -> None:
    args = () if command is covenant.set_review else ("c1",)
    assert shown_while_typing("20.3.", command, *args) == f"Friday 20 March, in 14 days. {COMMANDS}"


def test_a_new_member_is_shown_with_the_new_number_of_people() -> None:
    assert (
        shown_while_typing("4. Smith; ", membership.join)
        == f"With Smith you are 4 people. {COMMANDS}"
    )
    assert (
        shown_while_typing("• Zoë <z@x.org>", membership.join)
        == f"With Zoë you are 4 people. {COMMANDS}"
    )
    assert shown_while_typing("- Zoë", membership.rename, "m1") == f"Zoë. {COMMANDS}"


def test_a_typed_setting_is_shown_as_its_row_will_show_it() -> None:
    assert shown_while_typing("7,5", settings.set_share) == f"7:30 min. {COMMANDS}"
    assert shown_while_typing("1h10", settings.set_length) == f"70 min. {COMMANDS}"
    assert shown_while_typing("every other week", settings.set_rhythm) == f"fortnightly. {COMMANDS}"
    assert shown_while_typing("tokyo", settings.set_zone) == f"Asia/Tokyo. {COMMANDS}"


def test_typed_words_are_not_repeated() -> None:
    assert shown_while_typing("Quay", settings.rename) == ""
    assert shown_while_typing("I hear you", settings.set_prompt, 0) == ""
    assert shown_while_typing("I call twice", commitments.renegotiate, "c1") == ""


def test_ambiguous_input_is_asked_about_at_enter() -> None:
    assert shown_while_typing("12/5", rebooking.rebook) == "Enter asks what you mean by “12/5”."
    assert shown_while_typing("7.30", settings.set_share) == "Enter asks what you mean by “7.30”."
    assert (
        shown_while_typing("Smith, Ann", membership.join)
        == "Enter asks what you mean by “Smith, Ann”."
    )


def test_each_reading_is_shown_as_it_would_be_understood() -> None:
    with pytest.raises(AmbiguousError) as asked:
        rebooking.rebook(circle_that_met(), NOW, "12/5")
    snapshot = CircleSnapshot(circle_that_met(), NOW, here=TOKYO)
    shown_while_typing = which_reading(snapshot, Ask("?", rebooking.rebook), asked.value)
    assert [answer.text for answer in shown_while_typing.answers] == [
        "Tuesday 12 May, 10:00 London time, in 67 days",
        "Saturday 5 December, 10:00 London time, in 274 days",
    ]


@pytest.mark.parametrize("typed", ["", "  ", "3.1x", "Maya, Tom, Lena", "32.13. 25:00"])
def test_nothing_is_shown_for_refused_or_incomplete_input(typed: str) -> None:
    assert shown_while_typing(typed, rebooking.rebook) == ""


def test_a_contracts_review_date_is_shown_while_it_or_its_length_is_typed() -> None:
    state = making.make(circle_that_met(), NOW, "blank", ("m1", "m2"))
    contract = state.contracts[0].contract

    def understood(typed: str, command: Command) -> str:
        ask = Ask("?", command, (contract,))
        return while_typing(CircleSnapshot(state, NOW), ask, typed)

    assert understood("12 March", wording.set_review) == (
        f"You'll review it on Thursday 12 March, in 6 days. {COMMANDS}"
    )
    assert understood("10 days", wording.set_length).startswith("You'll review it on")
    assert understood("Flow", wording.rename) == ""
