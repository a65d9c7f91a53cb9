"""Do we already have this? A draft, or only its title, compared with all that the site says."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from index.lexical import fold
from index.overlap import Likeness, Overlap, OverlapFinder
from index.searcher import Searcher
from ingest.schema import Article

DraftVerdict = Literal["copy", "partly", "related", "new"]

PARAGRAPH_WORDS = 110
"""A longer paragraph is compared in parts: about as long as a passage, so that like meets like."""
LEAST_WORDS = 8
"""Shorter lines are headings or captions; compared alone they match everything."""
MOST_PARTS = 120
"""Parts of a draft that are compared: some 10,000 words, four seconds of the model on two cores."""
MOST_OF_IT = 0.6
"""Share of a draft's words that stand on the site from which there is nothing new to publish."""
MOST_LINKS = 6
"""Pages to link to: more than a reader follows."""
_ACRONYM = re.compile(r"[A-Z]{2,}\b")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A paragraph of the draft, or a part of a long one, with the passages that say the same."""

    text: str
    overlaps: tuple[Overlap, ...]

    @property
    def likeness(self) -> Likeness | None:
        """How the most alike passage compares."""
        return self.overlaps[0].likeness if self.overlaps else None


@dataclass(frozen=True, slots=True)
class PageOverlap:
    """A page of the site that says something of the draft: `shared` and `related` are shares of the draft's words."""

    article: Article
    shared: float
    related: float


@dataclass(frozen=True, slots=True)
class LinkIdea:
    """A page to link to; `words` are those of the draft that name it, "" if only the subject is near."""

    article: Article
    words: str


@dataclass(frozen=True, slots=True)
class DraftReport:
    """What the site has of a draft: `same_title` are pages of its very title; `skipped` counts parts beyond the limit."""

    verdict: DraftVerdict
    parts: tuple[DraftPart, ...]
    pages: tuple[PageOverlap, ...]
    links: tuple[LinkIdea, ...]
    same_title: tuple[Article, ...] = ()
    skipped: int = 0

    @property
    def overlapping(self) -> tuple[DraftPart, ...]:
        """The parts that the site says already, in the order of the draft."""
        return tuple(part for part in self.parts if part.likeness)


def check_draft(searcher: Searcher, finder: OverlapFinder, *, title: str, text: str) -> DraftReport:
    """What the site already says of a draft: overlapping passages, the pages that hold most of it, and pages to link to."""
    texts = split_draft(text) or ([title] if title.strip() else [])
    compared = texts[:MOST_PARTS]
    parts = tuple(DraftPart(one, tuple(o for o in found if o.likeness)) for one, found in zip(compared, finder.find(compared), strict=True))
    pages = _weigh_pages(searcher, parts)
    same_title = tuple(article for article in searcher.articles.values() if title.strip() and _name(article) == fold(title).strip())
    verdict = _judge(pages, parts)
    copies = {page.article.url for page in pages if page.shared >= MOST_OF_IT}
    links = tuple(_find_links(searcher, f"{title}\n{text}", pages, copies))
    return DraftReport(verdict, parts, pages, links, same_title, len(texts) - len(compared))


def split_draft(text: str) -> list[str]:
    """The paragraphs of a draft, long ones in parts of whole sentences; headings and other short lines left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [part for line in lines for part in _split_line(line) if len(part.split()) >= LEAST_WORDS]


def _split_line(line: str) -> Iterator[str]:
    words: list[str] = []
    for sentence in _SENTENCE_END.split(line):
        if words and len(words) + len(sentence.split()) > PARAGRAPH_WORDS:
            yield " ".join(words)
            words = []
        words += sentence.split()
        while len(words) > 2 * PARAGRAPH_WORDS:  # a "sentence" without an end
            yield " ".join(words[:PARAGRAPH_WORDS])
            words = words[PARAGRAPH_WORDS:]
    yield " ".join(words)


def _weigh_pages(searcher: Searcher, parts: Sequence[DraftPart]) -> tuple[PageOverlap, ...]:
    """The pages that say something of the draft, those that hold most of it first."""
    total = max(1, sum(len(part.text.split()) for part in parts))
    shared: defaultdict[str, float] = defaultdict(float)
    related: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        words = len(part.text.split())
        best = {overlap.passage.url: overlap for overlap in reversed(part.overlaps)}
        for url, overlap in best.items():
            related[url] += words / total
            shared[url] += words * overlap.shared / total if overlap.likeness != "same_subject" else 0.0
    pages = (PageOverlap(searcher.articles[url], shared[url], related[url]) for url in related)
    return tuple(sorted(pages, key=lambda page: (-round(page.shared, 2), -page.related, page.article.url)))


def _judge(pages: Sequence[PageOverlap], parts: Sequence[DraftPart]) -> DraftVerdict:
    if pages and pages[0].shared >= MOST_OF_IT:
        return "copy"
    if any(part.likeness in ("copy", "near_copy") for part in parts):
        return "partly"
    return "related" if pages else "new"


def _find_links(searcher: Searcher, draft: str, pages: Sequence[PageOverlap], copies: set[str]) -> Iterator[LinkIdea]:
    """Pages that the draft names by their title first, then those on the same subject; never one that the draft copies."""
    folded = fold(draft)
    named = {article.url: words for article in searcher.articles.values() if (words := _named_in(article, folded, draft))}
    subjects = [page.article.url for page in pages if page.article.url not in named]
    chosen = [url for url in (*sorted(named, key=lambda url: -len(named[url])), *subjects) if url not in copies]
    for url in chosen[:MOST_LINKS]:
        yield LinkIdea(searcher.articles[url], named.get(url, ""))


def _named_in(article: Article, folded: str, draft: str) -> str:
    """The words of the draft that are the article's title, "" if it does not name it. One common word is no name."""
    name = _name(article)
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) if " " in name or _ACRONYM.match(article.title) else None
    if not found:
        return ""
    return draft[found.start() : found.end()] if len(folded) == len(draft) else name


def _name(article: Article) -> str:
    """The article's title, folded, without what stands in brackets or after a colon."""
    return fold(re.split(r"\s*[(:|–—]", article.title, maxsplit=1)[0]).strip()
