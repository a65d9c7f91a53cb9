"""The spider below all spiders: every address that is asked for comes to an end, and the end is told."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response
from twisted.python.failure import Failure

from ingest.crawling.explanations import FEED_TYPES, PAGE_TYPES, explain_failure, media_type
from ingest.crawling.fetched_pages import RESUMED_FLAG, UNCHANGED_FLAG
from ingest.crawling.plan import CrawlPlan
from ingest.crawling.web_addresses import clean_address
from ingest.schema import LedgerEntry, Page

Tell = Callable[[Page | LedgerEntry], None]
Callback = Callable[[Response], Iterator[Request]]
CUT_SHORT = {"closespider_timeout": "the crawl ran out of time", "memusage_exceeded": "the crawl ran out of memory"}


class Bookkeeper(Spider):
    """Tells about pages, and about addresses that gave none. `came_to_its_end` is whether the crawl was not cut short."""

    came_to_its_end = False

    def __init__(self, plan: CrawlPlan, tell: Tell, today: date) -> None:
        super().__init__()
        self.plan, self.tell, self.today = plan, tell, today
        self.waiting: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "Bookkeeper":  # noqa: ANN401  (Scrapy's signature)
        """As Scrapy makes it, and told of what Scrapy drops, breaks off or trips over."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_dropped, signal=signals.request_dropped)
        crawler.signals.connect(spider.on_headers, signal=signals.headers_received)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        return spider

    def ask(self, url: str, callback: Callback, *, quiet: bool = False) -> Request:
        """A request; unless it is quiet, it is told if nothing comes of it."""
        if not quiet:
            self.waiting.add(url)
        return Request(url, callback=callback, errback=None if quiet else self.on_failure, meta={"asked_for": url})

    def arrive(self, response: Response) -> str:
        """The address that was asked for, now at its end; tells if it led elsewhere, or if only a remembered page could be had."""
        url, final = response.meta["asked_for"], clean_address(response.url)
        self.waiting.discard(url)
        if final != url:
            self.tell(LedgerEntry(url, "redirect", f"leads to {final}"))
        if "cached" in response.flags and not {RESUMED_FLAG, UNCHANGED_FLAG} & set(response.flags):
            trouble = next((flag for flag in response.flags if flag != "cached"), "the server could not be reached")
            self.tell(LedgerEntry(final, "indexed", f"{trouble}, so the page of the crawl before was kept"))
        return str(url)

    def on_failure(self, failure: Failure) -> None:
        """Tells why there is no page, and which page links to it."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy adds it
        url, linking = request.meta["asked_for"], (request.headers.get("Referer") or b"").decode("latin-1")
        self.waiting.discard(url)
        entry = self.explain(url, failure.value or ValueError("unknown"))
        self.tell(replace(entry, reason=f"{entry.reason}; {linking} links to it") if linking else entry)

    def explain(self, url: str, error: BaseException) -> LedgerEntry:
        """Why there is no page at an address."""
        return explain_failure(url, error)

    def on_dropped(self, request: Request) -> None:
        """Tells where a redirect led that came to an address asked for before."""
        url, passed = request.meta.get("asked_for", request.url), request.meta.get("redirect_urls", [])
        self.waiting.discard(url)
        if request.url in passed:
            self.tell(LedgerEntry(url, "error", "its redirects go round in a circle"))
        elif request.url != url:
            self.tell(LedgerEntry(url, "redirect", f"leads to {clean_address(request.url)}"))

    def on_headers(self, headers: Headers, request: Request) -> None:
        """Breaks off what is neither page nor sitemap before its body comes. Raises `StopDownload`."""
        if "asked_for" in request.meta and media_type(headers) not in PAGE_TYPES | FEED_TYPES:
            raise StopDownload(fail=True)

    def on_error(self, failure: Failure, response: Response) -> None:
        """Tells of a page that breaks our own code; the crawl goes on."""
        self.waiting.discard(response.meta["asked_for"])
        self.tell(LedgerEntry(clean_address(response.url), "error", f"it could not be understood: {type(failure.value).__name__}"))

    def closed(self, reason: str) -> None:
        """Tells about what was never reached."""
        self.came_to_its_end = reason == "finished"
        why = CUT_SHORT.get(reason, f"the crawl was stopped ({reason})")
        for url in sorted(self.waiting):
            self.tell(LedgerEntry(url, "skipped", f"{why} before it was read; the next crawl goes on from here"))
