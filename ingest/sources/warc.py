"""A web archive (WARC, ISO 28500, also gzipped) as wget, browsertrix or the Internet Archive write it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from ingest.crawling.plan import CrawlLimits
from ingest.crawling.web_addresses import clean_address, is_web_address
from ingest.decoding import decode_page
from ingest.errors import NothingToRead
from ingest.schema import LedgerEntry, Page
from ingest.sources import Record

SUFFIXES = (".warc", ".warc.gz", ".arc", ".arc.gz")
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def reads(location: str) -> bool:
    """Whether the location is a web archive on this machine."""
    return "://" not in location and location.lower().endswith(SUFFIXES)


def pages(location: str, *, record: Record, memory: Path | None, limits: CrawlLimits) -> Iterator[Page]:
    """The HTML pages that an archive holds, as many as it gives before it breaks off. Raises `NothingToRead` if there is no such file."""
    del memory
    if not Path(location).is_file():
        raise NothingToRead(f"There is no file '{location}'.")
    with Path(location).open("rb") as file:
        try:
            for answer in ArchiveIterator(file):
                if answer.rec_type in {"response", "resource"}:
                    yield from _read_answer(answer, record, limits)
        except (ArchiveLoadFailed, OSError, EOFError) as error:
            record(LedgerEntry(f"site:/{Path(location).name}", "error", f"the archive breaks off: {error}"))


def _read_answer(answer: ArcWarcRecord, record: Record, limits: CrawlLimits) -> Iterator[Page]:
    url = (answer.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    if not is_web_address(url):  # what some crawlers keep beside the pages: screenshots, text, their own log
        return
    url = clean_address(url)
    status, kind, charset = _describe(answer)
    body = answer.content_stream().read(limits.page_bytes + 1)
    if status in {"404", "410"}:
        record(LedgerEntry(url, "gone", f"the server answered {status}"))
    elif status.startswith("3"):
        record(LedgerEntry(url, "redirect", f"the server answered {status}"))
    elif status != "200":
        record(LedgerEntry(url, "error", f"the server answered {status}"))
    elif kind not in PAGE_TYPES:
        record(LedgerEntry(url, "skipped", f"it is {kind or 'of no known kind'}, not a page"))
    elif len(body) > limits.page_bytes:
        record(LedgerEntry(url, "error", "it is larger than a page may be"))
    else:
        yield Page(url, decode_page(body, charset).text, "html", _day(answer))


def _describe(answer: ArcWarcRecord) -> tuple[str, str, str]:
    """Status, media type and charset; a `resource` is a page without an answer around it."""
    headers = answer.http_headers
    declared = (headers or answer.rec_headers).get_header("Content-Type") or ""
    kind, _, parameters = declared.partition(";")
    charset = parameters.partition("charset=")[2].strip(" \"'")
    return headers.get_statuscode() if headers else "200", kind.strip().lower(), charset


def _day(answer: ArcWarcRecord) -> date | None:
    try:
        return date.fromisoformat((answer.rec_headers.get_header("WARC-Date") or "")[:10])
    except ValueError:
        return None
