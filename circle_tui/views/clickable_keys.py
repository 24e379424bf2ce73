"""The keys that a status line names, so that they can be clicked there as well.

Invariant: the line reads as before. Only what names the key of an action that can be done now is
clickable; a letter that is a word, as "a", is a key only where a sentence about it begins.
"""

import re
from collections.abc import Iterable

from circle_tui.views.key_names import key_name
from circle_tui.views.text import Span, Text, clickable
from circle_tui.views.view import Action

_NAMED = re.compile(
    r"(?:^|(?<=· )|(?<=[.:?,] )|(?<=[Tt]hen )|(?<=[Pp]ress )|(?<=\n))"
    r"(Enter|Esc|Space|Tab|tab|[b-z]|a(?= (?:if|to|when|the same)\b)|[-+=<>?/])"
    r" [a-z][^·.:,?\n]*(?<! )"
)
"""A key and what it does, up to the end of its part of the sentence."""


def with_clickable_keys(sentence: str, actions: Iterable[Action]) -> Text:
    """`sentence`, in which what is said of a key does that key's action when it's clicked."""
    spans: list[Span] = []
    end = 0
    ids: dict[str, str] = {}
    for found in _NAMED.finditer(sentence):
        # Most sentences name no key.
        ids = ids or _ids_by_key(actions)
        action_id = ids.get(found[1].casefold())
        if action_id is not None:
            if end < found.start():
                spans.append(Span(sentence[end : found.start()]))
            spans += clickable(action_id, found[0])
            end = found.end()
    return (*spans, Span(sentence[end:])) if end < len(sentence) else tuple(spans)


def _ids_by_key(actions: Iterable[Action]) -> dict[str, str]:
    """The actions that can be done now, by how their keys are named."""
    ids: dict[str, str] = {}
    for action in actions:
        if action.disabled_reason is None:
            for name in (action.spec.key_label, *map(key_name, action.spec.keys)):
                ids.setdefault(name, action.spec.id)
    return ids
