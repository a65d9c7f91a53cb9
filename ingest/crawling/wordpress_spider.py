"""The spider that reads WordPress's REST interface (https://developer.wordpress.org/rest-api/reference/)."""

import json
from collections.abc import AsyncIterator, Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from scrapy import Request
from scrapy.http import Response

from ingest.crawling.bookkeeper import Bookkeeper
from ingest.crawling.web_addresses import clean_address
from ingest.schema import LedgerEntry, Page

CONTENT_KINDS = ("pages", "posts")
FIELDS = "link,title,content,date,modified"
PAGE_SIZE = 100
"""The most that WordPress gives at once (https://developer.wordpress.org/rest-api/using-the-rest-api/pagination/)."""


class WordPressSpider(Bookkeeper):
    """All published pages and posts; no menus, no template."""

    name = "wordpress"

    async def start(self) -> AsyncIterator[Request]:
        """The first part of each kind of content."""
        for kind in CONTENT_KINDS:
            yield self.ask(self._part(kind, 1), self.read_part)

    def _part(self, kind: str, number: int) -> str:
        query = urlencode({"per_page": PAGE_SIZE, "page": number, "orderby": "id", "order": "asc", "_fields": FIELDS})
        return f"{self.plan.location.rstrip('/')}/wp-json/wp/v2/{kind}?{query}"

    def read_part(self, response: Response) -> Iterator[Request]:
        """Requests for the further parts, from the first one; the pages are told."""
        asked_for = self.arrive(response)
        for item in json.loads(response.body):
            self._tell_item(item)
        if "&page=1&" in asked_for:
            kind = asked_for.partition("/wp-json/wp/v2/")[2].partition("?")[0]
            for number in range(2, 1 + self._count_parts(response)):
                yield self.ask(self._part(kind, number), self.read_part)

    def explain(self, url: str, error: BaseException) -> LedgerEntry:
        """Why the interface does not answer; its own addresses are no pages that can be gone."""
        entry = super().explain(url, error)
        return LedgerEntry(url, "error", f"{entry.reason}; WordPress's REST interface was expected there")

    def _count_parts(self, response: Response) -> int:
        declared = response.headers.get("X-WP-TotalPages") or b"1"
        return min(int(declared), -(-self.plan.limits.pages // PAGE_SIZE))

    def _tell_item(self, item: Mapping[str, Any]) -> None:
        address = clean_address(item["link"])
        if item["content"].get("protected"):
            self.tell(LedgerEntry(address, "skipped", "it is protected by a password"))
        else:
            self.tell(Page(address, wrap_item(item), "html", self.today))


def wrap_item(item: Mapping[str, Any]) -> str:
    """A page or post of the interface as a document; title and content are HTML already."""
    title, link = item["title"]["rendered"], escape(item["link"])
    dates = {"published": item.get("date", ""), "modified": item.get("modified", "")}
    metas = "".join(f'<meta property="article:{name}_time" content="{escape(value)}">' for name, value in dates.items() if value)
    head = f'<meta charset="utf-8"><title>{title}</title><link rel="canonical" href="{link}">{metas}'
    return f"<!doctype html><html><head>{head}</head><body><main><h1>{title}</h1>{item['content']['rendered']}</main></body></html>"
