"""The search box on other people's pages: another origin, hostile style, a strict policy, no scripts, a server that is down."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Visitor = Callable[..., Page]
TRAUMA = "Interpersonal psychotherapy can help people with PTSD without exposure"
HOSTILE = """
* { color: red !important; font-size: 40px !important; background: yellow !important; display: inline !important;
    letter-spacing: 1em !important; position: static !important; text-transform: uppercase !important; border-radius: 50px !important; }
html { font-size: 62.5%; } button, input, dialog, a { all: unset !important; float: right !important; width: 7px !important; }
dialog { display: none !important; } .open, .page, .root { display: none !important; } ::backdrop { display: none !important; }
"""

MEASURE = """one => {
    const {color, fontSize, letterSpacing, textTransform, backgroundColor} = getComputedStyle(one);
    return [color, fontSize, letterSpacing, textTransform, backgroundColor, one.getBoundingClientRect().height];
}"""
PARTS = ("input[name=q] >> nth=-1", ".answer blockquote", "h3 a", ".shut")


@pytest.fixture
def host(service: SimpleNamespace) -> Callable[..., str]:
    """Puts a page with the widget on the clinic's own site and gives its address."""

    def make(attributes: str = "", style: str = "", policy: str = "") -> str:
        body = (
            "<!doctype html><html lang=en><head><title>Host</title><link rel=stylesheet href=/host.css>"
            f"<script src='{service.url}/widget.js' async></script></head>"
            f"<body><h1>Host</h1><input id=elsewhere aria-label=elsewhere><clinic-search {attributes}>"
            f"<form action='{service.url}/' method=post><label>Find <input name=q></label><button>Go</button></form></clinic-search>"
            "<p id=after>After</p></body>"
        )
        service.extra["/host.css"] = (style, {"content-type": "text/css"})
        service.extra["/host"] = (body, {"content-security-policy": policy} if policy else {})
        return service.site + "/host"

    return make


def opened(page: Page) -> Page:
    page.locator("clinic-search .open").click()
    expect(page.locator("clinic-search dialog input")).to_be_focused()
    return page


def test_it_answers_on_another_origin_behind_a_strict_policy(visitor: Visitor, host: Callable[..., str], service: SimpleNamespace):
    service_only = f"script-src {service.url}; connect-src {service.url}; form-action {service.url}"
    policy = f"default-src 'none'; style-src 'self'; {service_only}; require-trusted-types-for 'script'"
    page = opened(visitor(host(policy=policy)))
    page.keyboard.type(TRAUMA)
    page.locator("clinic-search .answer blockquote", has_text="without exposure").wait_for()  # half-typed, it may have two quotes
    expect(page.locator("clinic-search .page h3").first).to_have_text("Interpersonal Psychotherapy (IPT)")
    assert page.locator("clinic-search mark").count() > 0


def test_a_hostile_theme_does_not_reach_into_it(visitor: Visitor, host: Callable[..., str]):
    looks = []
    for style in ("", HOSTILE):
        page = visitor(host(style=style))
        page.locator("clinic-search .open").wait_for()
        closed = page.locator("clinic-search .open").evaluate(MEASURE)
        opened(page).keyboard.type(TRAUMA)
        page.locator("clinic-search .answer", has_text="without exposure").wait_for()
        page.wait_for_load_state("networkidle")
        page.locator("clinic-search .body:not([aria-busy])").wait_for()
        looks.append([closed, *(page.locator(f"clinic-search {part}").first.evaluate(MEASURE) for part in PARTS)])
    assert looks[0] == looks[1]


def test_its_style_does_not_reach_out(visitor: Visitor, host: Callable[..., str], service: SimpleNamespace):
    page = visitor(host(style="p { color: rgb(1, 2, 3); }"))
    opened(page)
    assert page.locator("#after").evaluate("one => getComputedStyle(one).color") == "rgb(1, 2, 3)"
    assert page.evaluate("document.adoptedStyleSheets.length + document.styleSheets.length") == 1


def test_variables_of_the_theme_colour_it(visitor: Visitor, host: Callable[..., str]):
    page = visitor(host(style="clinic-search { --clinic-search-paper: rgb(9, 8, 7); --clinic-search-radius: 3px; }"))
    look = page.locator("clinic-search .open").evaluate(
        "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).borderRadius]"
    )
    assert look == ["rgb(9, 8, 7)", "3px"]


@pytest.mark.parametrize(
    ("attributes", "key", "opens"),
    [
        ("", "Control+k", True),
        ("", "/", False),
        ("shortcut=/", "/", True),
        ("shortcut=/", "Control+k", False),
        ("shortcut=off", "Control+k", False),
    ],
)
def test_the_shortcut_opens_it_if_it_is_switched_on(visitor: Visitor, host: Callable[..., str], attributes: str, key: str, opens: bool):
    page = visitor(host(attributes))
    page.locator("clinic-search .open").wait_for()
    page.keyboard.press(key)
    assert page.locator("clinic-search dialog").is_visible() == opens


def test_the_shortcut_leaves_other_fields_alone(visitor: Visitor, host: Callable[..., str]):
    page = visitor(host("shortcut='/ ctrl+k'"))
    page.locator("clinic-search .open").wait_for()
    page.locator("#elsewhere").press_sequentially("and/or")
    page.keyboard.press("Control+k")
    expect(page.locator("#elsewhere")).to_have_value("and/or")
    expect(page.locator("clinic-search dialog")).to_be_hidden()


def test_the_keyboard_alone_is_enough(visitor: Visitor, host: Callable[..., str]):
    page = visitor(host())
    page.locator("clinic-search .open").wait_for()
    page.keyboard.press("Control+k")
    page.keyboard.type(TRAUMA)
    page.locator("clinic-search .answer", has_text="without exposure").wait_for()
    expect(page.locator("clinic-search .answer a")).to_have_count(1)  # of the whole question; half of it has two sources
    page.keyboard.press("ArrowDown")
    expect(page.locator("clinic-search .answer a")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("clinic-search dialog input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("clinic-search dialog")).to_be_hidden()
    expect(page.locator("clinic-search dialog input")).to_have_value(TRAUMA)
    page.keyboard.press("Control+k")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/therapies/ipt/**")


def test_results_that_come_late_wait_until_the_keyboard_is_back_in_the_box(visitor: Visitor, host: Callable[..., str]):
    page = opened(visitor(host()))
    page.keyboard.type("Sleep diary")
    page.locator("clinic-search .page").first.wait_for()
    page.wait_for_load_state("networkidle")
    asked: list[Route] = []
    page.route("**/api/search", lambda route: asked.append(route))
    page.locator("clinic-search dialog input").fill(TRAUMA)
    while not asked:
        page.wait_for_timeout(20)
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/api/search"):
        asked[-1].continue_()
    answer = page.locator("clinic-search .answer", has_text="without exposure")
    expect(answer).to_have_count(0)
    page.keyboard.press("ArrowUp")
    expect(answer).to_have_count(1)


def test_all_results_are_one_plain_form_away(visitor: Visitor, host: Callable[..., str], service: SimpleNamespace):
    page = opened(visitor(host()))
    page.keyboard.type(TRAUMA)
    page.locator("clinic-search .all").click()
    page.wait_for_url(service.url + "/")
    expect(page.locator("#q")).to_have_value(TRAUMA)
    expect(page.locator(".answer")).to_be_visible()


def test_nothing_moves_when_it_appears(visitor: Visitor, service: SimpleNamespace):
    page = visitor("")
    page.add_init_script("""window.shift = 0;
        new PerformanceObserver(list => { for (const one of list.getEntries()) window.shift += one.value })
            .observe({type: 'layout-shift', buffered: true})""")
    page.goto(service.url + "/widget-example")
    page.locator("clinic-search .open").wait_for()
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.005


def test_without_scripts_the_plain_form_stays_and_works(visitor: Visitor, service: SimpleNamespace):
    page = visitor("/widget-example", scripts=False)
    page.get_by_label("Search our articles").fill(TRAUMA)
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".answer")).to_be_visible()


def test_a_browser_that_cannot_run_it_keeps_the_plain_form(visitor: Visitor, service: SimpleNamespace):
    page = visitor("")
    page.add_init_script("delete window.CSSStyleSheet.prototype.replaceSync")
    page.goto(service.url + "/widget-example")
    page.wait_for_timeout(300)
    expect(page.get_by_label("Search our articles")).to_be_visible()


@pytest.mark.parametrize(("status", "said"), [(429, "too many searches"), (500, "did not answer"), (0, "did not answer")])
def test_a_service_in_trouble_is_told_and_the_words_stay(visitor: Visitor, host: Callable[..., str], status: int, said: str):
    page = opened(visitor(host()))
    page.route(
        "**/api/search",
        lambda route: route.fulfill(status=status, headers={"access-control-allow-origin": "*"}) if status else route.abort(),
    )
    page.keyboard.type("sleep diary")
    expect(page.locator("clinic-search .note").first).to_contain_text(said)
    expect(page.locator("clinic-search dialog input")).to_have_value("sleep diary")


def test_enter_shows_the_results_in_the_box_and_counts_as_a_question(visitor: Visitor, host: Callable[..., str]):
    page = opened(visitor(host()))
    live: list[bool] = []
    page.on("request", lambda one: live.append("search-live" in one.headers) if one.url.endswith("/api/search") else None)
    page.keyboard.type(TRAUMA)
    page.keyboard.press("Enter")
    expect(page.locator("clinic-search .answer a")).to_have_count(1)  # of the whole question; half of it has two sources
    expect(page.locator("clinic-search .answer blockquote")).to_contain_text("without exposure")
    page.wait_for_timeout(200)
    assert page.url.endswith("/host")
    assert live[-1] is False


def test_all_results_go_to_the_search_page_with_the_words(visitor: Visitor, host: Callable[..., str], service: SimpleNamespace):
    page = opened(visitor(host()))
    page.keyboard.type(TRAUMA)
    page.locator("clinic-search").get_by_role("button", name="All results").click()
    page.wait_for_url(service.url + "/")
    expect(page.locator("#q")).to_have_value(TRAUMA)


def test_after_trouble_enter_goes_to_the_search_page(visitor: Visitor, host: Callable[..., str], service: SimpleNamespace):
    page = opened(visitor(host()))
    page.route("**/api/search", lambda route: route.abort())
    page.keyboard.type(TRAUMA)
    expect(page.locator("clinic-search .note").first).to_contain_text("did not answer")
    page.keyboard.press("Enter")
    page.wait_for_url(service.url + "/")


CRISIS = {
    "class": "crisis",
    "panel": {
        "heading": "Help now",
        "message": "You are not alone.",
        "support_line": "",
        "lines": [{"label": "Day and night", "action": "Call 988", "href": "tel:988"}],
    },
}


def test_a_crisis_puts_help_first_and_hides_answer_and_sales(visitor: Visitor, host: Callable[..., str], service: SimpleNamespace):
    page = opened(visitor(host()))
    real = page.request.post(service.url + "/api/search", data={"q": TRAUMA}).json()
    page.route("**/api/search", lambda route: route.fulfill(json=real | {"crisis": CRISIS}, headers={"access-control-allow-origin": "*"}))
    page.keyboard.type(TRAUMA)
    expect(page.locator("clinic-search .crisis a")).to_have_attribute("href", "tel:988")
    expect(page.locator("clinic-search .answer")).to_have_count(0)
    expect(page.locator("clinic-search .foot a")).to_be_hidden()


def test_it_speaks_the_language_of_its_page(visitor: Visitor, host: Callable[..., str]):
    page = opened(visitor(host("lang=es")))
    expect(page.get_by_role("dialog", name="Busque en nuestros artículos")).to_be_visible()
    page.keyboard.type("La terapia interpersonal ayuda a las personas con depresión y con duelo")
    expect(page.locator("clinic-search .page h3").first).to_have_text("Terapia interpersonal")


def test_a_language_models_words_stand_labelled_over_the_quotes_and_stay_text(visitor: Visitor, host: Callable[..., str]):
    page = opened(visitor(host()))

    def add_words(route: Route) -> None:
        answer = route.fetch().json()
        if answer["answer"]:  # not yet after the first words
            answer["answer"]["rephrased"] = [{"text": "It can <b>help</b>.", "quote": 0}]
        route.fulfill(json=answer, headers={"access-control-allow-origin": "*"})

    page.route("**/api/search", add_words)
    page.keyboard.type(TRAUMA)
    box = page.locator("clinic-search .rephrased")
    expect(box).to_contain_text("In plainer words")
    expect(box).to_contain_text("It can <b>help</b>.")
    expect(box).to_contain_text("A computer wrote this")
    expect(page.locator("clinic-search .rephrased ~ .quotes blockquote").first).to_contain_text("without exposure")
    page.unroute_all(behavior="wait")  # a handler that outlives its page takes Playwright's event loop with it, and every crawl after it
