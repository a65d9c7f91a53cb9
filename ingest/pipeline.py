"""The room's story: pages are read, split into blocks, freed of what the site repeats, and put together as articles."""

from collections.abc import Callable, Iterable, Sequence

from ingest.articles import assemble_article
from ingest.blocks import block_page
from ingest.errors import NothingToRead
from ingest.menu import read_menu
from ingest.schema import Article, BlockedPage, LedgerEntry, Site, StrippedPage
from ingest.sources import Record, read_pages
from ingest.template import Overrides, learn_template, strip_template

Report = Callable[[str, int, int], None]
"""Told what is going on: the step, how much of it is done, how much there is (0: unknown)."""


def silent(_step: str, _done: int, _total: int) -> None:
    """The report of a caller who does not want to know."""


def ingest_site(locations: Sequence[str], *, source: str = "", overrides: Overrides | None = None, report: Report = silent) -> Site:
    """All that the pages of these locations say. Raises `NothingToRead` if no page could be read at all."""
    ledger: dict[str, LedgerEntry] = {}

    def record(entry: LedgerEntry) -> None:
        ledger[entry.url] = entry

    blocked = _block_pages(locations, source, record, report)
    if not blocked:
        reasons = "; ".join(f"{entry.url}: {entry.reason}" for entry in list(ledger.values())[:3])
        raise NothingToRead(f"No page of {', '.join(locations)} could be read. {reasons}".strip())
    template = learn_template(blocked, overrides=overrides)
    stripped = [strip_template(page, template) for page in _counted(blocked, "stripping the site's template", report)]
    articles = [assemble_article(page) for page in _counted(stripped, "assembling articles", report)]
    kept = [article for article, page in zip(articles, stripped, strict=True) if _is_indexed(article, page, ledger)]
    return Site(tuple(kept), tuple(stripped), tuple(read_menu(blocked, template)), tuple(ledger.values()))


def _block_pages(locations: Sequence[str], source: str, record: Record, report: Report) -> list[BlockedPage]:
    """The pages as blocks, each address once: of two pages with one address the first is read."""
    blocked: dict[str, BlockedPage] = {}
    for location in locations:
        for page in read_pages(location, source=source, record=record):
            if page.url not in blocked:
                blocked[page.url] = block_page(page)
            report("reading pages", len(blocked), 0)
    return list(blocked.values())


def _counted(pages: Sequence[StrippedPage] | Sequence[BlockedPage], step: str, report: Report) -> Iterable:  # type: ignore[type-arg]
    for done, page in enumerate(pages, 1):
        yield page
        report(step, done, len(pages))


def _is_indexed(article: Article, page: StrippedPage, ledger: dict[str, LedgerEntry]) -> bool:
    """Whether the article goes into the index; the ledger learns what became of it."""
    reason = ledger[article.url].reason if article.url in ledger else ""
    if page.metadata.noindex:
        ledger[article.url] = LedgerEntry(article.url, "noindex", "the page asks search engines not to index it")
    elif not article.text.strip():
        ledger[article.url] = LedgerEntry(article.url, "empty", "nothing is left once the site's template is taken away")
    else:
        ledger[article.url] = LedgerEntry(article.url, "indexed", reason)
    return ledger[article.url].outcome == "indexed"
