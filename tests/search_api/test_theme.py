from hypothesis import given
from hypothesis import strategies as st

from search_api.clinic import Colours
from search_api.theme import DARK_GROUND, LIGHT_GROUND, READABLE, READABLE_IN_THE_DARK, accent_shades, contrast, theme_css

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_agrees_with_the_examples_of_the_guideline():
    assert contrast("#ffffff", "#000000") == 21
    assert contrast("#777777", "#777777") == 1
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(contrast("#ff0000", "#ffffff"), 2) == 4.0


@given(colours)
def test_whatever_colour_a_clinic_chose_can_be_read_on_light_and_on_dark_ground(accent: str):
    light, dark = accent_shades(Colours(accent=accent))
    assert contrast(light, LIGHT_GROUND) >= READABLE
    assert contrast(dark, DARK_GROUND) >= READABLE_IN_THE_DARK


@given(colours)
def test_words_on_the_clinics_colour_can_be_read(accent: str):
    light, dark = accent_shades(Colours(accent=accent))
    assert contrast(light, "#ffffff") >= READABLE
    assert contrast(dark, "#10201e") >= READABLE


def test_a_readable_colour_stays_as_it_is():
    assert accent_shades(Colours(accent="#1f5f5b"))[0] == "#1f5f5b"


def test_the_style_sheet_sets_the_colour_for_both_schemes():
    css = theme_css(Colours(accent="#1f5f5b"))
    assert css.count("--accent:") == 2
    assert "--accent: #1f5f5b" in css
    assert "prefers-color-scheme: dark" in css
