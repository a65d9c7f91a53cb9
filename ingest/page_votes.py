"""What one page shows about itself, without the rest of its site: landmarks, names, links and wording."""

from collections import Counter
from collections.abc import Mapping, Sequence

from ingest.containers import LINKED, Containers
from ingest.schema import Block
from ingest.visibility import COLLAPSIBLE
from ingest.wording import FILED, INTERFACE, REFERENCES, is_byline, is_protected, names_besides, names_boilerplate, outweighs_articles

MOST = 0.4
"""A landmark or a named element that holds more of the page's prose than this is the article, whatever it calls itself
(Readability retries without its name lists for the same reason)."""

NEARLY_ALL = 0.9
"""The same for comments and footers, which do outweigh short articles."""

CORE_SHARE = 0.8
"""An element stays the article's while one child holds this share of its prose; flat between .75 and .9 on the single pages measured."""

MOSTLY_LINKED = 0.65
"""A link density beyond which a block without other evidence is boilerplate; Readability and jusText draw the line between .2 and .6."""

MAX_LINK_WORDS = 12
MAX_TEASER_WORDS = 80
MAX_LABEL = 60
MAX_LABEL_LINE = 200
MIN_TOC_ENTRIES = 3
MIN_REPEATED_RUN = 4
"""A menu of fewer different entries printed twice may be two short lists that agree, or a column that says "yes" in every row."""

LANDMARKS = {
    "navigation": "part of the page's navigation",
    "contentinfo": "part of the page's footer",
    "banner": "part of the page's header",
    "search": "part of a search form",
    "form": "part of a form",
    "dialog": "part of a dialog",
    "complementary": "beside the article (aside)",
}


def vote_on_page(containers: Containers, *, alone: bool) -> list[str]:
    """A reason per block to strip it, "" for none, from this page's own evidence.

    `alone`: no other page can tell what the site repeats, so names and landmarks also decide about prose, and what lies outside the
    element that holds the article goes.
    """
    named = _named_besides(containers, alone)
    reasons = [_vote_on_place(containers, number, alone, named) for number in range(len(containers.blocks))]
    if alone:
        _strip_teasers(containers, reasons)
        _strip_outside_core(containers, reasons)
    _strip_contents_list(containers.blocks, reasons)
    _strip_printed_twice(containers, reasons)
    references = spans_of_references(containers.blocks)
    for number, block in enumerate(containers.blocks):
        if not reasons[number] and (number not in references or _is_filing(block)):
            reasons[number] = _vote_on_line(block, containers.words[number], containers.prose[number], alone)
    return reasons


def spans_of_references(blocks: Sequence[Block]) -> frozenset[int]:
    """The numbers of the blocks under a heading such as "References", whose lines are links on purpose."""
    inside: set[int] = set()
    level = 0
    for number, block in enumerate(blocks):
        if block.kind in {"heading", "summary"} or REFERENCES.match(block.text):
            is_heading = bool(REFERENCES.match(block.text)) and block.link_share <= LINKED and block.kind != "list_item"
            level = (block.level or 6) if is_heading else level if level and block.level > level else 0
        elif level:
            inside.add(number)
    return frozenset(inside)


def _named_besides(containers: Containers, alone: bool) -> dict[int, str]:
    """The containers whose names say that they are not the article, with the reason."""
    labels = {container: containers.blocks[span.first].dom_path[span.depth] for container, span in containers.spans.items()}
    total = max(containers.total_prose, 1)
    named: dict[int, str] = {}
    for container, label in labels.items():
        if names_besides(label) or (alone and names_boilerplate(label)):
            share = containers.prose_held[container] / total
            if share <= MOST or (share <= NEARLY_ALL and outweighs_articles(label)):
                named[container] = f"in a part of the page that its maker calls “{label[:MAX_LABEL]}”"
    return named


def _vote_on_place(containers: Containers, number: int, alone: bool, named: Mapping[int, str]) -> str:
    block = containers.blocks[number]
    if not named.keys().isdisjoint(block.ancestors) and not (block.kind == "quote" and _is_quoted(block, named)):
        return next(named[container] for container in block.ancestors if container in named)
    return _vote_on_landmark(containers, block, containers.prose[number] > 0, alone)


def _is_quoted(block: Block, named: Mapping[int, str]) -> bool:
    """Whether an article quotes this, in a box for a tweet or a video, say: no name but one that leaves no doubt is against it."""
    labels = zip(block.ancestors, block.dom_path, strict=True)
    return not any(container in named and names_besides(label) for container, label in labels)


def _vote_on_landmark(containers: Containers, block: Block, is_prose: bool, alone: bool) -> str:
    reason = LANDMARKS.get(block.landmark, "")
    if not reason or containers.landmark_prose[block.landmark] > MOST * containers.total_prose:
        return ""
    if block.landmark in {"banner", "complementary", "form"} and not alone and (is_prose or block.level == 1):
        return ""
    return reason


def _strip_teasers(containers: Containers, reasons: list[str]) -> None:
    """Cards that announce other pages: a heading that is a link, and the little text beside it."""
    blocks = containers.blocks
    cards: set[int] = set()
    for block in blocks:
        if block.level > 1 and block.link_share > MOSTLY_LINKED and not _points_inside(block):
            cards.update(container for container in block.ancestors[-3:] if containers.prose_held[container] <= MAX_TEASER_WORDS)
    for number, block in enumerate(blocks):
        if not reasons[number] and not cards.isdisjoint(block.ancestors):
            reasons[number] = "announces another page"


def _strip_outside_core(containers: Containers, reasons: list[str]) -> None:
    weights = [0 if reason else prose for prose, reason in zip(containers.prose, reasons, strict=True)]
    core = containers.deepest(weights, CORE_SHARE)
    if core < 0:
        return
    for number, block in enumerate(containers.blocks):
        if not reasons[number] and core not in block.ancestors:
            reasons[number] = "outside the part of the page that holds the article"


def _strip_contents_list(blocks: Sequence[Block], reasons: list[str]) -> None:
    """Lists that only link to headings of the same page."""
    inside = Counter(block.ancestors[-2] for block in blocks if len(block.ancestors) > 1 and _points_inside(block))
    for number, block in enumerate(blocks):
        if not reasons[number] and _points_inside(block) and inside[block.ancestors[-2]] >= MIN_TOC_ENTRIES:
            reasons[number] = "table of contents of the page"


def _points_inside(block: Block) -> bool:
    if block.link_share < LINKED or len(block.ancestors) < 2 or not block.links:
        return False
    return all(len(link.url.partition("#")[2]) > 1 for link in block.links)


def _strip_printed_twice(containers: Containers, reasons: list[str]) -> None:
    """Runs of short lines that stand more than once on the page, as menus for wide and narrow screens do."""
    blocks = containers.blocks
    texts = ["" if block.level else block.text.casefold() for block in blocks]
    times = Counter(filter(None, texts))
    run: list[int] = []
    for number in range(len(blocks) + 1):
        if number < len(blocks) and times[texts[number]] > 1 and not containers.prose[number]:
            run.append(number)
            continue
        if run and len({texts[member] for member in run}) >= MIN_REPEATED_RUN:
            for member in run:
                reasons[member] = reasons[member] or "a list that is printed more than once on the page"
        run = []


def _is_filing(block: Block) -> bool:
    return block.kind == "paragraph" and FILED.match(block.text) is not None


def _is_button(block: Block) -> bool:
    """Whether a block is the label of a button, and none that may open a part of the article."""
    if block.kind != "other" or not block.dom_path or not block.dom_path[-1].startswith("button") or block.text.endswith("?"):
        return False
    return not any(COLLAPSIBLE.search(label.replace("_", "-")) for label in block.dom_path[-3:])


def _vote_on_line(block: Block, words: int, prose: int, alone: bool) -> str:
    if len(block.text) <= MAX_LABEL_LINE and INTERFACE.match(block.text):
        return "" if is_protected(block.text) else "a label of the page, not of its subject"
    if not block.level and is_byline(block.text):
        return "a byline or date"
    if _is_button(block):
        return "the label of a button"
    if alone and block.link_share > MOSTLY_LINKED and not prose and (block.kind != "list_item" or words <= MAX_LINK_WORDS):
        return "only links to other pages"
    return ""
