"""Telephone numbers and addresses that nearly agree."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from gaps.context import CheckContext, page_blocks
from gaps.places import shorten, words_place
from gaps.schema import Gap

_PHONE = re.compile(r"(?<![\d-])(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]?\d{4}(?![\d-])")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
SLIPS = 2
"""A mistyped number differs from the right one in one or two digits, two neighbours swapped counting as one (Damerau 1964)."""
LAST_DIGITS = 1
"""Numbers that differ in the last digit alone are often two lines of one house: telephone and fax."""
RARE_SHARE = 0.1
"""A slip stands on few pages: a number on more than a tenth of those that hold the main one is meant."""


@dataclass(slots=True)
class _Told:
    """A number as pages tell it: its words, and the URLs of the pages."""

    words: str
    pages: dict[str, None] = field(default_factory=dict)


def check(context: CheckContext) -> Iterator[Gap]:
    """A telephone number or e-mail address differs in one or two characters from the one that the rest of the site gives: it was mistyped.

    A number that differs in its last digit only may be another line of the house and is not reported.
    """
    for found in (_collect(context, _PHONE), _collect(context, _EMAIL)):
        main = max(found, key=lambda number: len(found[number].pages), default="")
        for number, told in found.items():
            if number != main and _is_slip(number, main) and len(told.pages) <= RARE_SHARE * len(found[main].pages):
                yield _describe(told, found[main])


def _collect(context: CheckContext, pattern: re.Pattern[str]) -> dict[str, _Told]:
    """Every number or address of the site by its characters without spaces and punctuation."""
    found: dict[str, _Told] = defaultdict(lambda: _Told(""))
    for page in context.site.stripped_pages:
        for block in page_blocks(page):
            for match in pattern.finditer(block.text):
                told = found[_plain(match.group())]
                told.words = told.words or match.group().strip()
                told.pages[page.url] = None
    return found


def _plain(words: str) -> str:
    return words.lower() if "@" in words else re.sub(r"\D", "", words)[-10:]


def _is_slip(number: str, main: str) -> bool:
    distance = OSA.distance(number, main, score_cutoff=SLIPS)
    return 0 < distance <= SLIPS and number[:-LAST_DIGITS] != main[:-LAST_DIGITS]


def _describe(told: _Told, main: _Told) -> Gap:
    pages = tuple(told.pages)
    return Gap(
        severity="error",
        subject=told.words,
        place=words_place(pages[0], told.words),
        reason=f"This page says {told.words} where {len(main.pages)} pages say {main.words}.",
        evidence=shorten(told.words),
        advice=f"Write {main.words}, or say whose number this is.",
        pages=pages,
        site_wide=True,
    )
