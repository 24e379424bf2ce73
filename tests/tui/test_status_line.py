"""The line above the keys: it is broken at blanks, and keys that it names are clicked there."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from circle_tui.tui.widgets.lines import StatusLine, wrapped
from circle_tui.views.text import Span, Text, plain

WORDS = st.text("abc語 -", max_size=12)
TEXTS = st.lists(st.builds(Span, WORDS, action_id=st.sampled_from(["", "save"])), max_size=6)


@given(TEXTS.map(tuple), st.integers(4, 40))
def test_lines_fit_and_have_all_signs_in_their_order_each_with_its_action(
    text: Text, width: int
) -> None:
    lines = list(wrapped(text, width))
    assert all(cell_len(plain(line)) <= width for line in lines)

    def signs(spans: Text) -> list[tuple[str, str]]:
        return [
            (sign, span.action_id) for span in spans for sign in span.text if not sign.isspace()
        ]

    assert [each for line in lines for each in signs(line)] == signs(text)


class OneLine(App[None]):
    """A status line, whose last word is a key."""

    CSS = "StatusLine { width: 100%; }"

    def compose(self) -> ComposeResult:
        yield StatusLine(lambda said: (Span(said), Span("Enter starts", action_id="start")))


async def test_a_key_is_found_where_it_stands_in_one_line_and_in_two() -> None:
    async with OneLine().run_test(size=(40, 5)) as pilot:
        line = pilot.app.query_one(StatusLine)
        line.set_default("When you're ready: ")
        await pilot.pause()
        for width, rows in ((40, 1), (24, 2)):
            await pilot.resize_terminal(width, 5)
            while line.outer_size.width != width:
                await pilot.pause()
            await pilot.pause()
            drawn = [line.render_line(y).text for y in range(line.size.height)]
            assert len(drawn) == rows
            y = next(at for at, each in enumerate(drawn) if "Enter starts" in each)
            start = drawn[y].index("Enter starts")
            found = [line.action_at(x, y) for x in range(width)]
            after = width - start - len("Enter starts")
            assert found == [""] * start + ["start"] * len("Enter starts") + [""] * after


async def test_a_flashed_sentence_has_a_colour_of_its_own_as_long_as_it_is_shown() -> None:
    async with OneLine().run_test(size=(40, 5)) as pilot:
        line = pilot.app.query_one(StatusLine)

        def colours() -> set[object]:
            [strip] = line.render_lines(line.region.reset_offset)
            return {segment.style.color for segment in strip if segment.style}

        line.set_default("Ready? ")
        await pilot.pause()
        [usual] = colours()
        line.flash("Saved.")
        await pilot.pause()
        [flashed] = colours()
        line.clear()
        await pilot.pause()
        assert flashed != usual
        assert colours() == {usual}
