"""Reference markers without an entry."""

from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import place_of, shorten
from gaps.schema import Gap
from ingest.references import dangling_markers
from ingest.schema import Article


def check(context: CheckContext) -> Iterator[Gap]:
    """A reference number in the text has no entry in the page's list.

    Readers who want to see the evidence find nothing. Add the entry, or take the number out.
    """
    return (_describe(article, marker) for article in context.site.articles for marker in dangling_markers(article))


def _describe(article: Article, marker: str) -> Gap:
    sentences = (sentence for section in article.sections for sentence in section.sentences)
    carrier = next((sentence for sentence in sentences if marker in sentence.markers), None)
    start, end = (carrier.start, carrier.end) if carrier else (0, 0)
    return Gap(
        severity="error",
        subject=f"marker {marker}",
        place=place_of(article, start, end),
        reason=f"Marker {marker} has no entry in the reference list, which holds {len(article.references) or 'no'} entries.",
        evidence=shorten(article.text[start:end]),
        advice=f"Add entry {marker} to the list, or take the marker out of this sentence.",
        pages=(article.url,),
    )
