"""What keeps a crawl on its site and out of private networks, and slow enough for the server."""

import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.resolver import CachingThreadedResolver
from scrapy.robotstxt import RobotParser
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from ingest.crawling.web_addresses import is_public_address, is_same_site


class PrivateAddress(DNSLookupError):
    """A host of a public crawl resolved to an address of a private network; a lookup error, because Twisted passes no other on."""


class PublicResolver(CachingThreadedResolver):
    """Name resolution of a public crawl; it stands where connections are made, so that no later answer of a name server slips past it."""

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> "Deferred[str]":  # noqa: N802  (Twisted's name)
        """The IPv4 address of a host. Fails with `PrivateAddress` if it is not public."""
        return super().getHostByName(name, timeout).addCallback(_refuse_private)


def _refuse_private(number: str) -> str:
    if not is_public_address(number):
        raise PrivateAddress(number)
    return number


def is_private_host(url: str) -> bool:
    """Whether an address leads into a private network, which is right only where the crawl was told to start there."""
    try:
        return not is_public_address(socket.gethostbyname(urlsplit(url).hostname or ""))
    except (OSError, ValueError):
        return False


class SameSite:
    """Downloader middleware: nothing outside the site is asked for, redirects and retries included."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SameSite":
        """As Scrapy makes it."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Nothing, if the request stays on the site. Raises `IgnoreRequest` otherwise."""
        site = self.crawler.settings["CRAWL_SITE"]
        if not is_same_site(request.url, site):
            raise IgnoreRequest(f"leads to another site: {request.url}")


BUSY_STATUSES = frozenset({429, 503})
BUSY_SECONDS = 1.0
"""The least that a server is left alone when it says that it is busy and not for how long."""


class PoliteThrottle(AutoThrottle):
    """AutoThrottle that also keeps Crawl-delay and Retry-After (RFC 9110, 10.2.3), up to the longest delay of the crawl."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        crawler.signals.connect(self._keep_crawl_delay, signal=signals.robots_parsed)

    def _keep_crawl_delay(self, robotparser: RobotParser, request: Request) -> None:
        del request
        asked = robotparser.crawl_delay(self.crawler.settings["USER_AGENT"]) or 0.0
        self.mindelay = min(max(self.mindelay, asked), self.maxdelay)
        if self.crawler.engine:
            for slot in self.crawler.engine.downloader.slots.values():
                slot.delay = max(slot.delay, self.mindelay)

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        if response.status in BUSY_STATUSES:
            asked = (response.headers.get("Retry-After") or b"").decode("latin-1")
            slot.delay = min(float(asked) if asked.isdecimal() else max(BUSY_SECONDS, 2 * slot.delay), self.maxdelay)
