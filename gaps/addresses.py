"""When two addresses name the same page: sites write one page's address in many ways."""

import re
from urllib.parse import quote, unquote, urldefrag, urlsplit

_INDEX_FILE = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_PAGE_SUFFIX = re.compile(r"\.(?:html?|php|aspx?)$", re.IGNORECASE)
_TRACKING = re.compile(r"utm_|fbclid=|gclid=|msclkid=|mc_[ce]id=|_ga=")
"""Parameters that tell where a visitor came from and change nothing about the page."""
_FILE_SUFFIX = re.compile(r"\.(?!html?$|php$|aspx?$)[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
"""A suffix of two to five characters that is not one of a page: a picture, a PDF, a feed."""


def address_key(url: str) -> str:
    """What all spellings of a page's address share: it has no scheme, `www.`, fragment, index file, suffix or closing slash."""
    parts = urlsplit(urldefrag(url).url)
    path = _PAGE_SUFFIX.sub("", _INDEX_FILE.sub("/", unquote(parts.path))).rstrip("/")
    kept = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.match(part))
    query = f"?{kept}" if kept else ""
    return f"{host_of(url)}{path}{query}"


def host_of(url: str) -> str:
    """The host of an address without `www.`; the scheme of an address that has no host (`site:/page.html`)."""
    parts = urlsplit(url)
    return (parts.hostname or parts.scheme).removeprefix("www.")


def is_file(url: str) -> bool:
    """Whether the address names a file that is no page: a picture, a PDF, a feed."""
    return _FILE_SUFFIX.search(urlsplit(url).path) is not None


def fragment_of(url: str) -> str:
    """The decoded fragment of an address, "" if it has none."""
    return unquote(urldefrag(url).fragment)


def doi_url(doi: str) -> str:
    """The address at which a DOI is resolved."""
    return f"https://doi.org/{quote(doi, safe='/')}"
