"""Notes to the editor that were published."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.repeated_blocks import find_blocks, on_pages
from gaps.schema import Gap

PLACEHOLDER = re.compile(
    r"\blorem ipsum\b|\{\{[^}]{1,60}\}\}|<(?:insert|your) [^>]{1,40}>|\binsert (?:text|image|map|link|name|photo) here\b"
    r"|\[(?:insert|your|add|todo|tbd|tk|placeholder|name|date|phone|address|link|image|map|city|practice|clinic|xx+)\b[^\]]{0,60}\]"
    r"|\[needs? (?:input|content|review|text|info\w*)\b[^\]]*\]|(?-i:\bTODO\b|\bFIXME\b|\bTBD\b|\bXXX+\b)"
    r"|\b(?:placeholder|dummy|sample) text\b|\bclick to edit\b|\badd your (?:text|content|title) here\b"
    r"|\b(?:content|page|text) (?:is )?coming soon\b",
    re.IGNORECASE,
)

BEFORE = 100
"""Characters before a placeholder that show where it stands."""


def check(context: CheckContext) -> Iterator[Gap]:
    """The page shows a placeholder: "lorem ipsum", "[insert map here]", "TODO", an unfilled {{field}}."""
    for found in find_blocks(context, lambda text: PLACEHOLDER.search(text) is not None):
        match = PLACEHOLDER.search(found.block.text)
        if match:
            yield Gap(
                severity="error",
                subject=shorten(match.group(), 60),
                place=words_place(found.pages[0], match.group()),
                reason=f"“{shorten(match.group(), 60)}” is a placeholder, and it stands {on_pages(found.pages)}.",
                evidence=shorten(found.block.text[max(0, match.start() - BEFORE) :]),
                advice="Write what belongs there, or take it out.",
                pages=tuple(found.pages),
                site_wide=True,
            )
