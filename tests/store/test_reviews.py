"""Whatever may be kept of a circle can be reviewed in every form, or is one line that says why."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from circle_tui.core.attendance import ALWAYS, Range
from circle_tui.core.history import History
from circle_tui.reviews import Reviewed, reviews
from circle_tui.share.headless import FORMS
from circle_tui.share.people import order_of
from circle_tui.store import storage, tables
from circle_tui.store.facts_file import Unread

from .conftest import NOW
from .histories import HISTORIES

RANGES = st.just(ALWAYS) | st.builds(
    lambda days: Range(*sorted(days)), st.tuples(st.dates(), st.dates())
)


def test_any_history_has_every_form(tmp_path: Path, full: bool) -> None:
    path = tmp_path / "any.json"
    seen = set()

    @settings(
        derandomize=True,
        database=None,
        deadline=None,
        max_examples=2000 if full else 60,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(history=HISTORIES, within=RANGES, seats=st.booleans())
    def has_every_form(history: History, within: Range, seats: bool) -> None:
        path.unlink(missing_ok=True)
        storage.write_new(path, tables.merged({}, history))
        found = list(reviews([path], NOW, within))
        said = {name: "".join(form(found, within, order_of(seats))) for name, form in FORMS.items()}
        seen.add(type(found[0]))
        told = json.loads(said["json"])
        assert len(told["circles"]) + len(told["unreadable"]) == 1
        for row in csv.DictReader(io.StringIO(said["csv"], newline="")):
            assert None not in row
            assert None not in row.values()
        assert ElementTree.fromstring(said["svg"]) is not None
        for each in found:
            name = each.path.name if isinstance(each, Unread) else each.review.circle.name
            assert name in said["text"]

    has_every_form()
    assert seen == {Reviewed, Unread}
