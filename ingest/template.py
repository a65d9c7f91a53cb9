"""The parts that a site repeats, learned from the whole crawl, and pages without them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ingest.schema import Block, BlockedPage, StrippedBlock, StrippedPage

REPEATED_SHARE = 0.1
MIN_PAGES = 3
OWN_WORDS = 4.0
REPEATED_WORDS = 0.7


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an editor decided: exact texts to keep or to strip, whatever the site repeats."""

    keep: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteTemplate:
    """What the crawl repeats: on how many pages each line and each container stands."""

    pages: int
    lines: dict[int, int]
    containers: dict[int, int]
    overrides: Overrides = field(default_factory=Overrides)


def _normal(text: str) -> int:
    return hash(text.casefold())


def learn_template(pages: Iterable[BlockedPage], overrides: Overrides | None = None) -> SiteTemplate:
    """The template of a site: what it repeats from page to page."""
    seen = [[(_normal(block.text), block.dom_path, len(block.text.split())) for block in page.blocks] for page in pages]
    lines = Counter(line for page in seen for line in {line for line, _, _ in page})
    least = max(MIN_PAGES, REPEATED_SHARE * len(seen))
    stands: Counter[int] = Counter()
    total: defaultdict[int, int] = defaultdict(int)
    own: defaultdict[int, int] = defaultdict(int)
    for page in seen:
        here = set()
        for line, path, words in page:
            for depth in range(1, len(path) + 1):
                container = hash(path[:depth])
                here.add(container)
                total[container] += words
                own[container] += words * (lines[line] < least)
        stands.update(here)
    containers = {
        container: pages_
        for container, pages_ in stands.items()
        if pages_ >= least and own[container] / pages_ < OWN_WORDS and own[container] <= (1 - REPEATED_WORDS) * total[container]
    }
    return SiteTemplate(len(seen), dict(lines), containers, overrides or Overrides())


def strip_template(page: BlockedPage, template: SiteTemplate) -> StrippedPage:
    """The page without what the site repeats; every stripped block says why."""
    kept: list[Block] = []
    stripped: list[StrippedBlock] = []
    for block, reason in zip(page.blocks, _reasons(page.blocks, template), strict=True):
        if reason:
            stripped.append(StrippedBlock(block, reason, template.lines.get(_normal(block.text), 1)))
        else:
            kept.append(block)
    return StrippedPage(page.url, tuple(kept), tuple(stripped), page.metadata)


def _reasons(blocks: Sequence[Block], template: SiteTemplate) -> list[str]:
    least = max(MIN_PAGES, REPEATED_SHARE * template.pages)
    reasons = []
    for block in blocks:
        containers = [template.containers.get(hash(block.dom_path[:depth]), 0) for depth in range(1, len(block.dom_path) + 1)]
        if any(containers):
            reasons.append(f"its container stands on {max(containers)} pages and says the same on each")
        elif block.landmark in {"navigation", "contentinfo", "dialog"}:
            reasons.append(f"inside the page's {block.landmark} landmark")
        elif template.lines.get(_normal(block.text), 0) >= least and len(block.text.split()) > 8:
            reasons.append("repeated")
        else:
            reasons.append("")
    return reasons
