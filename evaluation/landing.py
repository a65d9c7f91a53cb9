"""Whether links to quoted words land on them: a real browser opens each link on the saved pages and shows what it marks.

`python -m evaluation landing corpus/site`. The page gets one rule of style that paints what the browser marks as the target
(`::target-text`), and a picture of the window is read where the quoted words stand, and the words right before and after them.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from evaluation.screenshots import FLAGS, find_chromium
from index.citations import cite_span
from ingest.pipeline import ingest_site
from ingest.schema import Article, Section

PER_PAGE = 3
LONGEST_RUN = 3
LOOKS, LOOK_MILLISECONDS = 10, 100
MARK = "<style>::target-text{background:rgb(255,0,255)!important;color:rgb(255,0,255)!important}*{scroll-behavior:auto!important}</style>"
_PIXELS = """async ([picture, points]) => {
  const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  canvas.drawImage(bitmap, 0, 0);
  return points.map(([x, y]) => Array.from(canvas.getImageData(Math.round(x), Math.round(y), 1, 1).data.slice(0, 3)));
}"""


@dataclass(frozen=True, slots=True)
class Link:
    """Quoted words and the address that should land on them."""

    text: str
    anchor: str
    address: str


@dataclass(frozen=True, slots=True)
class Landing:
    """What the browser did: all quoted words are in the window, all are marked, and neither neighbour is.

    Words that the page itself keeps `folded` away, in an accordion that it opens by script, cannot be marked: the anchor is all there is.
    """

    link: Link
    folded: bool
    in_window: bool
    marked: bool
    exact: bool


def measure_landing(folder: Path, *, detail: bool = False, per_page: int = PER_PAGE) -> dict[str, Any]:
    """Shares of the links to sampled runs of one to three sentences, items or rows of each page that land where they should.

    Links to words that a page keeps folded away are counted apart.
    """
    articles = ingest_site([str(folder)]).articles
    links = [link for article in articles for link in sample_links(article, per_page)]
    with _chromium() as browser:
        seen = [landing for landing in land_all(browser, folder, links) if not landing.folded]
    figures: dict[str, Any] = {"links": len(links), "folded": len(links) - len(seen)}
    figures |= {name: _share(seen, name) for name in ("in_window", "marked", "exact")}
    return figures | ({"missed": [one.link.address for one in seen if not one.exact]} if detail else {})


def _share(landings: Sequence[Landing], name: str) -> float:
    return sum(bool(getattr(one, name)) for one in landings) / len(landings) if landings else 0.0


def sample_links(article: Article, count: int) -> list[Link]:
    """Links to so many runs of sentences of an article; the same ones each time."""
    random = Random(article.url)
    sections = [section for section in article.sections if section.sentences]
    return [_sample_link(article, random.choice(sections), random) for _ in range(count)] if sections else []


def _sample_link(article: Article, section: Section, random: Random) -> Link:
    first = random.randrange(len(section.sentences))
    run = section.sentences[first : first + random.randint(1, LONGEST_RUN)]
    citation = cite_span(article, run[0].start, run[-1].end, section=section)
    return Link(article.text[run[0].start : run[-1].end], section.anchor, citation.fragment_url)


def land_all(browser: Browser, folder: Path, links: Sequence[Link]) -> list[Landing]:
    """What a browser does with each link, on the pages of a folder, served on this machine."""
    with serve_pages(_read_pages(folder)) as site:
        page, reader = browser.new_page(), browser.new_page()
        try:
            return [land(page, reader, link, site) for link in links]
        finally:
            page.close()
            reader.close()


@contextmanager
def _chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(FLAGS))
        yield browser
        browser.close()


def land(page: Page, reader: Page, link: Link, site: str) -> Landing:
    """What a browser does with one link; `reader` reads the picture."""
    parts = urlsplit(link.address)
    page.goto("about:blank")
    page.goto(f"{site}{parts.path}#{parts.fragment}")
    script = files("evaluation").joinpath("landing.js").read_text("utf-8")
    landing = _look(page, reader, link, script)
    for _ in range(LOOKS):  # a browser looks for the words when it has time
        if landing.marked or landing.folded:
            break
        page.wait_for_timeout(LOOK_MILLISECONDS)
        landing = _look(page, reader, link, script)
    return landing


def _look(page: Page, reader: Page, link: Link, script: str) -> Landing:
    found = page.evaluate(script, {"text": link.text, "anchor": link.anchor})
    if found is None:
        return Landing(link, folded=False, in_window=False, marked=False, exact=False)
    if "folded" in found:
        return Landing(link, folded=True, in_window=False, marked=False, exact=False)
    in_window = all(0 <= x < found["width"] and 0 <= y < found["height"] for x, y in found["quoted"])
    beside = [(x, y) for x, y in found["beside"] if 0 <= x < found["width"] and 0 <= y < found["height"]]
    picture = "data:image/png;base64," + base64.b64encode(page.screenshot()).decode()
    read = partial(_are_marked, reader, picture)
    marked = in_window and all(read(found["quoted"]))
    return Landing(link, False, in_window, marked, exact=marked and not any(read(beside)))


def _are_marked(reader: Page, picture: str, points: Sequence[Sequence[float]]) -> list[bool]:
    colours = reader.evaluate(_PIXELS, [picture, list(points)])
    return [red > 200 and green < 60 and blue > 200 for red, green, blue in colours]


def _read_pages(folder: Path) -> dict[str, bytes]:
    """The saved pages by the path of their address."""
    names = json.loads((folder / "manifest.json").read_text("utf-8"))
    return {urlsplit(entry["url"]).path: _with_mark((folder / name).read_bytes()) for name, entry in names.items()}


def _with_mark(html: bytes) -> bytes:
    return html.replace(b"</head>", MARK.encode() + b"</head>", 1)


@contextmanager
def serve_pages(pages: Mapping[str, bytes]) -> Iterator[str]:
    """The address, on a free port of this machine, of a site with these pages, until the block ends."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path in pages else 404)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(pages.get(self.path, b""))

        def log_message(self, *_: object) -> None:
            """Keeps quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
