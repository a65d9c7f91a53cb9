"""The editors' pages in a browser: axe-core in light and dark, without scripts, on a phone; and that one can click through."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from evaluation.live_server import serve_in_background
from gaps.question_log import append_questions
from index.searcher import Searcher
from search_api.access import AccessFile
from search_api.gap_commands import report_gaps
from search_api.question_writer import question_log_of
from search_api.settings import Settings

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
VIEWS = ("/editor", "/editor/gaps", "/editor/gaps?by=page", "/editor/coverage", "/editor/coverage?matrix=treatments", "/editor/questions")
Editor = Callable[..., Page]


@pytest.fixture(scope="module")
def desk(service: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a server with two runs behind it, and an editor's token."""
    work = tmp_path_factory.mktemp("editor")
    root = Path(shutil.copytree(service.settings.index, work / "index"))  # type: ignore[attr-defined]
    rows = [(words, date(2026, 11, day), 0.1) for day in range(8, 23) for words in ("qwertz tinnitus <b>asdf</b>", "what is anxiety")]
    append_questions(question_log_of(root), rows, scrub=str)
    for day in (16, 23):
        report_gaps(Searcher.open(root), root, today=date(2026, 11, day))
    _, held = AccessFile(work / "tokens.json").create("editor", "Ana", today=date(2026, 11, 23))
    with serve_in_background(Settings(index=root, access=work / "tokens.json")) as url:
        yield url, held


@pytest.fixture
def editor(browser: Browser, desk: tuple[str, str]) -> Iterator[Editor]:
    """Opens a page as a signed-in editor."""
    contexts = []

    def open_page(path: str, *, scripts: bool = True, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{desk[0]}/sign-in?next=/editor")
        page.fill("#token", desk[1])
        page.press("#token", "Enter")
        page.wait_for_url("**/editor")
        page.goto(desk[0] + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page_with_everything_unfolded(editor: Editor, scheme: str):
    page = editor("/editor", scheme=scheme)
    for view in VIEWS:
        page.goto(page.url.partition("/editor")[0] + view)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert [f"{view} {one['id']}: {one['nodes'][0]['html']}" for one in Axe().run(page, options=RULES).response["violations"]] == []


def test_no_page_is_wider_than_a_phone(editor: Editor):
    page = editor("/editor", size=PHONE)
    for view in VIEWS:
        page.goto(page.url.partition("/editor")[0] + view)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_charts_are_pictures_that_say_what_they_show(editor: Editor):
    page = editor("/editor")
    shown = page.locator(".charts img").evaluate_all("all => all.map(one => [one.complete && one.naturalWidth > 0, one.alt.length > 20])")
    assert shown == [[True, True]] * 3


def test_without_scripts_one_clicks_from_a_cell_to_its_passage(editor: Editor):
    page = editor("/editor/coverage", scripts=False)
    page.locator(".matrix td a").first.click()
    expect(page.locator("#cell")).to_contain_text("% sure that this answers")
    expect(page.locator(".matrix [aria-current=true]")).to_have_count(1)


def test_without_scripts_the_gaps_are_chosen_with_a_form(editor: Editor):
    page = editor("/editor/gaps", scripts=False)
    page.select_option("#by", "page")
    page.select_option("#severity", "error")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(page.url.partition("?")[0] + "?by=page&severity=error")
    expect(page.locator(".badge.notice")).to_have_count(0)


def test_a_file_is_saved(editor: Editor):
    page = editor("/editor")
    with page.expect_download() as download:
        page.get_by_role("link", name="gaps.csv").click()
    assert download.value.suggested_filename == "gaps.csv"
