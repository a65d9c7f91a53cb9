"""Where a span of an article can be read on the site, and what it leans on."""

from collections import Counter

from index.schema import CarriedReference, Citation
from index.text_fragments import fragment_url, place_url
from ingest.schema import Article, Passage, Section


def cite_span(article: Article, start: int, end: int, *, section: Section | None = None) -> Citation:
    """The citation of `article.text[start:end]`. Its references are those whose markers the cited sentences carry and the list explains."""
    place = section or find_section(article, start)
    markers = carried_markers(article, start, end)
    listed = (article.reference_for(marker) for marker in markers)
    return Citation(
        title=article.title,
        heading_path=place.heading_path if place else (),
        url=place_url(article.url, place.anchor if place else ""),
        fragment_url=fragment_url(article, start, end, anchor=place.anchor if place else ""),
        references=tuple(reference for reference in listed if reference),
        reviewed_on=article.metadata.reviewed_on,
        published_on=article.metadata.published_on,
    )


def cite_passage(article: Article, passage: Passage) -> Citation:
    """The citation of a whole passage."""
    return cite_span(article, passage.start, passage.end)


def find_section(article: Article, offset: int) -> Section | None:
    """The section that holds this offset of the article's text."""
    return next((section for section in article.sections if section.start <= offset < max(section.end, section.start + 1)), None)


def carried_markers(article: Article, start: int, end: int) -> tuple[str, ...]:
    """The markers of all sentences that the span touches, each once, in order."""
    sentences = (s for section in article.sections if section.start < end and start < section.end for s in section.sentences)
    return tuple(dict.fromkeys(marker for s in sentences if s.start < end and start < s.end for marker in s.markers))


def carried_references(article: Article, start: int, end: int) -> list[CarriedReference]:
    """What stands behind a span, what the article's list lacks included: for those who can mend it. Visitors see the listed ones only."""
    claims = Counter(marker for section in article.sections for sentence in section.sentences for marker in set(sentence.markers))
    return [CarriedReference(one, article.reference_for(one), claims[one]) for one in carried_markers(article, start, end)]
