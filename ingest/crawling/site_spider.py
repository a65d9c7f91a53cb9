"""The spider that follows a site's links and sitemaps."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import date
from urllib.parse import urljoin

from scrapy import Request
from scrapy.http import Response, TextResponse
from scrapy.utils.gz import gunzip, gzip_magic_number
from scrapy.utils.response import get_base_url
from scrapy.utils.sitemap import Sitemap, sitemap_urls_from_robots
from selectolax.lexbor import LexborHTMLParser
from w3lib.encoding import http_content_type_encoding

from ingest.addresses import resolve_url
from ingest.blocks import parse_html
from ingest.crawling.bookkeeper import Bookkeeper, Tell
from ingest.crawling.explanations import PAGE_TYPES, media_type, skipped_file
from ingest.crawling.plan import CrawlPlan
from ingest.crawling.web_addresses import address_form, address_key, clean_address, is_same_site, is_web_address
from ingest.decoding import decode_page
from ingest.schema import LedgerEntry, Page

MAX_SITEMAPS = 500
"""Of one crawl: an index may list 50,000 sitemaps, and each of them 50,000 pages (https://www.sitemaps.org/protocol.html)."""
SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
ROBOTS_TAGS = ("robots", "clinic-search")
FOLLOWED = "a[href], area[href], link[rel=canonical][href], link[rel=next][href]"


class SiteSpider(Bookkeeper):
    """A site from its start page, its robots.txt and its sitemaps; or what one sitemap lists; or one page alone."""

    name = "site"

    def __init__(self, plan: CrawlPlan, tell: Tell, today: date) -> None:
        super().__init__(plan, tell, today)
        self.known: set[str] = set()
        self.forms: Counter[str] = Counter()
        self.sitemaps: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        """The first requests."""
        location, kind = self.plan.location, self.plan.kind
        if kind == "sitemap":
            self.sitemaps.add(location)
            yield self.ask(location, self.read_sitemap)
            return
        for request in self.visit(location, listed=True):
            yield request
        if kind == "website":
            yield self.ask(urljoin(location, "/robots.txt"), self.read_robots, quiet=True)
            for request in self.look_into(urljoin(location, "/sitemap.xml")):
                yield request

    # --- which addresses to ask for ---------------------------------------------------------------------------------------------------

    def visit(self, url: str, *, listed: bool, depth: int = 0) -> Iterator[Request]:
        """A request for a page of the site that was not asked for yet, if it is within the limits."""
        if not is_web_address(url):
            return
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
        """Why an address is not asked for, "" if it is."""
        limits, form = self.plan.limits, "" if listed else address_form(address)
        self.forms[form] += 1
        if file := skipped_file(address):
            return file
        if len(self.known) > limits.pages:
            return f"the crawl is limited to {limits.pages} addresses"
        if depth > limits.depth:
            return f"it is more than {limits.depth} links away from the start"
        if form and self.forms[form] > limits.same_form:
            return f"{limits.same_form} addresses of the form {form} were read, as of an endless calendar; a sitemap can list more"
        return ""

    def look_into(self, url: str) -> Iterator[Request]:
        """A request for a sitemap of the site that was not read yet."""
        if is_web_address(url) and is_same_site(url, self.plan.location) and url not in self.sitemaps and len(self.sitemaps) < MAX_SITEMAPS:
            self.sitemaps.add(url)
            yield self.ask(url, self.read_sitemap, quiet=True)

    # --- what comes back --------------------------------------------------------------------------------------------------------------

    def read_robots(self, response: Response) -> Iterator[Request]:
        """Requests for the sitemaps that robots.txt names."""
        for url in sitemap_urls_from_robots(response.text, base_url=response.url) if isinstance(response, TextResponse) else ():
            yield from self.look_into(url)

    def read_sitemap(self, response: Response) -> Iterator[Request]:
        """Requests for the pages, or further sitemaps, that a sitemap lists."""
        self.waiting.discard(response.meta["asked_for"])
        packed = gzip_magic_number(response)
        kind, addresses = _list_sitemap(gunzip(response.body, max_size=self.plan.limits.page_bytes) if packed else response.body)
        if not kind and self.plan.kind == "sitemap":
            self.tell(LedgerEntry(response.url, "error", "it is no sitemap: XML with <urlset> or <sitemapindex> was expected"))
        for address in addresses:
            url = resolve_url(response.url, address)
            yield from self.look_into(url) if kind == "sitemapindex" else self.visit(url, listed=True)

    def read_page(self, response: Response) -> Iterator[Request]:
        """Requests for the pages that a page links to; the page itself is told."""
        self.arrive(response)
        address = clean_address(response.url)
        self.known.add(address_key(address))
        if media_type(response.headers) not in PAGE_TYPES or not isinstance(response, TextResponse):
            self.tell(LedgerEntry(address, "skipped", f"it is {media_type(response.headers)}, not a page"))
            return
        page = self._make_page(address, response)
        tree = parse_html(page.content if page.media == "html" else "")
        asked = _robots_directives(response, tree)
        if asked & {"noindex", "none"}:
            self.tell(LedgerEntry(address, "noindex", "the page asks search engines not to index it"))
        self.tell(page)
        if self.plan.kind == "website" and not asked & {"nofollow", "none"}:
            for url in _links(get_base_url(response), tree):
                yield from self.visit(url, listed=False, depth=response.meta.get("depth", 0) + 1)

    def _make_page(self, address: str, response: TextResponse) -> Page:
        header = (response.headers.get("Content-Type") or b"").decode("latin-1")
        decoded = decode_page(response.body, http_content_type_encoding(header) or "")
        return Page(address, decoded.text, "text" if media_type(response.headers) == "text/plain" else "html", self.today)


def _list_sitemap(data: bytes) -> tuple[str, list[str]]:
    """The root element of a sitemap ("" if it is none) and the addresses that it lists; entities are not resolved."""
    try:
        sitemap = Sitemap(data)
        return (sitemap.type, [entry["loc"] for entry in sitemap]) if sitemap.type in SITEMAP_ROOTS else ("", [])
    except (StopIteration, SyntaxError):  # nothing in it that could be an element
        return "", []


def _links(base_url: str, tree: LexborHTMLParser) -> Iterator[str]:
    """The addresses that a page links to, its canonical address included, those marked nofollow left out."""
    for node in tree.css(FOLLOWED):
        if "nofollow" not in (node.attributes.get("rel") or "").lower():
            yield resolve_url(base_url, node.attributes.get("href") or "")


def _robots_directives(response: Response, tree: LexborHTMLParser) -> set[str]:
    """What a page asks of crawlers, by `X-Robots-Tag` or meta tag.

    https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag; what is meant for other crawlers by name is left alone.
    """
    values = [value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag")]
    tags = [node.attributes for node in tree.css("meta[name][content]")]
    values += [tag["content"] or "" for tag in tags if (tag["name"] or "").strip().lower() in ROBOTS_TAGS]
    return {word.strip().lower() for value in values for word in value.split(",")}
