"""Hands that are hard on a terminal: what they send, and a sync client at work on the folder.

Invariant: everything they do comes out of their seed; only how far the program has come meanwhile
does not.
"""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from circle_tui.core.circle import checkins
from circle_tui.store.circle_file import CircleFile

Strokes = tuple[bytes, ...]
"""What one key or gesture sends: parts that arrive one after the other."""

PAUSE = b""
"""A part after which an escape is over."""

_KEYS = "pnivbsctraexdkwlyfghjm uU+-<>123456?:\t/"
_NAMED = (
    b"\r", b"\r", b"\r", b"\x1b", b"\x1b", b"\x7f", b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D",
    b"\x1b[H", b"\x1b[F", b"\x1b[5~", b"\x1b[6~", b"\x1b[3~", b"\x1b[Z", b"\x1bOP", b"\x19",
    b"\x10",
)  # fmt: skip
_WORDS = ("I call the client", "2 April 18:00", "12/5", "Maya", "7.30", "Zoë", "every 10 days")
_ACTS = (
    "pnNew {}\r", "i1nI am at {}\r", "p2a", "vw", "s\r{}\r", "bd2 April 18:00\r", "bx",
    "ceWalk {}\r", "\r", "u", "U",
)  # fmt: skip
_OTHER_LAYOUTS = "зтшмиысекучлдйцнгρνιωβσψτπαפמןהנדצארخهضصثقفغｐｎｉｖｂ１２３　&é\"'(-è_çà§°ßñ"
_INVALID = (
    b"\xfc", b"\xff", b"\xc3", b"\xe9\xe8", b"\x80\x81", b"\xf0\x9f\x98", b"\xed\xa0\x80",
    b"\xc0\xaf", "Jürgen, Zoë".encode("latin-1"), "Жанна".encode("koi8-r"),
    "日本".encode("shift-jis"), b"\x1b[M \xf0\xff", b"\x1b[M\xff\xff\xff",
    b"\x1b[200~\xfc\xff\x1b[201~", b"\x00", b"\x9b1m",
)  # fmt: skip
_MODERN = (
    b"\x1b[1;1:1B", b"\x1b[1;1:3B", b"\x1b[97;1:1u", b"\x1b[13;2u", b"\x1b[32;2u", b"\x1b[127;2u",
    b"\x1b[57414u", b"\x1b[27;2;13~", b"\x1b[27;5;9~", b"\x1b[I", b"\x1b[O", b"\x1b[<0;5;5M",
    b"\x1b[<0;5;5m", b"\x1b[<64;1;1M", b"\x1b]11;rgb:0000/0000/0000\x1b\\", b"\x1b[?1;2c",
    b"\x1b[8;24;80t", b"\x1b[1;9999999999B", b"\x1b[;;;;B", b"\x1bP1$r0m\x1b\\",
    b"\x1b[200~pasted\x1b[201~", b"\x1b[12;40R", b"\x1b[97:65;2;65u", b"\x1b[57358;1:3u",
    b"\x1b[?0u",
)  # fmt: skip


def _key(chance: Random) -> Strokes:
    if chance.random() < 0.02:
        return (b"q",)
    if chance.random() < 0.4:
        return (chance.choice(_NAMED),)
    return (chance.choice(_KEYS).encode(),)


def _words(chance: Random) -> Strokes:
    return (f"{chance.choice(_WORDS)}\r".encode(),)


def _act(chance: Random) -> Strokes:
    """Home, and something that is written to the file there."""
    keys = chance.choice(_ACTS).format(chance.randrange(10**6))
    return b"\x1b", PAUSE, b"\x1b", PAUSE, keys.encode()


def _double(chance: Random) -> Strokes:
    """A key that bounces."""
    (key,) = _key(chance)
    return key, key


def _split(chance: Random) -> Strokes:
    """A code or a letter that comes in two parts, as over a slow line."""
    whole = chance.choice((*_NAMED, "é".encode(), "日".encode(), "😀".encode()))
    at = chance.randint(1, max(1, len(whole) - 1))
    return tuple(filter(None, (whole[:at], whole[at:])))


def _other_layout(chance: Random) -> Strokes:
    return (chance.choice(_OTHER_LAYOUTS).encode(),)


def _invalid(chance: Random) -> Strokes:
    return (chance.choice(_INVALID),)


def _modern(chance: Random) -> Strokes:
    return (chance.choice(_MODERN),)


HANDS: dict[str, Callable[[Random], Strokes]] = {
    "double keys": _double,
    "split sequences": _split,
    "other layouts": _other_layout,
    "invalid bytes": _invalid,
    "modern terminals": _modern,
}
"""What is sent between ordinary keys, by its name."""


def some_strokes(hands: tuple[str, ...], chance: Random) -> Strokes:
    """An ordinary key, words and enter, an act from home, or what these hands do."""
    what = chance.random()
    if what < 0.5:
        return _key(chance)
    if what < 0.55:
        return _words(chance)
    if what < 0.6:
        return _act(chance)
    return HANDS[chance.choice(hands)](chance)


class SyncClient:
    """A program that brings what was written on another machine, and knows no lock."""

    def __init__(self, folder: Path, elsewhere: Path, chance: Random) -> None:
        self._folder = folder
        self._elsewhere = elsewhere
        self._chance = chance
        self.brought: list[str] = []
        """The words of each check-in that it brought."""

    def work(self, file: Path) -> None:
        """Do something to a circle's file, as such programs do."""
        self._chance.choice((self._bring, self._bring, self._bring_the_same, self._touch))(file)

    def _bring(self, file: Path) -> None:
        """A newer version: somebody checked in on another machine."""
        copy = CircleFile(Path(shutil.copy(file, self._elsewhere)))
        state = copy.read()
        words = f"brought {len(self.brought)} {self._chance.randrange(10**6)}"
        member = next(each.id for each in state.circle.members if each.left is None)
        copy.save(checkins.check_in(state, datetime.now(UTC), member, words))
        copy.path.replace(file)
        self.brought.append(words)

    def _bring_the_same(self, file: Path) -> None:
        """Another file with the same bytes."""
        Path(shutil.copy(file, self._elsewhere)).replace(file)

    def _touch(self, file: Path) -> None:
        os.utime(file)
