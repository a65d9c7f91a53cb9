"""The nouns of ingest, in the order in which a page becomes passages. Offsets are code points, ends are exclusive."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Literal

BlockKind = Literal["heading", "paragraph", "list_item", "definition", "table_row", "quote", "caption", "summary", "other"]
"""What a block is; `summary` is the question of an accordion, `definition` a row of a definition list."""

Media = Literal["html", "text"]


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched, untouched: `content` is the decoded document of kind `media`."""

    url: str
    content: str
    media: Media = "html"
    fetched_on: date | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: its visible text, its absolute URL and where the text stands in the block."""

    text: str
    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A visible run of text with its place in the document.

    `level` is 1-6 for headings and 0 otherwise. `dom_path` names the ancestors from the root down (`tag#id.class`, numbers dropped) and
    `ancestors` gives the same elements' identities, unique within the page, so that two blocks share a container exactly when they share
    an ancestor. `landmark` is the nearest ARIA landmark role ("" if none). `link_share` in [0, 1] is the share of characters inside links.
    `superscripts` are the spans of text that stood in `<sup>`: candidates for reference markers. `anchor` is the id by which a
    browser reaches the block ("" if it has none). `media_follows`: a picture, video, form or frame stands before the next visible text.
    """

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    anchor: str = ""
    dom_path: tuple[str, ...] = ()
    ancestors: tuple[int, ...] = ()
    landmark: str = ""
    link_share: float = 0.0
    links: tuple[Link, ...] = ()
    superscripts: tuple[tuple[int, int], ...] = ()
    media_follows: bool = False


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself outside its text; empty or None where it says nothing."""

    title: str = ""
    site_name: str = ""
    canonical_url: str = ""
    description: str = ""
    language: str = ""
    author: str = ""
    published_on: date | None = None
    modified_on: date | None = None
    reviewed_on: date | None = None
    noindex: bool = False
    page_type: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    """Language and URL of the page's translations, as the page declares them (`hreflang`)."""
    document_title: str | None = None
    """What stands in the document's own `<title>`, None where there is no document; `title` falls back on other names of the page."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the page. `alt` is None where the attribute is missing and "" where the page marks the picture as decoration."""

    url: str
    alt: str | None = None


@dataclass(frozen=True, slots=True)
class BlockedPage:
    """A page as its visible blocks in reading order, with what it says about itself.

    `images`, `anchors` (every id that a browser can jump to) and `hrefs` (absolute targets of all links, in order, without duplicates)
    are those of the whole document, what no block shows included.
    """

    url: str
    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=Metadata)
    images: tuple[Image, ...] = ()
    anchors: tuple[str, ...] = ()
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrippedBlock:
    """A block that was taken out: why, and on how many pages of the crawl it (or its container) stands.

    `kept_before` is the number of the page's kept blocks before it: where the Strip Report shows it.
    """

    block: Block
    reason: str
    pages: int
    kept_before: int = 0


@dataclass(frozen=True, slots=True)
class StrippedPage:
    """A page minus the site's template; `kept` and `stripped` together are all of its blocks, each in reading order."""

    url: str
    kept: tuple[Block, ...]
    stripped: tuple[StrippedBlock, ...]
    metadata: Metadata = field(default_factory=Metadata)
    images: tuple[Image, ...] = ()
    anchors: tuple[str, ...] = ()
    hrefs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """Literature that an article cites, as its own numbered list gives it. `marker` is the number as printed, "" if the entry has none."""

    marker: str
    text: str
    url: str = ""
    doi: str = ""
    pmid: str = ""


@dataclass(frozen=True, slots=True)
class Marker:
    """A reference number in an article's text; it stood at `offset` of the text from which all markers have been taken out."""

    marker: str
    offset: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item, table row or heading of an article: its span in the article's text and the markers that it carries."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    markers: tuple[str, ...] = ()
    block: int = 0
    """Number of the block that holds it; sentences of one paragraph share it."""


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading, without the sections below it; the heading itself is the last entry of `heading_path`."""

    heading_path: tuple[str, ...]
    anchor: str
    start: int
    end: int
    sentences: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """A page minus the template. `text` is what a reader sees, blocks separated by a newline, reference markers and list taken out."""

    url: str
    title: str
    text: str
    sections: tuple[Section, ...] = ()
    references: tuple[Reference, ...] = ()
    markers: tuple[Marker, ...] = ()
    links: tuple[Link, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)
    site_section: str = ""

    def reference_for(self, marker: str) -> Reference | None:
        """The listed reference with this marker, or None for a dangling marker."""
        return next((reference for reference in self.references if reference.marker == marker), None)


@dataclass(frozen=True)
class Passage:
    """The unit that is retrieved: a verbatim span of one section of one article."""

    text: str
    start: int
    end: int
    url: str
    anchor: str
    title: str
    heading_path: tuple[str, ...] = ()
    markers: tuple[str, ...] = ()
    language: str = ""
    site_section: str = ""

    @cached_property
    def passage_id(self) -> str:
        """A hash of url, anchor and text: an unchanged passage keeps its vector and its judgments across runs."""
        return sha256("\x1f".join((self.url, self.anchor, self.text)).encode()).hexdigest()[:16]

    @cached_property
    def embedding_text(self) -> str:
        """What a model reads: title, heading path, text. Never shown to a visitor."""
        headings = [heading for heading in self.heading_path if heading != self.title]
        return "\n".join((" > ".join((self.title, *headings)), self.text))


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry of the site's menus: its labels from the top of the menu down and where it points. `has_page`: that page is in the crawl."""

    path: tuple[str, ...]
    url: str
    has_page: bool


Outcome = Literal[
    "indexed", "unchanged", "duplicate", "listing", "noindex", "soft_404", "challenge", "gone", "redirect", "skipped", "error", "empty"
]
"""What became of a URL; `listing` is an archive, category, tag, author or search page, crawled for its links only."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """What happened to one URL and why, in words that an editor understands."""

    url: str
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """All that ingest knows of a site: the input of `build`."""

    articles: tuple[Article, ...]
    stripped_pages: tuple[StrippedPage, ...]
    menu: tuple[MenuEntry, ...]
    ledger: tuple[LedgerEntry, ...]
