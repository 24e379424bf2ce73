"""Finds a member or a circle by a typed name.

Invariant: case never matters; accents, apostrophes and hyphens do not matter if only one name can
be meant. A whole name wins over the beginning of a longer one. An ambiguous name is refused with a
sentence that lists the choices.
"""

import unicodedata
from collections.abc import Iterable, Sequence

from circle_tui.core import text
from circle_tui.core.circle.circle import Circle
from circle_tui.core.errors import RuleError

_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼ`´′＇ʻʹ"))
_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—−"), " ")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not decompose into a base letter and an accent."""


def _without_signs(name: str) -> str:
    """A name without capitals, apostrophes and hyphens, of which keyboards have several."""
    return text.clean(text.clean(name).casefold().translate(_APOSTROPHES | _HYPHENS))


def without_accents(name: str) -> str:
    """A name without accents, too, so that any keyboard can type it."""
    parts = unicodedata.normalize("NFKD", _without_signs(name))
    letters = "".join(each for each in parts if not unicodedata.combining(each))
    return text.clean(letters.translate(_LETTERS))


def matching_names(typed: str, names: Sequence[str]) -> tuple[int, ...]:
    """The indexes of the `names` that `typed` may mean: whole names, or else beginnings."""
    whole = _at([name.casefold() for name in names], text.clean(typed).casefold(), whole=True)
    sought, plain = _without_signs(typed), without_accents(typed)
    if whole or not plain:
        return whole
    begun = _at([_without_signs(name) for name in names], sought)
    plainly = [without_accents(name) for name in names]
    if whole := _at(plainly, plain, whole=True):
        # “Jose” may be José, or the beginning of Josef.
        return tuple(sorted({*whole, *begun}))
    # Whoever types an accent means it, where there is one.
    return begun if begun and plain != sought else _at(plainly, plain)


def _at(names: Sequence[str], sought: str, *, whole: bool = False) -> tuple[int, ...]:
    """The indexes of the names that begin with `sought`; with `whole`, that are equal to it."""
    return tuple(
        at
        for at, name in enumerate(names)
        if (name == sought if whole else name.startswith(sought))
    )


def unambiguous_match(typed: str, names: Sequence[str]) -> tuple[int, ...]:
    """The index of the one name that `typed` may mean; several if people share that name.

    Raises `RuleError` with the names to choose from.
    """
    found = matching_names(typed, names)
    meant = {names[at].casefold() for at in found}
    if not found:
        raise RuleError(
            f"Nobody here is called “{text.shorten(typed)}”: there are {_listed(names)}."
        )
    if len(meant) > 1:
        one_of = _listed(names[at] for at in found)
        raise RuleError(f"“{text.shorten(typed)}” may be any of {one_of}: write more of the name.")
    return found


def same_circle(circle: Circle, others: Iterable[Circle]) -> Circle | None:
    """A circle of the same name and people among `others`, whatever their order; else None."""
    sought = _who(circle)
    return next((other for other in others if _who(other) == sought), None)


def _who(circle: Circle) -> tuple[str, frozenset[str]]:
    """What people tell two circles apart by: the name and the members' names."""
    return without_accents(circle.name), frozenset(
        without_accents(member.name) for member in circle.members if member.left is None
    )


def _listed(names: Iterable[str]) -> str:
    """Each name once, in order: "Maya, Tom and Lena"."""
    return text.join_with_and(list(dict.fromkeys(names)))
