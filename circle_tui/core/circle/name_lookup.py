"""Who is meant by a name that somebody typed.

Invariant: capitals make no difference; a whole name is meant before the beginning of a longer
one. Who is meant is never guessed: where it is not clear, a sentence names the choice.
"""

from collections.abc import Iterable, Sequence

from circle_tui.core import text
from circle_tui.core.errors import RuleError


def called(typed: str, names: Sequence[str]) -> tuple[int, ...]:
    """Where in `names` those stand who can be meant, by the whole name or else its beginning."""
    sought = text.clean(typed).casefold()
    folded = [name.casefold() for name in names]
    whole = tuple(at for at, name in enumerate(folded) if name == sought)
    if whole or not sought:
        return whole
    return tuple(at for at, name in enumerate(folded) if name.startswith(sought))


def the_one_called(typed: str, names: Sequence[str]) -> tuple[int, ...]:
    """Where the one name that is meant stands, once for each of its bearers.

    Raises `RuleError` with the names to choose from.
    """
    found = called(typed, names)
    meant = {names[at].casefold() for at in found}
    if not found:
        raise RuleError(f"Nobody here is called “{text.brief(typed)}”: there are {_listed(names)}.")
    if len(meant) > 1:
        one_of = _listed(names[at] for at in found)
        raise RuleError(f"“{text.brief(typed)}” may be any of {one_of}: write more of the name.")
    return found


def _listed(names: Iterable[str]) -> str:
    """Each name once, in order: "Maya, Tom and Lena"."""
    return text.listed(list(dict.fromkeys(names)))
