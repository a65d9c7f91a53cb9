"""The pages that a sitemap lists (https://www.sitemaps.org/protocol.html), and no others."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.plan import CrawlLimits, CrawlPlan
from ingest.schema import Page
from ingest.sources import Record


def reads(location: str) -> bool:
    """Whether the location is the http(s) address of an XML file."""
    return location.startswith(("http://", "https://")) and urlsplit(location).path.lower().endswith((".xml", ".xml.gz"))


def pages(location: str, *, record: Record, memory: Path | None, limits: CrawlLimits) -> Iterator[Page]:
    """The listed pages that robots.txt allows. Raises `IngestError` if the crawler breaks down."""
    return crawl_pages(CrawlPlan("sitemap", location, memory, limits), record=record)
