"""axe-core on every page and state, light and dark; and what axe does not see: keys, sizes, targets."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from search_api.pages import SearchPage
from search_api.schema import (
    AmbiguityOut,
    CrisisOut,
    ExpansionOut,
    InterpretationOut,
    PanelLineOut,
    PanelOut,
    RephrasedAnswerOut,
    RephrasedOut,
    SearchResponse,
)

pytestmark = pytest.mark.browser
Visitor = Callable[..., Page]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""What alone can differ between the light and the dark page."""
TRAUMA = "Interpersonal psychotherapy can help people with PTSD without exposure"
PANEL = PanelOut(
    heading="You can talk to someone right now",
    message="If you might hurt yourself, you do not have to wait.",
    support_line="To talk to someone at any hour, call or text 988.",
    lines=[PanelLineOut(label="Free, day and night", action="Call 988", href="tel:988")],
)
READING = InterpretationOut(
    corrected="bipolar treatment",
    expanded=[ExpansionOut(abbreviation="CBT", meaning="cognitive behavioral therapy")],
    ambiguous=[AmbiguityOut(abbreviation="BPD", meanings=["bipolar disorder", "borderline personality disorder"])],
)


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, in light and in dark."""
    found = Axe().run(page, options=RULES).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page, options=CONTRAST).response["violations"]
    page.emulate_media(color_scheme="light")
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes']]}" for one in found]


@pytest.fixture
def page(visitor: Visitor) -> Page:
    return visitor()


def test_the_start_page(page: Page):
    assert violations(page) == []


def test_an_answer_with_everything_unfolded(page: Page, here: SimpleNamespace):
    here.search(page, TRAUMA)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert violations(page) == []


def test_open_suggestions_with_one_chosen(page: Page):
    page.locator("#q").press_sequentially("anxi", delay=10)
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


def test_what_the_site_does_not_cover(page: Page, here: SimpleNamespace):
    here.search(page, "xylophone qwertz asdf")
    assert violations(page) == []


def test_results_kept_to_a_section_in_spanish(page: Page, service: SimpleNamespace, here: SimpleNamespace):
    page.goto(service.url + "/?lang=es")
    here.search(page, TRAUMA)
    page.get_by_role("button", name="Therapies").click()
    assert violations(page) == []


def test_odd_titles_and_texts(page: Page, here: SimpleNamespace):
    here.search(page, "marmalade")
    assert violations(page) == []


def test_an_error(page: Page, service: SimpleNamespace, here: SimpleNamespace):
    page.route(service.url + "/", lambda route: route.abort())
    page.fill("#q", "words")
    page.press("#q", "Enter")
    expect(page.locator("#problem")).to_contain_text("did not answer")
    assert violations(page) == []


def test_an_error_page(page: Page, show_state: Callable[..., None]):
    show_state(page, SearchPage(query="words", error="The search is not available right now."), status=503)
    assert violations(page) == []


@pytest.mark.parametrize("with_results", [True, False])
def test_the_crisis_panel(page: Page, show_state: Callable[..., None], response: SearchResponse, with_results: bool):
    crisis = CrisisOut(class_="crisis", panel=PANEL)
    show_state(
        page, SearchPage(query="words", crisis=crisis, response=response if with_results else None, error="" if with_results else "Down.")
    )
    expect(page.locator("main > :first-child")).to_contain_text("Call 988")
    assert violations(page) == []


def test_a_quiet_line_of_support_and_every_way_of_reading(page: Page, show_state: Callable[..., None], response: SearchResponse):
    state = response.model_copy(update={"interpretation": READING, "verdict": "related", "answer": None})
    show_state(page, SearchPage(query="BPD tretment", crisis=CrisisOut(class_="support", panel=PANEL), response=state))
    expect(page.get_by_role("button", name="borderline personality disorder")).to_be_visible()
    assert violations(page) == []


def test_a_language_models_words_over_the_quotes(page: Page, show_state: Callable[..., None], response: SearchResponse):
    assert response.answer is not None
    answer = RephrasedAnswerOut(quotes=response.answer.quotes, rephrased=[RephrasedOut(text="It helps.", quote=0)])
    show_state(page, SearchPage(query="words", response=response.model_copy(update={"answer": answer})))
    expect(page.locator(".rephrased")).to_contain_text("A computer wrote this")
    assert violations(page) == []


def test_words_without_a_topic(page: Page, here: SimpleNamespace):
    here.search(page, "what is the")
    assert violations(page) == []


def test_the_words_of_a_place_are_heard_apart(page: Page, here: SimpleNamespace):
    here.search(page, TRAUMA)
    heard = page.locator("#page-1").aria_snapshot().replace(" ,", ",")
    assert "Therapies, Post-Traumatic Stress Disorder (PTSD), Reviewed March 1, 2026" in heard


def test_the_sign_in_page_and_a_wrong_token(page: Page, service: SimpleNamespace):
    page.goto(service.url + "/sign-in")
    assert violations(page) == []
    page.fill("#token", "wrong")
    page.press("#token", "Enter")
    expect(page.locator("#problem")).to_contain_text("not valid")
    assert violations(page) == []


def test_the_widgets_page_with_the_widget_closed_and_open(page: Page, service: SimpleNamespace):
    page.goto(service.url + "/widget-example")
    page.locator("clinic-search .open").wait_for()
    assert violations(page) == []
    page.keyboard.press("Control+k")
    page.keyboard.type(TRAUMA)
    page.locator("clinic-search .page").first.wait_for()
    assert violations(page) == []


@pytest.fixture
def response(service: SimpleNamespace, page: Page) -> SearchResponse:
    return SearchResponse.model_validate(page.request.post(service.url + "/api/search", data={"q": TRAUMA}).json())


def test_the_keyboard_alone_reaches_everything_in_reading_order(visitor: Visitor, here: SimpleNamespace):
    page = visitor("/?q=" + TRAUMA.replace(" ", "+"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the results")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".answer .source a")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".answer .references a")).to_be_visible()


def test_what_holds_the_focus_can_be_seen(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    here.search(page, TRAUMA)
    for _ in range(14):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


STATES = [("start", ""), ("answer", TRAUMA), ("odd", "marmalade"), ("empty", "xylophone qwertz asdf")]


@pytest.mark.parametrize(("name", "words"), STATES, ids=[name for name, _ in STATES])
def test_nothing_is_wider_than_a_phone_and_every_target_is_large_enough(visitor: Visitor, here: SimpleNamespace, name: str, words: str):
    page = visitor(size={"width": 320, "height": 640})
    if words:
        here.search(page, words)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input')]
            .filter(one => one.checkVisibility() && !one.matches('.skip'))
            .filter(one => one.getBoundingClientRect().height < 24 && getComputedStyle(one).display !== 'inline')
            .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_at_four_times_the_size_nothing_is_lost(visitor: Visitor, here: SimpleNamespace):
    page = visitor(size={"width": 320, "height": 256})
    here.search(page, TRAUMA)
    expect(page.locator(".answer blockquote")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_moves_for_who_wants_less_motion(visitor: Visitor):
    page = visitor(reduced_motion="reduce")
    page.evaluate("document.querySelector('#results').setAttribute('aria-busy', 'true')")
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('#results'), '::before').animationDuration)") <= 0.01


def test_with_forced_colors_the_chosen_filter_still_stands_out(visitor: Visitor, here: SimpleNamespace):
    page = visitor(forced_colors="active")
    here.search(page, TRAUMA)
    colours = page.evaluate("[...document.querySelectorAll('.filters .chip')].map(one => getComputedStyle(one).backgroundColor)")
    assert colours[0] not in colours[1:]
