"""Paragraphs that stand on more than one page."""

from collections.abc import Iterator
from dataclasses import dataclass

from gaps.context import CheckContext
from gaps.near_duplicates import find_shingles, group_near_duplicates
from gaps.places import shorten, words_place
from gaps.schema import Gap
from ingest.schema import Block

NEARLY_ALL = 0.8
"""Share of four-word runs in common: a copied paragraph of fifty words with one word changed keeps 85 %."""
LONG_PARAGRAPH = 25
"""Words: shorter ones (an address, a call to act) may repeat by right."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    block: Block
    url: str


def check(context: CheckContext) -> Iterator[Gap]:
    """The same paragraph stands on two or more pages, or twice on one, nearly word for word.

    It will be corrected in one place and forgotten in the other. Pages that are copies of each other as a whole are reported as such.
    """
    copies = [{article.url for article in group} for group in context.copies]
    paragraphs = list(_long_paragraphs(context))
    groups = group_near_duplicates([find_shingles(one.block.text) for one in paragraphs], threshold=NEARLY_ALL)
    for group in groups:
        found = [paragraphs[at] for at in group]
        if not any({one.url for one in found} <= pages for pages in copies):
            yield _describe(found)


def _long_paragraphs(context: CheckContext) -> Iterator[_Paragraph]:
    for key, article in context.articles.items():
        page = context.pages.get(key)
        listed = {reference.text for reference in article.references}
        for block in page.kept if page else ():
            if len(block.text.split()) >= LONG_PARAGRAPH and not block.level and not any(text in block.text for text in listed):
                yield _Paragraph(block, article.url)


def _describe(found: list[_Paragraph]) -> Gap:
    pages = tuple(dict.fromkeys(one.url for one in found))
    where = f"on {len(pages)} pages" if len(pages) > 1 else f"{len(found)} times on this page"
    return Gap(
        severity="notice",
        subject=shorten(found[0].block.text, 80),
        place=words_place(found[0].url, found[0].block.text),
        reason=f"This paragraph stands {where}, nearly word for word.",
        evidence=shorten(found[0].block.text),
        advice="Say it once, where it belongs, and link to it from the other places.",
        pages=pages,
        site_wide=True,
    )
