from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gaps.context import CheckContext
from gaps.schema import Gap
from gaps.settings import GapSettings
from ingest.articles import assemble_article
from ingest.schema import Block, LedgerEntry, Link, MenuEntry, Metadata, Site, StrippedBlock, StrippedPage

HOME = "https://clinic.example"
TODAY = date(2026, 11, 23)


class SiteBuilder:
    """A site of hand-made pages; each `page` is a list of blocks or of lines ("## heading", "- item", "paragraph")."""

    def __init__(self) -> None:
        self.pages: list[StrippedPage] = []
        self.menu: list[MenuEntry] = []
        self.ledger: list[LedgerEntry] = []

    def page(self, path: str, *lines: str | Block, footer: tuple[str | Block, ...] = (), **fields: Any) -> "SiteBuilder":
        metadata = {"title": path, "description": "About it.", **fields.pop("metadata", {})}
        stripped = tuple(StrippedBlock(to_block(line), "stands on all pages", 9) for line in footer)
        blocks = tuple(map(to_block, lines))
        hrefs = fields.pop("hrefs", tuple(link.url for block in blocks for link in block.links))
        self.pages.append(StrippedPage(HOME + path, blocks, stripped, Metadata(**metadata), hrefs=hrefs, **fields))
        return self

    def entry(self, label: str, path: str, *, has_page: bool = True) -> "SiteBuilder":
        self.menu.append(MenuEntry((label,), HOME + path, has_page))
        return self

    def record(self, path: str, outcome: Any, reason: str = "") -> "SiteBuilder":
        self.ledger.append(LedgerEntry(HOME + path, outcome, reason))
        return self

    def context(self, **settings: Any) -> CheckContext:
        articles = tuple(map(assemble_article, self.pages))
        site = Site(articles, tuple(self.pages), tuple(self.menu), tuple(self.ledger))
        return CheckContext(site, TODAY, GapSettings(**settings))


def to_block(line: str | Block) -> Block:
    if isinstance(line, Block):
        return line
    marks, _, text = line.partition(" ")
    if marks and set(marks) == {"#"}:
        return Block(text, "heading", level=len(marks), anchor=text.lower().replace(" ", "-"), dom_path=("html", "body", "h"))
    if marks == "-":
        return Block(text, "list_item", dom_path=("html", "body", "ul", "li"))
    return Block(line, dom_path=("html", "body", "p"))


@pytest.fixture
def site() -> SiteBuilder:
    return SiteBuilder()


@pytest.fixture
def linked() -> Callable[[str, str], Block]:
    """A paragraph that is nothing but a link within the site."""

    def make(text: str, path: str) -> Block:
        return Block(text, dom_path=("html", "body", "p"), links=(Link(text, HOME + path if path.startswith("/") else path, 0, len(text)),))

    return make


@pytest.fixture
def make_gap() -> Callable[..., Gap]:
    def make(**fields: Any) -> Gap:
        usual = {"severity": "warning", "subject": "marker 7", "place": f"{HOME}/a/#b", "reason": "It is wrong.", "evidence": "words"}
        return Gap(**{**usual, "advice": "Mend it.", "pages": (f"{HOME}/a/",), "check": "missing_reference", **fields})

    return make
