"""What is visible on a page, as blocks of text with their place in the DOM."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.addresses import resolve_url
from ingest.css_selectors import without_numbers
from ingest.inline import InlineRun
from ingest.inventory import take_inventory
from ingest.landmarks import OPENS_LANDMARK, SECTIONING, landmark_of
from ingest.metadata import read_metadata, read_text_metadata
from ingest.nesting import limit_nesting
from ingest.plain_text import split_plain_text
from ingest.schema import Block, BlockedPage, BlockKind, Page
from ingest.visibility import HIDING, NEVER_SHOWN, Attributes, is_collapsible, is_hidden

MAX_PATH = 64
"""Ancestors remembered per block: the outermost ones. Real pages stay below 40; a hostile page must not cost memory squared."""

INFORMATIVE_ALT = re.compile(
    r"\b(?:chart|diagram|infographic|graph|flow ?chart|timeline|table|map|diagrama?|gr[áa]fico|infograf[íi]a|grafik|sch[ée]ma)\b",
    re.IGNORECASE,
)
MIN_ALT_WORDS = 5
"""An image whose alternative text names a graphic and says this much carries information; portraits and stock photographs do not."""

BLOCK_TAGS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table tbody td tfoot th "
    "thead tr ul".split()
)
"""Elements that a browser's own style sheet shows as blocks (https://html.spec.whatwg.org/multipage/rendering.html), and buttons."""

HEADINGS: dict[str, BlockKind] = {f"h{level}": "heading" for level in range(1, 7)}
KINDS: dict[str, BlockKind] = {
    **HEADINGS,
    "li": "list_item",
    "dt": "definition",
    "dd": "definition",
    "dl": "definition",
    "td": "paragraph",
    "th": "paragraph",
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    "summary": "summary",
    "button": "other",
    "legend": "other",
}
RESETS_KIND = frozenset({"table", "section", "article", "aside", "nav", "form", "figure", "details"})
NOT_A_ROW = "table,h1,h2,h3,h4,h5,h6,ul,ol,dl,blockquote,form,section,article,nav,p+p,details"
"""What no cell of a data table holds; a row that holds it lays out a page."""

BLOCK_ROLES = frozenset(
    "heading tab tabpanel list listitem row article region navigation main banner contentinfo dialog alertdialog form search".split()
)
"""ARIA roles that make a block of an element whatever its tag."""

MAX_OPEN_IDS = 16
MAX_COLLAPSIBLE_DEPTH = 6
"""So many elements at most stand between an accordion and the panel that it hides."""

MEDIA = frozenset("img picture video audio iframe embed object form canvas svg".split())
SOFT_BOUNDARIES = frozenset({"img", "input", "label", "picture", "br", "wbr"})


@dataclass(slots=True)
class _Frame:
    """An open element that matters to the blocks inside it. `path` and `ancestors` are found out with its first block: many have none."""

    tag: str
    landmark: str = ""
    kind: BlockKind = "paragraph"
    level: int = 0
    own_id: str = ""
    inside_section: bool = False
    attributes: Attributes = field(default_factory=dict)
    is_row: bool = False
    path: tuple[str, ...] | None = None
    ancestors: tuple[int, ...] = ()


_END_OF_BLOCK = "block"


@dataclass(slots=True)
class _Reader:
    """Walks the DOM once, in document order, without recursion."""

    base_url: str
    panels: frozenset[str]
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("", path=())])
    labels: list[str] = field(default_factory=list)
    serials: list[int] = field(default_factory=list)
    run: InlineRun = field(default_factory=InlineRun)
    ids: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    serial: int = 0

    def read(self, root: LexborNode) -> list[Block]:
        stack: list[LexborNode | str] = [root]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                self._leave(node)
                continue
            following = node.next
            if following is not None and stack:
                stack.append(following)
            if node.is_text_node:
                raw = node.text_content or ""
                if self.run.pieces or not raw.isspace():
                    self.run.add(raw)
            elif node.is_element_node and (closing := self._enter(node)) is not None:
                if closing:
                    stack.append(closing)
                first = node.first_child
                if first is not None:
                    stack.append(first)
        self._flush()
        return self.blocks

    def _enter(self, node: LexborNode) -> str | None:
        """What to do when the element ends ("" for nothing); None to pass it over with all that it holds."""
        tag = node.tag or ""
        if tag in MEDIA:
            self._note_media()
        if tag in NEVER_SHOWN:
            return None
        attributes: Attributes = node.attributes
        if not attributes:
            if tag in BLOCK_TAGS or "-" in tag:
                self._open_block(tag, attributes, node)
                return _END_OF_BLOCK
            return self._enter_inline(tag, attributes)
        if not HIDING.isdisjoint(attributes) and self._is_out_of_sight(tag, attributes):
            return None
        if tag in BLOCK_TAGS or attributes.get("role") in BLOCK_ROLES or "-" in tag:
            self._open_block(tag, attributes, node)
            closing = _END_OF_BLOCK
        else:
            closing = self._enter_inline(tag, attributes)
        if identity := attributes.get("id") or (attributes.get("name") if tag == "a" else ""):
            self.ids.append(identity)
            del self.ids[:-MAX_OPEN_IDS]
        return closing

    def _note_media(self) -> None:
        """Remember with the text before it that something to see stands here."""
        if self.run.pieces:
            self.run.media_follows = True
        elif self.blocks and not self.blocks[-1].media_follows:
            self.blocks[-1] = replace(self.blocks[-1], media_follows=True)

    def _is_out_of_sight(self, tag: str, attributes: Attributes) -> bool:
        if not is_hidden(attributes) or self.frames[-1].landmark == "navigation":
            return False
        if tag not in BLOCK_TAGS or tag == "button":
            return True
        if is_collapsible(attributes) or attributes.get("id") in self.panels:
            return False
        return not any(is_collapsible(frame.attributes) for frame in self.frames[-MAX_COLLAPSIBLE_DEPTH:])

    def _enter_inline(self, tag: str, attributes: Attributes) -> str:
        if tag == "a" and (url := resolve_url(self.base_url, attributes.get("href") or "")):
            self.run.open_link(url)
            return tag
        if tag == "sup":
            self.run.open_superscript()
            return tag
        if tag == "br":
            self.run.line_break()
            if self.run.breaks > 1 and not self.frames[-1].is_row:
                self._flush()
        elif tag in SOFT_BOUNDARIES:
            self.run.separate()
            if tag == "img" and not self.frames[-1].is_row:
                self._add_alt(attributes.get("alt") or "")
        return ""

    def _add_alt(self, alternative: str) -> None:
        if len(alternative.split()) >= MIN_ALT_WORDS and INFORMATIVE_ALT.search(alternative):
            self._flush()
            self.run.add(alternative)
            self._flush(kind="caption")

    def _leave(self, what: str) -> None:
        if what == "a":
            self.run.close_link()
        elif what == "sup":
            self.run.close_superscript()
        else:
            self._close_block()

    def _open_block(self, tag: str, attributes: Attributes, node: LexborNode) -> None:
        parent = self.frames[-1]
        if parent.is_row:
            self.run.separate(" | " if tag in {"td", "th"} else " ")
        elif tag == "dd" and self.run.length:
            self.run.separate(" " if self.run.text()[-1:] in ":?!.–-" else ": ")
        elif self.run.pieces:
            self._flush()
        self.serial += 1
        self.serials.append(self.serial)
        if attributes:
            role = (attributes.get("role") or "").strip().lower()
            own_id = attributes.get("id") or ""
            self.labels.append(_label(tag, own_id, attributes.get("class") or ""))
        else:
            role = own_id = ""
            self.labels.append(_label(tag, "", ""))
        kind, level = _kind_of(parent, tag, role, attributes)
        landmark, inside_section, is_row = parent.landmark, parent.inside_section, parent.is_row
        if role or tag in OPENS_LANDMARK:
            landmark = landmark_of(tag, role, inside_section=inside_section) or landmark
            inside_section = inside_section or tag in SECTIONING
        if tag == "tr" and not is_row and node.css_first(NOT_A_ROW) is None:
            kind, is_row = "table_row", True
        self.frames.append(_Frame(tag, landmark, kind, level, own_id, inside_section, attributes, is_row))

    def _close_block(self) -> None:
        frame = self.frames[-1]
        if frame.tag == "dt":
            if self.run.text().endswith("?"):
                self._flush(kind="summary")
        elif self.run.pieces and not (frame.is_row and self.frames[-2].is_row):
            self._flush()
        self.frames.pop()
        self.labels.pop()
        self.serials.pop()
        if self.ids and frame.own_id in self.ids:
            self.ids.remove(frame.own_id)

    def _flush(self, kind: BlockKind | None = None) -> None:
        """End the run of inline content and make a block of it, if it says anything."""
        run, link_url = self.run, self.run.link_url
        if not run.pieces:
            return
        if link_url:
            run.close_link()
        text = run.text()
        if any(map(str.isalnum, text)):
            self._append_block(text, kind)
        run.restart(link_url)

    def _append_block(self, text: str, kind: BlockKind | None) -> None:
        run, frame = self.run, self.frames[-1]
        if frame.path is None:
            frame.path = _shared(tuple(self.labels[:MAX_PATH]))
            frame.ancestors = tuple(self.serials[:MAX_PATH])
        anchor = frame.own_id or (self.ids[-1] if self.ids else "")
        self.ids.clear()
        self.blocks.append(
            Block(
                text,
                kind or frame.kind,
                frame.level if kind is None else 0,
                anchor,
                frame.path,
                frame.ancestors,
                frame.landmark,
                run.linked / len(text),
                tuple(run.links),
                tuple(run.superscripts),
                run.media_follows,
            )
        )


@lru_cache(maxsize=65_536)
def _shared(path: tuple[str, ...]) -> tuple[str, ...]:
    """One tuple for all blocks of a site with this path: most paths stand on every page."""
    return path


@lru_cache(maxsize=65_536)
def _label(tag: str, identity: str, classes: str) -> str:
    """`tag#id.class` without numbers, so that numbered siblings look alike."""
    label = without_numbers(tag)
    if identity:
        label += "#" + without_numbers(identity)
    if classes:
        label += "." + ".".join(map(without_numbers, classes.split()))
    return label


def _kind_of(parent: _Frame, tag: str, role: str, attributes: Attributes) -> tuple[BlockKind, int]:
    """Kind and heading level of text directly inside an element: its own if it has one, else its parent's."""
    if role == "heading" or (tag in HEADINGS and role not in {"presentation", "none"}):
        level = attributes.get("aria-level") or tag[1:]
        return "heading", min(max(int(level), 1), 6) if level.isdecimal() else 2
    if parent.kind == "heading":
        return parent.kind, parent.level
    if role == "tab" or (tag == "button" and "aria-expanded" in attributes):
        return "summary", 0
    if tag in KINDS:
        return KINDS[tag], 0
    return ("paragraph" if tag in RESETS_KIND else parent.kind), 0


def split_blocks(page: Page) -> list[Block]:
    """The visible text of a page in reading order: one block for each run of inline content in one block-level element."""
    return list(block_page(page).blocks)


def block_page(page: Page) -> BlockedPage:
    """A page as its visible blocks and what it says about itself.

    Time and memory are linear in the size of the page, whatever its nesting. Collapsed accordions and tabs are content; scripts,
    form controls, hidden and decorative elements are not.
    """
    if page.media == "text":
        blocks = split_plain_text(page.content)
        return BlockedPage(page.url, tuple(blocks), read_text_metadata(blocks))
    tree = parse_html(page.content)
    found = take_inventory(tree, page.url)
    reader = _Reader(found.base_url, found.panels)
    blocks = reader.read(tree.root) if tree.root is not None else []
    return BlockedPage(page.url, tuple(blocks), read_metadata(tree, found, blocks, page.url), found.images, found.anchors, found.hrefs)


def parse_html(content: str) -> LexborHTMLParser:
    """The document as a browser's parser builds it, nesting limited; lone surrogates and NUL characters are replaced."""
    return LexborHTMLParser(limit_nesting(content).replace("\x00", "").encode("utf-8", "replace"))
