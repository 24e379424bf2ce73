"""Help and palette: what can be done now, and nothing else."""

from circle_tui.views import help as help_words
from circle_tui.views.action_table import Place, spec
from circle_tui.views.help import (
    HelpLine,
    HelpView,
    guide_view,
    help_sections,
    help_view,
    palette_keys,
)
from circle_tui.views.view import Action, KeyNow, Local, Request, View


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


TITLES = ("The practice", "Keys", "Commands")


def opens(view: View) -> tuple[object, str]:
    """What enter does, and its name."""
    action = view.action("open")
    assert action is not None
    return action.does, action.label


def with_cursor(cursor: int | None) -> HelpView:
    return help_view(KEYS, (), TITLES, cursor=cursor)


def test_help_ends_with_the_pages_of_the_guide() -> None:
    view = with_cursor(None)
    assert view.sections == help_sections(KEYS)
    assert view.guide is not None
    assert view.guide.title == "The guide"
    assert view.guide.lines == tuple(HelpLine(" ", title) for title in TITLES)


def test_enter_leaves_help_until_a_page_is_chosen_and_then_opens_it() -> None:
    assert opens(with_cursor(None)) == (Local.BACK, "Back")
    assert opens(with_cursor(1)) == (Local.SELECT, "Read the page")
    guide = with_cursor(1).guide
    assert guide is not None
    assert [line.sign for line in guide.lines] == [" ", "›", " "]


def test_without_pages_help_says_nothing_of_a_guide() -> None:
    assert help_view(KEYS, (), (), cursor=None).guide is None


def test_a_page_of_the_guide_says_which_it_is_and_leads_to_those_beside_it() -> None:
    def beside(page: int) -> tuple[bool, bool]:
        view = guide_view(TITLES, page=page, came_from_page=False)
        return view.action("previous") is not None, view.action("next") is not None

    view = guide_view(TITLES, page=1, came_from_page=False)
    assert view.headline == ("The guide", "Keys", "page 2 of 3")
    assert [beside(page) for page in range(3)] == [(False, True), (True, True), (True, False)]


def test_esc_goes_back_to_the_page_that_a_link_was_followed_from_and_else_to_help() -> None:
    for came_from_page, does in ((True, Local.BACK), (False, Request.BACK)):
        back = guide_view(TITLES, page=0, came_from_page=came_from_page).action("back")
        assert back is not None
        assert back.does is does
