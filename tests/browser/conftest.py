"""A real browser, a real server over a small index, and the saved pages that its citations lead to."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from evaluation.live_server import serve_in_background
from evaluation.screenshots import CHROMIUM as BROWSER_NAMES
from evaluation.screenshots import FLAGS
from index.builder import build_index
from index.embedders import load_embedder
from ingest.articles import assemble_article
from ingest.blocks import block_page
from ingest.schema import LedgerEntry, MenuEntry, Metadata, Site, StrippedPage
from ingest.schema import Page as SitePage
from search_api.clinic import read_clinic
from search_api.pages import SearchPage, render_search_page
from search_api.settings import Settings
from search_api.texts import read_texts

CHROMIUM = next(filter(None, map(shutil.which, BROWSER_NAMES)), None)
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
FILLER = "".join(
    f"<p>Paragraph {number} of this page speaks of gardens, weather and the harbor in plain words.</p>" for number in range(40)
)
LONG_WORD = "Donaudampfschifffahrt" * 24
"""504 characters without a place to break."""

SITE = {
    "/therapies/ipt/": f"""<h1>Interpersonal Psychotherapy (IPT)</h1>{FILLER}
        <h2 id="ptsd">Post-Traumatic Stress Disorder (PTSD)</h2>
        <p>Interpersonal psychotherapy can help people with PTSD without exposure.<sup>1</sup>
        Fewer people stopped early than with exposure.</p>
        <h2 id="trial">The trial</h2>
        <p>The trial compared three treatments over fourteen weeks. People met a therapist once a week and spoke about what had changed
        between them and others since the trauma. Numbness, mistrust and anger were named and tried out in new conversations, week by week.
        Nobody had to tell the story of the trauma again, and most had fewer symptoms at the end than at the start of the treatment.</p>
        {FILLER}
        <h2 id="refs">References</h2>
        <ol><li>Markowitz JC. Is exposure necessary? 2015. https://doi.org/10.1176/appi.ajp.2014.14070908</li></ol>""",
    "/therapies/emdr/": "<h1>EMDR</h1><p>Eye movement desensitization and reprocessing treats trauma with sets of eye movements.</p>",
    "/conditions/anxiety/": "<h1>Anxiety</h1><p>Anxiety is worry that stays. Anxiety can be treated with therapy.</p>",
    "/conditions/social-anxiety/": "<h1>Social Anxiety Disorder</h1><p>Social anxiety is the fear of being judged by others.</p>",
    "/conditions/markup/": """<h1>&lt;img src=x onerror=alert(1)&gt; &amp; titles</h1>
        <p>Markup marmalade: &lt;script&gt;document.title='stolen'&lt;/script&gt; stays text.</p>""",
    "/conditions/arabic/": "<h1>العلاج النفسي بين الأشخاص</h1><p>هذه صفحة عن العلاج marmalade النفسي، مكتوبة من اليمين إلى اليسار.</p>",
    "/conditions/long/": f"<h1>{LONG_WORD} marmalade</h1><p>{LONG_WORD} marmalade {LONG_WORD}</p>",
    "/es/terapia/": "<h1>Terapia interpersonal</h1><p>La terapia interpersonal ayuda a las personas con depresión y con duelo.</p>",
} | {f"/blog/post-{n}/": f"<h1>Sleep diary {n}</h1><p>Sleep is diary matter number {n}: go to bed at the same hour.</p>" for n in range(12)}

CLINIC_TOML = """name = "Harbor Clinic"
url = "{site}/"
[contact]
phone = "(541) 555-0142"
email = "hello@clinic.example"
hours = "Monday to Friday"
[widget]
origins = ["{site}"]
"""


@dataclass(frozen=True)
class Service:
    """The search service's address, that of the clinic's own pages, and the pages that a test adds to them as (HTML, headers)."""

    url: str
    site: str
    extra: dict[str, tuple[str, dict[str, str]]]
    settings: Settings


# Not of the whole session: while Playwright is open, an event loop runs, and no other test could run one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        reason = "No Chromium is installed (chromium, chromium-browser or google-chrome); on Debian: apt-get install chromium"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") == "1" else pytest.skip(reason)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def clinic_pages() -> Iterator[tuple[str, dict[str, tuple[str, dict[str, str]]]]]:
    """The clinic's own website on a port of its own, which is another origin."""
    extra: dict[str, tuple[str, dict[str, str]]] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body, headers = extra.get(path) or (f"<!doctype html><html lang=en><title>Page</title><main>{SITE.get(path, '')}</main>", {})
            self.send_response(200 if path in SITE or path in extra else 404)
            for name, value in {"content-type": "text/html; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", extra
    server.shutdown()
    server.server_close()


def stripped(url: str, html: str) -> StrippedPage:
    language = "es" if "/es/" in url else "en"
    page = block_page(SitePage(url, f"<html lang={language}><body><main>{html}</main></body></html>"))
    return StrippedPage(url, page.blocks, (), Metadata(language=language, reviewed_on=date(2026, 3, 1) if "ipt" in url else None))


@pytest.fixture(scope="session")
def service(clinic_pages: tuple[str, dict], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    site, extra = clinic_pages
    root = tmp_path_factory.mktemp("browser-index")
    pages = tuple(stripped(site + path, html) for path, html in SITE.items())
    articles = tuple(assemble_article(page) for page in pages)
    menu = (MenuEntry(("Therapies",), f"{site}/therapies/ipt/", True), MenuEntry(("Therapies", "EMDR"), f"{site}/therapies/emdr/", True))
    whole = Site(articles, pages, menu, tuple(LedgerEntry(page.url, "indexed") for page in pages))
    clinic_file = CLINIC_TOML.format(site=site).encode()
    build_index(
        whole,
        root,
        embedder=load_embedder("hashing"),
        store="numpy_exact",
        created_on=date(2026, 11, 23),
        extra_files={"clinic.toml": clinic_file},
    )
    with serve_in_background(Settings(index=root)) as url:
        yield Service(url, site, extra, Settings(index=root))


@pytest.fixture
def visitor(browser: Browser, service: Service) -> Iterator[Callable[..., Page]]:
    """Opens pages as a visitor; at the end, nothing may have gone to another host, no script may have failed, no policy been broken."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def watch(page: Page) -> None:
        page.on("request", lambda request: trouble.append(request.url) if not is_local(request.url) else None)
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: trouble.append(said.text) if "Content Security Policy" in said.text else None)

    def open_page(path: str = "/", *, scripts: bool = True, size: dict = DESKTOP, scheme: str = "light", **options: object) -> Page:
        context = browser.new_context(java_script_enabled=scripts, viewport=size, color_scheme=scheme, **options)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        contexts.append(context)
        page = context.new_page()
        watch(page)
        if path:
            page.goto(path if path.startswith("http") else service.url + path)
        return page

    open_page.trouble = trouble  # type: ignore[attr-defined]
    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "about:", "blob:"))


@pytest.fixture
def show_state(service: Service) -> Callable[..., None]:
    """Lets the search page stand in a state that the small index never comes to."""

    def show(page: Page, state: SearchPage, language: str = "en", status: int = 200) -> None:
        clinic = read_clinic(next(service.settings.index.glob("*/clinic.toml")))
        html = render_search_page(clinic, state, read_texts(language))
        page.route(service.url + "/", lambda route: route.fulfill(status=status, body=html, content_type="text/html; charset=utf-8"))
        page.goto(service.url + "/")

    return show


@pytest.fixture
def here(service: Service) -> SimpleNamespace:
    """What the tests share: the address, sizes, and how to search."""
    return SimpleNamespace(url=service.url, PHONE=PHONE, search=search, settled=settled)


def search(page: Page, words: str) -> None:
    """Types a question, sends it and waits for what comes."""
    page.fill("#q", words)
    page.press("#q", "Enter")
    settled(page)


def settled(page: Page) -> None:
    page.locator("#results:not([aria-busy]) h2").first.wait_for()
