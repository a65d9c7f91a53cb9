"""What a page says about itself: JSON-LD, OpenGraph, meta tags and the dates a reader can see."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from dateutil.parser import ParserError, parse  # type: ignore[import-untyped]
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.addresses import resolve_url
from ingest.inventory import Inventory
from ingest.schema import Block, Metadata

ARTICLE_TYPES = ("article", "webpage", "posting", "faqpage", "physician", "clinic", "service", "person", "product", "event", "collection")
REVIEWED = re.compile(
    r"\b(?:last|medically|clinically|fact)?[\s-]*(?:reviewed|checked)(?:\s+(?:on|by\b.{0,80}?\bon))?:?\s+(.{6,40})", re.IGNORECASE
)
MODIFIED = re.compile(r"\b(?:last\s+)?(?:updated|modified)(?:\s+on)?:?\s+(.{6,40})", re.IGNORECASE)
PUBLISHED = re.compile(r"\b(?:published|posted)(?:\s+on)?:?\s+(.{6,40})", re.IGNORECASE)
DATE = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z][a-z]{2,8}\.?,?\s+\d{4}"
    r"|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}|[A-Z][a-z]{2,8}\s+\d{4}|\d{1,2}[/.]\d{1,2}[/.]\d{4}"
)
YEAR = re.compile(r"\d{4}")
MAX_LINE = 300
"""A line that dates a page is short; "published in 1998 in a long paragraph" is about something else."""

NO_DAY = datetime(1, 1, 1)  # noqa: DTZ001 - fills in what a text leaves out: "March 2024" is its first day, never depends on today


def read_metadata(tree: LexborHTMLParser, found: Inventory, blocks: Iterable[Block], url: str) -> Metadata:
    """What an HTML page says about itself; empty where it says nothing. JSON-LD before OpenGraph before meta tags before visible text."""
    meta = _meta_tags(found.declared["meta"])
    linked = _json_ld(found.declared["script"])
    visible = _dated_lines(blocks)
    title = tree.css_first("title")
    robots = f"{meta.get('robots', '')},{meta.get('googlebot', '')}".lower()
    return Metadata(
        document_title=_text(title),
        title=_first(_text(title), meta.get("og:title", ""), _string(linked.get("headline"))),
        site_name=_first(meta.get("og:site_name", ""), meta.get("application-name", "")),
        canonical_url=_canonical(found.declared["link"], url) or meta.get("og:url", ""),
        description=_first(meta.get("description", ""), meta.get("og:description", ""), _string(linked.get("description"))),
        language=_language(tree, meta),
        author=_first(_person(linked.get("author")), meta.get("author", ""), meta.get("article:author", "")),
        published_on=_first_date(linked.get("datePublished"), meta.get("article:published_time"), _seen(PUBLISHED, visible)),
        modified_on=_first_date(
            linked.get("dateModified"), meta.get("article:modified_time"), meta.get("og:updated_time"), _seen(MODIFIED, visible)
        ),
        reviewed_on=_first_date(linked.get("lastReviewed"), _seen(REVIEWED, visible)),
        noindex="noindex" in robots or "none" in robots.split(","),
        alternates=tuple(_alternates(found.declared["link"], url)),
        page_type=_first(_string(linked.get("@type")), meta.get("og:type", "")),
    )


def read_text_metadata(blocks: Iterable[Block]) -> Metadata:
    """What a plain-text page says about itself: the dates in its lines. Its title is for the article step to find."""
    visible = _dated_lines(blocks)
    return Metadata(
        published_on=_first_date(_seen(PUBLISHED, visible)),
        modified_on=_first_date(_seen(MODIFIED, visible)),
        reviewed_on=_first_date(_seen(REVIEWED, visible)),
    )


def parse_date(text: str) -> date | None:
    """The day that a text names, None if it names none: a page's date is worth having, never worth failing for."""
    try:
        day = parse(text.strip(), default=NO_DAY, ignoretz=True).date()
    except (ParserError, ValueError, OverflowError, TypeError):
        return None
    return day if day.year > NO_DAY.year else None


def _meta_tags(nodes: Iterable[LexborNode]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for node in nodes:
        attributes = node.attributes
        name = (attributes.get("name") or attributes.get("property") or attributes.get("http-equiv") or "").strip().lower()
        tags.setdefault(name, " ".join((attributes.get("content") or "").split()))
    return tags


def _json_ld(scripts: Iterable[LexborNode]) -> dict[str, Any]:
    """The JSON-LD objects of the page merged into one; those about an article speak first."""
    things = [thing for script in scripts for thing in _things(script.text())]
    things.sort(key=_rank)
    merged: dict[str, Any] = {}
    for thing in things:
        for key, value in thing.items():
            merged.setdefault(key, value)
    return merged


def _things(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        waiting = [json.loads(text, strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, list):
            waiting.extend(thing)
        elif isinstance(thing, dict):
            waiting.extend(thing.get("@graph") or [])
            yield thing


def _rank(thing: Mapping[str, Any]) -> int:
    kind = _string(thing.get("@type")).lower()
    return next((rank for rank, name in enumerate(ARTICLE_TYPES) if name in kind), len(ARTICLE_TYPES))


def _string(value: object) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(value.split()) if isinstance(value, str) else ""


def _person(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_person, value)))
    return _string(value.get("name")) if isinstance(value, dict) else _string(value)


def _text(node: LexborNode | None) -> str:
    return " ".join(node.text().split()) if node is not None else ""


def _first(*candidates: str) -> str:
    return next((candidate for candidate in candidates if candidate), "")


def _canonical(links: Iterable[LexborNode], url: str) -> str:
    node = next((link for link in links if "canonical" in _relations(link)), None)
    return resolve_url(url, node.attributes.get("href") or "") if node is not None else ""


def _alternates(links: Iterable[LexborNode], url: str) -> Iterator[tuple[str, str]]:
    for node in links:
        language = node.attributes.get("hreflang")
        if language is not None and "alternate" in _relations(node) and (address := resolve_url(url, node.attributes.get("href") or "")):
            yield language.strip(), address


def _relations(link: LexborNode) -> list[str]:
    return (link.attributes.get("rel") or "").lower().split()


def _language(tree: LexborHTMLParser, meta: Mapping[str, str]) -> str:
    root = tree.css_first("html")
    declared = (root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root is not None else ""
    return _first(declared.strip(), meta.get("content-language", ""), meta.get("og:locale", "").replace("_", "-"))


def _first_date(*candidates: object) -> date | None:
    parsed = (parse_date(text) for text in map(_string, candidates) if text)
    return next(filter(None, parsed), None)


def _dated_lines(blocks: Iterable[Block]) -> list[str]:
    """The short lines with a year in them."""
    return [block.text for block in blocks if len(block.text) <= MAX_LINE and YEAR.search(block.text)]


def _seen(pattern: re.Pattern[str], lines: Iterable[str]) -> str:
    """The date after the pattern's words in the first line that has one."""
    for line in lines:
        if (found := pattern.search(line)) and (day := DATE.search(found[1])):
            return day[0]
    return ""
