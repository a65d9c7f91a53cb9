"""What a document holds beside its text: pictures, places to jump to, links."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from ingest.addresses import resolve_url
from ingest.schema import Image


@dataclass(frozen=True, slots=True)
class Inventory:
    """The pictures, ids and link targets of a whole document, in order and without duplicates."""

    images: tuple[Image, ...]
    anchors: tuple[str, ...]
    hrefs: tuple[str, ...]


def take_inventory(tree: LexborHTMLParser, base_url: str) -> Inventory:
    """Everything with an address in the document, shown or not."""
    images: dict[Image, None] = {}
    anchors: dict[str, None] = {}
    hrefs: dict[str, None] = {}
    for node in tree.css("[id], a[name], a[href], img"):
        attributes = node.attributes
        if identity := attributes.get("id") or (attributes.get("name") if node.tag == "a" else ""):
            anchors[identity] = None
        if node.tag == "a" and (href := attributes.get("href")):
            hrefs[href] = None
        elif node.tag == "img" and (source := attributes.get("src") or attributes.get("data-src")):
            alternative = attributes.get("alt") or "" if "alt" in attributes else None
            images[Image(resolve_url(base_url, source), alternative)] = None
    absolute = dict.fromkeys(filter(None, (resolve_url(base_url, href) for href in hrefs)))
    return Inventory(tuple(images), tuple(anchors), tuple(absolute))
