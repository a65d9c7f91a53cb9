"""A bound on how deep a document's elements nest, before any parser sees it."""

import re

MAX_DEPTH = 512
"""Blink's limit (kMaximumHTMLParserDOMTreeDepth); deeper elements become siblings."""

SUSPICIOUS_TAGS = 10_000
"""Below this many tags even full nesting parses in a fraction of a second, though an HTML5 parser's time grows with depth squared."""

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
CLOSE_THEMSELVES = frozenset(
    "area base br col embed hr img input link meta source track wbr "
    "p li dt dd option optgroup tr td th thead tbody tfoot colgroup rt rp".split()
)
"""Void elements, and those whose end tag may be left out: they do not nest by being repeated."""


def limit_nesting(html: str) -> str:
    """The same document with start tags beyond the depth limit taken out; their text stays."""
    if html.count("<") < SUSPICIOUS_TAGS:
        return html
    pieces: list[str] = []
    depth, position = 0, 0
    for tag in TAG.finditer(html):
        if tag[2].lower() in CLOSE_THEMSELVES:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > MAX_DEPTH or (tag[1] and depth == MAX_DEPTH):
            pieces += (html[position : tag.start()], " ")
            position = tag.end()
    return "".join((*pieces, html[position:])) if pieces else html
