"""What a document holds beside its text: pictures, places to jump to, links, and what it declares about itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.addresses import resolve_url
from ingest.schema import Image
from ingest.visibility import Attributes

DECLARED_WITH = {"meta": ("content",), "link": ("rel", "href"), "base": ("href",), "script": ("type",)}
"""What declares something about the page, and the attributes without which it says nothing."""
LINKED_DATA = "application/ld+json"
SELECTED = f'[id], a[name], a[href], img, [aria-controls], meta[content], link[rel][href], base[href], script[type="{LINKED_DATA}"]'
"""All that is looked for, in one: each question to the parser is a walk over the whole document."""

NO_PANEL = re.compile("menu|nav|search|modal")


@dataclass(frozen=True, slots=True)
class Inventory:
    """The pictures, ids and link targets of a whole document, in order and without duplicates.

    `declared` are its elements that say something to machines, by tag; `panels` the ids of what an accordion's button or a tab opens.
    """

    base_url: str
    images: tuple[Image, ...]
    anchors: tuple[str, ...]
    hrefs: tuple[str, ...]
    panels: frozenset[str]
    declared: Mapping[str, Sequence[LexborNode]]


def take_inventory(tree: LexborHTMLParser, url: str) -> Inventory:
    """Everything with an address in the document, shown or not; addresses are absolute."""
    pictures: dict[tuple[str, str | None], None] = {}
    anchors: dict[str, None] = {}
    hrefs: dict[str, None] = {}
    panels: set[str] = set()
    declared: dict[str, list[LexborNode]] = {tag: [] for tag in DECLARED_WITH}
    for node in tree.css(SELECTED):
        tag = node.tag or ""
        attributes: Attributes = node.attributes
        if identity := attributes.get("id") or (attributes.get("name") if tag == "a" else ""):
            anchors[identity] = None
        if "aria-controls" in attributes:
            panels.update(_panels(attributes))
        if tag == "a" and (href := attributes.get("href")):
            hrefs[href] = None
        elif tag == "img" and (source := attributes.get("src") or attributes.get("data-src")):
            pictures[source, attributes.get("alt") or "" if "alt" in attributes else None] = None
        elif tag in DECLARED_WITH and all(name in attributes for name in DECLARED_WITH[tag]) and _is_data(tag, attributes):
            declared[tag].append(node)
    base_url = _base_url(declared["base"], url)
    images = dict.fromkeys(Image(resolve_url(base_url, source), alternative) for source, alternative in pictures)
    absolute = dict.fromkeys(filter(None, (resolve_url(base_url, href) for href in hrefs)))
    return Inventory(base_url, tuple(images), tuple(anchors), tuple(absolute), frozenset(panels), declared)


def _is_data(tag: str, attributes: Attributes) -> bool:
    return tag != "script" or (attributes.get("type") or "").strip().lower() == LINKED_DATA


def _base_url(bases: Sequence[LexborNode], url: str) -> str:
    href = next(filter(None, (base.attributes.get("href") for base in bases)), "")
    return resolve_url(url, href or "") or url


def _panels(control: Attributes) -> Sequence[str]:
    """The ids of the panels that an accordion's button or a tab opens; none for a menu's button."""
    names = f"{control.get('class') or ''} {control.get('aria-label') or ''} {control.get('aria-controls') or ''}".lower()
    opens_content = "aria-expanded" in control or control.get("role") == "tab"
    return (control.get("aria-controls") or "").split() if opens_content and not NO_PANEL.search(names) else ()
