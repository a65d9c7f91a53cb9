"""Addresses that end in a text fragment, so that a browser scrolls to the very words and marks them.

The form is `text=prefix-,start,end,-suffix` (https://wicg.github.io/scroll-to-text-fragment/). A fragment has to match the page as it is
printed, while an article's text has no reference markers, no bars and no block ends of its own: so no part runs across any of these. The
first place that matches wins; words that stand more than once get the words before or after them as context.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urldefrag

from ingest.schema import Article

WHOLE_LIMIT = 80
"""A quote up to this many characters stands in the fragment whole; a longer one as its first and last words, so that links stay short."""
EDGE_WORDS = 5
"""Words of the first and last part, and of each context; more are taken until the part stands only once in the article."""
SHORT_WORDS = 3
"""Words as few as this may also stand in the site's menus, which an article does not know: they get context in any case."""
CONTEXT_REACH = 200
"""Characters in which context is looked for: a few words stand closer."""
_BETWEEN = " \n|"
"""What may stand between words and their context: a browser passes over white space and the borders of elements."""
_WORD = re.compile(r"\S+")
_EDGE_PUNCTUATION = " \t\n.,;:!?…\"'“”‘’()[]|"
_NOT_PRINTED = re.compile(r"\n| \| ")
"""What stands in an article's text but not on its page: the ends of blocks, and the bars between the cells of a table row."""

Span = tuple[int, int]


def place_url(url: str, anchor: str) -> str:
    """The address of a page at an anchor, if it has one."""
    return f"{urldefrag(url).url}#{quote(anchor, safe='-._~!$&()*+,;=:@/?')}" if anchor else url


def fragment_url(article: Article, start: int, end: int, *, anchor: str = "") -> str:
    """The address that lands on `article.text[start:end]`; the address of the anchor if the span has no words."""
    runs = list(_printed_runs(article, start, end))
    if not runs:
        return place_url(article.url, anchor)
    separator = ":~:" if anchor else "#:~:"
    return f"{place_url(article.url, anchor)}{separator}text={_directive(article, runs).encoded()}"


@dataclass(frozen=True, slots=True)
class _Directive:
    """The parts of a text directive, as they are printed."""

    start: str
    end: str = ""
    prefix: str = ""
    suffix: str = ""

    def encoded(self) -> str:
        """As it stands in an address: `-`, `,` and `&` have a meaning of their own in a directive."""
        parts = (f"{_encode(self.prefix)}-" if self.prefix else "", _encode(self.start), _encode(self.end))
        return ",".join(filter(None, (*parts, f"-{_encode(self.suffix)}" if self.suffix else "")))

    def lands_on(self, text: str, start: int, end: int) -> bool:
        """Whether the first place of a text in small letters that a browser finds is this one."""
        prefix, opening, closing, suffix = (part.lower() for part in (self.prefix, self.start, self.end, self.suffix))
        for first in _places(text, opening, 0):
            if not text.endswith(prefix, 0, _skip_back(text, first)):
                continue
            ends = (place + len(closing) for place in _places(text, closing, first + len(opening))) if closing else (first + len(opening),)
            found = next((last for last in ends if text.startswith(suffix, _skip(text, last))), None)
            if found is not None:
                return (first, found) == (start, end)
        return False


def _places(text: str, part: str, start: int) -> Iterator[int]:
    """Where a part stands in a text as whole words."""
    at = text.find(part, start)
    while at >= 0:
        last = at + len(part)
        if not (at and part[0].isalnum() and text[at - 1].isalnum()) and not (part[-1].isalnum() and text[last : last + 1].isalnum()):
            yield at
        at = text.find(part, at + 1)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at


def _skip_back(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in _BETWEEN:
        at -= 1
    return at


@lru_cache(maxsize=1024)
def _lowered(text: str) -> str:
    return text.lower()


def _directive(article: Article, runs: Sequence[Span]) -> _Directive:
    """The words themselves, or the first and the last of them; with the least context that leads to this place and no earlier one."""
    text = article.text
    start, end = runs[0][0], runs[-1][1]
    first, last = _edges(text, runs)
    bare = _Directive(text[first[0] : first[1]], text[last[0] : last[1]] if last else "")
    before, after = _before(article, start), _after(article, end)
    contexts = [("", ""), (before, ""), ("", after), (before, after)]
    if len(_WORD.findall(text[start:end])) <= SHORT_WORDS or _stands_above(article, bare.start):
        contexts = [*contexts[1:], contexts[0]]
    tried = [_Directive(bare.start, bare.end, *context) for context in contexts]
    lowered = _lowered(text)
    if len(lowered) != len(text):  # a letter that is longer in small: places cannot be compared
        return tried[0]
    return next((one for one in tried if one.lands_on(lowered, start, end)), tried[0])


def _stands_above(article: Article, part: str) -> bool:
    """Whether the page says this before its text begins, as far as an article knows: in its title or its byline."""
    return part.lower() in f"{article.title}\n{article.metadata.author}".lower()


def _edges(text: str, runs: Sequence[Span]) -> tuple[Span, Span | None]:
    """The part that a span starts with and the one that it ends with; the whole span and None if it is short and in one piece."""
    (start, first_end), (last_start, end) = runs[0], runs[-1]
    if len(runs) == 1 and end - start <= WHOLE_LIMIT:
        return (start, end), None
    head = _grow(text, start, first_end, from_end=False)
    tail = _grow(text, last_start, end, from_end=True)
    return (head, tail) if head[1] <= tail[0] else ((start, end), None)


def _printed_runs(article: Article, start: int, end: int) -> Iterator[Span]:
    """The parts of a span that stand on the page as they stand in the text: not across a marker, not across blocks, punctuation trimmed."""
    stops = _stops(article, start, end)
    for left, right in zip([start, *stops], [*stops, end], strict=True):
        inner = article.text[left:right]
        lead = len(inner) - len(inner.lstrip(_EDGE_PUNCTUATION))
        trimmed = inner.strip(_EDGE_PUNCTUATION)
        if trimmed:
            yield left + lead, left + lead + len(trimmed)


def _stops(article: Article, start: int, end: int) -> list[int]:
    """Places inside a span where the page differs from the text."""
    gaps = [start + gap.start() for gap in _NOT_PRINTED.finditer(article.text[start:end])]
    markers = (marker.offset for marker in article.markers if start < marker.offset < end)
    return sorted({*gaps, *_terms(article, start, end), *markers})


def _terms(article: Article, start: int, end: int) -> list[int]:
    """Where a term of a definition list ends inside the span: the page prints no colon there."""
    sentences = (s for section in article.sections for s in section.sentences if s.kind == "definition" and start < s.end and s.start < end)
    colons = (article.text.find(":", max(s.start, start), min(s.end, end)) for s in sentences)
    return [colon for colon in colons if colon >= 0]


def _grow(text: str, start: int, end: int, *, from_end: bool) -> Span:
    """The first (or last) words of a run: a few, and more until they stand only once in the text."""
    words = [(start + word.start(), start + word.end()) for word in _WORD.finditer(text[start:end])]
    lowered = _lowered(text)
    for count in range(min(EDGE_WORDS, len(words)), len(words) + 1):
        span = (words[-count][0], end) if from_end else (start, words[count - 1][1])
        if lowered.count(text[span[0] : span[1]].lower()) == 1:
            break
    return _trim(text, *span)


def _trim(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip(_EDGE_PUNCTUATION)), start + len(inner.rstrip(_EDGE_PUNCTUATION))


def _before(article: Article, start: int) -> str:
    """The words right before a place, of the block before it if it begins one; none if a marker stands between."""
    left = max((marker.offset for marker in article.markers if marker.offset <= start), default=0)
    words = _WORD.findall(next(reversed(_pieces(article, max(left, start - CONTEXT_REACH), start)), ""))[-EDGE_WORDS:]
    return " ".join(words) if _has_word(words) else ""


def _after(article: Article, end: int) -> str:
    """The words right after a place, punctuation included, of the block after it if it ends one; none if a marker stands between."""
    right = min((marker.offset for marker in article.markers if marker.offset >= end), default=len(article.text))
    words = _WORD.findall(next(iter(_pieces(article, end, min(right, end + CONTEXT_REACH))), ""))[:EDGE_WORDS]
    return " ".join(words) if _has_word(words) else ""


def _pieces(article: Article, start: int, end: int) -> list[str]:
    """What is printed of a span, in pieces."""
    stops = _stops(article, start, end)
    pieces = (article.text[left:right] for left, right in zip([start, *stops], [*stops, end], strict=True))
    return [piece for piece in (_printed(piece) for piece in pieces) if piece]


def _printed(piece: str) -> str:
    """A piece without what ends it only in the text: its line break or bar, or the colon of a term."""
    return piece.removeprefix(":").strip(_BETWEEN)


def _has_word(words: Sequence[str]) -> bool:
    return any(char.isalnum() for word in words for char in word)


def _encode(text: str) -> str:
    return quote(text, safe="").replace("-", "%2D")
