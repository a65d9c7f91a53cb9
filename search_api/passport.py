"""All that is known of one page of the site: what staff look up before they change it, cite it or answer a reviewer."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal
from urllib.parse import urldefrag

from gaps.reading_ease import reading_grade
from index.citations import carried_references
from index.errors import BadQuery
from index.schema import CarriedReference
from index.searcher import Searcher
from index.text_fragments import place_url
from ingest.references import uncited_references
from ingest.schema import Article, Reference, Section, StrippedBlock, StrippedPage

PROSE = frozenset({"paragraph", "list_item", "quote", "definition"})
"""Kinds of sentences whose reading grade counts: headings and table rows are no sentences."""
GRADED_LANGUAGE = "en"
"""The reading grade counts the syllables of English words."""


@dataclass(frozen=True, slots=True)
class SectionSummary:
    """A section: its depth below the title, words, the sentences that carry references, and its reading grade (None if it has no prose)."""

    heading: str
    depth: int
    url: str
    words: int
    claims: int
    grade: float | None


@dataclass(frozen=True, slots=True)
class ReferenceSummary:
    """A reference of the article; `status` tells whether it is listed and cited, cited but missing from the list, or never cited."""

    marker: str
    reference: Reference | None
    status: Literal["listed", "missing", "uncited"]
    claims: int


@dataclass(frozen=True, slots=True)
class StrippedGroup:
    """Neighbouring blocks that were taken out of a page for one reason."""

    reason: str
    pages: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passport:
    """One page. `linked_from` are the articles whose text links to it."""

    article: Article
    sections: tuple[SectionSummary, ...]
    references: tuple[ReferenceSummary, ...]
    stripped: tuple[StrippedGroup, ...]
    linked_from: tuple[Article, ...]
    passages: int

    @property
    def words(self) -> int:
        """Words of the article, template left out."""
        return count_words(self.article)

    @property
    def grade(self) -> float | None:
        """US school years that its prose asks for; None if that is not known for its language."""
        return grade_article(self.article)

    @property
    def stripped_words(self) -> int:
        """Words that were taken out of the page."""
        return sum(len(text.split()) for group in self.stripped for text in group.texts)


def make_passport(searcher: Searcher, url: str) -> Passport:
    """The passport of the page at this address. Raises `BadQuery` if the index holds none."""
    article = searcher.articles.get(url) or searcher.articles.get(urldefrag(url).url)
    if article is None:
        raise BadQuery("The index holds no page with this address. It may have moved, or it was left out when the site was read.")
    return Passport(
        article=article,
        sections=tuple(_summarise_section(article, section) for section in article.sections),
        references=summarise_references(article),
        stripped=tuple(_group_stripped(searcher.site.stripped_pages, article.url)),
        linked_from=tuple(_linking(searcher.articles.values(), article.url)),
        passages=sum(passage.url == article.url for passage in searcher.passages),
    )


def summarise_references(article: Article) -> tuple[ReferenceSummary, ...]:
    """The references in the order of the list, then those that the list lacks."""
    cited = {one.marker: one for one in carried_references(article, 0, len(article.text))}
    listed = [_listed(one, cited.get(one.marker)) for one in article.references]
    missing = [ReferenceSummary(one.marker, None, "missing", one.claims) for one in cited.values() if one.reference is None]
    return (*listed, *missing)


def count_states(article: Article) -> Counter[str]:
    """How many of an article's references are in each state."""
    uncited = len(uncited_references(article))
    listed = {one.marker for one in article.references}
    missing = len({marker.marker for marker in article.markers} - listed)
    return Counter(listed=len(article.references) - uncited, uncited=uncited, missing=missing)


def count_words(article: Article) -> int:
    """Words of an article, template left out."""
    return len(article.text.split())


def grade_article(article: Article) -> float | None:
    """US school years that an article's prose asks for; None if that is not known for its language."""
    return _grade(article, article.sections)


def _listed(reference: Reference, carried: CarriedReference | None) -> ReferenceSummary:
    return ReferenceSummary(reference.marker, reference, "listed" if carried else "uncited", carried.claims if carried else 0)


def _summarise_section(article: Article, section: Section) -> SectionSummary:
    path = [heading for heading in section.heading_path if heading != article.title]
    return SectionSummary(
        heading=path[-1] if path else article.title,
        depth=len(path),
        url=place_url(article.url, section.anchor),
        words=len(article.text[section.start : section.end].split()),
        claims=sum(bool(sentence.markers) for sentence in section.sentences),
        grade=_grade(article, [section]),
    )


def _grade(article: Article, sections: Sequence[Section]) -> float | None:
    if article.metadata.language.split("-")[0].lower() not in ("", GRADED_LANGUAGE):
        return None
    prose = [article.text[one.start : one.end] for section in sections for one in section.sentences if one.kind in PROSE]
    return round(reading_grade(prose), 1) if prose else None


def _group_stripped(pages: Iterable[StrippedPage], url: str) -> Iterable[StrippedGroup]:
    blocks = next((page.stripped for page in pages if page.url == url), ())

    def reason(block: StrippedBlock) -> str:
        return block.reason

    for one, members in groupby(blocks, key=reason):
        group = list(members)
        yield StrippedGroup(one, max(member.pages for member in group), tuple(member.block.text for member in group))


def _linking(articles: Iterable[Article], url: str) -> Iterable[Article]:
    return (one for one in articles if one.url != url and any(urldefrag(link.url).url == url for link in one.links))
