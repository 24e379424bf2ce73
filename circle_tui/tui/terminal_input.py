"""What a terminal sends, made safe for Textual: bytes in; keys, pastes and known sequences out.

A terminal sends letters in its own encoding, keys in the ways of forty years, and answers to
questions; and a slow line cuts sequences in two. Textual ends with a traceback on some of it, and
types what it doesn't know as letters, each of which may be a command. So only what it reads well
goes on to it.

Invariant: no input raises an error, and no part of an escape sequence becomes a letter. A sequence
that means nothing here is ignored.
"""

import codecs
import re

from circle_tui.tui.key_sequences import (
    ESC,
    ESCAPE,
    REPLACEMENT,
    Input,
    Pasted,
    characters,
    meaning,
)

ESCAPE_DELAY = 0.2
"""Seconds after which a lone ESC is the key Esc and no longer the first part of an arrow.

Measured in a pseudo-terminal, 40 presses each: Esc takes 201 ms (209 at most) instead of 101 (113).
An arrow may arrive in parts 150 ms apart, as over a slow line, and a fifth of a second is still no
wait for a key that leaves something. Any other key ends the waiting at once, a terminal with
kitty's protocol sends Esc as a sequence that is never waited for, and `ESCDELAY` (milliseconds)
changes it.
"""

_LATE = 1.0
"""Seconds after such an Esc in which the rest of an arrow is still not taken for letters."""

_SEQUENCE_DELAY = 0.5
"""Seconds for the rest of a sequence that is more than ESC: nobody types that by hand."""

_PASTE_DELAY = 1.0
"""Seconds without a byte after which a paste ends although its end never came."""

_OLD_MOUSE_BEGUN = "\x1b["
_PASTE_BEGINS, _PASTE_ENDS = "\x1b[200~", "\x1b[201~"
_LATE_ARROW = re.compile(r"[\[O][A-D]")


class TerminalInput:
    """The input of one terminal. Moments are seconds on any clock that only goes forward."""

    def __init__(self, encoding: str = "utf-8", escape_delay: float = ESCAPE_DELAY) -> None:
        """`encoding` is the terminal's; one that Python doesn't know is taken as UTF-8."""
        self._decoder = codecs.getincrementaldecoder(_usable(encoding))("replace")
        self._escape_delay = escape_delay
        self._pending = b""
        """The bytes of an old mouse report that is not all there."""
        self._begun = ""
        """A sequence that is not all there."""
        self._paste: str | None = None
        self._last = 0.0
        self._escape_at: float | None = None

    @property
    def due(self) -> float | None:
        """When `end_waiting` is to be called, unless more has come until then."""
        if self._paste is not None:
            return self._last + _PASTE_DELAY
        if self._begun == ESC:
            return self._last + self._escape_delay
        return self._last + _SEQUENCE_DELAY if self._begun or self._pending else None

    def feed(self, data: bytes, now: float) -> list[Input]:
        """What the bytes that came at the moment `now` make, with what was left of those before."""
        text = self._decoder.decode(self._without_old_mouse(data))
        since, self._escape_at = self._escape_at, None
        if since is not None and now - since < _LATE and _LATE_ARROW.fullmatch(text):
            text = ESC + text
        self._last = now
        return self._read(text)

    def end_waiting(self, now: float) -> list[Input]:
        """What is taken from what was waited for in vain: Esc, or the paste without its end."""
        self._pending = b""
        if self._paste is not None:
            pasted, self._paste, self._begun = self._paste + self._begun, None, ""
            return [Pasted(_readable(pasted))]
        begun, self._begun = self._begun, ""
        if begun != ESC:
            return []
        self._escape_at = now
        return [ESCAPE]

    # Bytes

    def _without_old_mouse(self, data: bytes) -> bytes:
        """Leave out the first kind of mouse reports, whose three bytes are of no encoding."""
        if self._paste is not None:
            return data
        begun = ""
        if self._begun == _OLD_MOUSE_BEGUN:
            begun, self._begun = self._begun, ""
        data, self._pending = self._pending + begun.encode() + data, b""
        kept, at = b"", 0
        while (found := data.find(b"\x1b[M", at)) >= 0:
            kept += data[at:found]
            at = found + 6
            if at > len(data):
                self._pending = data[found:]
                break
        return kept + data[at:]

    # Characters

    def _read(self, text: str) -> list[Input]:
        found: list[Input] = []
        if self._paste is None and self._begun == ESC and text and text[0] not in "[O":
            # It came by itself, so it was a key; with Alt both come at once.
            self._begun = ""
            found.append(ESCAPE)
        text, self._begun = self._begun + text, ""
        at = 0
        while at < len(text):
            if self._paste is not None:
                at = self._read_paste(text, at, found)
            elif text[at] != ESC:
                found += characters(text[at])
                at += 1
            elif (end := _end_of_sequence(text, at)) is not None:
                if text[at:end] == _PASTE_BEGINS:
                    self._paste = ""
                else:
                    found += meaning(text[at:end])
                at = end
            else:
                self._begun = text[at:]
                break
        return found

    def _read_paste(self, text: str, at: int, found: list[Input]) -> int:
        assert self._paste is not None
        end = text.find(_PASTE_ENDS, at)
        if end >= 0:
            found.append(Pasted(_readable(self._paste + text[at:end])))
            self._paste = None
            return end + len(_PASTE_ENDS)
        # The end itself may be cut in two.
        begun = max(
            (n for n in range(1, len(_PASTE_ENDS)) if text.endswith(_PASTE_ENDS[:n])), default=0
        )
        self._begun = text[len(text) - begun :] if begun else ""
        self._paste += text[at : len(text) - begun]
        return len(text)


def _usable(encoding: str) -> str:
    """`encoding`, or UTF-8 where it is unknown, is only ASCII, or reads sequences itself."""
    try:
        name = codecs.lookup(encoding).name
        if name != "ascii" and b"\x1b[A".decode(name) == "\x1b[A":
            return name
    except (LookupError, UnicodeError):
        pass
    return "utf-8"


def _readable(pasted: str) -> str:
    return pasted.replace("\x00", "").replace(REPLACEMENT, "?")


def _end_of_sequence(text: str, at: int) -> int | None:
    """Where the sequence that begins at `at` ends; None where its end has not come.

    One that is interrupted ends there: what comes then is something else.
    """
    kind = text[at + 1 : at + 2]
    if kind in ("]", "P", "_", "^", "X"):
        return _end_of_string(text, at + 2)
    if kind not in ("", "[", "O"):
        return at + (1 if kind == ESC else 2)
    for place in range(at + 2, len(text)):
        character = text[place]
        if not " " <= character <= "~":
            return place
        if kind == "O" or (
            text[place - 1 : place + 1] != "[[" and _is_final(text[at + 2 : place + 1])
        ):
            return place + 1
    return None


def _is_final(parameters: str) -> bool:
    """Whether the last character ends the sequence: rxvt sends "$" for an end, others do not."""
    return parameters[-1] >= "@" or (parameters[-1] == "$" and parameters[0] != "?")


def _end_of_string(text: str, at: int) -> int | None:
    """The same for an answer of the terminal, which is as long as it likes."""
    for place in range(at, len(text)):
        if text[place] == ESC:
            if place + 1 == len(text):
                return None
            return place + 2 if text[place + 1] == "\\" else place
        if text[place] < " ":
            return place + 1 if text[place] == "\x07" else place
    return None
