"""The spiders: one follows a site's links and sitemaps, one reads WordPress's REST interface. Both tell about every address they ask for."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.sitemap import Sitemap, sitemap_urls_from_robots
from twisted.python.failure import Failure
from w3lib.encoding import http_content_type_encoding

from ingest.crawling.addresses import address_form, address_key, clean_address, is_same_site
from ingest.crawling.bookkeeping import FEED_TYPES, PAGE_TYPES, content_type, explain_failure, skipped_file
from ingest.crawling.fetched_pages import RESUMED_FLAG, UNCHANGED_FLAG
from ingest.crawling.plan import CrawlPlan
from ingest.decoding import decode_page
from ingest.schema import LedgerEntry, Page

Tell = Callable[[Page | LedgerEntry], None]
Callback = Callable[[Response], Iterator[Request]]

MAX_SITEMAPS = 500
"""Of one crawl. The protocol allows an index of 50,000; 500 sitemaps list up to 25 million pages (https://www.sitemaps.org/protocol.html)."""
WORDPRESS_PAGE_SIZE = 100
"""The most that WordPress gives at once (https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/)."""
WORDPRESS_FIELDS = "link,title,content,date,modified,author"


class Bookkeeper(Spider):
    """What both spiders share: each address is asked for once, and each has an end that is told."""

    came_to_its_end = False

    def __init__(self, plan: CrawlPlan, tell: Tell, today: date, **settings: Any) -> None:  # noqa: ANN401  (Scrapy's)
        super().__init__(**settings)
        self.plan, self.tell, self.today = plan, tell, today
        self.known: set[str] = set()
        self.waiting: set[str] = set()
        self.forms: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "Bookkeeper":  # noqa: ANN401
        """As Scrapy makes it, told about what Scrapy drops."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.on_dropped, signal=signals.request_dropped)
        crawler.signals.connect(spider.on_headers, signal=signals.headers_received)
        crawler.signals.connect(spider.on_error, signal=signals.spider_error)
        return spider

    def ask(self, url: str, callback: Callback, *, priority: int = 0) -> Request:
        """A request whose failure is told in any case."""
        self.waiting.add(url)
        return Request(url, callback=callback, errback=self.on_failure, priority=priority, meta={"asked_for": url})

    def arrive(self, response: Response) -> None:
        """Notes that an address has come to its end."""
        self.waiting.discard(response.meta["asked_for"])

    def on_failure(self, failure: Failure) -> None:
        """Tells why there is no page."""
        url = failure.request.meta["asked_for"]  # type: ignore[attr-defined]  # Scrapy sets it
        self.waiting.discard(url)
        self.tell(explain_failure(url, failure.value))

    def on_dropped(self, request: Request, spider: Spider) -> None:
        """A redirect came back to an address that was asked for before."""
        del spider
        url, passed = request.meta.get("asked_for", request.url), request.meta.get("redirect_urls", [])
        self.waiting.discard(url)
        if request.url in passed:
            self.tell(LedgerEntry(url, "error", "its redirects go round in a circle"))
        elif request.url != url:
            self.tell(LedgerEntry(url, "redirect", f"leads to {clean_address(request.url)}"))

    def on_headers(self, headers: Any, body_length: Any, request: Request, spider: Spider) -> None:  # noqa: ANN401
        """Breaks off what is neither page nor sitemap before its body comes. Raises `StopDownload`."""
        del body_length, spider
        declared = (headers.get("Content-Type") or b"text/html").decode("latin-1").partition(";")[0].strip().lower()
        if "asked_for" in request.meta and declared not in PAGE_TYPES | FEED_TYPES:
            raise StopDownload(fail=True)

    def on_error(self, failure: Failure, response: Response, spider: Spider) -> None:
        """A page that breaks our own code is told about and does not stop the crawl."""
        del spider
        self.waiting.discard(response.meta["asked_for"])
        self.tell(LedgerEntry(clean_address(response.url), "error", f"it could not be understood: {type(failure.value).__name__}"))

    def closed(self, reason: str) -> None:
        """Tells about what was never reached."""
        self.came_to_its_end = reason == "finished"
        why = "the crawl ran out of time" if reason == "closespider_timeout" else f"the crawl was stopped ({reason})"
        for url in sorted(self.waiting):
            self.tell(LedgerEntry(url, "skipped", f"{why} before it was read; the next one goes on from here"))


class SiteSpider(Bookkeeper):
    """A site from its start page and sitemaps, or only what one sitemap lists, or one page."""

    name = "site"

    async def start(self) -> AsyncIterator[Request]:
        """The first requests."""
        location = self.plan.location
        if self.plan.kind == "sitemap":
            yield self.ask(location, self.read_sitemap)
            return
        for request in self.visit(location, listed=True, depth=0):
            yield request
        if self.plan.kind == "website":
            yield self.ask(Request(location).follow_url("/robots.txt"), self.read_robots)

    def visit(self, url: str, *, listed: bool, depth: int) -> Iterator[Request]:
        """A request for a page of the site that was not asked for yet and is within the limits."""
        address = clean_address(url)
        if not is_same_site(address, self.plan.location) or address_key(address) in self.known:
            return
        self.known.add(address_key(address))
        refusal = self._refusal(address, listed=listed, depth=depth)
        if refusal:
            self.tell(LedgerEntry(address, "skipped", refusal))
        else:
            yield self.ask(address, self.read_page)

    def _refusal(self, address: str, *, listed: bool, depth: int) -> str:
        limits, form = self.plan.limits, address_form(address)
        self.forms[form] += bool(form) and not listed
        if file := skipped_file(address):
            return file
        if len(self.known) > limits.pages:
            return f"the crawl is limited to {limits.pages} pages"
        if depth > limits.depth:
            return f"it is more than {limits.depth} links away from the start"
        if self.forms[form] > limits.same_form:
            return f"{limits.same_form} addresses of the form {form} were read, which looks like an endless calendar; list it in a sitemap if not"
        return ""
