"""Help and palette: what can be done now, and nothing else."""

from circle_tui.views import help as help_words
from circle_tui.views.action_table import Place, spec
from circle_tui.views.help import HelpLine, help_sections, palette_keys
from circle_tui.views.view import Action, KeyNow, Local


def key(place: Place, action_id: str, key: str, shown: str, why_not: str | None = None) -> KeyNow:
    row = spec(place, action_id)
    return KeyNow(key, shown, Action(row, Local.BACK, row.label, why_not))


KEYS = (
    key(Place.SHARE, "finish", "enter", "enter"),
    key(Place.SHARE, "finish", "n", "n"),
    key(Place.SHARE, "longer", "plus", "+", "An hour is the longest share."),
    key(Place.GATHERING, "previous", "up", "↑"),
    key(Place.EVERYWHERE, "palette", "ctrl+p", ":"),
    key(Place.EVERYWHERE, "palette", "colon", ":"),
)


def test_each_action_is_listed_once_with_all_its_keys() -> None:
    (works,) = help_sections(KEYS)
    assert works.title == "Keys that work now"
    assert works.lines == (
        HelpLine("enter n", "Finish"),
        HelpLine("↑", "Choose"),
        HelpLine(":", "Palette"),
    )


def test_signs_have_a_section_of_their_own_where_there_are_any() -> None:
    _, signs = help_sections(KEYS, [("●", "came")])
    assert signs.title == "Signs"
    assert signs.lines == (HelpLine("●", "came"),)


def test_the_palette_offers_what_can_be_done_and_is_worth_searching_for() -> None:
    assert [each.action.label for each in palette_keys(KEYS)] == ["Finish"]
    assert palette_keys(KEYS)[0].shown == "enter"


def test_the_two_looks_have_their_names() -> None:
    assert {help_words.look(dark=True), help_words.look(dark=False)} == {
        "Look: dark",
        "Look: light",
    }
