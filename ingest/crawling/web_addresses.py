"""Web addresses: which of them are one page, one site, one calendar, and which lead into a private network."""

import re
from ipaddress import ip_address
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

TRACKING = re.compile(r"utm_\w+|hsa_\w+|_hs\w+|(?:fb|g|d|ms|y|tt)clid|[gw]braid|gclsrc|mc_[ce]id|_g[al]|igshid|s_cid|replytocom", re.I)
"""Parameters that tell where a visitor came from; the page is the same without them (list of the ClearURLs project, the common part)."""
SESSION = re.compile(r"phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken", re.I)
MAYBE_SESSION = re.compile(r"s|sid|session|session_?id|token", re.I)
"""A session only if the value looks like one: `?sid=12` may well choose a page."""
SESSION_VALUE = re.compile(r"[0-9A-Za-z_-]{16,}")
PATH_SESSION = re.compile(r";jsessionid=[^/?#]*", re.I)
HOST = re.compile(r"(?:[\w.-]+|\[[0-9a-f:.]+\])(?::[0-9]+)?", re.I)
"""A name in whatever script or a numeric address, and a port; no user name, which serves to disguise a host."""
DEFAULT_PORTS = {"http": 80, "https": 443}


def is_web_address(url: str) -> bool:
    """Whether a string is an http(s) address that a browser would open; the other functions take no other strings."""
    try:
        parts = urlsplit(url)
        return parts.scheme in DEFAULT_PORTS and bool(HOST.fullmatch(parts.netloc.lower())) and parts.port != 0
    except ValueError:  # "http://[bad", "http://clinic.example:port/"
        return False


def clean_address(url: str) -> str:
    """The address without its fragment and without what identifies the visit instead of the page."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and not _is_visit(*_name_and_value(pair))]
    return urlunsplit((parts.scheme, parts.netloc.lower(), PATH_SESSION.sub("", parts.path) or "/", "&".join(kept), ""))


def address_key(url: str) -> str:
    """What two addresses of one page have in common: percent-encoding normalised, parameters in one order, http as https, no `www.`."""
    parts = urlsplit(canonicalize_url(clean_address(url)))
    return urlunsplit(("https", _host_and_port(parts), parts.path, parts.query, ""))


def is_same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one host and port; with or without `www.`, over http or https."""
    return _host_and_port(urlsplit(url)) == _host_and_port(urlsplit(other))


def address_form(url: str) -> str:
    """The path and query of an address with `#` for every number: one form for all months of a calendar. "" if it holds no number."""
    parts = urlsplit(url)
    written = f"{parts.path}?{urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))}"
    form = re.sub(r"\d+", "#", written)
    return form if form != written else ""


def file_suffix(url: str) -> str:
    """The suffix of the file that an address names, in lower case and without its dot."""
    return PurePosixPath(urlsplit(url).path).suffix.lower().removeprefix(".")


def is_public_address(number: str) -> bool:
    """Whether a numeric IP address belongs to the public internet: not private, loopback, link-local, shared or multicast (RFC 6890)."""
    address = ip_address(number)
    return address.is_global and not address.is_multicast


def _name_and_value(pair: str) -> tuple[str, str]:
    name, _, value = pair.partition("=")
    return name, value


def _is_visit(name: str, value: str) -> bool:
    if TRACKING.fullmatch(name) or SESSION.fullmatch(name):
        return True
    return bool(MAYBE_SESSION.fullmatch(name) and SESSION_VALUE.fullmatch(value))


def _host_and_port(parts: SplitResult) -> str:
    port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    host = (parts.hostname or "").removeprefix("www.")
    return host if port in DEFAULT_PORTS.values() else f"{host}:{port}"
