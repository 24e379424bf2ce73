"""Every view is read line by line, by fields that it has."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from circle_tui import views
from circle_tui.core.circle.snapshot import CircleSnapshot
from circle_tui.plain.announcer import Announcer
from circle_tui.plain.spoken import headline
from circle_tui.views import line_by_line
from circle_tui.views.home import home_view
from circle_tui.views.text import CyclePlace, EndTime
from circle_tui.views.view import View
from tests.core.meetings import START, history_of

from .listener import after
from .walks import evening

ASKED_OTHERWISE = {"FirstRunView", "HelpView", "Question", "ReviewOfManyView", "VoteView"}
"""What has its own questions line by line, or can't be done there and says so."""


def kinds(of: type[View]) -> Iterator[type[View]]:
    for each in of.__subclasses__():
        yield each
        yield from kinds(each)


def test_every_view_is_read_by_fields_that_it_has() -> None:
    for module in pkgutil.iter_modules(views.__path__):
        importlib.import_module(f"{views.__name__}.{module.name}")
    there = {each.__name__: each for each in kinds(View)}
    assert {name for name, each in there.items() if "SPOKEN" in vars(each)} == (
        there.keys() - ASKED_OTHERWISE
    )
    for name, view in there.items():
        for spec in view.SPOKEN:
            for field in filter(None, (spec.field, spec.with_field, spec.label_field)):
                assert hasattr(view, field), f"{name} has no {field}"


def test_the_end_of_a_meeting_is_no_news_in_whatever_words_it_is_told() -> None:
    announcer = Announcer()
    view = View(headline=("Quay", "turn 1 of 4", EndTime("until 20:10")))
    assert announcer.enter(view, None) == ["Quay. Turn 1 of 4. Until 20:10."]
    assert (
        announcer.changes(View(headline=(*view.headline[:2], EndTime("until 20:12"))), None) == []
    )
    said = announcer.changes(View(headline=("Quay", "turn 2 of 4", EndTime("until 20:14"))), None)
    assert said == ["Turn 2 of 4. Until 20:14."]


def test_home_says_in_which_cycle_it_is_once_in_whatever_words() -> None:
    home = home_view(CircleSnapshot(history_of(), START))
    assert any(isinstance(part, CyclePlace) for part in home.headline)
    reworded = ("Quay", CyclePlace("Meeting 1, 4 go together"), "Cycle Lovers")
    assert headline(replace(home, headline=reworded)) == ("Quay", "Cycle Lovers")
    assert headline(replace(home, headline=reworded, cycle=())) == reworded


def test_another_word_asks_for_the_time_where_t_does_something_else(tmp_path: Path) -> None:
    heard = evening(tmp_path, "?", "c", "?", "q")
    assert line_by_line.time_by("t") in after(heard, "?")
    assert line_by_line.time_by("time") in after(heard, "?", 2)
