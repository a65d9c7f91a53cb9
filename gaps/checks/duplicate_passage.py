"""Paragraphs that stand on more than one page."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gaps.context import CheckContext
from gaps.near_duplicates import find_shingles, group_near_duplicates
from gaps.places import EXCERPT_CHARACTERS, shorten, words_place
from gaps.schema import Gap
from ingest.schema import Block

NEARLY_ALL = 0.8
"""Share of four-word runs in common: a copied paragraph of fifty words with one word changed keeps 85 %."""
LONG_PARAGRAPH = 25
"""Words: shorter ones (an address, a call to act) may repeat by right."""


MOST_SHOWN = 6
_BY_RIGHT = re.compile(
    r"\bdisclaimer\b|\bnot (?:a substitute for|intended (?:to|as)|medical advice)|\b(?:educational|informational) purposes\b"
    r"|^(?:[^\w]*[A-Z][\w.’'-]+,? ){2,4}(?:[A-Z]{2,6},? )*(?:\([^)]*\) )?(?:is|has|holds|works|founded)\b"
    r"|\b(?:[Ff]ree|[Nn]o[- ]pressure|[Nn]o[- ]obligation)\b[^.]{0,60}\b(?:consultation|call|conversation)\b"
    r"|\b(?:[Cc]ontact|[Cc]all|[Rr]each out to|[Bb]ook with) us\b|\bMaster['’]s\b"
    r"|\b(?:holds an? [^.]{0,40}degree|is (?:the|a|an) (?:founder|registered|licensed|clinical|certified))\b",
)
"""Disclaimers, calls to act and who wrote the page: what belongs on every page that it stands on."""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    block: Block
    url: str


def check(context: CheckContext) -> Iterator[Gap]:
    """The same paragraphs stand on two or more pages, or twice on one, nearly word for word.

    They will be corrected in one place and forgotten in the other. Reported once for the pages that share them. Pages that are copies of
    each other as a whole are reported as such; disclaimers, calls to act and lines about the author are not reported.
    """
    copies = [{article.url for article in group} for group in context.copies]
    paragraphs = list(_long_paragraphs(context))
    groups = group_near_duplicates([find_shingles(one.block.text) for one in paragraphs], threshold=NEARLY_ALL)
    shared: dict[tuple[str, ...], list[list[_Paragraph]]] = defaultdict(list)
    for group in groups:
        found = [paragraphs[at] for at in group]
        pages = tuple(sorted({one.url for one in found}))
        if not any(set(pages) <= alike for alike in copies):
            shared[pages].append(found)
    return (_describe(pages, found) for pages, found in shared.items())


def _long_paragraphs(context: CheckContext) -> Iterator[_Paragraph]:
    for key, article in context.articles.items():
        page = context.pages.get(key)
        listed = {reference.text for reference in article.references}
        for block in page.kept if page else ():
            own = not block.level and not _BY_RIGHT.search(block.text) and not any(text in block.text for text in listed)
            if own and len(block.text.split()) >= LONG_PARAGRAPH:
                yield _Paragraph(block, article.url)


def _describe(pages: tuple[str, ...], found: list[list[_Paragraph]]) -> Gap:
    """The gap of all paragraphs that the same pages share."""
    first = found[0][0]
    where = f"on {len(pages)} pages" if len(pages) > 1 else f"{len(found[0])} times on this page"
    what = "This paragraph stands" if len(found) == 1 else f"{len(found)} paragraphs stand"
    excerpts = (shorten(group[0].block.text, EXCERPT_CHARACTERS if len(found) == 1 else 80) for group in found[:MOST_SHOWN])
    return Gap(
        severity="notice",
        subject=shorten(first.block.text, 80),
        place=words_place(first.url, first.block.text),
        reason=f"{what} {where}, nearly word for word.",
        evidence=" / ".join(excerpts),
        advice="Say it once, where it belongs, and link to it from the other places.",
        pages=pages,
        site_wide=True,
    )
