"""The parts that a site repeats, learned from the whole crawl, and pages without them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from math import ceil

from ingest.containers import Span, count_words, find_core, find_spans
from ingest.schema import Block, BlockedPage, StrippedBlock, StrippedPage
from ingest.site_template import (
    ALONE,
    EVERYWHERE,
    MIN_PAGES,
    Overrides,
    SiteTemplate,
    find_title,
    line_key,
    path_keys,
)
from ingest.verdicts import judge_blocks

__all__ = ["Overrides", "SiteTemplate", "learn_template", "strip_template"]

REPEATED_SHARE = 0.1
"""A box on a tenth of the pages is the site's, not the page's: measured on a clinic's 333 pages, where a half missed author boxes."""

FRAME = 0.8
"""A line on nearly all pages is the frame around them, whatever kind of page they are."""

OWN_WORDS = 4.0
OWN_SHARE = 0.3
"""A container is template when it adds fewer words of its own per page than OWN_WORDS and at most this share of what it says.

Judged by what it adds: a mega-menu outweighs the article, so "mostly repeated" alone would empty every page."""

ALIKE = 0.3
"""A page whose own part says this much that others say too is one of many alike (city pages): there, repetition proves nothing."""

CORE_SHARE = 0.97
NOWHERE = Span(0, 0, 0)


@dataclass(frozen=True, slots=True)
class _Outline:
    """What is remembered of a page while the site is learned: numbers, no text."""

    keys: Sequence[int]
    words: Sequence[int]
    paths: Sequence[tuple[str, ...]]
    spans: Mapping[int, Span]
    title: int


def learn_template(pages: Iterable[BlockedPage], overrides: Overrides | None = None) -> SiteTemplate:
    """The template of a site: lines and containers that it repeats from page to page, without a selector from anyone.

    Time and memory are linear in the pages' blocks; each page is seen once, and of its text only hashes are kept.
    """
    waiting = iter(pages)
    first = list(islice(waiting, ALONE))
    if len(first) < ALONE:
        return SiteTemplate(len(first), {}, frozenset(), {}, overrides or Overrides())
    outlines = [_outline(page) for page in chain(first, waiting)]
    counts = Counter(key for outline in outlines for key in set(outline.keys))
    lines = {key: count for key, count in counts.items() if count > 1}
    least = min(len(outlines), max(MIN_PAGES, ceil(REPEATED_SHARE * len(outlines))))
    repeated = _find_repeated(outlines, lines, least)
    template = SiteTemplate(len(outlines), lines, repeated, {}, overrides or Overrides())
    return replace(template, containers=_find_containers(outlines, template, least))


def strip_template(page: BlockedPage, template: SiteTemplate) -> StrippedPage:
    """The page without what the site repeats and what no reader came for; every stripped block carries its reason."""
    kept: list[Block] = []
    stripped: list[StrippedBlock] = []
    for block, verdict in zip(page.blocks, judge_blocks(page, template), strict=True):
        if verdict.reason:
            stripped.append(StrippedBlock(block, verdict.reason, verdict.pages, len(kept)))
        else:
            kept.append(block)
    return StrippedPage(page.url, tuple(kept), tuple(stripped), page.metadata, page.images, page.anchors, page.hrefs)


def _outline(page: BlockedPage) -> _Outline:
    blocks = page.blocks
    return _Outline(
        [line_key(block) for block in blocks],
        [count_words(block.text) for block in blocks],
        [block.dom_path for block in blocks],
        find_spans(block.ancestors for block in blocks),
        find_title(blocks, page.metadata.title),
    )


def _find_repeated(outlines: Sequence[_Outline], lines: Mapping[int, int], least: int) -> frozenset[int]:
    """The lines that stand on half of the pages, or on enough of those that otherwise have something of their own to say."""
    everywhere = {key for key, count in lines.items() if count >= max(ALONE, EVERYWHERE * len(outlines))}
    frame = {key for key in everywhere if lines[key] >= max(ALONE, FRAME * len(outlines))}
    standing: Counter[int] = Counter()
    for outline in outlines:
        if not _is_one_of_many(outline, lines, frame, least):
            standing.update(set(outline.keys))
    return frozenset(everywhere | {key for key, count in standing.items() if count >= least})


def _is_one_of_many(outline: _Outline, lines: Mapping[int, int], frame: set[int], least: int) -> bool:
    """Whether the part of the page that holds its own words says much that other pages say too."""
    own = [words if lines.get(key, 1) < least else 0 for key, words in zip(outline.keys, outline.words, strict=True)]
    core = outline.spans.get(find_core(outline.spans, own, CORE_SHARE), NOWHERE)
    shared = total = 0
    for number in range(core.first, core.end):
        if outline.keys[number] not in frame:
            total += outline.words[number]
            shared += outline.words[number] if not own[number] else 0
    return shared > ALIKE * total


def _find_containers(outlines: Sequence[_Outline], template: SiteTemplate, least: int) -> dict[int, int]:
    """The containers that bring next to nothing of their own, judged by the words they add and not by those they repeat."""
    pages: Counter[int] = Counter()
    words_on: defaultdict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for outline in outlines:
        for number, (key, words, path) in enumerate(zip(outline.keys, outline.words, outline.paths, strict=True)):
            is_title = number == outline.title and not template.is_everywhere(key)
            sums = words_on[path]
            sums[0] += words
            sums[1] += words if is_title or key not in template.repeated else 0
        pages.update(set[int]().union(*map(path_keys, set(outline.paths))))
    total, own = _sum_up(words_on)
    return {
        container: count
        for container, count in pages.items()
        if count >= least and own[container] < OWN_WORDS * count and own[container] <= OWN_SHARE * total[container]
    }


def _sum_up(words_on: Mapping[tuple[str, ...], Sequence[int]]) -> tuple[Counter[int], Counter[int]]:
    """All words and the pages' own words per container, from those per path."""
    total: Counter[int] = Counter()
    own: Counter[int] = Counter()
    for path, (words, mine) in words_on.items():
        for container in path_keys(path):
            total[container] += words
            if mine:
                own[container] += mine
    return total, own
