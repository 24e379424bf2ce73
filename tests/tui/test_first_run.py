"""From nothing to a circle: the first screen, what it takes and what it refuses."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from circle_tui.core.meeting.meeting import Phase
from circle_tui.service.clock import ManualClock
from circle_tui.service.demo import write_sample
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import SaveError
from circle_tui.tui.widgets.footer import Footer

from .app_driver import AppDriver, create_circle, run_app


def names(driver: AppDriver) -> list[str]:
    return [person.name for person in driver.meeting.people]


async def set_up(driver: AppDriver, name: str, members: str) -> None:
    """Fill the fields and go as far as the format."""
    await driver.paste(name)
    await driver.press("enter")
    await driver.paste(members)
    await driver.press("tab")


async def test_an_empty_folder_asks_for_a_first_circle(folder: Path, clock: ManualClock) -> None:
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "FirstRun"
        assert driver.app.focused is driver.app.screen.query_one("#name")


async def test_a_folder_that_is_not_there_yet_does_too(tmp_path: Path, clock: ManualClock) -> None:
    async with run_app(tmp_path / "not" / "yet", clock) as driver:
        assert driver.screen_name == "FirstRun"
        await set_up(driver, "Harbour", "Maya, Tom")
        await driver.press("enter")
        assert driver.screen_name == "Gathering"
    assert (tmp_path / "not" / "yet" / "harbour.json").exists()


async def test_the_sample_alone_is_no_circle_of_ones_own(folder: Path, clock: ManualClock) -> None:
    write_sample(folder)
    async with run_app(folder, clock) as driver:
        assert driver.screen_name == "FirstRun"


async def test_from_nothing_to_a_running_countdown_takes_at_most_six_keys(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        keys = iter(("enter", "tab", "enter", "enter", "enter", "enter"))
        await driver.type("Harbour")
        await driver.press(next(keys))
        await driver.type("Maya, Tom, Priya")
        while driver.app.live is None or driver.phase is not Phase.SHARE:
            await driver.press(next(keys))
        assert driver.screen_name == "Share"
        assert not driver.countdown.is_paused
        assert driver.speaker == "Maya"


async def test_what_is_typed_straight_away_is_the_name(folder: Path, clock: ManualClock) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Harbour qui u?: 2")
        assert driver.app.screen.query_one("#name", Input).value == "Harbour qui u?: 2"


async def test_letters_that_arrive_together_are_all_part_of_the_name(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type_without_waiting("Harbour")
        assert driver.app.screen.query_one("#name", Input).value == "Harbour"


@pytest.mark.sampled(1)
@pytest.mark.parametrize("name", ["dune: q?", "demo", "quay", "? 2"])
async def test_a_name_may_begin_with_any_letter_and_none_is_a_command(
    folder: Path, clock: ManualClock, name: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type(name)
        assert driver.app.screen.query_one("#name", Input).value == name
        assert driver.screen_name == "FirstRun"
        assert not driver.exited


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "pasted",
    [
        "Maya, Tom, Priya",
        "Maya\nTom\nPriya",
        "Maya\r\nTom\r\nPriya\r\n",
        "  Maya ;Tom,\n\n Priya,",
        "Maya\rTom\rPriya",
    ],
    ids=["commas", "lines", "lines of Windows", "a mixture", "lines of an old Mac"],
)
async def test_members_may_be_pasted(folder: Path, clock: ManualClock, pasted: str) -> None:
    async with run_app(folder, clock) as driver:
        await set_up(driver, "Harbour", pasted)
        await driver.press("enter")
        assert names(driver) == ["Maya", "Tom", "Priya"]


async def test_members_may_be_typed_line_by_line_and_an_empty_line_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Harbour")
        await driver.press("enter")
        for name in ("Maya", "Tom", "Priya"):
            await driver.type(name)
            await driver.press("enter")
        await driver.press("enter", "enter")
        assert names(driver) == ["Maya", "Tom", "Priya"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("downs", "format_key"), [(0, "peer-circle"), (1, "pod"), (2, "movement-pod")]
)
async def test_the_format_is_chosen_with_the_arrows(
    folder: Path, clock: ManualClock, downs: int, format_key: str
) -> None:
    async with run_app(folder, clock) as driver:
        await set_up(driver, "Harbour", "Maya, Tom")
        await driver.press(*["down"] * downs, "enter")
        assert driver.meeting.circle.format == format_key
        assert driver.meeting.circle.zone == "Europe/London"


async def test_each_field_offers_its_own_keys_and_letters_are_letters_where_they_are_typed(
    folder: Path, clock: ManualClock
) -> None:
    def footer(driver: AppDriver) -> list[str]:
        return [f"{key.shown} {key.does}" for key in driver.app.screen.query_one(Footer).keys]

    async with run_app(folder, clock) as driver:
        assert footer(driver)[:3] == ["tab Next field", "f2 See the demo", "^c Quit"]
        assert "f1 Help" in driver.text
        await driver.press("tab")
        assert footer(driver)[:2] == ["tab Next field", "f2 See the demo"]
        assert "Tab continues, or Enter on an empty line." in driver.status
        await driver.press("tab")
        assert "enter Create the circle" in footer(driver)
        await driver.press("escape")
        assert "Tab continues" in driver.status


async def test_the_ring_fills_with_seats_while_names_are_typed(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock, (110, 34)) as driver:
        assert driver.ring.seats == ()
        await driver.type("Harbour")
        assert driver.ring.caption == "Harbour"
        await driver.press("enter")
        await driver.type("Maya, Tom, P")
        assert [seat.name for seat in driver.ring.seats] == ["Maya", "Tom", "P"]
        assert "3 people: Maya, Tom and P." in driver.text
        driver.app.screen.query_one("#members", TextArea).clear()
        await driver.paste("Smith, Ann\nJones, Bob")
        assert driver.ring.seats == ()
        assert "may be one person or two" in " ".join(driver.text.split())


async def test_a_format_is_chosen_by_a_click_and_a_second_one_takes_it(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Harbour")
        await driver.press("enter")
        await driver.paste("Maya, Tom")
        row = next(y for y, line in enumerate(driver.text.splitlines()) if "Pod " in line)
        await driver.pilot.click(offset=(12, row))
        await driver.settle()
        assert "› Pod" in driver.text
        assert driver.screen_name == "FirstRun"
        await driver.pilot.click(offset=(12, row))
        await driver.settle()
        assert driver.meeting.circle.format == "pod"


async def test_a_click_beside_the_fields_leaves_the_focus_in_one(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.pilot.click(offset=(2, 20))
        await driver.settle()
        await driver.type("quay")
        assert driver.app.screen.query_one("#name", Input).value == "quay"


async def test_enter_right_behind_shift_tab_acts_on_the_field_it_leads_to(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await set_up(driver, "Harbour", "Maya, Tom")
        await driver.press("tab")
        for key in ("shift+tab", "enter"):
            driver.send(key)
        await driver.settle()
        assert names(driver) == ["Maya", "Tom"]


async def test_f2_opens_the_demo_which_is_left_with_one_key_where_nothing_was_done(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("f2")
        assert driver.screen_name == "Home"
        assert driver.app.service is not None
        assert driver.app.service.circle.sample
        assert driver.app.service.context.number == 13
        assert driver.app.clock.speed > 1
        await driver.press("p", "escape", "q")
        assert driver.exited
    assert not list(folder.iterdir())


async def test_what_is_typed_is_not_lost_to_the_demo_without_a_word(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Harbour")
        await driver.press("f2")
        assert driver.screen_name == "FirstRun"
        assert "You'll lose" in driver.flashed
        await driver.type("s")
        await driver.press("f2")
        assert driver.screen_name == "FirstRun"
        await driver.press("f2")
        assert driver.screen_name == "Home"


async def test_what_is_done_in_the_demo_is_not_lost_without_a_word(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("f2", "p", "n")
        await driver.type("Noor")
        await driver.press("enter", "escape", "q")
        assert not driver.exited
        assert driver.flashed == "What you did in the demo isn't saved. q again to quit."
        await driver.press("q")
        assert driver.exited


async def test_after_the_demo_a_new_circle_is_made_in_the_own_folder(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.press("f2", "p", "2", "a", "escape", "n")
        assert driver.screen_name == "Home"
        assert "isn't saved" in driver.flashed
        await driver.press("n")
        assert driver.screen_name == "FirstRun"
        assert driver.app.clock is clock
        await set_up(driver, "Harbour", "Maya, Tom")
        await driver.press("enter")
        assert names(driver) == ["Maya", "Tom"]
    assert [path.name for path in folder.glob("*.json")] == ["harbour.json"]


BAD = {
    "no name": ("", "Maya, Tom"),
    "a name of 200 characters": ("x" * 200, "Maya, Tom"),
    "nobody": ("Harbour", ""),
    "21 members": ("Harbour", ",".join(f"P{n}" for n in range(21))),
    "a doubled member": ("Harbour", "Maya, Tom, maya"),
    "a member of nothing but control characters": ("Harbour", "Maya, \x1b\x07"),
}


@pytest.mark.sampled(2)
@pytest.mark.parametrize(("name", "members"), BAD.values(), ids=BAD)
async def test_invalid_input_is_reported_and_nothing_typed_is_lost(
    folder: Path, clock: ManualClock, name: str, members: str
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.paste(name)
        await driver.press("tab")
        await driver.paste(members)
        before = driver.app.screen.query_one("#members", TextArea).text
        await driver.press("tab", "enter")
        assert driver.screen_name == "FirstRun"
        assert driver.flashed.endswith(".")
        assert driver.flashed.count(". ") <= 1
        assert "\n" not in driver.flashed
        assert driver.flashed in " ".join(driver.text.split()) or len(driver.flashed) > 70
        # A field folds white space as it takes it in; nothing else may be gone.
        assert driver.app.screen.query_one("#name", Input).value == name.strip()
        assert driver.app.screen.query_one("#members", TextArea).text == before
    assert not list(folder.iterdir())


async def test_after_a_refusal_the_same_screen_makes_the_circle(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await set_up(driver, "Harbour", "Maya")
        await driver.press("enter")
        assert driver.screen_name == "FirstRun"
        await driver.press("shift+tab")
        await driver.type(", Tom")
        await driver.press("tab", "enter")
        assert names(driver) == ["Maya", "Tom"]


@pytest.mark.full
async def test_two_circles_of_one_name_get_two_files(folder: Path, clock: ManualClock) -> None:
    create_circle(folder, clock, "Ana, Ben")
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        await set_up(driver, "Harbour", "Maya, Tom")
        await driver.press("enter")
        assert names(driver) == ["Maya", "Tom"]
    assert {path.name for path in folder.glob("*.json")} == {"harbour.json", "harbour-2.json"}


async def test_a_read_only_folder_is_reported_and_nothing_typed_is_lost(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> CircleFile:
        raise SaveError("The folder is read-only.")

    monkeypatch.setattr(CircleFile, "create", refuse)
    async with run_app(folder, clock) as driver:
        await set_up(driver, "Harbour", "Maya, Tom")
        await driver.press("enter")
        assert driver.screen_name == "FirstRun"
        assert "read-only" in driver.flashed
        assert driver.app.screen.query_one("#name", Input).value == "Harbour"
        assert driver.app.screen.query_one("#members", TextArea).text == "Maya, Tom"


async def test_letters_never_quit_and_ctrl_c_always_does(folder: Path, clock: ManualClock) -> None:
    async with run_app(folder, clock) as driver:
        await driver.type("Harbour")
        await driver.press("q", "escape", "q")
        assert driver.app.screen.query_one("#name", Input).value == "Harbourqq"
        assert not driver.exited
        await driver.press("ctrl+c")
        assert driver.exited
    assert not list(folder.iterdir())


async def test_a_name_pasted_before_anything_has_the_focus_is_the_name(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock) as driver:
        await driver.paste("Harbour\nCircle")
        assert driver.app.screen.query_one("#name", Input).value == "Harbour Circle"


async def test_on_a_small_screen_no_word_about_a_format_is_cut_and_arrows_choose_one(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock, (40, 12)) as driver:
        await set_up(driver, "Harbour", "Maya, Tom")
        for words in ("4 to 6 people", "fortnightly", "every month", "2 people"):
            assert words in driver.text, words
        await driver.press("down", "down", "down")
        assert "› Trading pair" in driver.text
        await driver.press("up")
        assert "› Movement pod" in driver.text


async def test_where_all_formats_have_room_their_rhythms_stand_below_one_another(
    folder: Path, clock: ManualClock
) -> None:
    async with run_app(folder, clock, (80, 24)) as driver:
        lines = driver.text_of("#format").splitlines()
        rhythms = ("fortnightly", "every week", "every month", "every week")
        places = [line.index(rhythm) for line, rhythm in zip(lines, rhythms, strict=True)]
        assert len(set(places)) == 1
