"""One page of the web, without following its links; read only where the source is chosen by name."""

from collections.abc import Iterator
from pathlib import Path

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.schema import Page
from ingest.sources import Record


def reads(location: str) -> bool:
    """Never: an address by itself means the whole site."""
    del location
    return False


def pages(location: str, *, record: Record, memory: Path | None, limits: CrawlLimits) -> Iterator[Page]:
    """The page at an address, redirects within its site followed. Raises `IngestError` if the crawler breaks down."""
    return crawl_pages(CrawlPlan("page", location, memory, limits), record=record)
