"""The colours, by measure: what is read from afar reaches 7:1, and nothing is red."""

import colorsys

import pytest
from rich.color import Color, ColorSystem
from textual.theme import Theme

from circle_tui.tui.theme import DARK, LIGHT, THEMES
from circle_tui.views.grid import SHADES
from tests.contrast import contrast

both = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)

GROUNDS = ("background", "surface", "panel")

READ_FROM_AFAR = (
    "foreground",
    "primary",
    "secondary",
    "ring-full",
    "seat-done",
    "seat-now",
    "seat-waiting",
    "text-muted",
    "text-warning",
    "text-error",
    "text-success",
    "footer-key-foreground",
    "footer-description-foreground",
)


def colour(theme: Theme, name: str) -> str:
    found = theme.variables.get(name) or getattr(theme, name)
    assert isinstance(found, str)
    return found


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@both
@pytest.mark.parametrize("ground", GROUNDS)
def test_what_is_read_from_afar_reaches_seven_to_one(theme: Theme, ground: str) -> None:
    for name in READ_FROM_AFAR:
        assert contrast(colour(theme, name), colour(theme, ground)) >= 7, name


@both
def test_who_is_away_stays_readable(theme: Theme) -> None:
    assert contrast(colour(theme, "seat-away"), colour(theme, "background")) >= 4.5


@both
def test_the_drained_track_can_be_seen_but_stays_behind(theme: Theme) -> None:
    assert 1.6 <= contrast(colour(theme, "ring-empty"), colour(theme, "background")) < 4.5


@both
def test_a_row_under_the_pointer_can_be_told_from_the_others_and_read(theme: Theme) -> None:
    hover = colour(theme, "block-hover-background")
    assert contrast(hover, colour(theme, "background")) >= 1.2
    for name in READ_FROM_AFAR:
        assert contrast(colour(theme, name), hover) >= 5.5, name


@both
def test_with_256_colours_a_row_under_the_pointer_can_still_be_told_from_the_others(
    theme: Theme,
) -> None:
    hover, ground = (
        Color.parse(colour(theme, name)).downgrade(ColorSystem.EIGHT_BIT).number
        for name in ("block-hover-background", "background")
    )
    assert hover != ground


@both
def test_a_highlighted_line_is_readable(theme: Theme) -> None:
    fore, back = (colour(theme, f"block-cursor-{end}") for end in ("foreground", "background"))
    assert contrast(fore, back) >= 7


@both
def test_every_sign_of_a_review_has_a_shade_of_its_own_and_can_be_read_on_it(
    theme: Theme,
) -> None:
    for shade in SHADES:
        sign, ground = colour(theme, f"shade-{shade}-text"), colour(theme, f"shade-{shade}")
        assert contrast(sign, ground) >= (4.5 if shade == "none" else 7), shade
    assert len({colour(theme, f"shade-{shade}") for shade in SHADES}) == len(SHADES)


@both
def test_who_was_absent_can_be_told_from_who_was_not_expected(theme: Theme) -> None:
    assert contrast(colour(theme, "shade-absent"), colour(theme, "shade-none")) >= 1.2


@both
def test_nothing_is_red(theme: Theme) -> None:
    generated = theme.to_color_system().generate() | theme.variables
    # Textual ships constants for ANSI and Markdown; what it mixes from our colours is meant.
    named = {
        name: value.split()[0]
        for name, value in generated.items()
        if value.startswith("#") and not name.startswith("ansi")
    }
    assert len(named) > 50
    for name, value in named.items():
        red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
        hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        nearly_black = max(red, green, blue) < 0.4
        assert nearly_black or saturation < 0.25 or 20 <= hue * 360 <= 330, (name, value)


def test_the_dark_theme_has_okabe_and_itos_orange_and_blue() -> None:
    assert (DARK.primary, DARK.secondary) == ("#E69F00", "#56B4E9")


def test_the_themes_define_the_same_variables() -> None:
    assert DARK.variables.keys() == LIGHT.variables.keys()
    assert (DARK.name, LIGHT.name) == ("circle-dark", "circle-light")
