"""What keeps a crawl on its site, out of private networks, slow enough for the server and within its memory."""

import re
import socket
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.memusage import MemoryUsage
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


PROCESS_STATUS = Path("/proc/self/status")


class OwnMemoryUsage(MemoryUsage):
    """Scrapy's limit of memory, without what the process that started this one had used.

    Linux hands `ru_maxrss` on through fork and exec (getrusage(2)), so that a crawl begun by a large process stopped before it began.
    `VmHWM`, the peak of the program that runs now, is not handed on (proc_pid_status(5)).
    """

    def get_virtual_size(self) -> int:  # Scrapy's name; what it means is the peak of resident memory
        """The most memory that the crawler has held so far, in bytes."""
        if not PROCESS_STATUS.exists():
            return int(super().get_virtual_size())
        peak = re.search(r"^VmHWM:\s*(\d+) kB", PROCESS_STATUS.read_text(), re.MULTILINE)
        return int(peak[1]) * 1024 if peak else int(super().get_virtual_size())
