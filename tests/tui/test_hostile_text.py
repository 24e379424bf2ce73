"""Hostile text in every field, in a circle's file and in the names of files: it is kept clean and
whole, or refused with one sentence, and is never more than letters on the screen."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from msgspec.structs import replace

from circle_tui.core import text
from circle_tui.core.circle import commitments, rebooking
from circle_tui.core.circle.commitments import open_commitments
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.core.name_list import read_name
from circle_tui.service import demo
from circle_tui.service.clock import ManualClock
from circle_tui.store.circle_file import CircleFile
from circle_tui.store.errors import LoadError
from circle_tui.tui.widgets.prompt import Prompt
from tests.hostile_text import TEXTS, is_harmless, is_one_sentence

from .app_driver import AppDriver, run_app
from .monkey import STARTS, Start
from .screen_states import create_folder_for


class Place(NamedTuple):
    """A field: where it is, the keys that open it, and what takes back what it did."""

    start: Start
    opens: tuple[str, ...]


def _home(*keys: str) -> Start:
    return Start(lambda folder, clock: create_folder_for(folder, clock, "home"), keys)


SETTINGS = {
    "name": 0,
    "rhythm": 1,
    "cycle": 2,
    "zone": 3,
    "share": 5,
    "meeting": 6,
    "responses": 7,
    "first response": 8,
    "second response": 9,
}
"""The settings that are typed, and their rows."""
TURN = Start(lambda folder, clock: create_folder_for(folder, clock, "commitments"))
CLOSING = Start(lambda folder, clock: create_folder_for(folder, clock, "closing"))
LOOK_BACK = Start(STARTS["look back"].create_folder)

DRAFT = STARTS["contract draft"]
"""The cursor is on the first line of the first part."""
GRADED = DRAFT._replace(keys=(*DRAFT.keys, "w", "2"))
"""The cursor is on the way."""

PLACES: dict[str, Place] = {
    "a new commitment": Place(TURN, ("n",)),
    "a changed commitment": Place(TURN, ("c",)),
    "what got in the way": Place(TURN, ("m",)),
    "a smaller commitment": Place(TURN, ("m", "enter", "s")),
    "a different commitment": Place(TURN, ("m", "enter", "d")),
    "another date": Place(CLOSING, ("d",)),
    "what worked": Place(LOOK_BACK, ()),
    "what to change": Place(LOOK_BACK, ("enter",)),
    "who joins": Place(_home("p"), ("n",)),
    "another name": Place(_home("p"), ("r",)),
    "the name again": Place(_home("p"), ("f", "f")),
    "a clause": Place(_home("v", "w"), ("e",)),
    "the review": Place(_home("v", "w"), ("d",)),
    "other words": Place(_home("c"), ("e",)),
    "when it comes up": Place(_home("c"), ("t",)),
    "rebooking": Place(_home("b", "x"), ("d",)),
    "a check-in": Place(STARTS["check-ins"], ("n",)),
    "a contract's name": Place(DRAFT, (*["up"] * 4, "e")),
    "what a contract is about": Place(DRAFT, (*["up"] * 3, "e")),
    "how long a contract lasts": Place(DRAFT, (*["up"] * 2, "e")),
    "a line of a contract": Place(DRAFT, ("e",)),
    "a stake": Place(GRADED, (*["up"] * 3, "e")),
    "how to stay in touch": Place(GRADED, (*["up"] * 2, "e")),
    "a criterion": Place(GRADED, (*["down"] * 3, "e")),
    "what hangs on a trial": Place(GRADED, ("t",)),
    "a common result": Place(STARTS["contract judged how"], (*["down"] * 9, "e")),
    "a mark": Place(STARTS["grading"], ("p",)),
    "a reviewer's reason": Place(STARTS["reviewing"], ("c", "8", "0", "enter")),
    **{
        f"the setting {what}": Place(_home("s", *["down"] * at), ("enter",))
        for what, at in SETTINGS.items()
    },
}


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for key, each in value.items():
                yield from _strings(key)
                yield from _strings(each)
        case list() | tuple():
            for each in value:
                yield from _strings(each)


def _look(driver: AppDriver) -> object:
    """What is shown, kept and remembered is harmless, and the file says what memory says."""
    assert not driver.exited
    assert is_harmless(driver.text)
    service = driver.app.service
    assert service is not None
    assert service.file.read() == service.state
    kept: list[Any] = [service.state]
    if driver.app.live is not None:
        kept.append(driver.app.live.meeting)
    for words in _strings(plain := msgspec.to_builtins(kept)):
        assert words == text.clean(words)
    return plain


@pytest.mark.sampled(3)
@pytest.mark.parametrize("place", PLACES)
async def test_what_is_pasted_into_a_field_is_kept_clean_or_refused_with_a_sentence(
    tmp_path: Path, clock: ManualClock, place: str, full: bool
) -> None:
    """Every text with --full, otherwise one, which is another one in each place."""
    start, opens = PLACES[place]
    names = list(TEXTS)
    for which in names if full else [names[list(PLACES).index(place) % len(names)]]:
        # A fresh start each time: its own clock, its own circle.
        own_clock = ManualClock(clock.moment)
        folder = tmp_path / f"{names.index(which)}"
        folder.mkdir()
        start.create_folder(folder, own_clock)
        async with run_app(folder, own_clock) as driver:
            await driver.press(*start.keys, *opens)
            await _paste(driver, which)


def _as_a_name(words: str) -> str:
    """As a name it may stand with the given name first, where it was typed with a comma."""
    try:
        return read_name(words)
    except RuleError:
        return words


async def _paste(driver: AppDriver, which: str) -> None:
    """Into the field that is open, instead of what is there."""
    assert driver.prompt_open
    driver.app.screen.query_one(Prompt).field.clear()
    await driver.settle()
    assert driver.prompt_value == ""
    await driver.paste(TEXTS[which])
    words = text.clean(TEXTS[which])
    # The signs around a response are the program's own.
    unquoted = words.strip(' "')
    assert text.clean(driver.prompt_value) == words, which
    before = _look(driver)
    await driver.press("enter")
    after = _look(driver)
    if after != before:
        named = _as_a_name(words)
        assert {words, unquoted, named} & (set(_strings(after)) - set(_strings(before))), which
    elif driver.screen_name == "Question":
        # It can be read in several ways, and the words are there again behind the question.
        await driver.press("escape")
        assert text.clean(driver.prompt_value) == words
    elif driver.prompt_open:
        # It is said why, and what was typed is still there.
        assert is_one_sentence(driver.flashed), which
        assert text.clean(driver.prompt_value) == words


@pytest.mark.sampled(1)
@pytest.mark.parametrize("which", TEXTS)
async def test_what_is_pasted_where_a_circle_is_set_up_is_taken_clean_or_refused(
    folder: Path, clock: ManualClock, which: str
) -> None:
    raw, words = TEXTS[which], text.clean(TEXTS[which])
    async with run_app(folder, clock) as driver:
        await driver.paste(raw)
        assert is_harmless(driver.text)
        await driver.press("enter")
        await driver.paste(f"Ann, {raw},Bob")
        assert is_harmless(driver.text)
        await driver.press("tab", "enter")
        assert is_harmless(driver.text)
        if driver.screen_name == "Question":
            await driver.press("escape")
            assert list(folder.iterdir()) == []
        elif driver.screen_name == "FirstRun":
            assert is_one_sentence(driver.flashed)
            assert list(folder.iterdir()) == []
        else:
            circle = _look(driver)
            assert words in _strings(circle)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("which", TEXTS)
async def test_hostile_text_that_is_typed_does_no_harm_either(
    folder: Path, clock: ManualClock, which: str
) -> None:
    TURN.create_folder(folder, clock)
    async with run_app(folder, clock) as driver:
        await driver.press("n")
        for character in TEXTS[which][:1_000]:
            # A terminal gives control characters as keys of their own.
            if character.isprintable() or ord(character) > 0x9F:
                await driver.type_without_waiting(character)
        assert is_harmless(driver.text)
        await driver.press("enter")
        _look(driver)


def _leaves(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Where in a file there is text."""
    match value:
        case str():
            yield at
        case dict():
            for key, each in value.items():
                yield from _leaves(each, (*at, key))
        case list():
            for place, each in enumerate(value):
                yield from _leaves(each, (*at, str(place)))


def _plant(tables: Any, at: tuple[str, ...], words: str) -> None:
    for step in at[:-1]:
        tables = tables[int(step)] if isinstance(tables, list) else tables[step]
    if isinstance(tables, list):
        tables[int(at[-1])] = words
    else:
        tables[at[-1]] = words


def _well_kept(folder: Path, clock: ManualClock) -> CircleFile:
    """A circle's file with something in most fields: the sample's, and what it lacks."""
    file = demo.write_sample(folder, demo.begins_now(clock.now()))
    own = CircleFile(file.path.rename(folder / "harbour.json"))
    said = own.read()
    said = replace(said, circle=replace(said.circle, sample=False, prompts=("Thanks", "And?")))
    first = open_commitments(said)[0].id
    said = commitments.renegotiate(said, clock.now(), first, "Something smaller")
    said = rebooking.cancel(said, clock.now())
    own.save(said)
    return own


def _planted(folder: Path, clock: ManualClock, full: bool) -> Iterator[tuple[str, CircleFile]]:
    """The file with one text in it that somebody put there by hand, again and again."""
    file = _well_kept(folder, clock)
    whole = file.path.read_text()
    leaves = list(_leaves(json.loads(whole)))
    chance = random.Random(len(leaves))
    kinds = {tuple(step for step in leaf if not step.isdigit()): leaf for leaf in leaves}
    for leaf in kinds.values():
        for which in TEXTS if full else chance.sample(list(TEXTS), 1):
            tables = json.loads(whole)
            _plant(tables, leaf, TEXTS[which])
            file.path.write_text(json.dumps(tables))
            yield f"{which} in {leaf}", file


def _read(file: CircleFile) -> CircleState | str:
    try:
        return file.read()
    except LoadError as trouble:
        return str(trouble)


def test_what_somebody_plants_in_a_file_is_read_clean_or_refused_with_a_sentence(
    folder: Path, clock: ManualClock, full: bool
) -> None:
    read = 0
    for which, file in _planted(folder, clock, full):
        before = file.path.read_bytes()
        said = _read(file)
        if isinstance(said, CircleState):
            read += 1
            for words in _strings(msgspec.to_builtins(said)):
                assert words == text.clean(words), which
        else:
            assert is_one_sentence(said), which
        assert file.path.read_bytes() == before
    assert read


WORDS = {"text", "worked", "change", "got_in_the_way", "clauses"}
"""Fields in which anything may stand."""


@pytest.mark.sampled(1)
@pytest.mark.parametrize("which", TEXTS)
async def test_whoever_planted_it_every_screen_is_harmless(
    folder: Path, clock: ManualClock, which: str
) -> None:
    file = _well_kept(folder, clock)
    whole = file.path.read_text()
    words, names, tables = [], [], json.loads(whole)
    for leaf in _leaves(tables):
        if leaf[-1] == "name":
            names.append(leaf)
        elif leaf[-1] in WORDS or WORDS & set(leaf):
            words.append(leaf)
    if len(TEXTS[which]) > 1_000:
        words = words[-1:]
    for leaf in words:
        _plant(tables, leaf, TEXTS[which])
    file.path.write_text(json.dumps(tables))
    file.read()
    _plant(tables, names[0], TEXTS[which])
    sound = file.path.read_bytes()
    file.path.write_text(json.dumps(tables))
    try:
        file.read()
    except LoadError:
        file.path.write_bytes(sound)
    async with run_app(folder, clock) as driver:
        for key in (*"cvpsb", "enter", "enter", "enter", "a", "n", "t", "w", "n", "m"):
            await driver.press(key)
            if key in "cvpsb":
                await driver.press("enter", "tab", "down", "escape", "escape", "escape")
            _look(driver)


async def test_a_file_and_a_folder_may_be_called_anything(
    tmp_path: Path, clock: ManualClock
) -> None:
    for at, name in enumerate(("\x1b[31mred", "\u202egnirts", "[red] [@click=app.quit]q", "a\nb")):
        folder = tmp_path / f"{at} {name}"
        folder.mkdir()
        (folder / f"{name}.json").write_text("{")
        create_folder_for(folder, ManualClock(clock.moment), "home")
        async with run_app(folder, clock, (110, 34)) as driver:
            assert driver.screen_name == "Choose"
            for key in ("down", "enter", "up", "enter"):
                assert is_harmless(driver.text)
                await driver.press(key)
            assert driver.screen_name == "Home"
            assert is_harmless(driver.text)
