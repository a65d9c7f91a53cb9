"""The staff's desk in a real browser: every page under axe, by keyboard, on a phone, with and without scripts."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from evaluation.live_server import serve_in_background
from index.judgments import judgments_of, read_staff_judgments
from search_api.access import AccessFile
from search_api.settings import Settings

pytestmark = pytest.mark.browser
Visitor = Callable[..., Page]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
TRAUMA = "Interpersonal psychotherapy can help people with PTSD without exposure"
DRAFT = f"{TRAUMA}. Fewer people stopped early than with exposure.\n\nOur new gardening group meets on Thursdays behind the clinic's house."


@pytest.fixture(scope="module")
def desk(service: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The small index behind an address of its own, with a token; what is judged lands in a folder of its own."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "index").mkdir()
    for part in service.settings.index.iterdir():
        (folder / "index" / part.name).symlink_to(part)
    _, held = AccessFile(folder / "tokens.json").create("staff", "Ana", today=date(2026, 11, 23))
    with serve_in_background(Settings(index=folder / "index", access=folder / "tokens.json")) as url:
        yield SimpleNamespace(url=url, token=held, judgments=judgments_of(Path(folder / "index")), ipt=f"{service.site}/therapies/ipt/")


@pytest.fixture
def sign_in(visitor: Visitor, desk: SimpleNamespace) -> Callable[..., Page]:
    """A page of the desk after signing in."""

    def open_page(path: str = "/staff", **options: object) -> Page:
        page = visitor(f"{desk.url}/sign-in", **options)
        page.fill("#token", desk.token)
        page.press("#token", "Enter")
        page.wait_for_url("**/staff")
        page.goto(desk.url + path)
        return page

    return open_page


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += Axe().run(page, options=CONTRAST).response["violations"]
    page.emulate_media(color_scheme="light")
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes']]}" for one in found]


def search_path(words: str = TRAUMA) -> str:
    return "/staff?q=" + words.replace(" ", "+")


ROOMS = [
    "/staff",
    search_path(),
    search_path("marmalade"),
    search_path("xylophone qwertz"),
    "/staff/pages",
    "/staff/repeated",
    "/staff/judgments",
]


@pytest.mark.parametrize("path", ROOMS)
def test_every_room_is_free_of_barriers_with_everything_unfolded(sign_in: Callable[..., Page], path: str):
    page = sign_in(path)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert violations(page) == []


@pytest.mark.parametrize("path", ROOMS)
def test_no_room_is_wider_than_a_phone_and_every_target_is_large_enough(sign_in: Callable[..., Page], path: str):
    page = sign_in(path, size={"width": 320, "height": 640})
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, summary, input, select, textarea')]
            .filter(one => one.checkVisibility() && !one.matches('.skip'))
            .filter(one => one.getBoundingClientRect().height < 24 && getComputedStyle(one).display !== 'inline')
            .map(one => one.outerHTML.slice(0, 120))"""
    )
    assert small == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_passage_is_judged_and_the_judgment_shown(sign_in: Callable[..., Page], desk: SimpleNamespace, scripts: bool):
    page = sign_in(search_path(), scripts=scripts)
    button = page.locator("#page-1 > .actions").get_by_role("button", name="Answers it")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    (kept,) = read_staff_judgments(desk.judgments)
    assert list(kept.relevant.values()) == [2]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert read_staff_judgments(desk.judgments) == []


def test_a_judgment_keeps_the_focus_and_is_told(sign_in: Callable[..., Page]):
    page = sign_in(search_path())
    button = page.locator("#page-1 > .actions").get_by_role("button", name="Helps")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(page.locator("#status")).to_have_text("Kept.")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_judgment_that_is_not_kept_is_told(sign_in: Callable[..., Page]):
    page = sign_in(search_path())
    page.route("**/staff/judge", lambda route: route.abort())
    page.locator("#page-1 > .actions").get_by_role("button", name="Helps").click()
    expect(page.locator("#page-1 .problem")).to_contain_text("not kept")


def test_a_draft_stands_beside_the_page_that_says_it_already(sign_in: Callable[..., Page]):
    page = sign_in("/staff/draft", scripts=False)
    page.fill("#title", "Trauma")
    page.fill("#text", DRAFT)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#verdict")).to_contain_text("In part")
    expect(page.locator(".pair")).to_have_count(1)
    expect(page.locator(".pair mark").first).to_contain_text("can help people with PTSD without exposure")
    expect(page.locator("#text")).to_have_value(DRAFT)


def test_a_compared_draft_is_free_of_barriers(sign_in: Callable[..., Page]):
    page = sign_in("/staff/draft", size={"width": 390, "height": 800})
    page.fill("#text", DRAFT)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("#verdict")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_citation_is_copied_with_one_press(sign_in: Callable[..., Page]):
    page = sign_in(search_path(), permissions=["clipboard-read", "clipboard-write"])
    page.locator("#page-1 summary", has_text="Cite").first.click()
    page.locator("#page-1").get_by_role("button", name="Copy").first.click()
    expect(page.locator("#status")).to_have_text("Copied")
    assert TRAUMA in page.evaluate("navigator.clipboard.readText()")


def test_the_passport_opens_from_a_result_and_is_free_of_barriers(sign_in: Callable[..., Page], desk: SimpleNamespace):
    page = sign_in(search_path())
    page.locator("#page-1").get_by_role("link", name="Page passport").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Interpersonal Psychotherapy (IPT)")
    expect(page.locator(".references-list")).to_contain_text("Markowitz")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert violations(page) == []


def test_similar_passages_open_from_a_result_and_are_free_of_barriers(sign_in: Callable[..., Page]):
    page = sign_in(search_path("Sleep is diary matter: go to bed at the same hour"))
    page.locator("#page-1").get_by_role("link", name="Similar passages").click()
    expect(page.locator(".likeness").first).to_be_visible()
    assert violations(page) == []


def test_the_keyboard_alone_searches_and_reaches_a_judge_button(sign_in: Callable[..., Page]):
    page = sign_in("/staff")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.locator("#q").focus()
    page.keyboard.type(TRAUMA)
    page.keyboard.press("Enter")
    expect(page.locator("#page-1")).to_be_visible()
    page.locator("#page-1 h3 a").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
        if page.evaluate("document.activeElement.name") == "grade":
            break
    assert page.evaluate("document.activeElement.textContent.trim()") == "Answers it"


def test_going_back_finds_the_search_as_it_was(sign_in: Callable[..., Page]):
    page = sign_in(search_path())
    page.locator("#page-1").get_by_role("link", name="Page passport").click()
    page.wait_for_url("**/staff/page?**")
    page.go_back()
    expect(page.locator("#page-1")).to_be_visible()
    expect(page.locator("#q")).to_have_value(TRAUMA)


def test_signing_out_ends_it(sign_in: Callable[..., Page], desk: SimpleNamespace):
    page = sign_in("/staff")
    page.get_by_role("button", name="Sign out").click()
    page.goto(desk.url + "/staff/judgments")
    assert page.url.startswith(f"{desk.url}/sign-in")
