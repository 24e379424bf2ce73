"""A key that a sentence names is a key of the place that the sentence belongs to."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
from msgspec.structs import replace

import circle_tui
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.key_names import key_name
from circle_tui.views.view import ActionSpec

from .sentences_page import sentences_in

PACKAGE = Path(circle_tui.__path__[0])
Table = Mapping[Place, tuple[ActionSpec, ...]]

WITHOUT_KEYS = {
    "views/action_rows.py",
    "views/action_table.py",
    "views/contract_actions.py",
    "views/help_actions.py",
    "views/key_names.py",
    "views/keyboard.py",
    "views/record_actions.py",
}
"""The table itself, and what is only about keys."""

NOT_OF_A_SCREEN = {
    "views/date_range.py": {"Enter"},  # in a field, as the others that follow
    "views/every_screen.py": {"Enter", "Esc"},
    "views/people.py": {"Enter"},
    "views/understood.py": {"Enter", "Esc"},
    "core/contracts/reviewed.py": {"Enter"},
    "views/line_by_line.py": {"Enter", "esc", "t", "-", "Ctrl+D"},  # where there is no screen
    "views/transfer_words.py": {"r", "esc"},  # a question of a command
}
"""Keys that the table doesn't have: those of a field, of the lines, and of a command."""

ON_A_CONTRACT = (Place.CONTRACT, Place.RESULT)

PLACES = {
    "views/after_meeting.py": (Place.HOME,),
    "views/app_words.py": (Place.HOME, Place.SHARE),
    "views/closing_cards.py": (Place.CLOSING,),
    "views/contract_cards.py": (Place.CONTRACT,),
    "views/contract_dispute_keys.py": (Place.DISPUTE,),
    "views/contract_judging_keys.py": (Place.JUDGING,),
    "views/contract_status.py": (Place.CONTRACT,),
    "views/contract_words.py": (Place.HOME, Place.CLOSING),
    "views/meeting_words.py": (Place.SHARE, Place.CLOSING),
    "views/rounds.py": (Place.SHARE,),
    "core/circle/circle.py": (Place.HOME,),
    "core/circle/commitments.py": (Place.OPEN_COMMITMENTS, Place.HOME),
    "core/circle/covenant.py": (Place.COVENANT,),
    "core/circle/membership.py": (Place.PEOPLE,),
    "core/circle/rebooking.py": (Place.HOME, Place.REBOOKING),
    "core/contracts/common_result.py": (Place.CONTRACT,),
    "core/contracts/judging.py": ON_A_CONTRACT,
    "core/contracts/looking_back.py": ON_A_CONTRACT,
    "core/contracts/making.py": (Place.CONTRACT,),
    "core/contracts/objecting.py": (Place.RESULT, Place.DISPUTE),
    "core/contracts/reviewed.py": (Place.JUDGING,),
    "core/contracts/signing.py": (Place.CONTRACT,),
    "core/contracts/standing.py": (Place.CONTRACTS,),
    "core/contracts/ways.py": (Place.CONTRACT,),
    "core/contracts/wording.py": (Place.CONTRACT,),
    "core/meeting/closing_commands.py": (Place.CLOSING,),
    "core/meeting/commands.py": (Place.COMMITMENTS,),
    "service/circle_service.py": (Place.HOME,),
    "service/handing_over.py": (Place.FACTS_FOR_LEAD,),
}
"""Where the sentences of a module are said; a view that builds one place says so itself."""

_ELSEWHERE = (
    (re.compile(r"(\S+) (?:at home|on the home screen)\b"), Place.HOME),
    (re.compile(r"for home, then (\S+)"), Place.HOME),
    (re.compile(r"(\S+) in the list of open commitments"), Place.OPEN_COMMITMENTS),
)
"""Where a sentence says itself at which place its key works."""

_NAMED = re.compile(r"\b(Enter|Esc|esc|Space|Tab|tab|F2|Ctrl\+[A-Z])\b")
_LETTER = re.compile(r"(?<![\w'’….+{-])([b-zB-HJ-Z])(?![\w'’…+}-]|\.\w)")
_LETTER_A = re.compile(r"(?:^|· |, |: |\. |then |[Pp]ress )(a)(?= if | to | when | the same)")
_SIGN = re.compile(r"(?:^|· |: |\. |, |[Pp]ress )([?+=<>/-])(?= [a-z])")
_NO_SENTENCE = re.compile(r"[\[\\]|\(\?|does nothing here")
"""A pattern, or the answer to a key that does nothing."""

_OTHER_NAMES = {"equals_sign": "="}


def keys_named(sentence: str) -> Iterator[tuple[str, Place | None]]:
    """The keys that a sentence names, each with the place that it says they work at."""
    if _NO_SENTENCE.search(sentence):
        return
    elsewhere = {
        found.start(1): place for words, place in _ELSEWHERE for found in words.finditer(sentence)
    }
    for kind in (_NAMED, _LETTER, _LETTER_A, _SIGN):
        for found in kind.finditer(sentence):
            yield found[1], elsewhere.get(found.start(1))


@cache
def said() -> tuple[tuple[str, tuple[Place, ...], str], ...]:
    """All sentences that may name a key: the module, the places of its sentences, the sentence."""
    found = []
    for folder in ("views", "core", "service"):
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            name, source = path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")
            if name in WITHOUT_KEYS:
                continue
            own = {Place[each] for each in re.findall(r"\bPlace\.([A-Z_]+)", source)}
            places = PLACES.get(name, tuple(own - {Place.EVERYWHERE}))
            found += [
                (name, places, each) for each in dict.fromkeys(sentences_in(ast.parse(source)))
            ]
    return tuple(found)


def wrong(table: Table) -> list[str]:
    """The sentences that name a key which does nothing where they are said."""
    found = []
    for module, places, sentence in said():
        for named, place in keys_named(sentence):
            there = [each for at in ([place] if place else places) for each in table[at]]
            keys = {key for spec in (*there, *table[Place.EVERYWHERE]) for key in spec.keys}
            names = {_OTHER_NAMES.get(key) or key_name(key) for key in keys}
            as_in_table = named if len(named) == 1 else named.lower()
            if as_in_table not in names and named not in NOT_OF_A_SCREEN.get(module, ()):
                found.append(f"{module}: {named} in “{sentence}”")
    return found


def without(table: Table, place: Place, action: str) -> Table:
    """The table with another key for an action."""
    rows = tuple(replace(each, keys=("ä",)) if each.id == action else each for each in table[place])
    assert rows != table[place]
    return {**table, place: rows}


def test_every_key_that_a_sentence_names_works_where_it_is_said() -> None:
    assert wrong(TABLE) == []


def test_the_modules_whose_keys_are_told_apart_here_name_some() -> None:
    naming = {module for module, _, sentence in said() if [*keys_named(sentence)]}
    assert PLACES.keys() | NOT_OF_A_SCREEN.keys() <= naming


@pytest.mark.parametrize(
    ("place", "action", "sentence"),
    [
        (Place.HOME, "wake", "This circle is resting. w wakes it up."),
        (Place.HOME, "people", "Press p on the home screen to bring someone back."),
        (Place.COVENANT, "sign", "Then press s to sign."),
        (Place.CLOSING, "other_date", "Press d to set another."),
        (Place.CONTRACT, "way", "w chooses how it's judged."),
        (Place.JUDGING, "as_agreed", "= as agreed"),
        (Place.RESULT, "content", "then a if you're fine with it"),
        (Place.CORRECTION, "kept", "k kept"),
        (Place.RESUME, "back", "Esc to keep it"),
        (Place.EVERYWHERE, "quit", "press q and come back when they are."),
        (Place.EVERYWHERE, "redo", "U to redo."),
    ],
)
def test_a_sentence_is_found_whose_key_has_been_changed(
    place: Place, action: str, sentence: str
) -> None:
    assert any(sentence in each for each in wrong(without(TABLE, place, action)))


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("Esc goes back, and j opens it there.", "Esc j"),
        ("… goes. a if they're away for a while, l if they leave.", "l a"),
        ("+ more than agreed · = as agreed · - less", "+ = -"),
        ("First say whether it was met as written: y or n.", "y n"),
        ("A week is a look at ourselves, and I don't say what …'s was, e.g. on A4.", ""),
    ],
)
def test_the_keys_of_a_sentence_are_told_from_its_words(sentence: str, keys: str) -> None:
    assert [key for key, _ in keys_named(sentence)] == keys.split()


def test_a_sentence_about_another_place_says_so() -> None:
    sentence = "Esc for home, then t for your trades. Press s at home to change it."
    assert dict(keys_named(sentence)) == {"Esc": None, "t": Place.HOME, "s": Place.HOME}
