"""A visitor's ways through the search page, with and without scripts."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from gaps.helpful_votes import HelpfulVotes, helpful_votes_of, read_votes

pytestmark = pytest.mark.browser
Visitor = Callable[..., Page]
TRAUMA = "Interpersonal psychotherapy can help people with PTSD without exposure"
SLEEP = "Sleep is diary matter: go to bed at the same hour"
"""Nearly the words of a page, so that the verdict does not hang on how the index weighs them."""


def type_slowly(page: Page, words: str) -> None:
    """All at once but the last word, which comes letter by letter."""
    start, _, last = words.rpartition(" ")
    page.fill("#q", start)
    page.press("#q", "End")
    page.locator("#q").press_sequentially(f" {last}", delay=15)


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def page(request: pytest.FixtureRequest, visitor: Visitor) -> Page:
    return visitor(scripts=request.param)


def test_a_question_is_answered_on_top_in_the_sites_own_words(page: Page, here: SimpleNamespace):
    here.search(page, TRAUMA)
    expect(page.locator(".answer blockquote")).to_contain_text("can help people with PTSD without exposure")
    expect(page.locator(".answer .source")).to_contain_text("Reviewed March 1, 2026")
    expect(page.locator(".page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")


def test_the_address_never_holds_the_words(page: Page, here: SimpleNamespace):
    here.search(page, TRAUMA)
    assert "PTSD" not in page.url


def test_the_words_stay_in_the_field(page: Page, here: SimpleNamespace):
    here.search(page, "PTSD   <exposure>")
    expect(page.locator("#q")).to_have_value("PTSD   <exposure>")


def test_literature_and_whole_passages_open_on_demand(page: Page, here: SimpleNamespace):
    here.search(page, "The trial compared three treatments over fourteen weeks. Numbness, mistrust and anger were named and tried out")
    first = page.locator(".page").first
    expect(first.locator(".whole .text").first).to_be_hidden()
    first.locator(".whole summary").first.click()
    expect(first.locator(".whole .text").first).to_contain_text("fewer symptoms at the end")
    expect(first.locator(".passage > .clip").first).to_be_hidden()


def test_a_source_of_a_sentence_opens_and_links_to_its_doi(page: Page, here: SimpleNamespace):
    here.search(page, TRAUMA)
    page.locator(".answer .references summary").click()
    expect(page.locator(".answer .references a")).to_have_attribute("href", "https://doi.org/10.1176/appi.ajp.2014.14070908")


def test_results_can_be_kept_to_a_part_of_the_site_and_set_free_again(page: Page, here: SimpleNamespace):
    here.search(page, f"{SLEEP} trauma")
    page.get_by_role("button", name="Therapies").click()
    expect(page.get_by_role("button", name="Therapies")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".place", has_text="Blog")).to_have_count(0)
    page.get_by_role("button", name="All", exact=True).click()
    expect(page.locator(".place", has_text="Blog").first).to_be_visible()


def test_more_pages_come_below_the_first_ones(page: Page, here: SimpleNamespace):
    here.search(page, SLEEP)
    titles = page.locator(".page h3").all_inner_texts()
    page.get_by_role("button", name="Show more pages").click()
    expect(page.locator("#page-11")).to_be_visible()
    assert page.locator(".page h3").all_inner_texts()[:10] == titles


def test_what_the_site_does_not_cover_is_said_with_contacts_and_the_main_pages(page: Page, here: SimpleNamespace):
    here.search(page, "xylophone qwertz asdf")
    expect(page.get_by_role("heading", name="Our pages do not say anything about this.")).to_be_visible()
    expect(page.locator(".contacts a").first).to_have_attribute("href", "tel:5415550142")
    expect(page.locator(".topics a")).to_have_text(["Therapies"])


def test_stop_words_alone_are_met_with_a_question(page: Page, here: SimpleNamespace):
    here.search(page, "what is the")
    expect(page.get_by_role("heading", name="What is it about?")).to_be_visible()
    expect(page.locator(".page, .helpful")).to_have_count(0)


def test_the_language_can_be_changed_and_the_question_stays(page: Page, here: SimpleNamespace):
    here.search(page, TRAUMA)
    page.locator(".languages").get_by_role("button", name="Español").click()
    expect(page.get_by_role("heading", name="En nuestras propias palabras")).to_be_visible()
    expect(page.locator("#q")).to_have_value(TRAUMA)
    here.search(page, "La terapia interpersonal ayuda a las personas con depresión y con duelo")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator(".page h3").first).to_have_text("Terapia interpersonal")


def test_a_link_to_a_search_shows_it(visitor: Visitor):
    for scripts in (True, False):
        expect(visitor("/?q=" + TRAUMA.replace(" ", "+"), scripts=scripts).locator(".page h3").first).to_have_text(
            "Interpersonal Psychotherapy (IPT)"
        )


def test_a_question_that_is_too_long_is_told_and_kept(page: Page):
    page.locator("#q").evaluate("field => field.removeAttribute('maxlength')")
    page.fill("#q", "word " * 2500)
    page.press("#q", "Enter")
    expect(page.locator("#problem")).to_contain_text("fewer words")
    assert len(page.input_value("#q")) == 12_500


@pytest.mark.parametrize("scripts", [True, False])
def test_a_citation_lands_on_the_very_sentence_and_marks_it(visitor: Visitor, here: SimpleNamespace, scripts: bool):
    page = visitor(scripts=scripts)
    here.search(page, TRAUMA)
    page.locator(".answer .source a").click()
    page.wait_for_url("**/therapies/ipt/**")
    sentence = page.get_by_text("can help people with PTSD without exposure")
    expect(sentence).to_be_in_viewport()
    marked = sentence.screenshot()
    page.goto(re.sub(r":~:.*", "", page.url).replace("#ptsd", ""))
    expect(sentence).not_to_be_in_viewport()
    assert sentence.screenshot() != marked


def test_results_come_while_one_types(visitor: Visitor):
    page = visitor()
    type_slowly(page, TRAUMA)
    expect(page.locator(".page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value(TRAUMA)


def test_further_passages_of_a_page_come_when_the_typing_pauses_and_nothing_moves(visitor: Visitor):
    page = visitor()
    page.fill("#q", TRAUMA)  # at once: the results of earlier letters might be taken for the last ones
    more = page.locator("#page-1 .more")
    expect(more).to_have_attribute("data-later", "")
    before = page.locator("#results").bounding_box()
    expect(more).not_to_have_attribute("data-later", "")
    assert page.locator("#results").bounding_box() == before
    more.locator("summary").first.click()
    expect(more.locator("li").first).to_be_visible()


def test_further_passages_come_at_once_for_whoever_unfolds_them(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    page.clock.install()
    page.fill("#q", TRAUMA)
    expect(page.locator("#page-1 .more[data-later]")).to_be_attached()
    page.locator("#page-1 .more summary").first.click()
    expect(page.locator("#page-1 .more li").first).to_be_visible()


def test_further_passages_that_cannot_be_had_are_told_of_and_come_with_the_next_try(visitor: Visitor, service: SimpleNamespace):
    page = visitor()
    page.clock.install()
    page.fill("#q", TRAUMA)
    expect(page.locator("#page-1 .more[data-later]")).to_be_attached()
    page.route(service.url + "/", lambda route: route.abort())
    page.locator("#page-1 .more summary").first.click()
    expect(page.locator("#problem")).to_contain_text("did not answer")
    page.unroute(service.url + "/")
    page.locator("#page-1 .more summary").first.click()
    page.locator("#page-1 .more summary").first.click()
    expect(page.locator("#page-1 .more li").first).to_be_visible()


def test_keys_that_come_together_ask_for_the_first_and_the_last_of_them(visitor: Visitor, service: SimpleNamespace):
    page = visitor()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.post_data or "") if one.method == "POST" and one.url == service.url + "/" else None)
    page.evaluate("""() => { const box = document.querySelector("#q"); for (const letters of ["sle", "slee", "sleep", "sleep d"]) {
        box.value = letters; box.dispatchEvent(new InputEvent("input")); } }""")
    expect(page.locator(".pages")).to_be_visible()
    page.wait_for_load_state("networkidle")  # the first answer may show before the last question is asked
    assert [re.search(r"q=([^&]*)", one)[1] for one in asked] == ["sle", "sleep+d"]  # type: ignore[index]


def test_the_outcome_is_told_politely_once_the_visitor_stops(visitor: Visitor):
    page = visitor()
    type_slowly(page, TRAUMA)
    expect(page.locator("#status")).to_have_text(re.compile(r"answer in our own words\..*\d page"))
    assert page.locator("#status").get_attribute("role") == "status"


def test_half_a_word_that_finds_nothing_does_not_disturb(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    here.search(page, TRAUMA)
    page.locator("#q").press_sequentially(" xqzv", delay=10)
    page.wait_for_timeout(300)
    expect(page.locator(".pages")).to_be_visible()


def test_only_searches_that_are_meant_are_sent_as_such(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    live: list[bool] = []
    page.on(
        "request",
        lambda request: live.append("search-live" in request.headers) if request.method == "POST" and request.url.endswith("/") else None,
    )
    type_slowly(page, TRAUMA)
    expect(page.locator("#results h2").first).to_be_visible()
    page.press("#q", "Enter")
    here.settled(page)
    page.wait_for_timeout(100)
    assert live[-1] is False
    assert set(live[:-1]) == {True}


def test_a_filter_keeps_the_focus_where_it_was(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    here.search(page, f"{SLEEP} trauma")
    page.get_by_role("button", name="Therapies").press("Enter")
    expect(page.get_by_role("button", name="Therapies")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Therapies")).to_be_focused()


def test_more_pages_move_the_focus_to_the_first_of_them(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    here.search(page, SLEEP)
    page.get_by_role("button", name="Show more pages").press("Enter")
    expect(page.locator("#page-11 h3 a")).to_be_focused()


def test_the_way_back_finds_the_search_again(visitor: Visitor, here: SimpleNamespace):
    page = visitor()
    here.search(page, TRAUMA)
    page.locator(".page h3 a").first.click()
    page.wait_for_url("**/therapies/ipt/**")
    page.go_back()
    expect(page.locator("#q")).to_have_value(TRAUMA)
    expect(page.locator(".page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")


def test_the_link_to_a_search_is_copied_and_the_address_stays_clean(visitor: Visitor, here: SimpleNamespace):
    page = visitor(permissions=["clipboard-read", "clipboard-write"])
    here.search(page, TRAUMA)
    page.locator("#share").click()
    expect(page.locator("#problem")).to_contain_text("copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith("?q=" + TRAUMA.replace(" ", "%20"))
    assert "PTSD" not in page.url


def test_on_paper_the_passages_are_whole_and_the_controls_are_gone(visitor: Visitor, here: SimpleNamespace):
    page = visitor(scripts=False)
    here.search(page, TRAUMA)
    page.emulate_media(media="print")
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator(".answer .references li").first).to_be_visible()


def test_a_visitor_says_whether_it_was_helpful_and_is_thanked(page: Page, here: SimpleNamespace, service: SimpleNamespace):
    before = read_votes(helpful_votes_of(service.settings.index)).get(service.site + "/therapies/ipt/", HelpfulVotes())
    here.search(page, TRAUMA)
    page.locator(".helpful").get_by_role("button", name="Yes").click()
    expect(page.locator(".helpful")).to_contain_text("Thank you")
    expect(page.locator(".page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")
    after = read_votes(helpful_votes_of(service.settings.index))[service.site + "/therapies/ipt/"]
    assert (after.yes, after.no) == (before.yes + 1, before.no)


def test_a_spelling_is_left_as_typed_for_whoever_wants_it(page: Page, here: SimpleNamespace):
    here.search(page, "Interpersonal psychotherapy can help people with PTSD without exposuer")
    expect(page.locator(".reading strong")).to_contain_text("exposure")
    page.locator("#verbatim").click()
    expect(page.locator("#verbatim")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("Interpersonal psychotherapy can help people with PTSD without exposuer")
    here.search(page, "Interpersonal psychotherapy can help people with PTSD without exposuer now")
    expect(page.locator("#verbatim")).to_be_visible()


def test_a_part_of_the_site_stays_chosen_when_more_pages_are_shown(page: Page, here: SimpleNamespace):
    here.search(page, f"{SLEEP} trauma")
    page.get_by_role("button", name="Blog").click()
    expect(page.get_by_role("button", name="Blog")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Show more pages").click()
    expect(page.locator("#page-11")).to_be_visible()
    expect(page.get_by_role("button", name="Blog")).to_have_attribute("aria-pressed", "true")
