"""What stands above the keys while something is typed: how it is understood."""

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

TAKES = "Enter saves · Esc cancels"
NOW = START + timedelta(days=1)
TOKYO = ZoneInfo("Asia/Tokyo")


def met() -> CircleState:
    state = CircleState(
        circle=circle_of(3), records=(record(1, made=(NewCommitment("c1", "m1", "I call"),)),)
    )
    return covenant.write(state, NOW)


def said(typed: str, command: Any, *args: Any, here: ZoneInfo | None = None) -> str:
    return while_typing(CircleSnapshot(met(), NOW, here=here), Ask("?", command, args), typed)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("3.12. 19:30", "Thursday 3 December, 19:30, in 272 days"),
        ("19.30", "Thursday 19 March, 19:30, in 13 days"),
        ("tomorrow 7pm", "Saturday 7 March, 19:00, in 33 hours"),
        ("15 Dec 7pm EST", "Wednesday 16 December, 00:00, in 285 days"),
    ],
)
def test_a_new_date_is_said_with_its_weekday_and_distance(typed: str, understood: str) -> None:
    assert said(typed, rebooking.rebook) == f"{understood}. {TAKES}"


def test_on_a_terminal_elsewhere_a_new_date_is_said_with_its_zone() -> None:
    assert "19:30 London time, in" in said("3.12. 19:30", rebooking.rebook, here=TOKYO)


def test_in_a_meeting_too() -> None:
    runner = MeetingRunner(circle_of(4)).begin().rest_of_round()
    snapshot = MeetingSnapshot(runner.meeting, runner.now, TOKYO)
    assert while_typing(snapshot, Ask("?", closing_commands.propose_date), "26.3. 18:00") == (
        f"Thursday 26 March, 18:00 London time, in 21 days. {TAKES}"
    )
    assert while_typing(snapshot, Ask("?", closing_commands.look_back), "26.3. 18:00") == ""


@pytest.mark.parametrize("command", [covenant.set_review, commitments.set_due])
def test_a_day_is_said_with_its_weekday_and_distance(command: Any) -> None:
    args = () if command is covenant.set_review else ("c1",)
    assert said("20.3.", command, *args) == f"Friday 20 March, in 14 days. {TAKES}"


def test_a_new_member_is_said_with_the_number_of_people() -> None:
    assert said("4. Smith; ", membership.join) == f"With Smith you are 4 people. {TAKES}"
    assert said("• Zoë <z@x.org>", membership.join) == f"With Zoë you are 4 people. {TAKES}"
    assert said("- Zoë", membership.rename, "m1") == f"Zoë. {TAKES}"


def test_a_setting_is_said_as_its_row_will_show_it() -> None:
    assert said("7,5", settings.set_share) == f"7:30 min. {TAKES}"
    assert said("1h10", settings.set_length) == f"70 min. {TAKES}"
    assert said("every other week", settings.set_rhythm) == f"fortnightly. {TAKES}"
    assert said("tokyo", settings.set_zone) == f"Asia/Tokyo. {TAKES}"


def test_words_are_not_said_again() -> None:
    assert said("Quay", settings.rename) == ""
    assert said("I hear you", settings.set_prompt, 0) == ""
    assert said("I call twice", commitments.change, "c1") == ""


def test_what_may_be_several_things_is_asked_about_at_enter() -> None:
    assert said("12/5", rebooking.rebook) == "Enter asks what you mean by “12/5”."
    assert said("7.30", settings.set_share) == "Enter asks what you mean by “7.30”."
    assert said("Smith, Ann", membership.join) == "Enter asks what you mean by “Smith, Ann”."


def test_each_reading_is_said_as_it_would_be_understood() -> None:
    with pytest.raises(AmbiguousError) as asked:
        rebooking.rebook(met(), NOW, "12/5")
    snapshot = CircleSnapshot(met(), NOW, here=TOKYO)
    said = which_reading(snapshot, Ask("?", rebooking.rebook), asked.value)
    assert [answer.text for answer in said.answers] == [
        "Tuesday 12 May, 10:00 London time, in 67 days",
        "Saturday 5 December, 10:00 London time, in 274 days",
    ]


@pytest.mark.parametrize("typed", ["", "  ", "3.1x", "Maya, Tom, Lena", "32.13. 25:00"])
def test_nothing_is_said_of_what_is_refused_or_not_yet_whole(typed: str) -> None:
    assert said(typed, rebooking.rebook) == ""


def test_the_review_date_of_a_contract_is_said_while_it_or_its_length_is_typed() -> None:
    state = making.make(met(), NOW, "blank", ("m1", "m2"))
    contract = state.contracts[0].contract

    def understood(typed: str, command: Command) -> str:
        ask = Ask("?", command, (contract,))
        return while_typing(CircleSnapshot(state, NOW), ask, typed)

    assert understood("12 March", wording.set_review) == (
        f"You look at it again on Thursday 12 March, in 6 days. {TAKES}"
    )
    assert understood("10 days", wording.set_length).startswith("You look at it again on")
    assert understood("Flow", wording.rename) == ""
