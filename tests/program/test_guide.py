"""What README, the guide and the pages for contributors say is true of the program."""

import importlib
import json
import pkgutil
import re
import shlex
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from textual.binding import BindingsMap

import circle_tui.tui
from circle_tui.cli.arguments import make_parser
from circle_tui.core.circle.circle import FORMATS

from .documentation import (
    GUIDE,
    GUIDE_PAGES,
    PAGES,
    README,
    ROOT,
    anchors,
    blocks,
    headings,
    links,
    rows,
    section,
    spans,
)

KEYS = {"?": "question_mark", ":": "colon", "+": "plus", "-": "minus", "esc": "escape"}
KEYS |= {"/": "slash", "<": "less_than_sign", ">": "greater_than_sign"}
KEYS |= {"↑": "up", "↓": "down", "→": "right", "←": "left"}
KEYS |= {key: key for key in ("enter", "space", "tab", "home", "end", "pageup", "pagedown")}
"""How pages write a key that is not a letter or a digit, and what Textual calls it."""


# Links


def all_links(pages: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    for page in pages:
        for link in links(page):
            yield page, link


def test_every_link_leads_to_a_page_and_a_heading_that_are_there() -> None:
    for page, link in all_links(PAGES):
        target, _, anchor = link.partition("#")
        there = (page.parent / target).resolve() if target else page
        assert there.is_relative_to(ROOT), (page, link)
        assert there.is_file(), (page, link)
        assert not anchor or anchor in anchors(there), (page, link)


def test_a_page_of_the_guide_links_only_to_other_pages_of_it() -> None:
    """It is shown where nothing but the program is installed."""
    for page, link in all_links(GUIDE_PAGES):
        assert re.fullmatch(r"([a-z-]+\.md)?(#[\w-]+)?", link), (page, link)


def test_the_index_and_readme_lead_to_every_page_of_the_guide() -> None:
    there = {page.name for page in GUIDE_PAGES}
    assert {"index.md", *links(GUIDE / "index.md")} == there
    assert {Path(link).name for link in links(README) if "guide/" in link} == there


MODULES = sorted(each for part in ("circle_tui", "tests") for each in (ROOT / part).rglob("*.py"))


def test_every_heading_that_the_code_cites_is_in_the_guide() -> None:
    cited = set()
    for module in MODULES:
        said = " ".join(module.read_text(encoding="utf-8").replace("#", " ").split())
        for page, rest in re.findall(r"guide: ([a-z-]+)(?:, (.{,60})|\))", said):
            assert rest.startswith(tuple(headings(GUIDE / f"{page}.md"))), (module.name, page, rest)
            cited.add(page)
    assert cited == {"practice"}


def test_the_practice_has_one_name() -> None:
    for each in (*PAGES, *MODULES):
        if each != Path(__file__):
            words = each.read_text(encoding="utf-8").lower().split()
            assert "field guide" not in " ".join(words), each.name


def test_code_fits_an_ordinary_terminal() -> None:
    """It isn't wrapped where the program shows it."""
    wide = [
        line
        for page in GUIDE_PAGES
        for block in blocks(page, r"\w*")
        for line in block.splitlines()
        if len(line) > 72
    ]
    assert not wide


# Commands and options


def parsers() -> dict[str, ArgumentParser]:
    """The parser of each command by its name, that of the program itself by ""."""
    whole = make_parser()
    (commands,) = whole._subparsers._group_actions  # type: ignore[union-attr]
    return {"": whole, **commands.choices}  # type: ignore[dict-item]


def options(parser: ArgumentParser) -> set[str]:
    """Its options, and those of the commands below it."""
    found = set(parser._option_string_actions)
    for below in parser._subparsers._group_actions if parser._subparsers else ():
        if isinstance(below.choices, dict):
            found.update(*map(options, below.choices.values()))
    return found


def command_lines(page: Path) -> Iterator[list[str]]:
    """What a page gives to type after `circle-tui`, word by word."""
    code = [*spans(page), *(line for block in blocks(page, "sh") for line in block.splitlines())]
    for each in code:
        if found := re.search(r"(?:^|/|&& )circle-tui((?: .*)?)$", each):
            yield shlex.split(found[1])


def test_every_command_line_names_commands_and_options_that_are_there() -> None:
    known = parsers()
    for words in (words for page in PAGES for words in command_lines(page)):
        named = next((word for word in words if word in known), "")
        if words and not words[0].startswith("-"):
            assert words[0] in known, words
        # An option before the command is one of the program's own.
        before = words[: words.index(named)] if named else words
        for word in words:
            if word.startswith("-") and word != "-":
                assert word in options(known["" if word in before else named]), words


def test_every_option_that_is_named_alone_is_one_of_some_command() -> None:
    known = set().union(*map(options, parsers().values()))
    for page in (README, *GUIDE_PAGES):
        of_tests = {"--full"} if page.name == "promises.md" else set()
        named = {span.split()[0] for span in spans(page) if re.match(r"--?[a-z]", span)}
        assert named <= known | of_tests, page


def test_the_page_of_commands_names_every_command_and_option() -> None:
    page = GUIDE / "commands.md"
    text = page.read_text(encoding="utf-8")
    for command, parser in parsers().items():
        assert f"`circle-tui {command}" in text
        for option in options(parser) - {"-h", "-o"}:
            assert re.search(rf"{option}\b", text), (command, option)


def test_the_commands_that_the_program_has_are_the_ones_in_the_table() -> None:
    text = (GUIDE / "commands.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `circle-tui ([a-z]+)`", text, re.MULTILINE)
    assert sorted(named) == sorted(set(parsers()) - {""})


# Keys


def bound_keys() -> set[str]:
    """Every key that is bound anywhere in the program."""
    found: set[str] = set()
    for module in pkgutil.walk_packages(circle_tui.tui.__path__, "circle_tui.tui."):
        for each in vars(importlib.import_module(module.name)).values():
            bindings = getattr(each, "BINDINGS", ()) if isinstance(each, type) else ()
            found |= set(BindingsMap(bindings).key_to_bindings)
    return found


def named_keys(page: Path) -> set[str]:
    return {
        span
        for span in spans(page)
        if span in KEYS or re.fullmatch(r"[A-Za-z0-9]|(ctrl|shift)\+\w+|[fF]\d+", span)
    }


def test_every_key_that_is_named_is_bound() -> None:
    bound = bound_keys()
    for page in (README, *GUIDE_PAGES):
        assert {KEYS.get(key, key) for key in named_keys(page)} <= bound, page


def test_the_keys_that_readme_names_are_found_in_it() -> None:
    """So that the test above has something to look at."""
    assert {"?", "u", "f2", "m", "a", "enter", "space"} <= named_keys(README)


# Figures, files and fields


def test_every_format_is_in_the_practice_with_its_figures() -> None:
    found = {row[0]: row for row in rows(section(GUIDE / "practice.md", "Formats"))}
    assert set(FORMATS) <= set(found)
    for key, preset in FORMATS.items():
        _, people, rhythm, length, share, cycle = found[key]
        assert preset.people == f"{people} people"
        assert str(preset.rhythm) == rhythm
        assert f"{preset.length.total_seconds() / 60:.0f} min" == length
        assert f"{preset.share.total_seconds() / 60:.0f} min" == share
        assert cycle == f"{preset.cycle} {'meetings' if preset.meets else 'weeks'}"


def test_every_file_that_is_named_to_run_is_there() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for named in set(re.findall(r"(?<![\w/])(?:tests/[\w/]+\.py|\.ci/\w+)", text)):
            assert (ROOT / named).is_file(), (page, named)
        for module in set(re.findall(r"python -m (circle_tui[\w.]*|tests[\w.]*)", text)):
            assert find_spec(module), (page, module)


def test_every_promise_has_a_command_that_runs_tests() -> None:
    page = GUIDE / "promises.md"
    promised = re.findall(r"^\*\*", page.read_text(encoding="utf-8"), re.MULTILINE)
    run = blocks(page, "sh")
    assert len(promised) == len(run) > 10
    assert all(
        re.fullmatch(r"\.venv/bin/pytest( [^\n]*\\\n)* .*tests/\S+\.py\n", each) for each in run
    )


def test_the_floors_of_the_architecture_are_the_folders_of_the_program() -> None:
    tree = section(GUIDE / "architecture.md", "The floors").split("```")[1]
    named = set(re.findall(r"^  ([\w.]+)/? ", tree, re.MULTILINE))
    there = {path.name for path in (ROOT / "circle_tui").iterdir() if path.name[:2] != "__"}
    assert named == there - {"LICENSE"}


def fields(value: object) -> Iterator[str]:
    """The names of all fields in a document, however deep; ids of members are none."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if re.fullmatch(r"[a-z_]+", name):
                yield name
            yield from fields(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from fields(inner)


def test_the_data_format_names_every_table_and_field_of_the_sample() -> None:
    sample = json.loads((ROOT / "sessions" / "sample.json").read_text(encoding="utf-8"))
    page = GUIDE / "data-format.md"
    words = set(re.findall(r"\w+", " ".join([*spans(page), *blocks(page, "json")])))
    words |= {"purpose", "rhythm", "missed", "boundaries"}
    found = set(sample) | {
        name
        for table in sample.values()
        for document in table.values()
        for name in fields(document)
    }
    assert found - words == set()


def test_the_meeting_that_the_data_format_shows_has_the_fields_of_a_real_one() -> None:
    sample = json.loads((ROOT / "sessions" / "sample.json").read_text(encoding="utf-8"))
    shown = json.loads(blocks(GUIDE / "data-format.md", "json")[0])
    real = {name: value for each in sample["sessions"].values() for name, value in each.items()}
    assert set(shown) == set(real) - {"looked_back", "vitality"}
    for part in ("made", "answered"):
        kept = {name for each in sample["sessions"].values() for one in each[part] for name in one}
        assert {name for one in shown[part] for name in one} <= kept
