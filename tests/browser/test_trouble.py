"""Bad input, a bad server and broken scripts: the page stays usable and says what happened."""

import re
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Visitor = Callable[..., Page]
TRAUMA = "Interpersonal psychotherapy can help people with PTSD without exposure"


@pytest.mark.parametrize("scripts", [True, False])
def test_markup_right_to_left_text_and_endless_words_stay_text(visitor: Visitor, here: SimpleNamespace, scripts: bool):
    page = visitor(scripts=scripts, size=here.PHONE)
    here.search(page, "markup marmalade")
    expect(page.locator(".page h3", has_text="<img src=x onerror=alert(1)> & titles")).to_be_visible()
    expect(page.locator(".page .text", has_text="<script>document.title='stolen'</script>").first).to_be_visible()
    assert page.title() != "stolen"
    assert page.locator("#results img, #results script").count() == 0
    here.search(page, "marmalade")
    arabic = page.locator(".page h3 a", has_text="العلاج")
    assert arabic.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") <= here.PHONE["width"]


@pytest.mark.parametrize("typed", ['<b>bold</b> & "quoted"', "\u202eevil", "😀 😀", "x" * 500])
def test_whatever_is_typed_stays_as_it_was_typed(visitor: Visitor, here: SimpleNamespace, typed: str):
    page = visitor()
    here.search(page, typed)
    expect(page.locator("#q")).to_have_value(typed)
    assert page.locator("#results b").count() == 0


def test_a_server_that_is_down_is_told_and_the_next_try_works(visitor: Visitor, service: SimpleNamespace, here: SimpleNamespace):
    page = visitor()
    here.search(page, TRAUMA)
    page.route("**/*", lambda route: route.abort())
    page.fill("#q", "sleep diary")
    page.press("#q", "Enter")
    expect(page.locator("#problem")).to_contain_text("did not answer")
    expect(page.locator("#q")).to_have_value("sleep diary")
    expect(page.locator(".answer")).to_be_visible()
    page.unroute("**/*")
    page.press("#q", "Enter")
    expect(page.locator(".page h3").first).to_contain_text("Sleep diary")
    expect(page.locator("#problem")).to_be_empty()


@pytest.mark.parametrize(("status", "said"), [(429, "too many searches"), (500, "did not answer"), (503, "did not answer")])
def test_an_answer_that_is_none_is_told_in_plain_words(visitor: Visitor, service: SimpleNamespace, status: int, said: str):
    page = visitor()
    page.route(service.url + "/", lambda route: route.fulfill(status=status, body='{"error": "x"}', content_type="application/json"))
    page.fill("#q", TRAUMA)
    page.press("#q", "Enter")
    expect(page.locator("#problem")).to_contain_text(said)
    expect(page.locator("#q")).to_have_value(TRAUMA)


def test_a_slow_server_is_told_of_and_what_is_typed_meanwhile_is_kept(visitor: Visitor, service: SimpleNamespace):
    page = visitor()
    page.clock.install()
    held: list[Route] = []
    page.route(service.url + "/", lambda route: held.append(route))
    page.fill("#q", TRAUMA)
    page.press("#q", "Enter")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    page.clock.run_for(3100)
    expect(page.locator("#problem")).to_have_text(re.compile("longer than usual"))
    page.press("#q", "End")
    page.keyboard.type(" and")
    held[0].continue_()
    expect(page.locator("#q")).to_have_value(TRAUMA + " and")


def test_only_the_last_of_several_answers_counts(visitor: Visitor, service: SimpleNamespace, here: SimpleNamespace):
    page = visitor()
    late = threading.Event()
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held or "anxiety" not in (route.request.post_data or ""):
            route.continue_()
        else:
            held.append(route)
            late.set()

    page.route(service.url + "/", hold_the_first)
    page.fill("#q", "anxiety worry that stays")
    page.press("#q", "Enter")
    assert late.wait(5)
    here.search(page, TRAUMA)
    expect(page.locator(".page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")
    page.wait_for_timeout(200)
    expect(page.locator(".page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")


@pytest.mark.parametrize("script", ["import nothing from 'nowhere", "throw new Error('early')", ""])
def test_a_script_that_does_not_load_or_run_leaves_the_plain_form(visitor: Visitor, here: SimpleNamespace, script: str):
    page = visitor("")
    page.route("**/search.js*", lambda route: route.fulfill(body=script, content_type="text/javascript"))
    page.goto(here.url)
    here.search(page, TRAUMA)
    expect(page.locator(".answer")).to_be_visible()
    page.wait_for_load_state("load")  # the broken script of the second page has failed too
    visitor.trouble.clear()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "broken", ["DOMParser.prototype.parseFromString", "Element.prototype.replaceChildren", "History.prototype.replaceState"]
)
def test_a_script_that_fails_half_way_hands_over_to_the_plain_form(visitor: Visitor, here: SimpleNamespace, broken: str):
    page = visitor("")
    page.add_init_script(f"{broken} = () => {{ throw new RangeError('broken') }}")
    page.goto(here.url)
    page.locator("#q").press_sequentially("Interpersonal psychotherapy", delay=5)
    page.wait_for_timeout(300)
    page.fill("#q", TRAUMA)
    page.press("#q", "Enter")
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator("#q")).to_have_value(TRAUMA)


def test_suggestions_that_fail_disturb_nobody(visitor: Visitor, service: SimpleNamespace):
    page = visitor()
    page.route("**/api/suggest", lambda route: route.fulfill(status=500, body="no"))
    page.fill("#q", TRAUMA)
    expect(page.locator(".answer")).to_be_visible()
    expect(page.locator("#problem")).to_be_empty()
