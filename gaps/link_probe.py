"""Whether addresses outside the site still lead somewhere. No other file of this room uses the network, and this one only when asked to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx2

from gaps.addresses import host_of
from gaps.schema import Reached

GONE = frozenset({404, 410})
BLOCKED = frozenset({401, 402, 403, 405, 406, 407, 418, 421, 429, 451, 503, 999})
"""What servers answer to programs that they do not like; 999 is LinkedIn's."""
FOR_GOOD = frozenset({301, 308})
"""Permanent redirects (RFC 9110, 15.4)."""
MOST_HOPS = 8
AT_ONCE = 8
"""Hosts that are asked at the same time, each one thing after the other."""
SECONDS = 15.0
AGENT = "clinic-search-link-check/0.1"
CROSSREF = "https://api.crossref.org/works"
"""https://www.crossref.org/documentation/retrieve-metadata/rest-api/: `updates:DOI` lists the notices that correct or retract a work."""


def probe_links(urls: Iterable[str], client: httpx2.Client) -> dict[str, Reached]:
    """What became of each address, asked politely: host by host one after the other, the head of a page before the page."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        if is_public(url):
            by_host[host_of(url)].append(url)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(lambda held: [(url, probe_link(url, client)) for url in held], by_host.values())
        return {url: reached for of_host in found for url, reached in of_host}


def probe_link(url: str, client: httpx2.Client) -> Reached:
    """What became of an address."""
    try:
        answer, moved = _follow(url, client)
    except httpx2.ConnectError as error:
        return Reached("dead", url, "no such host") if _has_no_host(error) else Reached("unknown", url, "no connection")
    except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError):
        return Reached("unknown", url, "no answer in time, or no valid one")
    where, said = str(answer.url), str(answer.status_code)
    if answer.status_code in GONE:
        return Reached("dead", where, said)
    if answer.status_code in BLOCKED or "cf-mitigated" in answer.headers:
        return Reached("blocked", where, said)
    if answer.status_code >= httpx2.codes.BAD_REQUEST:
        return Reached("unknown", where, said)
    return Reached("moved" if moved and _is_other(url, where) else "alive", where, said)


def find_retractions(dois: Iterable[str], client: httpx2.Client) -> dict[str, str]:
    """Of each work that was retracted, by its DOI in small letters, the DOI of the notice. What Crossref does not answer is left out."""
    found: dict[str, str] = {}
    for doi in dict.fromkeys(doi.lower() for doi in dois):
        try:
            answer = client.get(CROSSREF, params={"filter": f"updates:{doi}", "rows": "20", "select": "DOI,update-to"}).raise_for_status()
            notices = list(_retractions(doi, answer.json()["message"]["items"]))
        except (httpx2.HTTPError, ValueError, KeyError, TypeError):
            continue
        if notices:
            found[doi] = notices[0]
    return found


def open_client() -> httpx2.Client:
    """A client that follows no redirect by itself, says what it is and does not wait for long."""
    return httpx2.Client(headers={"user-agent": AGENT, "accept": "text/html,*/*;q=0.5"}, timeout=SECONDS, follow_redirects=False)


def is_public(url: str) -> bool:
    """Whether an address is one of the web's, not of this machine or house."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        return parts.scheme in ("http", "https") and ip_address(host).is_global
    except ValueError:
        return parts.scheme in ("http", "https") and "." in host and not host.endswith((".local", ".internal", ".localhost"))


def _follow(url: str, client: httpx2.Client) -> tuple[httpx2.Response, bool]:
    """The last answer of a chain of redirects, and whether the first of them is for good."""
    for_good = False
    for hop in range(MOST_HOPS):
        answer = client.head(url)
        if answer.status_code in BLOCKED | GONE:
            answer = client.get(url)
        if not answer.has_redirect_location:
            break
        for_good = for_good or (hop == 0 and answer.status_code in FOR_GOOD)
        url = str(answer.url.join(answer.headers["location"]))
        if not is_public(url):
            break
    return answer, for_good


def _has_no_host(error: httpx2.ConnectError) -> bool:
    """Whether a name is unknown, as resolvers say it."""
    return any(words in str(error).lower() for words in ("name or service not known", "nodename nor servname", "no address associated"))


def _is_other(first: str, second: str) -> bool:
    """Whether two addresses differ in more than their scheme, a `www.` or a closing slash."""
    return _bare(first) != _bare(second)


def _bare(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.").partition("#")[0].rstrip("/")


def _retractions(doi: str, notices: Sequence[Mapping[str, object]]) -> Iterator[str]:
    for notice in notices:
        updates = notice.get("update-to")
        for update in updates if isinstance(updates, list) else []:
            if "retract" in str(update.get("type", "")).lower() and str(update.get("DOI", "")).lower() == doi:
                yield str(notice.get("DOI", ""))
