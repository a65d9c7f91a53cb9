"""A folder of saved pages, or one saved page: HTML, or plain text where the folder holds no HTML."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError
from selectolax.lexbor import LexborHTMLParser

from ingest.crawling.plan import CrawlLimits
from ingest.decoding import decode_page
from ingest.errors import IngestError, NothingToRead
from ingest.schema import LedgerEntry, Page
from ingest.sources import Record, warc

HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
MANIFEST = "manifest.json"
HEAD_CHARACTERS = 65_536
"""Where a canonical link is looked for; the head of a real page is shorter."""

_Manifest = TypeAdapter(dict[str, dict[str, Any]])


def reads(location: str) -> bool:
    """Whether the location is a folder or file of this machine, but no archive."""
    return "://" not in location and not warc.reads(location)


def pages(location: str, *, record: Record, memory: Path | None, limits: CrawlLimits) -> Iterator[Page]:
    """The pages of a folder, by file name. Raises `NothingToRead` if there is no folder, or no page in it."""
    del memory
    files = _list_files(Path(location))
    urls = _read_manifest(files[0].parent / MANIFEST)
    for file in files:
        try:
            yield _read_file(file, urls, record, limits)
        except (OSError, ValueError) as error:
            record(LedgerEntry(_site_url(file), "error", f"could not be read: {_reason(error)}"))


def _list_files(location: Path) -> list[Path]:
    if location.is_file():
        return [location]
    if not location.is_dir():
        raise NothingToRead(f"There is no folder or file '{location}'. Name a folder of saved pages (.html or .txt) or a web address.")
    files = sorted(file for file in location.iterdir() if file.is_file())
    html = [file for file in files if file.suffix.lower() in HTML_SUFFIXES]
    found = html or [file for file in files if file.suffix.lower() == ".txt"]
    if not found:
        raise NothingToRead(f"'{location}' holds no saved page: no .html, .htm, .xhtml or .txt file lies directly in it.")
    return found


def _read_manifest(file: Path) -> Mapping[str, str]:
    """File name -> URL. Raises `IngestError` for a manifest of another shape."""
    if not file.exists():
        return {}
    try:
        return {name: str(entry["url"]) for name, entry in _Manifest.validate_json(file.read_bytes()).items() if entry.get("url")}
    except ValidationError as error:
        raise IngestError(f'\'{file}\' is not a manifest: it should read {{"page.html": {{"url": "https://..."}}, ...}}.') from error


def _read_file(file: Path, urls: Mapping[str, str], record: Record, limits: CrawlLimits) -> Page:
    size = file.stat().st_size
    if size > limits.page_bytes:
        raise ValueError(f"{size / 1e6:.0f} MB, and the limit is {limits.page_bytes / 1e6:.0f} MB")
    decoded = decode_page(file.read_bytes())
    is_html = file.suffix.lower() in HTML_SUFFIXES
    url = urls.get(file.name) or (_canonical_url(decoded.text) if is_html else "") or _site_url(file)
    if decoded.replaced:
        record(LedgerEntry(url, "indexed", f"{decoded.replaced} characters were not valid {decoded.encoding} and were replaced"))
    return Page(url=url, content=decoded.text, media="html" if is_html else "text")


def _canonical_url(html: str) -> str:
    """The absolute canonical link of a page, or ""."""
    link = LexborHTMLParser(html[:HEAD_CHARACTERS]).css_first('link[rel="canonical"]')
    url = (link.attributes.get("href") or "").strip() if link else ""
    return url if url.startswith(("http://", "https://")) else ""


def _site_url(file: Path) -> str:
    return f"site:/{quote(file.name)}"


def _reason(error: Exception) -> str:
    """What went wrong, without the path of the file."""
    return (error.strerror or "the system refused") if isinstance(error, OSError) else str(error)
