"""What a circle passes up, on its screen and in the exported page."""

import pytest
from markdown_it import MarkdownIt
from msgspec.structs import replace

from circle_tui.core.attendance.figures import read_range
from circle_tui.core.circle import passing_up
from circle_tui.core.circle.record import PassedUp
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.core.circle.state import CircleState
from circle_tui.core.errors import RuleError
from circle_tui.views import after_meeting, home
from circle_tui.views import passing_up as views
from circle_tui.views.view import Request, Row
from tests.core.meetings import START, circle_of, commitments_of, history_of, record

from .reader import read


def circle_that_met(**circle: object) -> CircleState:
    made = commitments_of(("m2", "I write"), ("m1", "I run"))
    return history_of([record(1, made=made)], circle_of(3, passes_up=True, **circle))


def rows(state: CircleState) -> tuple[Row, ...]:
    return views.passing_up_view(CircleSnapshot(state, START), cursor=0, asking=False).rows


def view_of(state: CircleState) -> str:
    return read(views.passing_up_view(CircleSnapshot(state, START), cursor=0, asking=False))


def test_each_line_shows_whether_it_is_passed_up_and_starts_as_not() -> None:
    assert [row.state for row in rows(circle_that_met())] == ["stays here", "stays here"]
    state = passing_up.switch(circle_that_met(), START, "meeting-1", "c1")
    assert [row.state for row in rows(state)] == ["stays here", "goes up"]


def test_without_lines_the_screen_says_how_to_write_one() -> None:
    state = history_of([record(1)], circle_of(3, passes_up=True))
    assert views.NOTHING in view_of(state)


def test_passing_up_is_offered_only_if_the_circle_wants_it() -> None:
    off = replace(circle_that_met(), circle=replace(circle_that_met().circle, passes_up=False))
    assert after_meeting.after_meeting(circle_that_met(), START).place is Request.PASSING_UP
    assert after_meeting.after_meeting(off, START).place is Request.HOME
    at_home = [
        home.home_view(CircleSnapshot(state, START)).action("passing_up")
        for state in (circle_that_met(), off)
    ]
    assert at_home[0] is not None
    assert at_home[1] is None


def exported_page(*passed: PassedUp, name: str = "Harbour") -> str:
    state = circle_that_met(name=name)
    records = (replace(state.records[0], passed_up=passed),)
    return views.shared_page(replace(state, records=records))


def test_only_lines_that_were_switched_on_are_exported() -> None:
    said = exported_page(PassedUp("own", "We are six"), PassedUp("c2", "I run", "m1"))
    assert said == (
        "# From Harbour\n\n## 5 March 2026\n\n- Ada: I run\n- From all of us: We are six\n"
    )
    for word in ("I write", "Ben", "present"):
        assert word not in said


def test_any_words_are_exported_as_plain_text() -> None:
    mean = "[x](http://evil) <b> *a* 1. # | `"
    said = exported_page(PassedUp("own", mean), PassedUp("c2", mean, "m1"), name="# Har*bour* <i>")
    tokens = MarkdownIt("commonmark").enable("table").parse(said)
    kinds = {each.type.removesuffix("_open").removesuffix("_close") for each in tokens}
    assert kinds == {"heading", "inline", "bullet_list", "list_item", "paragraph"}
    inside = [part for each in tokens for part in each.children or []]
    assert {part.type for part in inside} <= {"text", "text_special"}
    texts = ["".join(part.content for part in each.children or []) for each in tokens]
    assert f"From all of us: {mean}" in texts
    assert "From # Har*bour* <i>" in texts


def test_days_choose_the_meetings_and_without_days_the_last_one_with_lines_is_exported() -> None:
    own = PassedUp("own", "First"), PassedUp("own", "Second")
    records = tuple(
        replace(record(number), passed_up=(line,)) for number, line in enumerate(own, 1)
    )
    state = replace(circle_that_met(), records=(*records, record(3)))
    assert "First" not in views.shared_page(state)
    assert "Second" in views.shared_page(state)
    both = views.shared_page(state, read_range("2026-03-01", "2026-04-30"))
    assert both.index("First") < both.index("Second")
    with pytest.raises(RuleError, match="passed nothing up on those days"):
        views.shared_page(state, read_range("2026-05-01", None))
    with pytest.raises(RuleError, match=r"passed nothing up yet|passes nothing up"):
        views.shared_page(circle_that_met())
