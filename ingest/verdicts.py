"""Which blocks of a page go, and why: the strongest evidence first."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.containers import LINKED, Containers, find_core
from ingest.css_selectors import matches_path
from ingest.page_votes import LANDMARKS, vote_on_page
from ingest.plain_votes import is_plain_text, vote_on_plain_text
from ingest.schema import Block, BlockedPage
from ingest.site_template import Box, Overrides, SiteTemplate, find_title, line_key, normal_text
from ingest.wording import asks_for_something, is_protected

CORE_SHARE = 0.97
"""The article's container holds this share of what the page says of its own."""

MAIN_SHARE = 0.5
LIST_KINDS = frozenset({"list_item", "definition", "table_row"})
NO_LEVEL = 7


@dataclass(slots=True)
class Verdict:
    """What is decided about a block: why it goes ("" to keep it) and on how many pages it stands."""

    reason: str
    pages: int


def judge_blocks(page: BlockedPage, template: SiteTemplate) -> list[Verdict]:
    """A verdict per block of the page."""
    keys = [line_key(block) for block in page.blocks]
    title = find_title(page.blocks, page.metadata.title)
    if title >= 0 and template.is_everywhere(keys[title]):
        title = -1
    containers = Containers(page.blocks)
    reasons = vote_on_page(containers, alone=template.is_alone)
    if is_plain_text(page.blocks):
        vote_on_plain_text(containers, reasons)
    verdicts = [Verdict(reason, template.lines.get(key, 1)) for key, reason in zip(keys, reasons, strict=True)]
    if not template.is_alone:
        repeated = [key in template.repeated and number != title for number, key in enumerate(keys)]
        _SiteEvidence(containers, template, verdicts, repeated, title).apply()
    if title >= 0:
        verdicts[title].reason = ""
    _strip_dangling_headings(page.blocks, verdicts, title)
    _keep_something(page.blocks, verdicts, title, template)
    _apply_overrides(page.blocks, verdicts, template.overrides)
    return verdicts


def _heads(block: Block) -> bool:
    """Whether a block is a heading or the question of an accordion: what is under it may be the page's own although it is not."""
    return block.level > 0 or block.kind == "summary"


def _asks(block: Block) -> bool:
    return block.link_share > LINKED or asks_for_something(block.text)


class _SiteEvidence:
    """What the rest of the site says about a page's lines and boxes, weighed by where on the page they stand."""

    def __init__(
        self, containers: Containers, template: SiteTemplate, verdicts: list[Verdict], repeated: Sequence[bool], title: int
    ) -> None:
        self.containers, self.template, self.verdicts, self.repeated = containers, template, verdicts, repeated
        own = [0 if verdict.reason or again else words for verdict, again, words in zip(verdicts, repeated, containers.words, strict=True)]
        self.core = find_core(containers.spans, own, CORE_SHARE)
        self.own_held = containers.sum_up(own)
        in_main = sum(words for words, block in zip(own, containers.blocks, strict=True) if block.landmark == "main")
        self.asking: dict[int, bool] = {}
        self.main_is_core = in_main >= MAIN_SHARE * sum(own)
        mine = [number for number, words in enumerate(own) if words and number != title]
        self.first, self.last = (mine[0], mine[-1]) if mine else (-1, -1)
        self.title = title

    def apply(self) -> None:
        """Write the verdicts about boxes and lines that the site repeats."""
        for number, block in enumerate(self.containers.blocks):
            verdict = self.verdicts[number]
            box = self.template.box_around(self._path_of(block))
            if verdict.reason or not (box.pages or self.repeated[number]):
                continue
            belongs = self._is_in_core(block) and self._belongs(number, block)
            if box.pages and not (belongs and (is_protected(block.text) or not self.repeated[number] or self._states_facts(number, box))):
                verdict.reason, verdict.pages = f"in a box that says the same on {box.pages} pages", max(box.pages, verdict.pages)
            elif self.repeated[number] and not belongs:
                verdict.reason = f"the same line stands on {verdict.pages} pages"

    def _path_of(self, block: Block) -> tuple[str, ...]:
        """The containers that could be a box around a block: what holds nothing but a heading is a part of the heading."""
        depth = len(block.dom_path)
        while _heads(block) and depth and self._holds_one(block.ancestors[depth - 1]):
            depth -= 1
        return block.dom_path[:depth]

    def _holds_one(self, container: int) -> bool:
        span = self.containers.spans[container]
        return span.end - span.first == 1

    def _states_facts(self, number: int, box: Box) -> bool:
        """Whether a box between the article's own parts only says what is true of several pages: it asks for nothing and links nowhere."""
        if not self.first < number < self.last or box.pages >= self.template.most_pages:
            return False
        return not self._asks_inside(self.containers.blocks[number].ancestors[box.depth])

    def _asks_inside(self, container: int) -> bool:
        if container not in self.asking:
            span = self.containers.spans[container]
            self.asking[container] = any(map(_asks, self.containers.blocks[span.first : span.end]))
        return self.asking[container]

    def _is_in_core(self, block: Block) -> bool:
        return self.core in block.ancestors or (self.main_is_core and block.landmark == "main")

    def _belongs(self, number: int, block: Block) -> bool:
        """Whether a repeated line inside the article is a part of it: a fact, a heading or a disclaimer that is true of many subjects."""
        if is_protected(block.text) and block.landmark not in LANDMARKS:
            return True
        if _asks(block):
            return False
        if block.kind in LIST_KINDS and len(block.ancestors) > 1 and self.own_held[block.ancestors[-2]]:
            return True
        is_content = _heads(block) or self.containers.prose[number] > 0 or self.verdicts[number].pages < self.template.most_pages
        return (self.first < number < self.last and is_content) or self._opens_article(number, block)

    def _opens_article(self, number: int, block: Block) -> bool:
        """Whether a heading between title and text is one like those below it: the first "Symptoms" of a page, and no motto of the site."""
        if not _heads(block) or not -1 < self.title < number < self.first:
            return False
        inside = self.containers.blocks[self.first : self.last]
        return any(other.level == block.level and other.dom_path == block.dom_path for other in inside)


def _strip_dangling_headings(blocks: Sequence[Block], verdicts: Sequence[Verdict], title: int) -> None:
    """Headings under which nothing is left although something was, from the bottom up."""
    kept_below = lost_below = False
    level_below = NO_LEVEL
    for number in range(len(blocks) - 1, -1, -1):
        block, verdict = blocks[number], verdicts[number]
        if not block.level:
            kept_below = kept_below or not verdict.reason
            lost_below = lost_below or bool(verdict.reason)
            level_below = level_below if verdict.reason else NO_LEVEL
            continue
        holds = kept_below or block.level < level_below < NO_LEVEL
        if not verdict.reason and lost_below and not holds and number != title:
            verdict.reason = "a heading with nothing left under it"
        if verdict.reason:
            lost_below = True
        else:
            level_below, kept_below, lost_below = block.level, False, False


def _keep_something(blocks: Sequence[Block], verdicts: Sequence[Verdict], title: int, template: SiteTemplate) -> None:
    """A page that would lose everything but its title keeps what is neither landmark, link nor everywhere: an empty page helps nobody."""
    if any(not verdict.reason for number, verdict in enumerate(verdicts) if number != title):
        return
    for block, verdict in zip(blocks, verdicts, strict=True):
        if block.landmark not in LANDMARKS and block.link_share <= LINKED and verdict.pages < template.most_pages:
            verdict.reason = ""


def _apply_overrides(blocks: Sequence[Block], verdicts: Sequence[Verdict], overrides: Overrides) -> None:
    """Editors have the last word; where they contradict themselves, keeping wins."""
    if overrides == Overrides():
        return
    keep, strip = frozenset(map(normal_text, overrides.keep)), frozenset(map(normal_text, overrides.strip))
    for block, verdict in zip(blocks, verdicts, strict=True):
        if _is_named(block, keep, overrides.keep_selectors):
            verdict.reason = ""
        elif _is_named(block, strip, overrides.strip_selectors):
            verdict.reason = "an editor decided so (clinic.toml)"


def _is_named(block: Block, texts: frozenset[str], selectors: Sequence[str]) -> bool:
    return normal_text(block.text) in texts or any(matches_path(selector, block.dom_path) for selector in selectors)
