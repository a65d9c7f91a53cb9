"""Copyright years of the past."""

import re
from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.repeated_blocks import RepeatedBlock, find_blocks, on_pages
from gaps.schema import Gap

_NOTICE = re.compile(
    r"(?:©|\(c\)|&copy;|\bcopyright\b)[^.\n]{0,40}?(?<!\d)(?:(?:19|20)\d\d\s?[-–—]\s?)?((?:19|20)\d\d)"
    r"(?!\d|\s?[-–—]\s?(?:\d|present|today|now))",
    re.IGNORECASE,
)
LONGEST_NOTICE = 200
"""Characters: a copyright line is short; a paragraph that mentions a copyright is about something else."""


def check(context: CheckContext) -> Iterator[Gap]:
    """The copyright line names a year that has passed: the site looks abandoned, and with it what it says about health.

    Reported once for each such year.
    """
    by_year: dict[str, list[RepeatedBlock]] = defaultdict(list)
    for found in find_blocks(context, lambda text: len(text) <= LONGEST_NOTICE and _NOTICE.search(text) is not None):
        notice = _NOTICE.search(found.block.text)
        if notice and int(notice.group(1)) < context.today.year:
            by_year[notice.group(1)].append(found)
    return (_describe(context, year, found) for year, found in by_year.items())


def _describe(context: CheckContext, year: str, found: list[RepeatedBlock]) -> Gap:
    pages = list(dict.fromkeys(page for block in found for page in block.pages))
    return Gap(
        severity="notice",
        subject=f"copyright {year}",
        place=words_place(pages[0], found[0].block.text),
        reason=f"The copyright line says {year}, and it stands {on_pages(pages)}.",
        evidence=shorten(found[0].block.text),
        advice=f"Write {context.today.year}, or leave the year out.",
        pages=tuple(pages),
        site_wide=True,
    )
