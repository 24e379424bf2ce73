"""Whoever doesn't see the screen hears that a key did something, whichever it is."""

import re
from pathlib import Path

import pytest

from circle_tui.plain.line_output import WIDTH
from circle_tui.views import line_by_line

from .listener import Typed, after
from .walks import sample

SHARE = ("begin", "begin", "start")
PLACES: dict[str, tuple[str, ...]] = {
    "home": (),
    "commitments": ("c",),
    "kept commitments": ("c", "tab"),
    "covenant": ("v",),
    "people": ("p",),
    "settings": ("s",),
    "rebooking": ("b",),
    "contracts": ("h",),
    "a contract": ("h", "enter"),
    "map": ("h", "m"),
    "stakes": ("h", "g"),
    "new contract": ("h", "n"),
    "paper meeting": ("m",),
    "facts": ("f",),
    "attendance": ("r", "left"),
    "circles": ("o",),
    "gathering": ("begin",),
    "turn": ("begin", "begin"),
    "share": SHARE,
    "hold": (*SHARE, "hold"),
    "responses": (*SHARE, "finish"),
    "a commitment": (*SHARE, "finish", "enter"),
    "new commitments": (*SHARE, "finish", "enter", "k"),
    "closing": ("begin", "begin", "end the round"),
    "home beside a meeting": (*SHARE, "finish", "home"),
}

_NO_KEYS = ("t:", "time:", "seats:", ".:", "guide:", "a number:", line_by_line.KEYS)
_SIGNS = re.compile(r"[\u2190-\u21ff\u2500-\u25ff\x00-\x1f]")


_ALWAYS_TRIED = {"home", "commitments", "people", "facts", "gathering", "share", "hold", "closing"}


def offered(keys: list[str]) -> list[str]:
    """The keys that `?` lists."""
    by_key = [each for each in keys if not each.startswith((*_NO_KEYS, "By name"))]
    return [each.partition(": ")[0] for each in by_key if ": " in each]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    "place",
    [
        pytest.param(each, marks=() if each in _ALWAYS_TRIED else pytest.mark.full)
        for each in PLACES
    ],
)
def test_every_key_that_is_listed_says_something(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DOWNLOAD_DIR", str(tmp_path))
    folders = iter(range(1000))

    def heard(*typed: Typed) -> list[str]:
        folder = tmp_path / str(next(folders))
        folder.mkdir()
        return sample(folder, *PLACES[place], *typed)

    keys = offered(after(heard("?"), "?"))
    assert len(keys) > 2
    for key in keys:
        if key == "q":
            continue
        told = heard(key, "the end")
        last = len(told) - 1 - told[::-1].index(f"> {key}")
        assert not told[last + 1].startswith("> "), f"{key} says nothing"
        for line in told:
            if not line.startswith("> "):
                assert len(line) <= WIDTH
                assert not _SIGNS.search(line), line
