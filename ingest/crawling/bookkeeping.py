"""What a crawl has to tell about each address: the page, or in an editor's words why there is none."""

from urllib.parse import urlsplit

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
from scrapy.http import Response, TextResponse
from scrapy.linkextractors import IGNORED_EXTENSIONS
from scrapy.spidermiddlewares.httperror import HttpError

from ingest.crawling.addresses import file_suffix
from ingest.crawling.guards import PrivateAddress
from ingest.page_kinds import find_challenge
from ingest.schema import LedgerEntry, Outcome

GONE_STATUSES = frozenset({404, 410})
DOCUMENTS = frozenset({"pdf", "doc", "docx", "odt", "ppt", "pptx", "xls", "xlsx"})
MEDIA_SUFFIXES = frozenset(IGNORED_EXTENSIONS)
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
FEED_TYPES = frozenset({"application/xml", "text/xml", "application/json", "application/rss+xml", "application/gzip", "application/x-gzip"})
"""What sitemaps and WordPress's interface answer with."""

_FAILURES: tuple[tuple[type[BaseException], str], ...] = (
    (PrivateAddress, "its host has an address of a private network, where a public site has no business"),
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


def content_type(response: Response) -> str:
    """The media type that a response declares, HTML if it declares none."""
    declared = response.headers.get("Content-Type") or b"text/html"
    return declared.decode("latin-1").partition(";")[0].strip().lower()


def explain_failure(url: str, error: BaseException) -> LedgerEntry:
    """Why there is no page at an address, from what Scrapy raised."""
    if isinstance(error, HttpError):
        return explain_status(url, error.response)
    if isinstance(error, StopDownload):
        return LedgerEntry(url, "skipped", f"it is {content_type(error.response)}, not a page" if error.response else "not a page")
    if isinstance(error, IgnoreRequest):
        return _explain_refusal(url, str(error))
    causes = [error, *_causes(error)]
    reason = next((reason for kind, reason in _FAILURES for cause in causes if isinstance(cause, kind)), "")
    return LedgerEntry(url, "error", reason or f"it could not be fetched: {type(error).__name__}")


def explain_status(url: str, response: Response) -> LedgerEntry:
    """What an answer other than 200 means for a page."""
    text = response.text if isinstance(response, TextResponse) else ""
    challenge = find_challenge(text)
    outcome: Outcome = "gone" if response.status in GONE_STATUSES else "challenge" if challenge else "error"
    if outcome == "challenge":
        return LedgerEntry(url, outcome, f"{challenge} (answered {response.status})")
    return LedgerEntry(url, outcome, f"the server answered {response.status}")


def is_front_page(url: str) -> bool:
    """Whether an address is the top of its site."""
    return urlsplit(url).path in {"", "/"} and not urlsplit(url).query


def _explain_refusal(url: str, message: str) -> LedgerEntry:
    if "robots.txt" in message:
        return LedgerEntry(url, "skipped", "robots.txt asks not to fetch it")
    if "redirections" in message:
        return LedgerEntry(url, "error", "its redirects never end")
    return LedgerEntry(url, "redirect" if "another site" in message else "skipped", message)


def _causes(error: BaseException) -> list[BaseException]:
    """The errors behind an error: Python's own chain, and the reasons that Twisted wraps."""
    inner = [error.__cause__, error.__context__, *(getattr(reason, "value", None) for reason in getattr(error, "reasons", None) or ())]
    return [cause for cause in inner if isinstance(cause, BaseException)]
