"""The two responses in the circle's own words, wherever they are shown or named."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle.circle import PROMPTS, make_circle
from circle_tui.core.circle.settings import PROMPT_CELLS
from circle_tui.core.meeting import commands
from circle_tui.service.clock import ManualClock
from circle_tui.tui.widgets.footer import Footer
from circle_tui.tui.widgets.lines import StatusLine
from circle_tui.tui.widgets.listening_rule import ListeningRule
from circle_tui.tui.widgets.stage import SeatsLine
from circle_tui.views import meeting_words, rounds

from .app_driver import (
    SIZES,
    AppDriver,
    assert_large,
    create_circle,
    execute_all,
    meeting_under_way,
    run_app,
)

GERMAN = ("Danke", "Was ist dir daran aufgefallen, wie das lief?")
LONG = (
    "Danke, dass du uns das alles heute so offen und ausführlich erzählt hast, Liebe.",
    "Was ist dir selbst daran aufgefallen, wie das für dich gelaufen ist, und danach?",
)
WIDE = ("話してくれてありがとう" * 3, "それについて何に気づきましたか？" * 2)
AWKWARD = (  # Breaks as badly as it can in forty columns.
    f"{'a' * 29} {'b' * 25} {'c' * 24}",
    f"{'d' * 29} {'e' * 25} {'f' * 24}",
)
EVERY = (PROMPTS, GERMAN, LONG, WIDE, AWKWARD)
THE_WORST = (
    AWKWARD,
    *(pytest.param(each, marks=pytest.mark.full) for each in EVERY if each != AWKWARD),
)
"""All of them; without --full only those that need most room."""
HEARD = (commands.begin, commands.start, commands.finish)


def one_line(driver: AppDriver) -> str:
    """The screen without its line breaks and columns."""
    return " ".join(driver.text.split())


def unbroken(driver: AppDriver) -> str:
    """The screen as one line: wide characters may break anywhere."""
    return squeezed(driver.text)


def squeezed(text: str) -> str:
    """Without white space, and without the border of a card at each end of its lines."""
    return "".join(text.replace("│", "").split())


def test_the_longest_that_are_tried_here_are_the_longest_there_can_be() -> None:
    for prompts in EVERY:
        assert max(text.cell_width(prompt) for prompt in prompts) <= PROMPT_CELLS
    for prompts in (LONG, AWKWARD):
        assert {text.cell_width(prompt) for prompt in prompts} == {PROMPT_CELLS}


@pytest.mark.parametrize("prompts", THE_WORST)
async def test_both_responses_stand_whole_on_the_screen_with_who_responds(
    folder: Path, clock: ManualClock, prompts: tuple[str, str]
) -> None:
    file = create_circle(folder, clock, prompts=prompts)
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        for size in SIZES:
            await driver.resize(*size)
            assert_large(driver, "Tom")
            assert "to Maya" in driver.text
            # Below the responses, or beside the name where there is no room for it below.
            below = driver.app.screen.query_one("#others").display
            who_follows = driver.text_of("#others" if below else "#to")
            assert squeezed("then Priya, Lena and Sam") in squeezed(who_follows)
            for card, prompt in zip(("#first", "#second"), prompts, strict=True):
                assert squeezed(f"“{prompt}”") in squeezed(driver.text_of(card))
            assert ("What did you notice" in driver.text) is (prompts == PROMPTS)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("prompts", EVERY)
async def test_the_listening_rule_says_both_and_nothing_of_it_is_lost(
    folder: Path, clock: ManualClock, prompts: tuple[str, str]
) -> None:
    file = create_circle(folder, clock, prompts=prompts)
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
    async with run_app(folder, clock) as driver:
        await driver.press("enter", "a")
        for size in SIZES:
            await driver.resize(*size)
            assert driver.listening_rule_shown
            large, *lines = meeting_words.listening_rule(live.meeting.circle)
            assert_large(driver, large)
            crowded = driver.app.screen.has_class("-crowded")
            assert not crowded or size == (40, 12)
            for line in (*lines, "esc Close" if crowded else rounds.PUT_AWAY):
                assert squeezed(line) in unbroken(driver)
            # The meeting and its seats stay above it, the keys that work below it.
            covered = driver.app.screen.query_one(ListeningRule).region
            assert covered.y == (1 if crowded else 2)
            assert crowded or driver.app.screen.query_one(SeatsLine).region.bottom == covered.y
            assert crowded or driver.app.screen.query_one(StatusLine).region.y == covered.bottom
            assert driver.app.screen.query_one(Footer).region.y == size[1] - 1


@pytest.mark.parametrize(
    ("prompts", "line"),
    [
        (
            PROMPTS,
            "Just listen. Then “Thank you”, or “What did you notice about how that went?”",
        ),
        (("Danke", "Und?"), "Just listen. Then “Danke”, or “Und?”"),
        (LONG, "Just listen. Then one of the two responses."),
        (WIDE, "Just listen. Then one of the two responses."),
    ],
)
async def test_below_a_speaker_one_line_says_them_or_that_there_are_two(
    folder: Path, clock: ManualClock, prompts: tuple[str, str], line: str
) -> None:
    file = create_circle(folder, clock, prompts=prompts)
    with meeting_under_way(file, clock) as live:
        execute_all(live, commands.begin)
    async with run_app(folder, clock) as driver:
        await driver.press("enter")
        assert driver.screen_name == "Share"
        assert driver.status == line
        assert line in driver.text


@pytest.mark.parametrize(
    ("prompts", "labels"),
    [
        (PROMPTS, ("Thank you", "What did you notice…?")),
        (("Danke", "Was war?"), ("Danke", "Was war?")),
        (GERMAN, ("Danke", "Was ist dir daran…?")),
        (LONG, ("Danke, dass du…", "Was ist dir…?")),
        (("Mm. " * 15 + "Mm.", "x" * 80), ("Mm. Mm. Mm. Mm…", "xxxxxxxxxxxxxxx…")),
    ],
)
def test_the_keys_are_called_by_the_first_words(
    clock: ManualClock, prompts: tuple[str, str], labels: tuple[str, str]
) -> None:
    made = make_circle("Harbour", "A, B", "pod", zone="UTC", now=clock.now())
    assert meeting_words.response_labels(replace(made, prompts=prompts)) == labels


async def test_footer_and_help_and_palette_name_the_keys_in_the_circles_words(
    folder: Path, clock: ManualClock
) -> None:
    file = create_circle(folder, clock, prompts=GERMAN)
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        assert "t Danke  w Was ist dir daran…?" in driver.text
        commands = {each.title for each in driver.app.get_system_commands(driver.app.screen)}
        assert {"Danke", "Was ist dir daran…?"} <= commands
        await driver.press("question_mark")
        assert re.search("t +Danke", driver.text)
        assert "Thank you" not in driver.text


async def test_with_other_words_the_same_two_keys_respond(folder: Path, clock: ManualClock) -> None:
    file = create_circle(folder, clock, "Maya, Tom, Priya", prompts=GERMAN)
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        await driver.press("d", "z")
        assert_large(driver, "Tom")
        await driver.press("t")
        assert_large(driver, "Priya")
        await driver.press("w")
        assert driver.screen_name == "Commitments"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("markup", ["[red]Danke[/]", "[@click=app.quit]x[/]", "[link=x]y"])
async def test_brackets_in_a_response_are_shown_as_typed(
    folder: Path, clock: ManualClock, markup: str
) -> None:
    file = create_circle(folder, clock, prompts=(markup, "Und?"))
    with meeting_under_way(file, clock) as live:
        execute_all(live, *HEARD)
    async with run_app(folder, clock) as driver:
        assert markup in driver.text
        await driver.press("question_mark", "escape", "a")
        assert markup in one_line(driver)
