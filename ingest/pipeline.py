"""The room's story: pages are read, split into blocks, freed of what the site repeats, and put together as articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ingest.articles import assemble_article
from ingest.blocks import block_page
from ingest.collector import collecting_rarely
from ingest.crawling.plan import CrawlLimits
from ingest.duplicates import article_digest, find_duplicates
from ingest.errors import NothingToRead
from ingest.isolation import each_alone
from ingest.ledger import check_against_last, compare_with_last, count_outcomes, read_ledger, write_ledger
from ingest.menu import read_menu
from ingest.page_kinds import find_challenge, find_excerpt_lists, find_listing, find_soft_404
from ingest.schema import Article, BlockedPage, LedgerEntry, Outcome, Page, Site, StrippedPage
from ingest.sources import Record, read_pages
from ingest.template import Overrides, SiteTemplate, learn_template, strip_template

Report = Callable[[str, int, int], None]
"""Told what is going on: the step, how much of it is done, how much there is (0: unknown)."""

Noun = TypeVar("Noun")
LEDGER = "ledger.sqlite"
LONGEST_ARTICLE = 1_000_000
"""Characters, about 170,000 words: longer than any article, and what takes minutes to embed. A novel or a log is no article."""


def silent(_step: str, _done: int, _total: int) -> None:
    """The report of a caller who does not want to know."""


@collecting_rarely()
def ingest_site(
    locations: Sequence[str],
    *,
    source: str = "",
    overrides: Overrides | None = None,
    report: Report = silent,
    memory: Path | None = None,
    limits: CrawlLimits | None = None,
    accept_smaller: bool = False,
) -> Site:
    """All that the pages of these locations say.

    `memory` is a folder that remembers the last good ingest: its ledger, and the pages that were fetched.

    Raises:
        NothingToRead: no page could be read at all.
        SuspiciousCrawl: much less came back than last time, and `accept_smaller` is not set.
    """
    ledger = _Ledger()
    pages = _fetch_pages(locations, source, memory, limits or CrawlLimits(), ledger.record)
    blocked = _block_pages(pages, ledger, report)
    if not blocked:
        raise NothingToRead(f"No page of {', '.join(locations)} could be read. {ledger.first_reasons()}".strip())
    template = learn_template(blocked, overrides=overrides)
    waiting = _counted(blocked, "stripping the site's template", report)
    readings = list(each_alone(waiting, lambda page: _read_page(page, template), record=ledger.record))
    _judge_pages(readings, ledger)
    kept = tuple(reading.article for reading in readings if ledger.outcome(reading.article.url) == "indexed")
    site = Site(kept, tuple(reading.stripped for reading in readings), tuple(read_menu(blocked, template)), tuple(ledger.entries.values()))
    return site if memory is None else _compare_with_last(site, memory / LEDGER, accept_smaller=accept_smaller)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One page through all steps."""

    blocked: BlockedPage
    stripped: StrippedPage
    article: Article


def _read_page(page: BlockedPage, template: SiteTemplate) -> _Reading:
    stripped = strip_template(page, template)
    return _Reading(page, stripped, assemble_article(stripped))


class _Ledger:
    """What is known so far about every address. A reason that a source gave for a page stays with it when the page is indexed."""

    def __init__(self) -> None:
        self.entries: dict[str, LedgerEntry] = {}

    def record(self, entry: LedgerEntry) -> None:
        self.entries[entry.url] = entry

    def conclude(self, url: str, outcome: Outcome, reason: str) -> None:
        """The end that a page came to, unless it was left out before."""
        if self.is_open(url):
            before = self.entries[url].reason if url in self.entries else ""
            self.entries[url] = LedgerEntry(url, outcome, reason or before)

    def is_open(self, url: str) -> bool:
        return self.outcome(url) in {"", "indexed"}

    def outcome(self, url: str) -> Outcome | str:
        return self.entries[url].outcome if url in self.entries else ""

    def first_reasons(self) -> str:
        return "; ".join(f"{entry.url}: {entry.reason}" for entry in list(self.entries.values())[:3])


def _fetch_pages(locations: Sequence[str], source: str, memory: Path | None, limits: CrawlLimits, record: Record) -> Iterator[Page]:
    for location in locations:
        yield from read_pages(location, source=source, record=record, memory=memory, limits=limits)


def _block_pages(pages: Iterable[Page], ledger: _Ledger, report: Report) -> list[BlockedPage]:
    """The pages as blocks by address, whatever order they came in; of two pages with one address the first is read."""
    blocked: dict[str, BlockedPage] = {}
    for page in each_alone(_without_challenges(pages, ledger), block_page, record=ledger.record):
        blocked.setdefault(page.url, page)
        report("reading pages", len(blocked), 0)
    return [blocked[url] for url in sorted(blocked)]


def _without_challenges(pages: Iterable[Page], ledger: _Ledger) -> Iterator[Page]:
    for page in pages:
        if challenge := find_challenge(page.content):
            ledger.record(LedgerEntry(page.url, "challenge", challenge))
        else:
            yield page


def _counted(nouns: Sequence[Noun], step: str, report: Report) -> Iterator[Noun]:
    for done, noun in enumerate(nouns, 1):
        yield noun
        report(step, done, len(nouns))


def _judge_pages(readings: Sequence[_Reading], ledger: _Ledger) -> None:
    """Writes into the ledger which pages are indexed, and why the others are not. The first reason counts."""
    for reading in readings:
        page, url = reading.blocked, reading.blocked.url
        if page.metadata.noindex:
            ledger.conclude(url, "noindex", "the page asks search engines not to index it")
        elif reason := find_soft_404(page, reading.stripped.kept):
            ledger.conclude(url, "soft_404", reason)
        elif reason := find_listing(page):
            ledger.conclude(url, "listing", reason)
        elif not reading.article.text.strip():
            ledger.conclude(url, "empty", "nothing is left once the site's template is taken away")
        elif (size := len(reading.article.text)) > LONGEST_ARTICLE:
            ledger.conclude(url, "error", f"too long for an article: {size:,} characters, at most {LONGEST_ARTICLE:,}; divide the page")
    articles = {reading.article.url: reading.article for reading in readings}
    undecided = [reading.stripped for reading in readings if ledger.is_open(reading.article.url)]
    for url, reason in find_excerpt_lists(articles, undecided).items():
        ledger.conclude(url, "listing", reason)
    for url, first in find_duplicates(article for url, article in articles.items() if ledger.is_open(url)).items():
        ledger.conclude(url, "duplicate", f"the same text stands at {first}")
    for url in articles:
        ledger.conclude(url, "indexed", "")


def _compare_with_last(site: Site, ledger_file: Path, *, accept_smaller: bool) -> Site:
    """The site with its ledger compared with the last good one, whose place it takes."""
    last = read_ledger(ledger_file)
    digests = {article.url: article_digest(article) for article in site.articles}
    entries = compare_with_last(site.ledger, digests, last)
    site = Site(site.articles, site.stripped_pages, site.menu, tuple(entries))
    if not accept_smaller:
        check_against_last(site, count_outcomes(row.entry for row in last.values()))
    write_ledger(ledger_file, entries, digests)
    return site
