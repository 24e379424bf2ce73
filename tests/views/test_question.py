"""The words of a question that one key answers."""

from circle_tui.core.errors import AmbiguousError
from circle_tui.views import question
from circle_tui.views.view import Answer, Intent, Local

from .actions import intents


def _by_key(asked: question.Question) -> list[tuple[str, Intent]]:
    return [(key, each.does) for each in asked.actions for key in each.spec.keys]


def lines(asked: question.Question) -> list[str]:
    """The answers, each with its key."""
    return [f"{answer.name} {answer.text}" for answer in asked.answers]


def test_each_answer_has_a_digit_and_esc_goes_back() -> None:
    asked = question.ask("Tea or water?", "Tea", "Water", "Neither")
    assert lines(asked) == ["1 Tea", "2 Water", "3 Neither"]
    assert asked.status == "Press 1, 2 or 3 · Esc goes back"
    assert intents(asked) == {
        "answer_1": Answer(1), "answer_2": Answer(2), "answer_3": Answer(3),
        "back": Local.BACK, "help": Local.HELP,
    }  # fmt: skip


def test_a_single_answer_is_not_listed() -> None:
    assert question.ask("Is it?", "It is").status == "Press 1 · Esc goes back"


def test_an_accidental_enter_answers_nothing() -> None:
    answers = {key for key, does in _by_key(question.ask("?", "a")) if isinstance(does, Answer)}
    assert answers == {"1"}


def test_an_ambiguous_input_is_asked_about_with_its_readings() -> None:
    asked = question.which_reading(AmbiguousError("Write it so.", ("a 1", "b 2"), "x" * 60))
    assert asked.asked == f"What do you mean by “{'x' * 23}…”?"
    assert lines(asked) == ["1 a 1", "2 b 2"]
    assert asked.status.endswith("Esc goes back to what you typed")


def test_there_are_at_most_as_many_answers_as_digits() -> None:
    many = tuple(f"reading {number}" for number in range(20))
    asked = question.which_reading(AmbiguousError("Write it so.", many, "1/2"))
    assert len(asked.answers) == 9
    assert [does for _, does in _by_key(asked) if isinstance(does, Answer)] == [
        Answer(number) for number in range(1, 10)
    ]
