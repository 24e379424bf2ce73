"""Translates the characters and escape sequences of terminals to keys.

Invariant: an unknown sequence is ignored, and Textual reads everything that it gets as one event. A
key has the same name whichever terminal sent it.
"""

import re

from msgspec import Struct


class Typed(Struct, frozen=True):
    """Characters, or one sequence that Textual knows."""

    text: str


class Pressed(Struct, frozen=True):
    """One key, by Textual's name for it."""

    key: str
    character: str | None = None


class Pasted(Struct, frozen=True):
    """A paste between its brackets."""

    text: str


Input = Typed | Pressed | Pasted

ESC = "\x1b"
ESCAPE = Pressed("escape", ESC)
REPLACEMENT = "\ufffd"
"""What Python decodes invalid bytes to."""

_MOUSE = re.compile(r"\x1b\[<\d{1,4};-?\d{1,5};-?\d{1,5}[Mm]")
_OTHERS_THAT_TEXTUAL_READS = re.compile(
    r"\x1b\[(?:[IOZ]|\[[A-E]|[a-d]|\?\d{1,5};\d\$y|48;[1-9]\d{0,3}(?:;[1-9]\d{0,4}){3}t)"
)
_SS3 = re.compile(r"\x1bO[A-DFHPQRSa-d]")
_KEY = re.compile(r"\x1b\[([\d:;]*)([A-FHPQSu~$^@])")
_KEYPAD_SS3 = dict(zip("jklmnopqrstuvwxyX", "*+,-./0123456789=", strict=True)) | {"M": "\r"}

_SHIFT, _ALT, _CTRL, _CAPS_LOCK, _NUM_LOCK = 1, 2, 4, 64, 128
_LOCKS = _CAPS_LOCK | _NUM_LOCK
_MEANS_A_LETTER = _SHIFT | _LOCKS
_RELEASED = 3
_OTHER_KEY = 27
"""What xterm sends instead of kitty's protocol has this number, and the key's code at its end."""
_CONTROLS = {9: "\t", 13: "\r", 32: " ", 127: "\x7f", 57414: "\r"}
"""Keys whose code says what they are, whatever text comes with them; the last is the keypad's."""
_KEYPAD = (
    {57399 + digit: str(digit) for digit in range(10)}
    | {57409 + place: sign for place, sign in enumerate("./*-+")}
    | {57415: "=", 57416: ","}
)
_KEYPAD_MOVES = dict(
    zip(
        range(57417, 57427),
        ["1D", "1C", "1A", "1B", "5~", "6~", "1H", "1F", "2~", "3~"],
        strict=True,
    )
)
_FIRST_NO_CHARACTER, _LAST_NO_CHARACTER = 57344, 63743
"""The codes that kitty gives to keys that are no character."""
_TILDE_KEYS = {*range(1, 9), *range(11, 16), *range(17, 22), 23, 24}
_RXVT_KEYS = {2, 3, 5, 6, 7, 8}
_ALT_IN_A_FIELD = {"b": "ctrl+left", "f": "ctrl+right", "\x7f": "ctrl+w", "\x08": "ctrl+w"}
"""What Alt means in a field on a Mac and in a shell: a word back, forward, and away."""


def characters(character: str) -> list[Input]:
    """The input of one character outside a sequence; none for an eight-bit control character."""
    if character == "\n":
        # Enter from a terminal that makes a line feed of it, and the keypad's from some.
        return [Typed("\r")]
    if character == REPLACEMENT:
        # In a field it is "?", and elsewhere not the key for help.
        return [Pressed("replacement_character", "?")]
    return [] if "\x80" <= character <= "\x9f" else [Typed(character)]


def meaning(sequence: str) -> list[Input]:
    """The input that a whole sequence stands for; none for an unknown one."""
    if sequence == ESC:
        return [ESCAPE]
    if _SS3.fullmatch(sequence):
        return [Typed(sequence)]
    if sequence[1] == "O":
        return [Typed(_KEYPAD_SS3[key])] if (key := sequence[2:]) in _KEYPAD_SS3 else []
    if sequence[1] != "[":
        return _with_alt(sequence[1]) if len(sequence) == 2 else []
    if _MOUSE.fullmatch(sequence) or _OTHERS_THAT_TEXTUAL_READS.fullmatch(sequence):
        return [Typed(sequence)]
    if (found := _KEY.fullmatch(sequence)) is None:
        return []
    fields = [[_number(part) for part in field.split(":")] for field in found[1].split(";")]
    codes, modifiers, text, *_ = [*fields, [0], [0]]
    if len(modifiers) > 1 and modifiers[1] == _RELEASED:
        return []
    held = max(modifiers[0] - 1, 0)
    if found[2] == "u":
        return _kitty(codes, held, text)
    if found[2] == "~" and codes[0] == _OTHER_KEY:
        return _kitty(text, held, [0])
    return _moving(codes[0], held & ~_LOCKS, found[2])


def _number(digits: str) -> int:
    return int(digits) if digits and len(digits) < 8 else 0


def _with_alt(character: str) -> list[Input]:
    """ESC and a character that came at once: Alt with that key. Nobody is so quick by hand."""
    if character in _ALT_IN_A_FIELD:
        return [Pressed(_ALT_IN_A_FIELD[character])]
    if character in "\r\n":
        return [Typed("\r")]
    return [Pressed(f"alt+{character.lower()}")] if character.isalnum() else []


def _moving(number: int, held: int, final: str) -> list[Input]:
    """An arrow, or another key that is no character."""
    if held & ~(_SHIFT | _ALT | _CTRL):
        return []
    if final in "~$^@":
        if number not in _TILDE_KEYS:
            return []
    elif number > 1 or final == "E":
        return []
    if held == _ALT and final in "CD":
        # As `_ALT_IN_A_FIELD`.
        held = _CTRL
    if final in "$^@":
        return [Typed(f"\x1b[{number}{final}")] if number in _RXVT_KEYS else []
    if not held:
        return [Typed(f"\x1b[{number}~" if final == "~" else f"\x1b[{final}")]
    return [Typed(f"\x1b[{number or 1};{held + 1}{final}")]


def _kitty(codes: list[int], held: int, text: list[int]) -> list[Input]:
    """A key in kitty's protocol: `codes` are the key's own, with shift, and on a US keyboard."""
    code = codes[0]
    if code in _KEYPAD_MOVES:
        move = _KEYPAD_MOVES[code]
        return _moving(int(move[0]), held & ~_LOCKS, move[1])
    if code == 27:
        return [ESCAPE]
    if code == 9 and held & _SHIFT:
        return [Typed("\x1b[Z")]
    if not held & ~_MEANS_A_LETTER:
        return _letters(codes, held, text)
    us = codes[2] if len(codes) > 2 and code > 127 else code
    others = held & ~_MEANS_A_LETTER
    if others == _CTRL and ord("a") <= us <= ord("z"):
        return characters(chr(us - ord("a") + 1))
    if others == _ALT and 0 < code < _FIRST_NO_CHARACTER:
        return _with_alt(chr(code))
    if code in {8, 127} and others == _CTRL:
        return _with_alt("\x7f")
    if code in _CONTROLS and code != 32:
        return [Typed(_CONTROLS[code])]
    # AltGr arrives as Alt and Ctrl, with the letter that it makes.
    return _letters(codes, 0, text) if text[0] and others == _ALT | _CTRL else []


def _letters(codes: list[int], held: int, text: list[int]) -> list[Input]:
    code = codes[0]
    if code in _CONTROLS:
        return [Typed(_CONTROLS[code])]
    if text[0]:
        return [each for code in text if _is_letter(code) for each in characters(chr(code))]
    if code in _KEYPAD:
        return [Typed(_KEYPAD[code])]
    if not _is_letter(code):
        return []
    letter = chr(code)
    if held & _SHIFT:
        letter = chr(codes[1]) if len(codes) > 1 and _is_letter(codes[1]) else letter.upper()
    elif held & _CAPS_LOCK:
        letter = letter.upper()
    return [Typed(each) for each in letter]


def _is_letter(code: int) -> bool:
    return (
        0x20 <= code < 0x110000
        and code != 0x7F
        and not 0xD800 <= code <= 0xDFFF
        and not _FIRST_NO_CHARACTER <= code <= _LAST_NO_CHARACTER
    )
