"""What a crawl is to do and where it has to stop."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

CrawlKind = Literal["website", "sitemap", "page", "wordpress"]

MAX_PAGE_BYTES = 32_000_000
"""Larger pages are recorded and left out: the HTML of the largest real pages is below 20 MB."""


@dataclass(frozen=True, slots=True)
class CrawlLimits:
    """Bounds of a crawl; what lies beyond them is recorded as skipped.

    `pages` counts addresses that are asked for. `same_form` bounds the addresses that differ in nothing but numbers (`/calendar?month=5`)
    and that no sitemap lists: an endless calendar has as many as one cares to follow, a paged archive of a clinic a few dozen. `depth` is
    the number of links followed in a row. `delay_seconds` is the least time between two requests; robots.txt can ask for more, up to
    `longest_delay_seconds`, and a server that answers slowly gets as much time to rest as it takes to answer.
    """

    pages: int = 20_000
    same_form: int = 200
    depth: int = 50
    page_bytes: int = MAX_PAGE_BYTES
    answer_seconds: float = 30.0
    seconds: float = 6 * 3600.0
    delay_seconds: float = 0.1
    longest_delay_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class CrawlPlan:
    """A crawl: where it starts, how it reads what it finds there, and the folder that remembers it between runs (None: none).

    `allow_private` is whether hosts may have addresses of a private network; None allows it exactly if the start has one.
    """

    kind: CrawlKind
    location: str
    memory: Path | None = None
    limits: CrawlLimits = field(default_factory=CrawlLimits)
    allow_private: bool | None = None
