"""Help and palette list what can be done now, and nothing else."""

from circle_tui.views import help as help_words
from circle_tui.views.action_table import Place, spec
from circle_tui.views.help import (
    HelpLine,
    HelpSection,
    HelpView,
    guide_view,
    help_sections,
    help_view,
    palette_keys,
    palette_view,
)
from circle_tui.views.presenters.help import HelpPresenter
from circle_tui.views.view import Action, AvailableKey, Local, Request, View


def key(
    place: Place, action_id: str, key: str, shown: str, why_not: str | None = None
) -> AvailableKey:
    row = spec(place, action_id)
    return AvailableKey(key, shown, Action(row, Local.BACK, row.label, why_not))


KEYS = (
    key(Place.SHARE, "finish", "enter", "enter"),
    key(Place.SHARE, "finish", "n", "n"),
    key(Place.SHARE, "longer", "plus", "+", "An hour is the longest share."),
    key(Place.GATHERING, "previous", "up", "↑"),
    key(Place.EVERYWHERE, "palette", "ctrl+p", ":"),
    key(Place.EVERYWHERE, "palette", "colon", ":"),
)


def lines(title: str, sections: tuple[HelpSection, ...]) -> list[tuple[str, str]]:
    """The signs and meanings of one section; empty if the section is missing."""
    return [
        (line.sign, line.means)
        for section in sections
        if section.title == title
        for line in section.lines
    ]


def test_the_keys_that_work_now_come_first_each_action_once_with_all_its_keys() -> None:
    works = help_sections(KEYS)[0]
    assert works.title == help_words.NOW
    assert lines(help_words.NOW, (works,)) == [
        ("enter n", "Finish"),
        ("↑", "Choose"),
        (":", "Search commands"),
    ]


def test_the_keys_of_all_other_places_follow_with_the_place_they_work_in() -> None:
    other = help_sections(KEYS)[-1]
    assert other.title == help_words.ALL_KEYS
    assert any((line.sign, line.place) == ("v", "home") for line in other.lines)
    hold = spec(Place.SHARE, "hold").label
    assert any((line.means, line.place) == (hold, Place.SHARE.value) for line in other.lines)
    assert not any(line.means == "Search commands" for line in other.lines)
    assert all(line.place and not line.action_id for line in other.lines)


def test_signs_have_a_section_if_there_are_any() -> None:
    assert lines(help_words.SIGNS, help_sections(KEYS, [("●", "came")])) == [("●", "came")]
    assert help_words.SIGNS not in [section.title for section in help_sections(KEYS)]


def test_the_palette_lists_possible_actions_except_trivial_ones() -> None:
    assert [each.action.label for each in palette_keys(KEYS)] == ["Finish"]
    assert palette_keys(KEYS)[0].shown == "enter"


def test_the_palette_says_its_own_keys_with_help_among_them() -> None:
    assert [action.label for action in palette_view().actions] == ["Choose"] * 2 + [
        *("Run", "Back", "Help"),
    ]


def test_the_palette_finds_the_themes_by_that_word() -> None:
    assert help_words.theme_name(dark=True) == "Theme: dark"
    assert help_words.theme_name(dark=False) == "Theme: light"


TITLES = ("The practice", "Keys", "Commands")


def opens(view: View) -> tuple[object, str]:
    """The name of what enter does, and what it does."""
    action = view.action("open")
    assert action is not None
    return action.does, action.label


def help_with(cursor: int | None = None, search: str = "") -> HelpView:
    return help_view(KEYS, [("●", "came")], TITLES, cursor=cursor, search=search)


def test_help_lists_the_guides_pages_with_numbers() -> None:
    (guide,) = (section for section in help_with().sections if section.title == help_words.GUIDE)
    assert [(line.means, line.page) for line in guide.lines] == list(
        zip(TITLES, range(3), strict=True)
    )
    assert help_words.GUIDE not in [each.title for each in help_view(KEYS, (), ()).sections]


def test_enter_leaves_help_until_something_is_chosen_and_then_runs_or_opens_it() -> None:
    assert opens(help_with()) == (Local.BACK, "Back")
    assert opens(help_with(0)) == (Local.SELECT, "Run")
    assert help_with(0).chosen == HelpLine("enter n", "Finish", action_id="finish")
    assert opens(help_with(4)) == (Local.SELECT, "Read the page")
    assert help_with(4).chosen == HelpLine("", "The practice", page=0)


def test_the_footer_says_once_how_to_leave_help() -> None:
    shown = [
        action.label
        for action in help_with().actions
        if action.spec.in_footer or action.spec.in_spare_room
    ]
    assert shown.count("Back") == 1


def test_choosing_a_sign_or_a_key_of_another_place_says_why_it_does_not_run() -> None:
    sign, other = (
        help_with(3).action("open"),
        help_with(search="settings home").action("open"),
    )
    assert sign is not None
    assert sign.disabled_reason == "That's a sign on the screen, not a key."
    chosen = help_with(0, "settings home").action("open")
    assert chosen is not None
    assert other is not None
    assert chosen.disabled_reason == "That key works on another screen: home."


def test_the_search_finds_keys_signs_and_pages_by_all_typed_words() -> None:
    def found(search: str) -> list[str]:
        return [
            line.means for section in help_with(search=search).sections for line in section.lines
        ]

    assert found("FIN")[0] == "Finish"
    assert found("came signs") == ["came"]
    assert found("guide comm") == ["Commands"]
    assert "Settings" in found("sett")
    assert found("zzz") == []
    assert help_with(0, "zzz").status == "Nothing found for “zzz”. Esc clears the search."
    assert help_with(0, "zzz").chosen is None


def test_esc_clears_the_search_before_it_leaves() -> None:
    def back(search: str) -> object:
        action = help_with(search=search).action("back")
        assert action is not None
        return action.does

    assert (back("fin"), back("")) == (Local.SHOW_ALL, Local.BACK)


def test_a_guide_page_shows_its_number_and_leads_to_its_neighbours() -> None:
    def beside(page: int) -> tuple[bool, bool]:
        view = guide_view(TITLES, page=page, came_from_page=False)
        return view.action("previous") is not None, view.action("next") is not None

    view = guide_view(TITLES, page=1, came_from_page=False)
    assert view.headline == ("The guide", "Keys", "page 2 of 3")
    assert [beside(page) for page in range(3)] == [(False, True), (True, True), (True, False)]


def test_esc_goes_back_to_the_page_with_the_link_or_to_help() -> None:
    for came_from_page, does in ((True, Local.BACK), (False, Request.BACK)):
        back = guide_view(TITLES, page=0, came_from_page=came_from_page).action("back")
        assert back is not None
        assert back.does is does


# What is searched for, and the line that is chosen


def open_help() -> HelpPresenter:
    return HelpPresenter(KEYS, (("●", "came"),), TITLES)


def test_nothing_is_chosen_before_a_key_and_again_above_the_first_line() -> None:
    place = open_help()
    assert place.line is None
    place.move(-1)
    assert place.line is None
    place.move(1)
    assert place.line == 0
    place.move(10_000)
    assert place.line == place.row_count - 1
    place.move(-10_000)
    assert place.line == 0
    place.move(-1)
    assert place.line is None


def test_what_is_typed_is_searched_for_and_backspace_takes_a_letter_back() -> None:
    place = open_help()
    for letter in "finx":
        place.type(letter)
    assert place.view().search == "finx"
    assert place.line is None
    assert place.local(Local.ERASE) is None
    assert place.view().search == "fin"
    assert place.view().chosen == HelpLine("enter n", "Finish", action_id="finish")
    assert place.local(Local.SHOW_ALL) is None
    assert (place.view().search, place.line) == ("", None)
    place.local(Local.ERASE)
    assert place.view().search == ""
