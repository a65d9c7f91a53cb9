"""Articles cut into passages: the units that are embedded, found and shown.

A passage is a verbatim span of one section. Long sections are cut between blocks or sentences into parts of about equal length, so
that none is cut off silently by the model; tiny neighbours under the same heading are joined, because a passage of ten words
says too little to be found.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise, takewhile
from math import ceil
from operator import attrgetter

from ingest.schema import Article, Passage, Section, Sentence

SHORT_WORDS = 15
"""A section of fewer words is joined with its short neighbours; the shortest section of prose on the owner's example page has 18."""
JOINED_WORDS = 120
"""Joining stops here: a page of facts ("Hours", "Parking", "Fax") becomes a few passages, not one."""

CountTokens = Callable[[str], int]
Span = tuple[int, int]


def split_passages(article: Article, *, count_tokens: CountTokens, max_tokens: int = 256) -> list[Passage]:
    """The passages of an article in reading order. Together they hold every word of its sections; none overlaps another.

    `count_tokens` counts as the model does, special tokens included. The `embedding_text` of each passage has at most `max_tokens`, unless
    its title and headings alone take more than half of that.
    """
    filled = [section for section in article.sections if section.sentences]
    return [
        passage
        for sections in _join_short(article, filled)
        for passage in _split_section(article, sections, count_tokens=count_tokens, max_tokens=max_tokens)
    ]


def split_windows(text: str, spans: Sequence[Span], *, words: int) -> list[Span]:
    """Runs of consecutive sentence spans of about `words` words each, in order, covering all of them; at least one if any span is given."""
    counts = [len(text[start:end].split()) for start, end in spans]
    return [(spans[first][0], spans[last - 1][1]) for first, last in _pack(counts, words)]


def sentences_from(article: Article, start: int, end: int) -> Iterator[Sentence]:
    """The sentences that begin inside a span of the text, found without reading the others: an article may have thousands."""
    first = bisect_right(article.sections, start, key=attrgetter("end"))
    for section in takewhile(lambda one: one.start < end, islice(article.sections, first, None)):
        yield from _sentences_of(section, (start, end))


def _split_section(article: Article, sections: Sequence[Section], *, count_tokens: CountTokens, max_tokens: int) -> Iterator[Passage]:
    """A section, or several joined ones, as passages within the budget that the title and the headings leave."""
    whole = _make_passage(article, sections, (sections[0].start, sections[-1].end))
    if count_tokens(whole.embedding_text) <= max_tokens:
        yield whole
        return
    header = count_tokens(replace(whole, text="").embedding_text)
    budget = max(max_tokens - header, max_tokens // 2)
    units = list(_fitting_units(article.text, sections, count_tokens=count_tokens, budget=budget))
    costs = [_cost(article.text, unit, count_tokens) for unit in units]
    for first, last in _pack(costs, budget):
        yield _make_passage(article, sections, (units[first][0], units[last - 1][1]))


def _make_passage(article: Article, sections: Sequence[Section], span: Span) -> Passage:
    start, end = span
    first = sections[0]
    return Passage(
        text=article.text[start:end],
        start=start,
        end=end,
        url=article.url,
        anchor=first.anchor,
        title=article.title,
        heading_path=first.heading_path if len(sections) == 1 else first.heading_path[:-1],
        markers=tuple(dict.fromkeys(mark for one in sections for sentence in _sentences_of(one, span) for mark in sentence.markers)),
        language=article.metadata.language,
        site_section=article.site_section,
    )


def _sentences_of(section: Section, span: Span) -> Sequence[Sentence]:
    first = bisect_left(section.sentences, span[0], key=attrgetter("start"))
    return section.sentences[first : bisect_left(section.sentences, span[1], key=attrgetter("start"))]


def _join_short(article: Article, sections: Sequence[Section]) -> Iterator[list[Section]]:
    """Runs of sections to be read as one: short ones under the same parent, up to a limit; every other section alone."""
    group: list[Section] = []
    for section in sections:
        if group and not _belongs(article, group, section):
            yield group
            group = []
        group.append(section)
    if group:
        yield group


def _belongs(article: Article, group: Sequence[Section], section: Section) -> bool:
    if _place(section) == _place(group[-1]):  # a line above the h1 and the words below it: both stand at the top of the page
        return _words(article, group[-1]) < SHORT_WORDS
    siblings = _parent(section) is not None and _parent(section) == _parent(group[-1])
    short = all(_words(article, one) < SHORT_WORDS for one in (group[-1], section))
    return siblings and short and sum(_words(article, one) for one in (*group, section)) <= JOINED_WORDS


def _place(section: Section) -> tuple[str, tuple[str, ...]]:
    return section.anchor, section.heading_path


def _parent(section: Section) -> tuple[str, ...] | None:
    """The headings above a section's own; None for the text before the first heading, which has no siblings."""
    return section.heading_path[:-1] if section.heading_path else None


def _words(article: Article, section: Section) -> int:
    return len(article.text[section.start : section.end].split())


def _fitting_units(text: str, sections: Sequence[Section], *, count_tokens: CountTokens, budget: int) -> Iterator[Span]:
    """What a passage may be cut between: whole blocks that fit, else their sentences, else (a sentence of 300 words) runs of words."""
    for section in sections:
        for _, block in groupby(section.sentences, key=lambda sentence: sentence.block):
            for unit in _block_units(text, list(block), count_tokens, budget):
                yield from [unit] if _cost(text, unit, count_tokens) <= budget else _split_words(text, unit, count_tokens, budget)


def _block_units(text: str, sentences: Sequence[Sentence], count_tokens: CountTokens, budget: int) -> list[Span]:
    whole = (sentences[0].start, sentences[-1].end)
    if _cost(text, whole, count_tokens) <= budget // 2:
        return [whole]
    return [(sentence.start, sentence.end) for sentence in sentences]


def _split_words(text: str, span: Span, count_tokens: CountTokens, budget: int) -> Iterator[Span]:
    """A span cut in half, between words if it has any, again and again until each part fits."""
    start, end = span
    if end - start < 2 or _cost(text, span, count_tokens) <= budget:
        yield span
        return
    middle = (start + end) // 2
    gap = text.rfind(" ", start + 1, middle + 1)
    left, right = (gap, gap + 1) if gap > start else (middle, middle)
    yield from _split_words(text, (start, left), count_tokens, budget)
    yield from _split_words(text, (right, end), count_tokens, budget)


def _cost(text: str, span: Span, count_tokens: CountTokens) -> int:
    """Tokens of a span; the special tokens counted with each make the sum of several spans err on the safe side."""
    return count_tokens(text[span[0] : span[1]])


def _pack(costs: Sequence[int], budget: int) -> Iterable[Span]:
    """Index ranges of consecutive costs, each within the budget, and of about equal sums so that no tiny rest is left at the end."""
    parts = max(1, ceil(sum(costs) / budget)) if costs else 0
    target = sum(costs) / parts if parts else 0.0
    cuts, spent = [0], 0
    for at, cost in enumerate(costs):
        full = spent + cost > budget or spent + cost / 2 >= target
        if spent and full:
            cuts.append(at)
            spent = 0
        spent += cost
    return list(pairwise([*cuts, len(costs)])) if costs else []
