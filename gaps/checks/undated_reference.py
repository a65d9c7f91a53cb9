"""Entries that do not say from when they are."""

import re
from collections.abc import Iterator

from gaps.addresses import host_of
from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.reference_years import ADDRESS, year_of
from gaps.schema import Gap
from ingest.schema import Article, Reference

_SAYS_NO_DATE = re.compile(
    r"\bn\.\s?d\.|\bno date\b|\bin press\b|\bforthcoming\b|\bs\.\s?f\.|\bStatutes?\b|\bAct\b|\bU\.S\.C\.|\bC\.F\.R\.|\bRegulations?\b",
    re.IGNORECASE,
)
FEWEST_WORDS = 3
"""Of an author and a title."""
MOSTLY = 0.5
"""If more than half of a list has no year, that is how the list is written: one gap for the page."""


def check(context: CheckContext) -> Iterator[Gap]:
    """An entry of the reference list gives no year, so that nobody can tell how old the evidence is, or is a bare address.

    "n.d." and "in press" count as an answer, and so does the address of a web page behind a title: that page has its own date. Where most
    of a list has no years it is reported once for the page.
    """
    for article in context.site.articles:
        undated = [
            reference for reference in article.references if not _is_dated(reference) and host_of(reference.url) not in context.hosts
        ]
        if len(undated) > max(1, MOSTLY * len(article.references)):
            yield _describe_list(article, undated)
        else:
            yield from (_describe(article, reference) for reference in undated)


def _is_dated(reference: Reference) -> bool:
    return year_of(reference) is not None or _SAYS_NO_DATE.search(reference.text) is not None or _is_titled_page(reference)


def _is_titled_page(reference: Reference) -> bool:
    """Whether the entry names a living page of the web: an address that is no article's, and words beside it."""
    words = ADDRESS.sub(" ", reference.text).split()
    return bool(reference.url) and not (reference.doi or reference.pmid) and len(words) >= FEWEST_WORDS


def _describe(article: Article, reference: Reference) -> Gap:
    return Gap(
        severity="notice",
        subject=f"reference {reference.marker}",
        place=words_place(article.url, reference.text),
        reason=f"Entry {reference.marker} of the reference list gives no year.",
        evidence=shorten(reference.text),
        advice="Add the year of publication, or n.d. if there is none.",
        pages=(article.url,),
    )


def _describe_list(article: Article, undated: list[Reference]) -> Gap:
    return Gap(
        severity="notice",
        subject="reference list",
        place=words_place(article.url, undated[0].text),
        reason=f"{len(undated)} of the {len(article.references)} entries of the reference list give no year: "
        f"{', '.join(reference.marker for reference in undated)}.",
        evidence=shorten(undated[0].text),
        advice="Write author, title and year of each work, not only its address.",
        pages=(article.url,),
    )
