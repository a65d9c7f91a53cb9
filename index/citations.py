"""Where a span of an article can be read on the site, and what it leans on.

Addresses end in a text fragment (https://wicg.github.io/scroll-to-text-fragment/), so that a browser scrolls to the very words and
marks them. A fragment has to match the page as printed, reference markers included, while an article's text has none: so no part of a
fragment may run across the place where a marker stood.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote, urldefrag

from index.schema import CarriedReference, Citation
from ingest.schema import Article, Passage, Section

WHOLE_LIMIT = 80
"""A quote up to this many characters stands in the fragment whole; a longer one as its first and last words, so that links stay short."""
EDGE_WORDS = 5
"""Words of the first and last part; more are taken until the part stands only once in the article."""
_WORD = re.compile(r"\S+")
_EDGE_PUNCTUATION = " \t\n.,;:!?…\"'“”‘’()[]|"
_NOT_PRINTED = re.compile(r"\n| \| ")
"""What stands in an article's text but not on its page: the ends of blocks, and the bars between the cells of a table row."""


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


def place_url(url: str, anchor: str) -> str:
    """The address of a page at an anchor, if it has one."""
    return f"{urldefrag(url).url}#{quote(anchor, safe='-._~!$&()*+,;=:@/?')}" if anchor else url


def fragment_url(article: Article, start: int, end: int, *, anchor: str = "") -> str:
    """The address that lands on `article.text[start:end]`; the address of the anchor if the span has no words."""
    runs = list(_printed_runs(article, start, end))
    if not runs:
        return place_url(article.url, anchor)
    separator = ":~:" if anchor else "#:~:"
    return f"{place_url(article.url, anchor)}{separator}text={_directive(article, runs)}"


def _directive(article: Article, runs: Sequence[tuple[int, int]]) -> str:
    """`text=` of the fragment: the words themselves, or the first and the last of them; a prefix where they stand more than once."""
    (start, first_end), (last_start, end) = runs[0], runs[-1]
    text = article.text
    if len(runs) == 1 and end - start <= WHOLE_LIMIT:
        return _prefix(article, start, text[start:end]) + _encode(text[start:end])
    head = _grow(text, start, first_end, from_end=False)
    tail = _grow(text, last_start, end, from_end=True)
    if head[1] > tail[0]:
        return _prefix(article, start, text[start:end]) + _encode(text[start:end])
    opening = text[head[0] : head[1]]
    return f"{_prefix(article, head[0], opening)}{_encode(opening)},{_encode(text[tail[0] : tail[1]])}"


def _printed_runs(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a span that stand on the page as they stand in the text: not across a marker, not across blocks, punctuation trimmed."""
    gaps = [start + gap.start() for gap in _NOT_PRINTED.finditer(article.text[start:end])]
    stops = sorted({*gaps, *_terms(article, start, end), *(marker.offset for marker in article.markers if start < marker.offset < end)})
    for left, right in zip([start, *stops], [*stops, end], strict=True):
        inner = article.text[left:right]
        lead = len(inner) - len(inner.lstrip(_EDGE_PUNCTUATION))
        trimmed = inner.strip(_EDGE_PUNCTUATION)
        if trimmed:
            yield left + lead, left + lead + len(trimmed)


def _terms(article: Article, start: int, end: int) -> list[int]:
    """Where a term of a definition list ends inside the span: the page prints no colon there."""
    sentences = (s for section in article.sections for s in section.sentences if s.kind == "definition" and start < s.end and s.start < end)
    colons = (article.text.find(":", max(s.start, start), min(s.end, end)) for s in sentences)
    return [colon for colon in colons if colon >= 0]


def _grow(text: str, start: int, end: int, *, from_end: bool) -> tuple[int, int]:
    """The first (or last) words of a run: a few, and more until they stand only once in the text."""
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    for count in range(min(EDGE_WORDS, len(words)), len(words) + 1):
        span = (words[-count][0], end) if from_end else (start, words[count - 1][1])
        if _occurrences(text, text[span[0] : span[1]]) == 1:
            break
    return _trim(text, *span)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip(_EDGE_PUNCTUATION)), start + len(inner.rstrip(_EDGE_PUNCTUATION))


def _occurrences(text: str, part: str) -> int:
    return text.lower().count(part.lower())


def _prefix(article: Article, start: int, opening: str) -> str:
    """`prefix-,` from the words right before, where the opening alone would match an earlier place too."""
    if article.text[:start].lower().find(opening.lower()) < 0:
        return ""
    left = max((0, *(marker.offset for marker in article.markers if marker.offset <= start)))
    words = [word.group() for word in _WORD.finditer(article.text[left:start].rpartition("\n")[2])]
    before = " ".join(words[-EDGE_WORDS:])
    return f"{_encode(before)}-," if before else ""


def _encode(text: str) -> str:
    """Percent-encoded as the specification asks: `-`, `,` and `&` have a meaning of their own in a text directive."""
    return quote(text, safe="").replace("-", "%2D")
