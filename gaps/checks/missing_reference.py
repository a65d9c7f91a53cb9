"""Reference markers without an entry."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gaps.addresses import address_key
from gaps.context import CheckContext
from gaps.places import place_of, shorten
from gaps.schema import Gap
from ingest.references import dangling_markers
from ingest.schema import Article

_LIST_HEADING = re.compile(r"\b(?:references|citations|sources|bibliography|works cited|referencias|fuentes)\b", re.IGNORECASE)


LONGEST_HEADING = 5
"""Words: "References and further reading"."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A reference number in the text has no entry in the page's list.

    Readers who want to see the evidence find nothing. A page with markers and no list at all is reported once.
    """
    for article in context.site.articles:
        dangling = dangling_markers(article)
        if dangling and not article.references:
            if not _has_list_heading(context, article):
                yield _describe_list(article, dangling)
        else:
            yield from (_describe(article, marker) for marker in dangling)


def _has_list_heading(context: CheckContext, article: Article) -> bool:
    """Whether a line, in the article or taken out of it, promises a list that could not be read: then it is not said that there is none."""
    headings = [section.heading_path[-1] for section in article.sections if section.heading_path]
    page = context.pages.get(address_key(article.url))
    taken = [stripped.block.text for stripped in page.stripped] if page else []
    return any(_LIST_HEADING.search(line) for line in [*headings, *taken] if len(line.split()) <= LONGEST_HEADING)


def _describe_list(article: Article, markers: tuple[str, ...]) -> Gap:
    first = _describe(article, markers[0])
    return replace(
        first,
        subject="reference list",
        reason=f"The text has {len(markers)} markers ({shorten(', '.join(markers), 40)}), and no reference list was found.",
        advice="Add the list, numbered as the text counts, or take the markers out.",
    )


def _describe(article: Article, marker: str) -> Gap:
    sentences = (sentence for section in article.sections for sentence in section.sentences)
    carrier = next((sentence for sentence in sentences if marker in sentence.markers), None)
    start, end = (carrier.start, carrier.end) if carrier else (0, 0)
    return Gap(
        severity="error",
        subject=f"marker {marker}",
        place=place_of(article, start, end),
        reason=f"Marker {marker} has no entry in the reference list, which holds {len(article.references)} entries.",
        evidence=shorten(article.text[start:end]),
        advice=f"Add entry {marker} to the list, or take the marker out of this sentence.",
        pages=(article.url,),
    )
