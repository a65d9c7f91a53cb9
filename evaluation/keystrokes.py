"""How soon after the last key the first result stands on the search page: in a real browser, typing, on this machine."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from playwright.sync_api import Page, sync_playwright

from evaluation.live_server import serve_in_background
from evaluation.screenshots import CHROMIUM, FLAGS
from index.generations import current_generation
from ingest.site_files import read_articles
from search_api.settings import Settings

QUESTIONS = 40
"""Headings of the site that are typed: every one another, so that no cache answers."""
LEAST_WORDS = 3
POLL_MS, MOST_POLLS = 20, 500
GOAL_MS = 100.0
"""What people take for immediate (Nielsen 1993, https://www.nngroup.com/articles/response-times-3-important-limits/)."""

WATCH = """() => {
  const results = document.querySelector("#results");
  window.pressed = 0; window.shown = 0;
  document.querySelector("#q").addEventListener("keydown", event => { window.pressed = event.timeStamp; window.shown = 0; }, true);
  new MutationObserver(() => requestAnimationFrame(now => {
    if (window.pressed && !window.shown && results.querySelector(".pages a, .topics a")) window.shown = performance.now();
  })).observe(results, {childList: true});
}"""


def measure_keystrokes(index: Path) -> Mapping[str, float]:
    """Milliseconds from the last key to the drawn results: median, 95th percentile and longest; share within the goal of 100 ms."""
    questions = _headings(index)
    with serve_in_background(Settings(index=index)) as url, sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, CHROMIUM)))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(url)
        page.evaluate(WATCH)
        waited = np.array([_type(page, question) for question in questions])
        browser.close()
    return {
        "median_ms": round(float(np.median(waited)), 1),
        "p95_ms": round(float(np.percentile(waited, 95)), 1),
        "max_ms": round(float(waited.max()), 1),
        "within_100_ms": float((waited <= GOAL_MS).mean()),
        "typed": len(waited),
    }


def _type(page: Page, question: str) -> float:
    """Types all but the last letter, lets the page come to rest, presses the last one: milliseconds until results are drawn."""
    page.fill("#q", question[:-1])
    page.wait_for_timeout(1200)
    page.locator("#results:not([aria-busy])").wait_for(state="attached")
    page.press("#q", "End")
    page.wait_for_timeout(100)
    page.locator("#q").press_sequentially(question[-1])
    for _ in range(MOST_POLLS):
        if page.evaluate("window.shown > window.pressed"):  # the page's policy lets no wait_for_function run
            return float(page.evaluate("window.shown - window.pressed"))
        page.wait_for_timeout(POLL_MS)
    raise TimeoutError(f"{question!r} brought no results.")


def _headings(index: Path) -> Sequence[str]:
    """Headings of the site of at least three words, spread over its pages."""
    articles = read_articles(current_generation(index) / "site")
    found = dict.fromkeys(s.heading_path[-1] for one in articles for s in one.sections if s.heading_path)
    long = [heading for heading in found if len(heading.split()) >= LEAST_WORDS]
    return long[:: max(1, len(long) // QUESTIONS)][:QUESTIONS]
