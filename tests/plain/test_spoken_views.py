"""Every view is read line by line, by fields that it has."""

import importlib
import pkgutil
from collections.abc import Iterator

from circle_tui import views
from circle_tui.views.view import View

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
