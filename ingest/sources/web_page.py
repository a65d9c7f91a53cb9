"""A single page of the web, fetched once."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx2

from ingest.decoding import decode_page
from ingest.errors import NothingToRead
from ingest.schema import Page
from ingest.sources import Record
from ingest.sources.saved_pages import MAX_PAGE_BYTES

USER_AGENT = "clinic-search/0.1 (a clinic's own site search)"
TIMEOUT_SECONDS = 20.0
MEDIA = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}


def reads(location: str) -> bool:
    """Whether the location is an http(s) address."""
    return location.startswith(("http://", "https://"))


def pages(location: str, *, record: Record) -> Iterator[Page]:
    """The page at an address, redirects followed. Raises `NothingToRead` if it cannot be had or is no page."""
    del record  # one page: what goes wrong with it is an error, not an entry
    try:
        response, body = _fetch(location)
    except httpx2.HTTPError as error:
        raise NothingToRead(f"'{location}' could not be fetched: {error}.") from error
    if response.status_code != httpx2.codes.OK:
        raise NothingToRead(f"'{location}' answered {response.status_code}, where 200 and a page were expected.")
    kind = response.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
    if kind not in MEDIA:
        raise NothingToRead(f"'{location}' is {kind}; only HTML and plain text can be read.")
    decoded = decode_page(body, response.charset_encoding or "")
    yield Page(str(response.url), decoded.text, "text" if MEDIA[kind] == "text" else "html", datetime.now(UTC).date())


def _fetch(location: str) -> tuple[httpx2.Response, bytes]:
    """The response and its body, read no further than the size limit."""
    with (
        httpx2.Client(follow_redirects=True, timeout=TIMEOUT_SECONDS, headers={"user-agent": USER_AGENT}) as client,
        client.stream("GET", location) as response,
    ):
        body = bytearray()
        for chunk in response.iter_bytes():
            body.extend(chunk)
            if len(body) > MAX_PAGE_BYTES:
                raise NothingToRead(f"'{location}' is larger than {MAX_PAGE_BYTES / 1e6:.0f} MB.")
    return response, bytes(body)
