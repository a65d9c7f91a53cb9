"""Addresses as a page writes them, made absolute."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

SAVED = "site:/"
"""The scheme of saved pages that name no address of their own; urllib joins relative addresses only to schemes it knows."""

ABSOLUTE = ("https://", "http://")
PLAIN = re.compile(r"[\w/.~%+,=@&?#-]+", re.ASCII)
UNTIDY = re.compile(r"//|/\.|[?#](?:$|[?#])|#.*[?#]")
"""What joining would tidy up or read in another way: empty and dotted folders, empty queries and fragments."""
STAND_IN = "http://saved.invalid/"


@lru_cache(maxsize=65_536)
def resolve_url(base: str, href: str) -> str:
    """The absolute address of a link, "" for a script and for what no browser could open."""
    href = href.strip()
    if not href or href[:11].lower() == "javascript:":
        return ""
    if href.startswith(ABSOLUTE) and "/." not in href and "[" not in href:
        return href  # what urljoin would say, ten times as fast: most links of most pages
    if href[0] == "/" and PLAIN.fullmatch(href) and not UNTIDY.search(href) and (origin := _origin(base)):
        return origin + href  # as above: the same menu stands on every page
    try:
        if not base.startswith(SAVED):
            return urljoin(base, href)
        joined = urljoin(STAND_IN + base.removeprefix(SAVED).lstrip("/"), href)
    except ValueError:  # "http://[bad"
        return ""
    return SAVED + joined.removeprefix(STAND_IN) if joined.startswith(STAND_IN) else joined


@lru_cache(maxsize=4_096)
def _origin(base: str) -> str:
    """Scheme and host of a web page's address, "" for any other."""
    if not base.startswith(ABSOLUTE):
        return ""
    try:
        parts = urlsplit(base)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
