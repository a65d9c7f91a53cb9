"""Blocks that say the same on many pages, looked at once: a footer is wrong once, not three thousand times."""

from collections.abc import Callable
from dataclasses import dataclass

from gaps.context import CheckContext, page_blocks
from ingest.schema import Block


@dataclass(slots=True)
class RepeatedBlock:
    """A block and the URLs of all pages on which its text stands, in the order of the crawl."""

    block: Block
    pages: list[str]


def find_blocks(context: CheckContext, wanted: Callable[[str], bool]) -> list[RepeatedBlock]:
    """Every text of the site, template included, that is wanted, with the pages on which it stands."""
    found: dict[str, RepeatedBlock | None] = {}
    for page in context.site.stripped_pages:
        for block in page_blocks(page):
            if block.text not in found:
                found[block.text] = RepeatedBlock(block, []) if wanted(block.text) else None
            known = found[block.text]
            if known and (not known.pages or known.pages[-1] != page.url):
                known.pages.append(page.url)
    return [block for block in found.values() if block]


def on_pages(pages: list[str]) -> str:
    """The number of pages in words: "on this page", "on 12 pages"."""
    return "on this page" if len(pages) == 1 else f"on {len(pages)} pages"
