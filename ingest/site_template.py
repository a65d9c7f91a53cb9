"""A site's template as a value, and what it compares: lines and containers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.containers import LINKED
from ingest.plain_text import TEXT_ROOT
from ingest.schema import Block
from ingest.wording import DATE

MIN_PAGES = 3
"""On fewer pages than this a line may agree by chance, on sites that have more."""

ALONE = 2
"""With fewer pages than this there is no site to learn from."""

EVERYWHERE = 0.5
"""What stands on half of the pages is the site's wherever it stands, unless it reads as prose inside the article."""

DIGIT = re.compile(r"\d")
MAX_DATED_LINE = 300
FRAMES = frozenset({"navigation", "contentinfo", "banner"})


@dataclass(frozen=True, slots=True)
class Overrides:
    """What an editor decided, stronger than anything learned: texts, compared without regard to case and spaces, and CSS selectors.

    Selectors are simple: tags, ids and classes, with descendants and children; see `ingest.css_selectors`.
    """

    keep: tuple[str, ...] = ()
    strip: tuple[str, ...] = ()
    keep_selectors: tuple[str, ...] = ()
    strip_selectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A container of the template: on how many pages it stands (0: there is none), and how deep on its path."""

    pages: int
    depth: int


@dataclass(frozen=True, slots=True)
class SiteTemplate:
    """What a crawl repeats. `pages`: how many it has; `lines`: on how many a line stands, for lines on more than one.

    `repeated` are the lines that belong to the site, `containers` the elements (by their path) that do, with their page counts.
    Lines and paths are kept as hashes of this process: a template is learned anew with each crawl, not stored.
    """

    pages: int
    lines: Mapping[int, int]
    repeated: frozenset[int]
    containers: Mapping[int, int]
    overrides: Overrides = field(default_factory=Overrides)
    _boxes: dict[tuple[str, ...], Box] = field(default_factory=dict, repr=False, compare=False)
    """What `box_around` said: pages of one site share most of their paths."""

    @property
    def is_alone(self) -> bool:
        """Whether there is no second page to compare with."""
        return self.pages < ALONE

    @property
    def most_pages(self) -> float:
        """The number of pages from which a line stands "everywhere"."""
        return max(ALONE, EVERYWHERE * self.pages)

    def is_everywhere(self, key: int) -> bool:
        """Whether a line stands on half of the pages: as an h1 it is the site's name, not a page's title."""
        return self.pages >= MIN_PAGES and self.lines.get(key, 1) >= self.most_pages

    def box_around(self, path: tuple[str, ...]) -> Box:
        """The template's outermost container on a path, with the pages of the one that stands on most."""
        if path not in self._boxes:
            around = self.box_around(path[:-1]) if path else Box(0, -1)
            pages = max((self.containers.get(key, 0) for key in container_keys(path)), default=0)
            is_outermost = pages and not around.pages
            self._boxes[path] = Box(max(pages, around.pages), len(path) - 1 if is_outermost else around.depth)
        return self._boxes[path]


def normal_text(text: str) -> str:
    """A text as editors' overrides are compared: lower case, single spaces."""
    return " ".join(text.casefold().split())


def line_key(block: Block) -> int:
    """What makes two lines the same: their words without dates, whether they are links or headings, and whether the page frames them.

    A menu entry "Bipolar Disorder" and the heading "Bipolar Disorder" are different lines, and so is a link of that name in the text.
    """
    frame = block.landmark if block.landmark in FRAMES else ""
    return hash((_undated(block.text), block.link_share > LINKED, block.level > 0, frame))


@lru_cache(maxsize=65_536)
def _undated(text: str) -> str:
    """A line as others would have it on another day; most lines are asked about twice, when a site is learned and when it is stripped."""
    text = text.casefold()
    return DATE.sub("0", text) if len(text) <= MAX_DATED_LINE and DIGIT.search(text) else text


@lru_cache(maxsize=65_536)
def path_keys(path: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers of all containers on a path, from the root down; none for plain text, whose paths name no elements."""
    if not path or path[0] == TEXT_ROOT:
        return ()
    return (*path_keys(path[:-1]), *container_keys(path))


@lru_cache(maxsize=65_536)
def container_keys(path: tuple[str, ...]) -> tuple[int, ...]:
    """The numbers by which the container at the end of a path is known on every page of the site.

    A container is known by its whole path, and, if it or one around it has an id or a class, also from that name on, wherever it stands:
    page builders wrap the same box into elements whose classes change from page to page.
    """
    if not path or path[0] == TEXT_ROOT:
        return ()
    whole, *named = container_keys(path[:-1]) or (0,)
    label = path[-1]
    if "." in label or "#" in label:
        named = [hash(label)]
    elif named:
        named = [hash((named[0], label))]
    return (hash((whole, label)), *named)


def find_title(blocks: Sequence[Block], document_title: str) -> int:
    """The number of the block that is the page's title: the first unlinked h1 that the document's title repeats, else the first; -1."""
    candidates = [number for number, block in enumerate(blocks) if block.level == 1 and block.link_share <= LINKED]
    title = normal_text(document_title)
    named = (number for number in candidates if normal_text(blocks[number].text) in title)
    return next(named, candidates[0] if candidates else -1)
