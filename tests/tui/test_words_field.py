"""The field for words: as tall as they are, and one paragraph whatever is pasted."""

from typing import ClassVar

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea

from circle_tui.tui.widgets.prompt import Prompt, WordsEntered, WordsTyped
from circle_tui.tui.widgets.words_field import TextAreaOfApp


class OnePrompt(App[None]):
    """A prompt and nothing else, and what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.entered: list[str] = []
        self.typed: list[str] = []

    def compose(self) -> ComposeResult:
        yield Prompt()

    def on_words_entered(self, event: WordsEntered) -> None:
        """Not reached: the prompt takes it."""
        raise AssertionError(event.value)

    def on_words_typed(self, event: WordsTyped) -> None:
        self.typed.append(event.value)


async def test_long_words_take_several_lines_and_enter_hands_all_of_them_over() -> None:
    app = OnePrompt()
    async with app.run_test(size=(40, 12)) as pilot:
        prompt = app.query_one(Prompt)
        prompt.ask("What will you do?", app.entered.append)
        await pilot.pause()
        assert prompt.field.size.height == 1
        words = "I call the three clients I have put off since the spring"
        await pilot.press(*("space" if each == " " else each for each in words))
        await pilot.pause()
        assert prompt.field.size.height == 2
        await pilot.press("enter")
        assert app.entered == [words]
        assert app.typed[-1] == words


async def test_lines_pasted_at_once_become_one() -> None:
    app = OnePrompt()
    async with app.run_test() as pilot:
        prompt = app.query_one(Prompt)
        prompt.ask("What will you do?", app.entered.append)
        await pilot.pause()
        prompt.field.post_message(events.Paste("I call\n  the client\r\n"))
        await pilot.pause()
        assert prompt.field.value == "I call the client"


async def test_typing_replaces_what_was_there_and_goes_on_after_a_draft() -> None:
    app = OnePrompt()
    async with app.run_test() as pilot:
        prompt = app.query_one(Prompt)
        prompt.ask("Which words?", app.entered.append, "Read")
        await pilot.press("w")
        assert prompt.field.value == "w"
        prompt.ask("Which words?", app.entered.append, "Read", draft="Rest")
        await pilot.press("s")
        assert prompt.field.value == "Rests"


async def test_ctrl_u_and_ctrl_k_delete_over_every_line_that_long_words_take() -> None:
    app = OnePrompt()
    async with app.run_test(size=(40, 12)) as pilot:
        prompt = app.query_one(Prompt)
        prompt.ask("What will you do?", app.entered.append, draft="a word " * 15 + "end")
        await pilot.press(*["left"] * 3, "ctrl+u")
        assert prompt.field.value == "end"
        prompt.ask("What will you do?", app.entered.append, draft="end" + " a word" * 15)
        prompt.field.move_cursor((0, 3))
        await pilot.press("ctrl+k")
        assert prompt.field.value == "end"


async def test_ctrl_z_and_ctrl_y_are_left_to_the_app() -> None:
    class Suspending(OnePrompt):
        BINDINGS: ClassVar[list[BindingType]] = [
            ("ctrl+z", "note('z')", "Z"),
            ("ctrl+y", "note('y')", "Y"),
        ]

        def action_note(self, key: str) -> None:
            self.entered.append(key)

    app = Suspending()
    async with app.run_test() as pilot:
        prompt = app.query_one(Prompt)
        prompt.ask("What will you do?", app.entered.append)
        await pilot.press("a", "ctrl+z", "ctrl+y")
        assert app.entered == ["z", "y"]
        assert prompt.field.value == "a"


def test_a_field_has_every_other_key_of_a_text_area() -> None:
    def keys(field: type[TextArea]) -> set[tuple[str, str]]:
        made = Binding.make_bindings(field.BINDINGS)
        return {(each.key, each.action) for each in made}

    left_out = {action for _, action in keys(TextArea) - keys(TextAreaOfApp)}
    assert left_out == {"undo", "redo"}
    assert keys(TextAreaOfApp) < keys(TextArea)
