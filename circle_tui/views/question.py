"""A question that is answered with one key, above the screen that asks it.

Invariant: only a digit answers it, so that pressing enter once too often does not.
"""

from circle_tui.core.errors import AmbiguousError
from circle_tui.core.text import shorten
from circle_tui.views.action_table import TABLE, Place
from circle_tui.views.view import Answer, Intent, Local, Row, View, offered

_ANSWERS_AT_MOST = 9


class Question(View, frozen=True, kw_only=True):
    """The question and its answers, each with the digit that chooses it."""

    asked: str
    answers: tuple[Row, ...]


def ask(sentence: str, *answers: str, leaves: str = "Esc goes back") -> Question:
    """A question and its answers; `leaves` is what esc does."""
    answers = answers[:_ANSWERS_AT_MOST]
    keys = [str(number) for number in range(1, len(answers) + 1)]
    offers: dict[str, Intent] = {f"answer_{key}": Answer(int(key)) for key in keys}
    return Question(
        headline=("",),
        status=f"Press {_listed(keys)} · {leaves}",
        actions=offered(TABLE[Place.QUESTION], {**offers, "back": Local.BACK, "help": Local.HELP}),
        asked=sentence,
        answers=tuple(Row("", answer, name=key) for key, answer in zip(keys, answers, strict=True)),
    )


def which_reading(asked: AmbiguousError, *answers: str) -> Question:
    """The question which reading of a typed text is meant; `answers` replace the readings."""
    return ask(
        f"What do you mean by “{shorten(asked.typed)}”?",
        *(answers or asked.readings),
        leaves="Esc goes back to what you typed",
    )


def _listed(keys: list[str]) -> str:
    """As in "1", "1 or 2", "1, 2 or 3"."""
    return " or ".join(filter(None, (", ".join(keys[:-1]), keys[-1])))
