"""The sentences of `partners`: who could work with whom.

Invariant: a suggestion always has its reason; people without a partner are told what to do.
"""

from collections.abc import Iterator, Sequence

from circle_tui.core import text

NOBODY = "Write at least two people into it."
_ALONE = "{names}: no topic in common with anyone free. Ask for one more topic each."
_NONE = "Nobody has a topic in common with someone in another circle."


def looking(people: int) -> str:
    """What is said before it takes a while."""
    return f"Looking for the best pairs among {people} people. That can take a few seconds."


def partner_lines(
    groups: Sequence[tuple[Sequence[str], Sequence[str]]], alone: Sequence[str]
) -> Iterator[str]:
    """A line for each group of names with their topics in common, then who has no partner."""
    if not groups:
        yield _NONE
    for names, topics in groups:
        yield f"{text.join_with_and(list(names))}: {', '.join(topics)}"
    if groups and alone:
        yield ""
        yield _ALONE.format(names=text.join_with_and(list(alone)))
