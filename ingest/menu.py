"""The site's menus: worthless as text, precious as the site's own list of what it treats and offers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urldefrag

from ingest.containers import LINKED
from ingest.crawling.web_addresses import address_key
from ingest.plain_text import TEXT_ROOT
from ingest.schema import Block, BlockedPage, MenuEntry
from ingest.site_template import MIN_PAGES, SiteTemplate, line_key, normal_text
from ingest.wording import INTERFACE

LISTS = frozenset({"ul", "ol", "menu"})
MENU_LANDMARKS = frozenset({"navigation", "contentinfo", "banner"})
NOT_A_MENU = re.compile(r"bread-?crumb|paginat|pager|\btoc\b|table-of-contents|social|share|lang|skip|post-nav|tag", re.IGNORECASE)
MAX_LABEL_WORDS = 10
"""Menus name pages; what is longer is a sentence that happens to be linked."""

MIN_PLAIN_ENTRIES = 4
LANDMARK_ORDER = {"navigation": 0, "banner": 1, "": 2, "contentinfo": 3}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an entry stands: how deep in lists, and in which outermost one."""

    depth: int
    root: int


def read_menu(pages: Iterable[BlockedPage], template: SiteTemplate) -> tuple[MenuEntry, ...]:
    """The entries of the site's menus from the top down, each once: main navigation first, footers last.

    An entry without a link has an empty URL; there, and on saved pages without addresses, a page of the crawl whose title begins with
    the entry counts as its page.
    """
    known = _KnownPages()
    found: dict[tuple[tuple[str, ...], str], str] = {}
    standing: Counter[tuple[tuple[str, ...], str]] = Counter()
    for page in pages:
        known.add(page)
        here = {(path, url): landmark for path, url, landmark in _entries(page, template)}
        for entry, landmark in here.items():
            found.setdefault(entry, landmark)
            # a link of a page to itself may be a jump within it; the other pages' menus tell
            standing[entry] += template.is_alone or _key(entry[1]) != _key(page.url)
    least = 1 if template.pages < MIN_PAGES else 2
    ordered = sorted((entry for entry in found if standing[entry] >= least), key=lambda entry: LANDMARK_ORDER.get(found[entry], 2))
    entries: dict[str, MenuEntry] = {}
    for path, url in ordered:
        identity = _key(url) if url else "\n".join(path)
        entries.setdefault(identity, MenuEntry(path, url, known.holds(path[-1], url)))
    return tuple(entries.values())


class _KnownPages:
    """The pages of the crawl by address and by the words of their titles."""

    def __init__(self) -> None:
        self.addresses: set[str] = set()
        self.titles: set[str] = set()

    def add(self, page: BlockedPage) -> None:
        self.addresses.update(map(_key, filter(None, (page.url, page.metadata.canonical_url))))
        title = next((block.text for block in page.blocks if block.level == 1), "")
        self.titles.update(f" {words} " for words in map(_words, (title, page.metadata.title)) if words)

    def holds(self, label: str, url: str) -> bool:
        if url:
            return _key(url) in self.addresses
        return any(title.startswith(f" {_words(label)} ") for title in self.titles)


@lru_cache(maxsize=65_536)
def _key(url: str) -> str:
    """One key for the forms of an address that a menu and a crawl use, with or without the last slash."""
    return address_key(urldefrag(url).url).rstrip("/")


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _entries(page: BlockedPage, template: SiteTemplate) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Path, address and landmark of every menu entry that stands on a page."""
    open_entries: list[tuple[_Place, str]] = []
    for block in _menu_blocks(page, template):
        place = _place(block)
        for label, url in _labels(block):
            while open_entries and (open_entries[-1][0].root != place.root or open_entries[-1][0].depth >= place.depth):
                open_entries.pop()
            path = (*(name for _, name in open_entries), label)
            if place.depth:
                open_entries.append((place, label))
            yield path, url, block.landmark


def _menu_blocks(page: BlockedPage, template: SiteTemplate) -> Iterator[Block]:
    """The blocks of a page that are menu: in a landmark for it, or lists of links that the site repeats."""
    if page.blocks and page.blocks[0].dom_path[:1] == (TEXT_ROOT,):
        yield from _plain_menu(page.blocks, template)
        return
    for block in page.blocks:
        if any(NOT_A_MENU.search(label) for label in block.dom_path[1:]):
            continue
        is_repeated = template.is_alone or line_key(block) in template.repeated
        is_menu = block.landmark == "navigation" or (block.link_share > LINKED and block.kind == "list_item")
        if is_repeated and is_menu and (block.landmark in MENU_LANDMARKS or not template.is_alone):
            yield block


def _plain_menu(blocks: Sequence[Block], template: SiteTemplate) -> Iterator[Block]:
    """The list items of a text page that stand above its title, or that the site repeats."""
    title = next((number for number, block in enumerate(blocks) if block.level == 1), len(blocks))
    items = [
        (number, block)
        for number, block in enumerate(blocks)
        if block.kind == "list_item" and (number < title or (not template.is_alone and line_key(block) in template.repeated))
    ]
    if len(items) >= MIN_PLAIN_ENTRIES:
        yield from (block for _, block in items)


def _place(block: Block) -> _Place:
    lists = [number for number, label in enumerate(block.dom_path) if re.split(r"[#.]", label, maxsplit=1)[0] in LISTS]
    return _Place(len(lists), block.ancestors[lists[0]] if lists else -1)


def _labels(block: Block) -> Iterator[tuple[str, str]]:
    """Label and address of each entry in a block; a block without links is an entry without an address."""
    if block.links and block.link_share > LINKED:
        pairs = [(link.text, link.url) for link in block.links if link.url.startswith(("http", "site:"))]
    else:
        pairs = [(block.text, "")]
    for label, url in pairs:
        if len(label.split()) <= MAX_LABEL_WORDS and (url or not INTERFACE.match(normal_text(label))):
            yield label, url
