"""Other readings of an unbound key: Caps Lock, another keyboard layout, a wide form.

Invariant: these readings are tried only for a key that nothing on the screen is bound to, and never
in a field. So `U` is always redo, even with Caps Lock on: a key that sometimes undoes and sometimes
redoes would be worse than a sentence that asks about Caps Lock.
"""

import unicodedata

_US = "qwertyuiopasdfghjklzxcvbnm"
_SAME_PLACES = (
    ("йцукенгшщзфывапролдячсмить", _US),  # Russian
    ("іў", "so"),  # Ukrainian and Belarusian, where they differ
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", _US[1:]),  # Greek
    ("קראטוןםפשדגכעיחלךזסבהנמצ", "ertyuiopasdfghjklzxcvbnm"),  # Hebrew
    ("ضصثقفغعهخحشسيبلاتنمئءؤرىة", "qwertyuiopasdfghjklzxcvnm"),  # Arabic
    ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", _US),  # Korean
    ("&é\"'(-è_ç", "123456789"),  # French, whose digits need shift
    ("ěščřžýáí", "23456789"),  # Czech, too
    ("؟", "?"),
)
_PLACE = {
    character: there
    for characters, places in _SAME_PLACES
    for character, there in zip(characters, places, strict=True)
}


def other_readings(character: str) -> tuple[str, ...]:
    """The characters that may have been meant instead, the likeliest first."""
    readings: dict[str, None] = {}
    # By position first, because the normal form of a Korean letter is another letter.
    lower = character.lower()
    forms = (character, lower, unicodedata.normalize("NFKC", character))
    if character.isdecimal():
        readings[str(unicodedata.decimal(character))] = None
    for form in (*forms, forms[-1].lower()):
        readings[form] = None
        if form in _PLACE:
            readings[_PLACE[form]] = None
    readings.pop(character, None)
    return tuple(each for each in readings if len(each) == 1)


def why_unknown(character: str) -> str | None:
    """What may be wrong with the keyboard, as a sentence; None if nothing seems to be."""
    if character.isalpha() and character.isascii():
        return "Is Caps Lock on?" if character.isupper() else None
    if character.isalpha() or unicodedata.normalize("NFKC", character) != character:
        return "Is the keyboard on another layout?"
    return None
