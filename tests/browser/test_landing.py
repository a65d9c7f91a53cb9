"""Links to quoted words, opened by a real browser on saved pages of the sample clinic."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from evaluation.landing import Link, land_all, sample_links
from index.citations import cite_span, find_section
from ingest.pipeline import ingest_site
from ingest.schema import Article

pytestmark = pytest.mark.browser
SITE = Path(__file__).parents[2] / "corpus" / "site"
NAMES = ("therapies--interpersonal-psychotherapy", "fees", "conditions--bipolar-disorder", "es--depresion")


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Four articles with a table, lists, markers in several styles, and one in Spanish."""
    found = {article.url: article for article in ingest_site([str(SITE)]).articles}
    return [found[f"https://www.wrenfield.example/{name.replace('--', '/')}/"] for name in NAMES]


def link_to(article: Article, start: int, end: int) -> Link:
    section = find_section(article, start)
    assert section
    return Link(article.text[start:end], section.anchor, cite_span(article, start, end).fragment_url)


def runs_across_markers(article: Article) -> Iterator[Link]:
    for section in article.sections:
        for first, second in zip(section.sentences, section.sentences[1:], strict=False):
            if first.markers and first.block == second.block:  # between two blocks a box of the theme may stand
                yield link_to(article, first.start, second.end)


def rows_and_items(article: Article) -> Iterator[Link]:
    for section in article.sections:
        for one in section.sentences:
            if one.kind in ("table_row", "list_item"):
                yield link_to(article, one.start, one.end)


def test_the_browser_scrolls_to_the_quoted_words_and_marks_them_and_no_others(browser: Browser, articles: list[Article]):
    links = [link for article in articles for link in sample_links(article, 1)]
    links += [next(runs_across_markers(article)) for article in articles if article.markers]
    links += [link for article in articles for link in list(rows_and_items(article))[:2]]
    assert len(links) >= 10
    landings = [landing for landing in land_all(browser, SITE, links) if not landing.folded]
    assert len(landings) >= 8
    assert [landing.link.address for landing in landings if not (landing.in_window and landing.marked and landing.exact)] == []


def test_a_link_to_other_words_does_not_pass(browser: Browser, articles: list[Article]):
    first, second = (link for article in articles[:1] for link in list(runs_across_markers(article))[:2])
    (landing,) = land_all(browser, SITE, [replace(first, address=second.address)])
    assert not landing.marked
