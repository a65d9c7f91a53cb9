"""A web site: a polite crawl from its start page and its sitemaps, within its host."""

from collections.abc import Iterator
from pathlib import Path

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.schema import Page
from ingest.sources import Record, sitemap


def reads(location: str) -> bool:
    """Whether the location is an http(s) address and not that of a sitemap."""
    return location.startswith(("http://", "https://")) and not sitemap.reads(location)


def pages(location: str, *, record: Record, memory: Path | None, limits: CrawlLimits) -> Iterator[Page]:
    """The pages of the site that robots.txt allows. Raises `IngestError` if the crawler breaks down."""
    return crawl_pages(CrawlPlan("website", location, memory, limits), record=record)
