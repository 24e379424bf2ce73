"""Text that somebody types, pastes or writes into a file in order to break something.

Invariant: one list, for every place where words enter and every place where they are shown.
"""

import unicodedata

TEXTS = {
    "markup": "[red]Ann[/red] [b",
    "closing markup": "Bob[/]",
    "an action": "[@click=app.quit]Cy[/]",
    "a link": "[link=file:///etc/passwd]Dee[/link]",
    "templates": "{x} %s %n $primary ${HOME} `id` \\[b] \\n",
    "a formula": "=1+1",
    "a path": "../../etc/passwd",
    "json": '"}, "2": {"x": "',
    "colours": "\x1b[31mred\x1b[0m",
    "a title": "\x1b]0;OWNED\x07title",
    "an erased screen": "\x1b[2J\x1b[Hgone",
    "an answer asked for": "\x1b[6n\x1bP$q m\x1b\\asked",
    "a clipboard": "\x1b]52;c;T1dORUQ=\x07clip",
    "colours in eight bits": "\x9b31mred",
    "a title in eight bits": "\x9d0;OWNED\x9ctitle",
    "nothing": "a\x00b",
    "a bell": "a\x07b",
    "steps back": "abc\x08\x08\x7fd",
    "lines": "one\rtwo\nthree\r\nfour\x85five\u2028six\u2029seven\x0beight",
    "tabs": "a\tb",
    "an override": "\u202egnirts\u202c",
    "an isolate": "\u2066a\u2069\u200e\u200f\u061cb",
    "half a character": "a\ud800b\udfffc",
    "no width": "a\u200b\u200c\u2060\ufeff\u00adb",
    "joiners": "\u200da\u200d\u200db\u200d",
    "tags": "a\U000e0041\U000e007fb",
    "private letters": "a\ue000\U000f0000b\uffff",
    "blank letters": "\u3164\uffa0",
    "a storm of accents": "a" + "\u0301\u0323\u0489" * 60,
    "accents alone": "\u0301" * 300,
    "emoji": "\U0001f469\u200d\U0001f680 \u2764\ufe0f \U0001f1e9\U0001f1ea",
    "right to left": "\u05d3\u05e0\u05d4 \u0645\u0631\u064a\u0645",
    "wide": "\u6f22" * 300,
    "long": "x" * 1_000_000,
    "long and hostile": "\x1b[31m\u202e" * 200_000,
    "long without an end": "\u0301" * 1_000_000,
}

HARMFUL = ("Cc", "Cf", "Cs", "Co", "Cn")


def is_harmless(shown: str) -> bool:
    """Whether nothing in it moves a cursor, turns a line round, or asks a terminal for anything."""
    return all(
        each == "\u200d" or unicodedata.category(each) not in HARMFUL
        for line in shown.split("\n")
        for each in line
    )


def is_one_sentence(said: str) -> bool:
    """Whether it is one line for people, which begins and ends like one."""
    return is_harmless(said) and "\n" not in said and said.endswith(".") and "Traceback" not in said
