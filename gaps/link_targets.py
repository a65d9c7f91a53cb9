"""What becomes of a link within the site."""

from collections.abc import Iterator
from dataclasses import dataclass

from gaps.addresses import address_key, host_of, is_file
from gaps.context import CheckContext, page_blocks
from gaps.places import words_place
from ingest.schema import Outcome, StrippedPage

DEAD: frozenset[Outcome] = frozenset({"gone", "soft_404", "error"})
COMPLETE_CRAWL = 0.8
"""If fewer of the linked pages of the site than this are in the crawl, the crawl is partial, and a page that it lacks may exist."""


@dataclass(frozen=True, slots=True)
class LinkedPage:
    """An address of the site that pages link to: one way of writing it, and the pages that link to it with the link as written."""

    key: str
    url: str
    links: tuple[tuple[StrippedPage, str], ...]

    @property
    def pages(self) -> tuple[str, ...]:
        """The URLs of the pages that link to it."""
        return tuple(dict.fromkeys(page.url for page, _ in self.links))


def linked_pages(context: CheckContext) -> Iterator[LinkedPage]:
    """Every address of the site that a page links to, files left out."""
    for key, links in context.links_to.items():
        if not is_file(links[0][1]):
            yield LinkedPage(key, links[0][1].partition("#")[0], tuple(links))


def is_dead(context: CheckContext, key: str) -> bool:
    """Whether the crawl knows that there is no page, or the crawl is complete and does not have it."""
    entry = context.ledger.get(key)
    if entry:
        return entry.outcome in DEAD and key not in context.pages
    return key not in context.pages and is_complete(context)


def is_complete(context: CheckContext) -> bool:
    """Whether nearly all pages that the site links to were read: only then does a missing one mean something."""
    if len(context.pages) < 2:
        return False
    known = [page.key in context.pages or page.key in context.ledger for page in linked_pages(context)]
    return bool(known) and sum(known) >= COMPLETE_CRAWL * len(known)


def place_of_link(page: StrippedPage, href: str) -> str:
    """The address that lands on the link's words; that of the page for a link without words."""
    wanted = address_key(href)
    links = (link for block in page_blocks(page) for link in block.links)
    words = next(
        (link.text for link in links if host_of(link.url) == host_of(href) and address_key(link.url) == wanted and link.text.strip()), ""
    )
    return words_place(page.url, words) if words else page.url
