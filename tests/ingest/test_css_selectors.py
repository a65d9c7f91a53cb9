import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from ingest.css_selectors import matches_path, without_numbers

PATH = ("html", "body.home", "div#page.wrap.wide", "section.cta-box.blue", "p")


@pytest.mark.parametrize(
    "selector",
    ["p", ".cta-box", "section.cta-box", ".blue.cta-box", "#page p", "body > div > section", "div#page .blue > p", "* > p", "div#page7 p"],
)
def test_a_selector_matches_the_element_or_one_around_it(selector):
    assert matches_path(selector, PATH)


@pytest.mark.parametrize("selector", ["li", ".cta", "#wrap", "body > section", "section > div", ".cta-box.red", "p > section"])
def test_a_selector_does_not_match_what_a_browser_would_not(selector):
    assert not matches_path(selector, PATH)


@pytest.mark.parametrize(
    ("name", "stable"),
    [
        ("sidebar2", "sidebar"),
        ("menu-item-2901-90d8f5d", "menu-item--"),
        ("elementor-element-7d1b5f2", "elementor-element-"),
        ("facade", "facade"),
        ("col-md-6", "col-md-"),
        ("deadbeef", "deadbeef"),
        ("css1a2b3cx", "cssabcx"),
    ],
)
def test_names_lose_their_numbers_hexadecimal_ones_too_and_no_word(name, stable):
    assert without_numbers(name) == stable


STEP = st.builds(
    "".join, st.tuples(st.sampled_from(["", "div", "p", "section"]), st.lists(st.sampled_from([".a", ".b", "#i"]), max_size=2).map("".join))
)
SELECTOR = st.lists(STEP.filter(bool), min_size=1, max_size=3).flatmap(
    lambda steps: st.lists(st.sampled_from([" ", " > "]), min_size=len(steps), max_size=len(steps)).map(
        lambda gaps: "".join(gap + step for gap, step in zip(gaps, steps, strict=True)).lstrip(" >")
    )
)
ELEMENT = st.tuples(
    st.sampled_from(["div", "section"]), st.sampled_from(["", "i"]), st.lists(st.sampled_from("ab"), max_size=2, unique=True)
)


@settings(deadline=None)
@given(SELECTOR, st.lists(ELEMENT, min_size=1, max_size=4))
def test_selectors_mean_what_a_css_engine_says(selector, elements):
    html = "".join(f'<{tag} id="{identity}" class="{" ".join(classes)}">' for tag, identity, classes in elements)
    path = [
        "html",
        "body",
        *(tag + ("#" + identity if identity else "") + "".join("." + name for name in classes) for tag, identity, classes in elements),
    ]
    assert matches_path(selector, path) == bool(LexborHTMLParser(html).css(selector))
