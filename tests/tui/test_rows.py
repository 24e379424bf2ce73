"""Rows in columns: what is cut where there is no room, and what isn't."""

from textual.app import App, ComposeResult

from circle_tui.tui.widgets.rows import Rows
from circle_tui.views.view import Row

MOVED = Row("", "moved to 3 Feb", "within 48 hours", name="29 Dec")
OPEN = Row("", "no other date yet", name="3 Feb")


async def lines(*rows: Row, width: int) -> list[str]:
    """What is read of these rows."""

    class Listed(App[None]):
        def compose(self) -> ComposeResult:
            yield Rows()

    app = Listed()
    async with app.run_test(size=(width, 10)) as pilot:
        app.query_one(Rows).show(rows)
        await pilot.pause()
        return [line.plain.rstrip() for line in app.query_one(Rows).render().split("\n")]


async def test_a_row_without_a_state_is_whole_where_others_have_one() -> None:
    assert await lines(MOVED, OPEN, width=40) == [
        "29 Dec  moved to 3 Feb   within 48 hours",
        "3 Feb   no other date yet",
    ]


async def test_a_row_that_is_longer_than_the_list_is_cut_with_a_sign() -> None:
    (line,) = await lines(OPEN, width=20)
    assert line == "3 Feb  no other dat…"


async def test_a_text_before_a_state_is_cut_so_that_the_state_has_its_place() -> None:
    longer = Row("", "moved to 30 January 2027", "within 48 hours", name="29 Dec")
    assert await lines(MOVED, longer, width=40) == [
        "29 Dec  moved to 3 Feb   within 48 hours",
        "29 Dec  moved to 30 Ja…  within 48 hours",
    ]
