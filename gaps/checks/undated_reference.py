"""Entries that do not say from when they are."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.reference_years import year_of
from gaps.schema import Gap
from ingest.schema import Article, Reference

_SAYS_NO_DATE = re.compile(r"\bn\.\s?d\.|\bno date\b|\bin press\b|\bforthcoming\b|\bs\.\s?f\.", re.IGNORECASE)
MOSTLY = 0.5
"""If more than half of a list has no year, that is how the list is written: one gap for the page."""


def check(context: CheckContext) -> Iterator[Gap]:
    """An entry of the reference list gives no year, so that nobody can tell how old the evidence is.

    "n.d." and "in press" count as an answer. Where most of a list has no years it is reported once for the page.
    """
    for article in context.site.articles:
        undated = [reference for reference in article.references if not _is_dated(reference)]
        if len(undated) > max(1, MOSTLY * len(article.references)):
            yield _describe_list(article, undated)
        else:
            yield from (_describe(article, reference) for reference in undated)


def _is_dated(reference: Reference) -> bool:
    return year_of(reference) is not None or _SAYS_NO_DATE.search(reference.text) is not None


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
