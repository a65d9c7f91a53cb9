"""Dates that have passed."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.dates_in_text import DateFound, find_dates
from gaps.places import shorten, words_place
from gaps.repeated_blocks import RepeatedBlock, find_blocks, on_pages
from gaps.schema import Gap

_ENDS = re.compile(
    r"\b(?:expir\w*|valid (?:until|through|thru|to|till)|deadline|good through|ends (?:on )?|effective (?:until|through)|"
    r"(?:offer|sale|promotion|discount|special|deal|enrol?lment|registration|applications?) "
    r"(?:\w+ ){0,6}?(?:ends?|ending|closes?|until|through|by|deadline)|"
    r"(?:register|sign up|apply|enrol?l|book|rsvp|reserve|call)(?:\s[\w’'-]+){0,6}? (?:by|before|until)|"
    r"válid[oa] hasta|hasta el|vence|caduca)\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""What is said right before a date that ends something."""
_COMES = re.compile(
    r"\b(?:join us|next (?:\w+ ){0,3}(?:starts?|begins?|is|on)|(?:will|to) (?:start|begin|open|be held|take place|launch)|coming (?:in|on)|"
    r"upcoming|(?:new|next) [\w\s]{0,30}(?:starting|beginning|starts?|begins?)|opening|available (?:from|until|through)|starts? on|"
    r"closed (?:until|through))\W*(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
"""What is said right before a date that is still to come."""
_PAST_TENSE = re.compile(r"\b(?:was|were|ended|expired|closed|took place|began|had)\b", re.IGNORECASE)
_OFFER_AFTER = re.compile(r"^\W{0,3}(?:deadline|is the deadline|is the last day|expir\w*)", re.IGNORECASE)
CONTEXT = 80
"""Characters before a date that can say what it means."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A licence, an offer or an announcement carries a date that has passed.

    Menus, footers and boxes count too: a licence in the footer that ran out is read on every page. A date counts only where the words
    before it say that something ends or is still to come ("expires", "valid until", "register by", "next group starts").
    """
    for found in find_blocks(context, lambda text: any(_is_over(context, text))):
        for when in _is_over(context, found.block.text):
            yield _describe(found, when)


def _is_over(context: CheckContext, text: str) -> Iterator[DateFound]:
    """The dates of a text that ended or announced something before today."""
    if not re.search(r"(?:19|20)\d\d", text):
        return
    for when in find_dates(text, day_first=context.settings.day_first):
        before = re.split(r"(?<=[.!?;])\s", text[max(0, when.start - CONTEXT) : when.start])[-1]
        ends = _ENDS.search(before) or _OFFER_AFTER.search(text[when.end :])
        if when.day < context.today and (ends or _COMES.search(before)) and not _PAST_TENSE.search(before):
            yield when


def _describe(found: RepeatedBlock, when: DateFound) -> Gap:
    text = found.block.text
    return Gap(
        severity="error",
        subject=_subject(text, when),
        place=words_place(found.pages[0], text),
        reason=f"This date, {when.day.isoformat()}, has passed, and it stands {on_pages(found.pages)}.",
        evidence=shorten(text),
        advice="Renew the date, or take the sentence out.",
        pages=tuple(found.pages),
        site_wide=True,
    )


def _subject(text: str, when: DateFound) -> str:
    """The last words up to the date, whole words only."""
    before = text[max(0, when.start - CONTEXT // 2) : when.end].split("\n")[-1]
    return before if when.start <= CONTEXT // 2 else before.partition(" ")[2] or before
