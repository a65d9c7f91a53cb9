"""Sites on this machine for the crawler to read, as well-behaved or as hostile as a test wants them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from ingest.crawling.crawl import crawl_pages
from ingest.crawling.plan import CrawlKind, CrawlLimits, CrawlPlan
from ingest.schema import LedgerEntry, Page

HTML = {"Content-Type": "text/html; charset=utf-8"}
QUICK = CrawlLimits(delay_seconds=0.0, answer_seconds=10.0, seconds=60.0)


@dataclass
class Loopback:
    """A site: `routes` maps a path to (status, headers, body), to HTML, or to a function that answers for itself."""

    routes: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append((handler.path, {name.lower(): value for name, value in handler.headers.items()}))
        route = self.routes.get(handler.path, self.routes.get("*", (404, HTML, "<h1>No such page</h1>")))
        if callable(route):
            route = route(handler)
        if route is None:
            handler.close_connection = True
            return
        status, headers, body = (200, HTML, route) if isinstance(route, str) else route
        data = body.encode() if isinstance(body, str) else body
        handler.send_response(status)
        for name, value in {**HTML, **headers, "Content-Length": str(len(data))}.items():
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(OSError):
            handler.wfile.write(data)

    def asked_paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def headers_of(self, path: str) -> dict[str, str]:
        return next(headers for asked, headers in reversed(self.asked) if asked == path)


class _QuietServer(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the test."""


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[[Mapping[str, Any]], Loopback]]:
    """Serves routes on a free port of this machine until the module's tests are done."""
    servers: list[ThreadingHTTPServer] = []

    def start(routes: Mapping[str, Any]) -> Loopback:
        site = Loopback(dict(routes))

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *args: Any) -> None:
                pass

        server = _QuietServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        site.url = f"http://127.0.0.1:{server.server_port}"
        return site

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass
class Crawled:
    """What a crawl brought back, by path."""

    pages: dict[str, Page]
    ledger: dict[str, LedgerEntry]

    def outcome(self, path: str) -> str:
        return self.ledger[path].outcome if path in self.ledger else ""


@pytest.fixture(scope="module")
def crawl() -> Callable[..., Crawled]:
    def run(
        site: Loopback,
        path: str = "/",
        *,
        kind: CrawlKind = "website",
        memory: Path | None = None,
        limits: CrawlLimits = QUICK,
        allow_private: bool | None = None,
    ) -> Crawled:
        entries: list[LedgerEntry] = []
        plan = CrawlPlan(kind, site.url + path, memory, limits, allow_private)
        pages = list(crawl_pages(plan, record=entries.append))
        assert len({page.url for page in pages}) == len(pages)
        return Crawled(
            {page.url.removeprefix(site.url): page for page in pages},
            {entry.url.removeprefix(site.url): entry for entry in entries},
        )

    return run


@pytest.fixture(scope="session")
def page_html() -> Callable[..., str]:
    def write(title: str, *links: str, head: str = "", text: str = "") -> str:
        anchors = "".join(f'<p><a href="{link}">Go to {link}</a></p>' for link in links)
        body = f"<h1>{title}</h1><p>{text or f'All that we have to say about {title}.'}</p>{anchors}"
        return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"

    return write
