"""What goes up, as the screen says it and as it's written out."""

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


def met(**circle: object) -> CircleState:
    made = commitments_of(("m2", "I write"), ("m1", "I run"))
    return history_of([record(1, made=made)], circle_of(3, passes_up=True, **circle))


def rows(state: CircleState) -> tuple[Row, ...]:
    return views.passing_up_view(CircleSnapshot(state, START), cursor=0, asking=False).rows


def shown(state: CircleState) -> str:
    return read(views.passing_up_view(CircleSnapshot(state, START), cursor=0, asking=False))


def test_each_line_says_whether_it_goes_up_and_begins_as_staying() -> None:
    assert [row.state for row in rows(met())] == ["stays here", "stays here"]
    state = passing_up.switch(met(), START, "meeting-1", "c1")
    assert [row.state for row in rows(state)] == ["stays here", "goes up"]


def test_without_a_line_it_says_how_to_write_one() -> None:
    state = history_of([record(1)], circle_of(3, passes_up=True))
    assert views.NOTHING in shown(state)


def test_it_comes_after_a_meeting_and_is_at_home_only_where_the_circle_wants_it() -> None:
    off = replace(met(), circle=replace(met().circle, passes_up=False))
    assert after_meeting.after_meeting(met(), START).place is Request.PASSING_UP
    assert after_meeting.after_meeting(off, START).place is Request.HOME
    at_home = [
        home.home_view(CircleSnapshot(state, START)).action("passing_up") for state in (met(), off)
    ]
    assert at_home[0] is not None
    assert at_home[1] is None


def page(*passed: PassedUp, name: str = "Harbour") -> str:
    state = met(name=name)
    records = (replace(state.records[0], passed_up=passed),)
    return views.shared_page(replace(state, records=records))


def test_only_what_was_switched_on_is_written_out() -> None:
    said = page(PassedUp("own", "We are six"), PassedUp("c2", "I run", "m1"))
    assert said == ("# From Harbour\n\n## 5 March 2026\n\n- Ada: I run\n- From all: We are six\n")
    for word in ("I write", "Ben", "present"):
        assert word not in said


def test_words_of_any_kind_are_words_for_another_reader() -> None:
    mean = "[x](http://evil) <b> *a* 1. # | `"
    said = page(PassedUp("own", mean), PassedUp("c2", mean, "m1"), name="# Har*bour* <i>")
    tokens = MarkdownIt("commonmark").enable("table").parse(said)
    kinds = {each.type.removesuffix("_open").removesuffix("_close") for each in tokens}
    assert kinds == {"heading", "inline", "bullet_list", "list_item", "paragraph"}
    inside = [part for each in tokens for part in each.children or []]
    assert {part.type for part in inside} <= {"text", "text_special"}
    texts = ["".join(part.content for part in each.children or []) for each in tokens]
    assert f"From all: {mean}" in texts
    assert "From # Har*bour* <i>" in texts


def test_days_choose_meetings_and_without_them_it_is_the_last_that_passed_something() -> None:
    own = PassedUp("own", "First"), PassedUp("own", "Second")
    records = tuple(
        replace(record(number), passed_up=(line,)) for number, line in enumerate(own, 1)
    )
    state = replace(met(), records=(*records, record(3)))
    assert "First" not in views.shared_page(state)
    assert "Second" in views.shared_page(state)
    both = views.shared_page(state, read_range("2026-03-01", "2026-04-30"))
    assert both.index("First") < both.index("Second")
    with pytest.raises(RuleError, match="Nothing was passed up"):
        views.shared_page(state, read_range("2026-05-01", None))
    with pytest.raises(RuleError, match="Nothing was passed up"):
        views.shared_page(met())
