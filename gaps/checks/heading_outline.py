"""Headings that are missing or skip a level."""

from collections.abc import Iterator
from itertools import pairwise

from gaps.context import CheckContext, page_blocks
from gaps.places import place_url, shorten
from gaps.schema import Gap
from ingest.schema import Article, Block, StrippedPage

LONG_PAGE = 350
"""Words from which a text without a single heading is a wall: about a page and a half in print."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page has no main heading, no headings at all although it is long, or skips a level (from h2 to h4).

    People who use a screen reader move from heading to heading (WCAG 2.2, 1.3.1 and 2.4.6); the search cuts its passages at headings.
    """
    for article, page in context.documents:
        yield from _check_page(article, page)


def _check_page(article: Article, page: StrippedPage) -> Iterator[Gap]:
    headings = [block for block in page.kept if block.level]
    if not headings and len(article.text.split()) >= LONG_PAGE:
        yield _gap(article, "no headings", article.url, f"{len(article.text.split())} words without a heading.", article.title)
    elif not any(block.level == 1 for block in page_blocks(page)):
        yield _gap(article, "no main heading", article.url, "The page has no main heading (h1).", article.title)
    skipped = [(above, below) for above, below in pairwise(headings) if below.level > above.level + 1]
    if skipped:
        yield _describe_skip(article, skipped)


def _describe_skip(article: Article, skipped: list[tuple[Block, Block]]) -> Gap:
    above, below = skipped[0]
    more = f" ({len(skipped)} such places on the page)" if len(skipped) > 1 else ""
    pair = f"“{shorten(below.text, 60)}” (h{below.level}) follows “{shorten(above.text, 60)}” (h{above.level})"
    reason = f"The heading {pair}: a level is skipped{more}."
    return _gap(
        article, "skipped level", place_url(article.url, below.anchor), reason, "; ".join(shorten(lower.text, 60) for _, lower in skipped)
    )


def _gap(article: Article, subject: str, place: str, reason: str, evidence: str) -> Gap:
    return Gap(
        severity="notice",
        subject=subject,
        place=place,
        reason=reason,
        evidence=shorten(evidence),
        advice="Give the page one h1, and let every heading be one level below the one that it belongs to.",
        pages=(article.url,),
    )
