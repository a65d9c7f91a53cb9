"""Headings that are missing or skip a level."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from gaps.context import CheckContext, page_blocks
from gaps.places import place_url, shorten
from gaps.schema import Gap
from ingest.schema import Article, Block, StrippedPage

LONG_PAGE = 350
"""Words from which a text without a single heading is a wall: about a page and a half in print."""


THE_THEMES = 0.2
"""What a fifth of the pages do is done by the theme: one gap, not one for each page."""
FEW_PAGES = 5
_A_LINK = 0.9
"""A heading that is nearly all link is the title of another page on a card: it has no text of its own below it."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A page has no main heading, no headings at all although it is long, or skips a level (from h2 to h4).

    People who use a screen reader move from heading to heading (WCAG 2.2, 1.3.1 and 2.4.6); the search cuts its passages at headings.
    What a fifth of the site's pages do alike comes from the theme and is reported once.
    """
    found: dict[str, list[Gap]] = defaultdict(list)
    for article, page in context.documents:
        for kind, gap in _check_page(article, page):
            found[kind].append(gap)
    for kind, gaps in found.items():
        if len(gaps) >= max(FEW_PAGES, THE_THEMES * len(context.documents)):
            yield _describe_theme(kind, gaps)
        else:
            yield from gaps


def _check_page(article: Article, page: StrippedPage) -> Iterator[tuple[str, Gap]]:
    """What is wrong with a page's headings, each with what the theme would have in common with other pages."""
    headings = [block for block in page.kept if block.level]
    if not headings and len(article.text.split()) >= LONG_PAGE:
        yield (
            "no headings",
            _gap(article, "no headings", article.url, f"{len(article.text.split())} words without a heading.", article.title),
        )
    elif not any(block.level == 1 for block in page_blocks(page)):
        yield "no main heading", _gap(article, "no main heading", article.url, "The page has no main heading (h1).", article.title)
    skipped = [(above, below) for above, below in pairwise(headings) if below.level > above.level + 1 and below.link_share < _A_LINK]
    if skipped:
        above, below = skipped[0]
        yield f"level skipped from h{above.level} to h{below.level}", _describe_skip(article, skipped)


def _describe_theme(kind: str, gaps: list[Gap]) -> Gap:
    shown = "; ".join(dict.fromkeys(gap.evidence for gap in gaps[:4]))
    return replace(
        gaps[0],
        severity="warning",
        subject=f"{kind} on {len(gaps)} pages",
        reason=f"{len(gaps)} pages do it alike ({kind}), so it comes from the theme or a template. On this one: {gaps[0].reason}",
        evidence=shorten(shown),
        advice="Mend it once, in the theme or the template of these pages. " + gaps[0].advice,
        pages=tuple(gap.pages[0] for gap in gaps),
        site_wide=True,
    )


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
