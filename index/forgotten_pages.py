"""The pages that editors took out by hand: a list in every generation, which the next build takes over."""

import json
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag

from ingest.crawling.web_addresses import address_key, is_web_address
from ingest.schema import LedgerEntry, Site

FORGOTTEN_FILE = "forgotten.json"
REASON = "an editor took it out with: clinic-search forget"


def read_forgotten(folder: Path) -> tuple[str, ...]:
    """The addresses that a generation leaves out; none if it has no list."""
    try:
        return tuple(json.loads((folder / FORGOTTEN_FILE).read_text("utf-8")))
    except FileNotFoundError:
        return ()


def write_forgotten(urls: Iterable[str], folder: Path) -> None:
    """Writes the list into a folder, each address once; no file for no address."""
    if listed := sorted(set(urls)):
        (folder / FORGOTTEN_FILE).write_text(json.dumps(listed), "utf-8")


def page_key(url: str) -> str:
    """What two addresses of one page have in common, whatever an editor copies out of a browser."""
    address = urldefrag(url.strip()).url
    return address_key(address) if is_web_address(address) else address


def without_pages(site: Site, urls: Collection[str]) -> Site:
    """The site without these pages: no article, nothing in the Strip Report, no page behind a menu entry, and a word in the ledger."""
    keys = frozenset(map(page_key, urls))
    if not keys:
        return site
    return Site(
        tuple(article for article in site.articles if page_key(article.url) not in keys),
        tuple(page for page in site.stripped_pages if page_key(page.url) not in keys),
        tuple(replace(entry, has_page=False) if entry.has_page and page_key(entry.url) in keys else entry for entry in site.menu),
        tuple(LedgerEntry(entry.url, "skipped", REASON) if page_key(entry.url) in keys else entry for entry in site.ledger),
    )
