"""The pages and posts of a WordPress site, through its REST interface: text without menus and template."""

from collections.abc import Iterator
from pathlib import Path

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.schema import Page
from ingest.sources import Record

PREFIX = "wordpress+"


def reads(location: str) -> bool:
    """Whether the location is an http(s) address with `wordpress+` in front."""
    return location.startswith((f"{PREFIX}http://", f"{PREFIX}https://"))


def pages(location: str, *, record: Record, memory: Path | None, limits: CrawlLimits) -> Iterator[Page]:
    """All published pages and posts. Raises `IngestError` if the crawler breaks down."""
    return crawl_pages(CrawlPlan("wordpress", location.removeprefix(PREFIX), memory, limits), record=record)
