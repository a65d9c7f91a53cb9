"""What a crawl remembers of the pages that it fetched: for conditional requests, for a server that is down, for resuming after a break.

A crawl that was interrupted finds the pages of its first part here and asks the server only for the rest. A crawl that comes to its end
forgets what it did not see.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import time

from scrapy import Request, Spider
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings
from w3lib.http import headers_dict_to_raw, headers_raw_to_dict

RESUME_WITHIN_SECONDS = 24 * 3600.0
"""An interrupted crawl that is older starts anew: its first pages may have changed since."""
NOT_MODIFIED, FIRST_ERROR, FIRST_SERVER_ERROR = 304, 400, 500
UNCHANGED_FLAG, RESUMED_FLAG = "not changed since", "fetched before the break"

_TABLES = """
CREATE TABLE IF NOT EXISTS page (url TEXT PRIMARY KEY, fetched_at REAL, final_url TEXT, status INTEGER, headers BLOB, body BLOB);
CREATE TABLE IF NOT EXISTS unfinished_crawl (started_at REAL);
"""


class FetchedPages:
    """Scrapy's cache storage in one SQLite file; `FETCHED_PAGES` of the settings names it."""

    def __init__(self, settings: BaseSettings, now: Callable[[], float] = time) -> None:
        self.now = now
        path = Path(settings["FETCHED_PAGES"])
        path.parent.mkdir(parents=True, exist_ok=True)
        self.database = sqlite3.connect(path, isolation_level=None)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.executescript(_TABLES)
        self.started_at = self._resume_or_start()

    def open_spider(self, spider: Spider) -> None:
        """Nothing: the file is open already, so that a crawl that cannot remember does not begin."""

    def _resume_or_start(self) -> float:
        now = self.now()
        row = self.database.execute("SELECT max(started_at) FROM unfinished_crawl").fetchone()
        if row[0] and now - row[0] < RESUME_WITHIN_SECONDS:
            return float(row[0])
        self.database.execute("DELETE FROM unfinished_crawl")
        self.database.execute("INSERT INTO unfinished_crawl VALUES (?)", (now,))
        return now

    def close_spider(self, spider: Spider) -> None:
        """Closes the file; after a crawl that was not cut short, pages that it did not see are forgotten."""
        if getattr(spider, "came_to_its_end", False):
            self.database.execute("DELETE FROM page WHERE fetched_at < ?", (self.started_at,))
            self.database.execute("DELETE FROM unfinished_crawl")
        self.database.close()

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:
        """The page as it was fetched last, or None."""
        del spider
        query = "SELECT fetched_at, final_url, status, headers, body FROM page WHERE url = ?"
        row = self.database.execute(query, (request.url,)).fetchone()
        if row is None:
            return None
        fetched_at, url, status, raw_headers, body = row
        request.meta["fetched_before_break"] = fetched_at >= self.started_at
        headers = Headers(headers_raw_to_dict(raw_headers))
        kind = responsetypes.from_args(headers=headers, url=url, body=body)
        return kind(url=url, headers=headers, status=status, body=body)

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Remembers a page in place of what was remembered of it."""
        del spider
        raw_headers = headers_dict_to_raw(response.headers)
        row = (request.url, self.now(), response.url, response.status, raw_headers, response.body)
        self.database.execute("REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?)", row)


class AskAgainPolicy(RFC2616Policy):
    """Every page is asked for again, with the validators that its server gave, but for those of an interrupted crawl's first part."""

    def should_cache_response(self, response: Response, request: Request) -> bool:
        """Whether a response is worth remembering: no errors, and nothing that the server wants forgotten."""
        return response.status < FIRST_ERROR and super().should_cache_response(response, request)

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        """Whether this very crawl fetched the page; otherwise the request becomes a conditional one (RFC 9110, section 13)."""
        if request.meta.pop("fetched_before_break", False):
            cachedresponse.flags.append(RESUMED_FLAG)
            return True
        self._set_conditional_validators(request, cachedresponse)
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:
        """Whether the remembered page stands: the server says so (304), or is itself in trouble (5xx)."""
        del request
        if response.status >= FIRST_SERVER_ERROR:
            cachedresponse.flags.append(f"the server answered {response.status}")
            return True
        if response.status == NOT_MODIFIED:
            cachedresponse.flags.append(UNCHANGED_FLAG)
        return response.status == NOT_MODIFIED
