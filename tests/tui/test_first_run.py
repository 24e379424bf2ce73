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

from .sitting import Sitting, make, sit


def names(sitting: Sitting) -> list[str]:
    return [person.name for person in sitting.meeting.people]


async def set_up(sitting: Sitting, name: str, members: str) -> None:
    """Fill the fields and go as far as the format."""
    await sitting.type(name)
    await sitting.press("enter")
    await sitting.paste(members)
    await sitting.press("tab")


async def test_an_empty_folder_asks_for_a_first_circle(folder: Path, clock: ManualClock) -> None:
    async with sit(folder, clock) as sitting:
        assert sitting.at == "FirstRun"
        assert sitting.app.focused is None


async def test_a_folder_that_is_not_there_yet_does_too(tmp_path: Path, clock: ManualClock) -> None:
    async with sit(tmp_path / "not" / "yet", clock) as sitting:
        assert sitting.at == "FirstRun"
        await set_up(sitting, "Harbour", "Maya, Tom")
        await sitting.press("enter")
        assert sitting.at == "Gathering"
    assert (tmp_path / "not" / "yet" / "harbour.json").exists()


async def test_the_sample_alone_is_no_circle_of_ones_own(folder: Path, clock: ManualClock) -> None:
    write_sample(folder)
    async with sit(folder, clock) as sitting:
        assert sitting.at == "FirstRun"


async def test_from_nothing_to_a_running_countdown_takes_at_most_six_keys(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        keys = iter(("enter", "tab", "enter", "enter", "enter", "enter"))
        await sitting.type("Harbour")
        await sitting.press(next(keys))
        await sitting.type("Maya, Tom, Priya")
        while sitting.app.live is None or sitting.phase is not Phase.SHARE:
            await sitting.press(next(keys))
        assert sitting.at == "Share"
        assert not sitting.countdown.held
        assert sitting.speaker == "Maya"


async def test_what_is_typed_straight_away_is_the_name(folder: Path, clock: ManualClock) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.type("Harbour qui u?: 2")
        assert sitting.app.screen.query_one("#name", Input).value == "Harbour qui u?: 2"


async def test_letters_that_arrive_together_are_all_part_of_the_name(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.burst("Harbour")
        assert sitting.app.screen.query_one("#name", Input).value == "Harbour"


async def test_enter_first_lets_a_name_begin_with_any_letter(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        await sitting.type("dune: q?")
        assert sitting.app.screen.query_one("#name", Input).value == "dune: q?"
        assert not sitting.ended


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
    async with sit(folder, clock) as sitting:
        await set_up(sitting, "Harbour", pasted)
        await sitting.press("enter")
        assert names(sitting) == ["Maya", "Tom", "Priya"]


async def test_members_may_be_typed_line_by_line_and_an_empty_line_goes_on(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.type("Harbour")
        await sitting.press("enter")
        for name in ("Maya", "Tom", "Priya"):
            await sitting.type(name)
            await sitting.press("enter")
        await sitting.press("enter", "enter")
        assert names(sitting) == ["Maya", "Tom", "Priya"]


@pytest.mark.parametrize(
    ("downs", "format_key"), [(0, "peer-circle"), (1, "pod"), (2, "movement-pod")]
)
async def test_the_format_is_chosen_with_the_arrows(
    folder: Path, clock: ManualClock, downs: int, format_key: str
) -> None:
    async with sit(folder, clock) as sitting:
        await set_up(sitting, "Harbour", "Maya, Tom")
        await sitting.press(*["down"] * downs, "enter")
        assert sitting.meeting.circle.format == format_key
        assert sitting.meeting.circle.zone == "Europe/London"


async def test_each_field_offers_its_own_keys_and_letters_are_letters_where_they_are_typed(
    folder: Path, clock: ManualClock
) -> None:
    def footer(sitting: Sitting) -> list[str]:
        return [key.does for key in sitting.app.screen.query_one(Footer).keys]

    async with sit(folder, clock) as sitting:
        assert footer(sitting) == ["Next field", "Name it", "Demo", "Help", "Leave"]
        await sitting.press("enter")
        assert footer(sitting) == ["Next field"]
        await sitting.press("tab")
        assert footer(sitting) == ["Next field"]
        await sitting.press("tab", "question_mark")
        assert "enter  Create the circle" in sitting.text
        await sitting.press("escape", "shift+tab")
        assert "Tab, or enter on an empty line" in sitting.line
        await sitting.press("escape")
        assert footer(sitting) == ["Next field", "Name it", "Demo", "Help", "Leave"]


async def test_enter_right_behind_shift_tab_acts_on_the_field_it_leads_to(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await set_up(sitting, "Harbour", "Maya, Tom")
        await sitting.press("tab")
        for key in ("shift+tab", "enter"):
            sitting.send(key)
        await sitting.settle()
        assert names(sitting) == ["Maya", "Tom"]


async def test_d_opens_the_demo_and_leaves_the_folder_alone(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("d")
        assert sitting.at == "Home"
        assert sitting.app.opened is not None
        assert sitting.app.opened.circle.sample
        assert sitting.app.opened.context.number == 13
        assert sitting.app.clock.speed > 1
    assert not list(folder.iterdir())


BAD = {
    "no name": ("", "Maya, Tom"),
    "a name of 200 characters": ("x" * 200, "Maya, Tom"),
    "nobody": ("Harbour", ""),
    "21 members": ("Harbour", ",".join(f"P{n}" for n in range(21))),
    "a doubled member": ("Harbour", "Maya, Tom, maya"),
    "a member of nothing but control characters": ("Harbour", "Maya, \x1b\x07"),
}


@pytest.mark.parametrize(("name", "members"), BAD.values(), ids=BAD)
async def test_what_cannot_be_used_gets_one_sentence_and_costs_nothing(
    folder: Path, clock: ManualClock, name: str, members: str
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.press("enter")
        await sitting.paste(name)
        await sitting.press("tab")
        await sitting.paste(members)
        before = sitting.app.screen.query_one("#members", TextArea).text
        await sitting.press("tab", "enter")
        assert sitting.at == "FirstRun"
        assert sitting.said.endswith(".")
        assert ". " not in sitting.said
        assert "\n" not in sitting.said
        assert sitting.said in " ".join(sitting.text.split()) or len(sitting.said) > 70
        # A field folds white space as it takes it in; nothing else may be gone.
        assert sitting.app.screen.query_one("#name", Input).value == name.strip()
        assert sitting.app.screen.query_one("#members", TextArea).text == before
    assert not list(folder.iterdir())


async def test_after_a_refusal_the_same_screen_makes_the_circle(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await set_up(sitting, "Harbour", "Maya")
        await sitting.press("enter")
        assert sitting.at == "FirstRun"
        await sitting.press("shift+tab")
        await sitting.type(", Tom")
        await sitting.press("tab", "enter")
        assert names(sitting) == ["Maya", "Tom"]


async def test_two_circles_of_one_name_get_two_files(folder: Path, clock: ManualClock) -> None:
    make(folder, clock, "Ana, Ben")
    async with sit(folder, clock) as sitting:
        await sitting.press("n")
        await set_up(sitting, "Harbour", "Maya, Tom")
        await sitting.press("enter")
        assert names(sitting) == ["Maya", "Tom"]
    assert {path.name for path in folder.glob("*.json")} == {"harbour.json", "harbour-2.json"}


async def test_a_read_only_folder_is_said_and_nothing_typed_is_lost(
    folder: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> CircleFile:
        raise SaveError("The folder is read-only.")

    monkeypatch.setattr(CircleFile, "create", refuse)
    async with sit(folder, clock) as sitting:
        await set_up(sitting, "Harbour", "Maya, Tom")
        await sitting.press("enter")
        assert sitting.at == "FirstRun"
        assert "read-only" in sitting.said
        assert sitting.app.screen.query_one("#name", Input).value == "Harbour"
        assert sitting.app.screen.query_one("#members", TextArea).text == "Maya, Tom"


async def test_escape_leaves_a_field_and_then_q_leaves(folder: Path, clock: ManualClock) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.type("Harbour")
        await sitting.press("q")
        assert sitting.app.screen.query_one("#name", Input).value == "Harbourq"
        await sitting.press("escape")
        assert sitting.app.focused is None
        await sitting.press("q")
        assert sitting.ended
    assert not list(folder.iterdir())


async def test_a_name_pasted_before_anything_has_the_focus_is_the_name(
    folder: Path, clock: ManualClock
) -> None:
    async with sit(folder, clock) as sitting:
        await sitting.paste("Harbour\nCircle")
        assert sitting.app.screen.query_one("#name", Input).value == "Harbour Circle"
