"""Entries of a reference list that nothing cites."""

from collections.abc import Iterator
from dataclasses import replace

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.schema import Gap
from ingest.references import uncited_references
from ingest.schema import Article, Reference


def check(context: CheckContext) -> Iterator[Gap]:
    """An entry of the reference list is cited nowhere in the text.

    Either a marker was lost when the text was edited, or the entry is left over from an older text. A page that uses no markers at all
    only lists its sources: it is reported, once, only if most pages of the site that have a list do use markers.
    """
    listed = [article for article in context.site.articles if article.references]
    marking = sum(bool(article.markers) for article in listed) > len(listed) / 2
    for article in listed:
        if article.markers or (marking and len(article.references) == 1):
            yield from (_describe(article, reference) for reference in uncited_references(article))
        elif marking:
            yield _describe_list(article)


def _describe_list(article: Article) -> Gap:
    return replace(
        _describe(article, article.references[0]),
        subject="reference list",
        reason=f"The page lists {len(article.references)} references and cites none of them, while other pages cite theirs.",
        advice="Put markers where the text leans on these sources.",
    )


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
