"""Why there is no page at an address, in an editor's words."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    StopDownload,
)
from scrapy.http import Headers, Response, TextResponse
from scrapy.linkextractors import IGNORED_EXTENSIONS
from scrapy.spidermiddlewares.httperror import HttpError

from ingest.crawling.guards import is_private_host
from ingest.crawling.web_addresses import file_suffix
from ingest.page_kinds import find_challenge
from ingest.schema import LedgerEntry, Outcome

GONE_STATUSES = frozenset({404, 410})
DOCUMENTS = frozenset({"pdf", "doc", "docx", "odt", "ppt", "pptx", "xls", "xlsx"})
MEDIA_SUFFIXES = frozenset(IGNORED_EXTENSIONS)
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEED_TYPES = frozenset({"application/xml", "text/xml", "application/json", "application/rss+xml", "application/gzip", "application/x-gzip"})
"""What sitemaps and WordPress's interface answer with."""

_FAILURES: tuple[tuple[type[BaseException], str], ...] = (
    (CannotResolveHostError, "there is no such host"),
    (DownloadConnectionRefusedError, "the server refused the connection"),
    (DownloadTimeoutError, "the server did not answer in time"),
    (DownloadCancelledError, "it is larger than a page may be"),
    (ResponseDataLossError, "the server broke off in the middle of the page"),
    (DownloadFailedError, "the connection failed"),
)


def skipped_file(url: str) -> str:
    """Why an address is not asked for at all, going by its suffix; "" if it may be a page."""
    suffix = file_suffix(url)
    if suffix not in MEDIA_SUFFIXES:
        return ""
    return f"a document ({suffix.upper()}), not a page" if suffix in DOCUMENTS else f"a file ({suffix}), not a page"


def media_type(headers: Headers) -> str:
    """The media type that a response declares, HTML if it declares none."""
    declared = headers.get("Content-Type") or b"text/html"
    return declared.decode("latin-1").partition(";")[0].strip().lower()


def explain_failure(url: str, error: BaseException) -> LedgerEntry:
    """Why there is no page at an address, from what Scrapy raised."""
    if isinstance(error, HttpError):
        return explain_status(url, error.response)
    if isinstance(error, StopDownload):
        return LedgerEntry(url, "skipped", f"it is {media_type(error.response.headers)}, not a page" if error.response else "not a page")
    if isinstance(error, IgnoreRequest):
        return _explain_refusal(url, str(error))
    if isinstance(error, CannotResolveHostError) and is_private_host(url):
        return LedgerEntry(url, "error", "its host has an address of a private network, where a public site has no pages")
    reason = next((reason for kind, reason in _FAILURES if isinstance(error, kind)), "")
    return LedgerEntry(url, "error", reason or f"it could not be fetched: {type(error).__name__}")


def explain_status(url: str, response: Response) -> LedgerEntry:
    """What an answer other than 200 means for a page."""
    text = response.text if isinstance(response, TextResponse) else ""
    challenge = find_challenge(text)
    outcome: Outcome = "gone" if response.status in GONE_STATUSES else "challenge" if challenge else "error"
    if outcome == "challenge":
        return LedgerEntry(url, outcome, f"{challenge} (answered {response.status})")
    return LedgerEntry(url, outcome, f"the server answered {response.status}")


def _explain_refusal(url: str, message: str) -> LedgerEntry:
    if "robots.txt" in message:
        return LedgerEntry(url, "skipped", "robots.txt asks not to fetch it")
    if "MAXSIZE" in message:  # a small answer that unpacks to a large page
        return LedgerEntry(url, "error", "it is larger than a page may be")
    if "redirections" in message:
        return LedgerEntry(url, "error", "its redirects never end")
    return LedgerEntry(url, "redirect" if "another site" in message else "skipped", message)
