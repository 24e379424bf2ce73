"""The picture shows every cell by sign, shade and word, and harms no page it is put into."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace

from circle_tui.core.attendance import labels
from circle_tui.core.attendance.facts import Attendance, AttendanceFacts, Cancelled
from circle_tui.core.attendance.figures import ALL_DATES, DateRange, alphabetical
from circle_tui.reports.svg_report import GROUND, INK, QUIET, SHADES, as_svg
from tests.contrast import contrast

from . import sample_facts
from .sample_facts import (
    DAY,
    PRESENT,
    SPRING,
    UNREAD,
    at,
    facts_with_names,
    held_meeting,
    joined,
    reviewed,
)

SVG = "{http://www.w3.org/2000/svg}"


def picture(*each: object, within: DateRange = ALL_DATES) -> ElementTree.Element:
    return ElementTree.fromstring(
        joined(as_svg(each, within, alphabetical))  # type: ignore[arg-type]
    )


def texts(within: ElementTree.Element) -> list[str]:
    return [each.text or "" for each in within.iter(f"{SVG}text")]


def cells(within: ElementTree.Element) -> list[tuple[str, str, str]]:
    """The word, the shade and the sign of each cell, row by row as drawn."""
    return [
        (title.text or "", rect.attrib["fill"], sign.text or "")
        for each in within.iter(f"{SVG}g")
        if [part.tag for part in each] == [f"{SVG}title", f"{SVG}rect", f"{SVG}text"]
        for title, rect, sign in [each]
    ]


def circles(drawn: ElementTree.Element) -> list[ElementTree.Element]:
    return drawn.findall(f"{SVG}g[@role='img']")


def test_every_cell_has_its_word_its_shade_and_its_sign() -> None:
    (circle,) = circles(picture(reviewed()))
    said = [(word, sign) for word, _, sign in cells(circle)]

    def off(sign: str, word: str) -> list[tuple[str, str]]:
        """Ben had left by then, and Eve was away."""
        expected, gone = (word, sign), "{}: not expected".format
        return [expected, (gone("Ben"), "-"), expected, expected, (gone("Eve"), "-")]

    assert said == [
        ("Ana: late", "◐"),
        ("Ben: left early", "◑"),
        ("Chloé: present", "●"),
        ("Dev: not expected", "-"),
        ("Eve: absent", "·"),
        ("Ana: present", "●"),
        ("Ben: excused", "○"),
        ("Chloé: present", "●"),
        ("Dev: not expected", "-"),
        ("Eve: excused", "○"),
        *off("↻", "cancelled, rebooked within 48 hours"),
        ("Ana: present", "●"),
        ("Ben: not expected", "-"),
        ("Chloé: absent", "·"),
        ("Dev: present", "●"),
        ("Eve: not expected", "-"),
        *off("↷", "cancelled, rebooked later"),
        *off("×", "cancelled"),
    ]
    assert all(shade == SHADES[sign][0] for _, shade, sign in cells(circle))


def test_who_joined_after_a_cancelled_day_was_not_expected_on_it() -> None:
    facts = sample_facts.facts()
    # Dev joined at noon of the 19th: on that day they were expected, and not before it.
    off = tuple(Cancelled(id=f"x{day}", cycle=1, planned=at(day), at=at(1)) for day in (18, 19))
    (circle,) = circles(picture(reviewed(of=replace(facts, records=(), cancelled=off))))
    # Ana and Chloé stand before Dev.
    assert [sign for _, _, sign in cells(circle)] == [*"××-", *"×××"]


def test_meetings_and_cycles_have_their_counts() -> None:
    drawn = texts(circles(picture(reviewed()))[0])
    said = " ".join(each for each in drawn if each not in SHADES)
    assert "Cycle 1, 2026 5 of 8 · 62%" in said
    assert "Cycle 2, 2026 2 of 3 · 67%" in said
    for column in (
        "5 Mar 3 of 4 +1",
        "19 Mar 2 of 4 +2",
        "2 Apr",
        "4 Apr 2 of 3",
        "16 Apr",
        "20 Apr",
    ):
        assert column in said


def test_the_legend_has_every_sign_once_as_the_cells_have_it() -> None:
    legend = list(picture(reviewed()))[-1]
    assert [(sign, word) for word, _, sign in cells(legend)] == [
        *((labels.glyph(how), labels.word(how)) for how in Attendance),
        ("-", "not expected"),
        *labels.CANCELLATION_SIGNS,
    ]
    assert {sign: shade for _, shade, sign in cells(legend)} == {
        sign: shade for sign, (shade, _) in SHADES.items()
    }


def test_guests_stand_in_the_legend_only_where_there_are_any() -> None:
    assert "1 guest" in texts(list(picture(reviewed()))[-1])
    assert "1 guest" not in texts(picture(reviewed(of=facts_with_names("Alone", "A"))))


def test_a_cycle_over_new_year_has_both_years_and_one_that_days_cut_says_so() -> None:
    drawn = texts(picture(reviewed(of=long_history(26, 26))))
    assert "Cycle 1, 2026–2027" in drawn
    drawn = texts(picture(reviewed(SPRING), within=SPRING))
    assert "Cycle 1 (part of it), 2026" in drawn


def test_headings_beside_each_other_do_not_run_into_each_other() -> None:
    (circle,) = circles(picture(reviewed(SPRING), within=SPRING))
    (one, wide), (other, _) = (
        (float(each.attrib["x"]), 8 * len(each.text or ""))
        for each in circle.iter(f"{SVG}text")
        if (each.text or "").startswith("Cycle ")
    )
    assert one + wide <= other


def test_a_circle_that_has_not_met_shows_its_members_and_says_so() -> None:
    (circle,) = circles(picture(reviewed(of=AttendanceFacts(circle=sample_facts.circle()))))
    assert texts(circle)[-4:] == ["No meeting has taken place yet.", "Ana", "Chloé", "Dev"]
    outside = DateRange(at(1, 7).date())
    (circle,) = circles(picture(reviewed(outside), within=outside))
    assert "No meeting took place in these days." in texts(circle)
    assert "Ana" in texts(circle)


def test_a_pair_that_trades_has_its_members_and_one_sentence() -> None:
    pair = AttendanceFacts(circle=replace(sample_facts.circle(), format="trading-pair"))
    (circle,) = circles(picture(reviewed(of=pair)))
    assert texts(circle)[2:] == [
        "It has no meetings: its members trade recordings.",
        "Ana",
        "Chloé",
        "Dev",
    ]


def test_every_state_has_a_sign_and_a_shade_of_its_own() -> None:
    assert len(SHADES) == len(Attendance) + 1 + len(labels.CANCELLATION_SIGNS)
    assert len({shade for shade, _ in SHADES.values()}) == len(SHADES)


def test_a_screen_reader_is_told_the_counts() -> None:
    drawn = picture(reviewed())
    title = drawn.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Who came"
    assert drawn.attrib["aria-labelledby"] == title.attrib["id"]
    name, description = (circles(drawn)[0].findtext(f"{SVG}{tag}") for tag in ("title", "desc"))
    assert name == "Harbour"
    assert description == (
        "Peer circle, fortnightly. Meetings held: 3 of 4 planned. "
        "Next meeting: 30 April 2026, 10:00 (Europe/London). "
        "Openings are evenly shared: each went to whoever there had waited longest. "
        "A question to the circle: What would make it easier to be here? "
        "Cycle 1: 5 of 8 came. Cycle 2: 2 of 3 came."
    )


@pytest.mark.parametrize("sign", SHADES)
def test_every_sign_stands_out_from_its_cell(sign: str) -> None:
    assert contrast(*SHADES[sign]) >= 4.5


@pytest.mark.parametrize("ink", [INK, QUIET])
def test_words_stand_out_from_the_ground_that_is_drawn_below_them(ink: str) -> None:
    assert contrast(ink, GROUND) >= 7
    drawn = picture(reviewed())
    ground = drawn.find(f"{SVG}rect")
    assert ground is not None
    assert ground.attrib["fill"] == GROUND
    assert ground.attrib["width"] == drawn.attrib["width"]
    assert ground.attrib["height"] == drawn.attrib["height"]


def test_no_colour_is_red_and_none_is_used_that_was_not_looked_at() -> None:
    used = set(
        re.findall(r"#[0-9A-Fa-f]{6}", joined(as_svg([reviewed()], ALL_DATES, alphabetical)))
    )
    assert used == {GROUND, INK, QUIET, *(each for pair in SHADES.values() for each in pair)}
    for colour in used:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert red < 1.5 * max(green, blue)


def edges(drawn: ElementTree.Element) -> tuple[float, float]:
    """How far to the right and how far down anything is drawn."""
    right = bottom = 0.0
    for each in drawn.findall(f"{SVG}g"):
        x, y = map(float, re.findall(r"[\d.]+", each.attrib["transform"]))
        for part in each.iter():
            if part.tag == f"{SVG}rect":
                right = max(right, x + float(part.attrib["x"]) + float(part.attrib["width"]))
                bottom = max(bottom, y + float(part.attrib["y"]) + float(part.attrib["height"]))
    return right, bottom


def long_history(meetings: int, in_a_cycle: int) -> AttendanceFacts:
    return AttendanceFacts(
        circle=sample_facts.circle(),
        records=tuple(
            held_meeting(
                number,
                1 + (number - 1) // in_a_cycle,
                at(5) + number * 14 * DAY,
                "m1",
                attendance={"m1": PRESENT},
            )
            for number in range(1, meetings + 1)
        ),
    )


@pytest.mark.sampled(1)
@pytest.mark.parametrize("in_a_cycle", [1, 3, 6, 13, 260])
def test_ten_years_of_meetings_go_on_below_each_other_and_stay_inside(in_a_cycle: int) -> None:
    drawn = picture(reviewed(of=long_history(260, in_a_cycle)))
    assert len(cells(circles(drawn)[0])) == 260 * 3
    width, height = int(drawn.attrib["width"]), int(drawn.attrib["height"])
    assert width <= 1200
    right, bottom = edges(drawn)
    assert right <= width
    assert bottom <= height


def test_many_circles_stand_below_each_other() -> None:
    drawn = picture(reviewed(), UNREAD, reviewed(of=facts_with_names("Second", "A")))
    assert [each.findtext(f"{SVG}title") for each in circles(drawn)] == ["Harbour", "Second"]
    tops = [
        float(re.findall(r"[\d.]+", each.attrib["transform"])[1])
        for each in drawn.findall(f"{SVG}g")
    ]
    assert tops == sorted(set(tops))
    assert "circles/torn.json couldn't be read: it's damaged." in texts(drawn)


def test_a_range_is_shown() -> None:
    drawn = picture(reviewed(SPRING), within=SPRING)
    said = "Who came from 19 March 2026 until 2 April 2026"
    assert drawn.findtext(f"{SVG}title") == said
    assert said in texts(drawn)
    assert "none held" in texts(drawn)


CHLOE_AWAY = replace(sample_facts.circle().members[0], away=at(20))
NOBODY = replace(sample_facts.circle(), members=(CHLOE_AWAY,))


@pytest.mark.parametrize(
    "circle", [None, AttendanceFacts(circle=sample_facts.circle()), AttendanceFacts(circle=NOBODY)]
)
def test_a_picture_of_nothing_is_still_a_picture(circle: AttendanceFacts | None) -> None:
    drawn = picture(*([] if circle is None else [reviewed(of=circle)]))
    assert drawn.tag == f"{SVG}svg"
    assert edges(drawn)[1] <= int(drawn.attrib["height"])


@pytest.mark.parametrize(
    "name",
    ["</text><script>alert(1)</script>", "<!--", "]]>", "&lt;&#0;", "\"'", "דנה", "W" * 40, "😀"],
)
def test_a_hostile_name_is_shown_as_it_is(name: str) -> None:
    path = Path(f"{name.replace('/', '|')}\x00\udcff\ufffe.json")
    drawn = picture(
        reviewed(of=facts_with_names(name, name), path=path), UNREAD._replace(path=path)
    )
    assert texts(drawn).count(name) == 2
    assert not list(drawn.iter(f"{SVG}script"))


def test_a_path_of_any_length_does_not_make_it_wider() -> None:
    drawn = picture(UNREAD._replace(path=Path("a" * 4000)))
    assert int(drawn.attrib["width"]) <= 1200
    assert "".join(texts(drawn)).count("a") > 4000
