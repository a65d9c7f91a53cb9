"""Entries of a reference list that nothing cites."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.schema import Gap
from ingest.references import uncited_references
from ingest.schema import Article, Reference


def check(context: CheckContext) -> Iterator[Gap]:
    """An entry of the reference list is cited nowhere in the text.

    Either a marker was lost when the text was edited, or the entry is left over from an older text. A page that uses no markers at all
    only lists its sources: it is not reported.
    """
    marked = (article for article in context.site.articles if article.markers)
    return (_describe(article, reference) for article in marked for reference in uncited_references(article))


def _describe(article: Article, reference: Reference) -> Gap:
    return Gap(
        severity="notice",
        subject=f"reference {reference.marker}",
        place=words_place(article.url, reference.text),
        reason=f"No sentence cites entry {reference.marker} of the reference list.",
        evidence=shorten(reference.text),
        advice=f"Put marker {reference.marker} back where the text leans on it, or take the entry out.",
        pages=(article.url,),
    )
