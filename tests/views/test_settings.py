"""What the settings say and offer, without a terminal."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from circle_tui.core.circle import settings
from circle_tui.core.circle.circle import Circle, Rhythm
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.views.settings import SettingsView, settings_view, turns_bell_on
from circle_tui.views.view import Action, Ask, Execute, Local, Request
from tests.core.contracts.agreements import contract_of
from tests.core.meetings import START, circle_of, history_of

ROWS = (
    ("Name", "Thursday"),
    ("Rhythm", "fortnightly"),
    ("Cycle", "6 meetings"),
    ("Time zone", "Europe/London"),
    ("Clock", "24 hours: 18:30"),
    ("Each share", "8 min"),
    ("Meeting", "60 min"),
    ("Responses", "1 min for everyone"),
    ("First response", "“Thank you”"),
    ("Second response", "“What did you notice about how that went?”"),
    ("Passing up", "off"),
    ("Look", "dark"),
    ("Digits", "last minute only"),
    ("Overtime", "not counted"),
    ("Bell", "silent"),
)
NAMES = tuple(name for name, _ in ROWS)


def view_of(
    circle: Circle | None = None, cursor: int = 0, *, asking: bool = False, under_way: bool = False
) -> SettingsView:
    snapshot = CircleSnapshot(history_of(circle=circle), START, under_way=under_way)
    return settings_view(snapshot, cursor=cursor, asking=asking)


def offered(view: SettingsView, action_id: str) -> Action:
    action = view.action(action_id)
    assert action is not None
    return action


def asked(view: SettingsView) -> Ask:
    does = offered(view, "change").does
    assert isinstance(does, Ask)
    return does


def test_a_circle_has_a_row_for_each_setting_with_its_value() -> None:
    view = view_of()
    assert view.headline == ("Thursday", "settings")
    assert tuple((row.name.strip(), row.text) for row in view.rows) == ROWS
    assert view.status == "Enter changes it. It applies from the next meeting."
    assert [len(card) for card in view.cards] == [5, 6, 0, 4]


def test_only_a_circle_that_made_a_contract_says_how_much_one_person_judges() -> None:
    state = replace(history_of(), contracts=(contract_of(),))
    at = len(NAMES) - 4
    view = settings_view(CircleSnapshot(state, START), cursor=at, asking=False)
    assert (view.rows[at].name.strip(), view.rows[at].text) == ("Judging", "3 at most")
    # What applies at once isn't said to apply from the next meeting.
    assert view.status == "Enter changes it."
    assert asked(view) == Ask(
        "How many contracts of others may one person judge in a month?",
        settings.set_judged_a_month,
        (),
        "3",
    )
    fewer = settings.set_judged_a_month(state, START, "1")
    changed = settings_view(CircleSnapshot(fewer, START), cursor=at, asking=False)
    assert changed.rows[at].text == "one at most"


def test_a_cursor_on_a_row_that_was_taken_back_is_on_the_last_one() -> None:
    assert view_of(cursor=len(NAMES)).explained == view_of(cursor=len(NAMES) - 1).explained


def test_switched_on_settings_are_described_in_words() -> None:
    circle = circle_of(twelve_hours=True, digits=True, bell=True, overtime=True)
    before = view_of().rows
    assert [row.text for row in view_of(circle).rows if row not in before] == [
        "12 hours: 6:30 pm",
        "always shown",
        "counted",
        "rings at the end",
    ]


def test_each_setting_has_a_different_explanation() -> None:
    explained = [view_of(cursor=row).explained for row in range(len(ROWS))]
    assert all(each.endswith(".") for each in explained)
    # The two responses share one explanation.
    assert len(set(explained)) == len(ROWS) - 1


def test_the_look_belongs_to_the_user_and_no_command_changes_it() -> None:
    view = view_of(cursor=NAMES.index("Look"))
    assert offered(view, "change").does is Local.THEME
    assert "for you" in view.status
    light = settings_view(CircleSnapshot(history_of(), START), cursor=0, asking=False, dark=False)
    assert light.rows[NAMES.index("Look")].text == "light"


def test_a_cycle_of_one_is_one_meeting() -> None:
    assert view_of(circle_of(cycle=1)).rows[2].text == "1 meeting"


def test_a_trading_pair_has_only_the_settings_it_needs() -> None:
    view = view_of(circle_of(2, "trading-pair"))
    labels = [row.name.strip() for row in view.rows]
    assert labels == ["Name", "Time zone", "Each recording", "Look"]
    assert view.status == "Enter changes it."


@pytest.mark.parametrize(
    ("row", "question", "command", "args", "value"),
    [
        (0, "called", settings.rename, (), "Thursday"),
        (5, "each person", settings.set_share, (), "7:30"),
        (6, "a meeting take", settings.set_length, (), "60"),
        (7, "all responses", settings.set_response, (), "1"),
        (1, "How often", settings.set_rhythm, (), "every 3 months"),
        (2, "look back", settings.set_cycle, (), "6"),
        (3, "time zone", settings.set_zone, (), "Europe/London"),
        (8, "The first response", settings.set_prompt, (0,), "Thank you"),
        (
            9,
            "The second response",
            settings.set_prompt,
            (1,),
            "What did you notice about how that went?",
        ),
    ],
)
def test_the_question_for_a_value_starts_with_the_current_one(
    row: int, question: str, command: object, args: tuple[int, ...], value: str
) -> None:
    circle = circle_of(share=timedelta(minutes=7.5), rhythm=Rhythm(3, "month"))
    ask = asked(view_of(circle, row))
    assert question in ask.question
    assert (ask.command, ask.args, ask.value) == (command, args, value)
    # The value in the field can be confirmed unchanged.
    state = history_of(circle=circle)
    assert ask.command(state, START, *ask.args, ask.value) == state


@pytest.mark.parametrize(
    ("row", "what"),
    [(4, "twelve_hours"), (10, "passes_up"), (12, "digits"), (13, "overtime"), (14, "bell")],
)
def test_one_key_toggles_a_switch(row: int, what: str) -> None:
    assert offered(view_of(cursor=row), "change").does == Execute(settings.switch, (what,))


def test_the_bell_rings_only_when_it_is_switched_on() -> None:
    bell, digits = (Execute(settings.switch, (what,)) for what in ("bell", "digits"))
    on, off = circle_of(bell=True), circle_of()
    assert turns_bell_on(bell, on)
    assert not turns_bell_on(bell, off)
    assert not turns_bell_on(digits, replace(on, digits=True))


def test_while_typing_only_esc_is_an_action() -> None:
    view = view_of(asking=True)
    assert [action.spec.id for action in view.actions] == ["back"]
    assert offered(view, "back").does is Local.BACK
    assert view.status == "Enter saves · Esc cancels"


def test_esc_goes_home() -> None:
    assert offered(view_of(), "back").does is Request.HOME


def test_only_the_cycle_length_cannot_be_changed_during_a_meeting() -> None:
    waiting = [
        NAMES[row]
        for row in range(len(ROWS))
        if offered(view_of(cursor=row, under_way=True), "change").disabled_reason
    ]
    assert waiting == ["Cycle"]
