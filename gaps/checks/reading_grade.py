"""Pages that are hard to read."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from gaps.places import place_of, shorten
from gaps.reading_ease import reading_grade
from gaps.schema import Gap
from ingest.schema import Article

ENOUGH_WORDS = 150
"""The grade of a shorter text says little: the formula was fitted to passages of about 150 words."""
_LEGAL = re.compile(r"\b(?:terms|polic(?:y|ies)|conditions of|legal|disclaimer|privacy|notice of)\b", re.IGNORECASE)
_PROSE = ("paragraph", "quote", "other")


def check(context: CheckContext) -> Iterator[Gap]:
    """A page needs more years of school than the clinic's target (`reading_grade`, 12 if it sets none).

    Measured by the Flesch-Kincaid grade of the page's paragraphs; lists and tables are left out. The hardest sentence is shown. The formula
    counts long words and long sentences and knows nothing of meaning: names of conditions count as hard words. English pages only; terms
    and policies are left to lawyers.
    """
    for article in context.english_articles:
        if _LEGAL.search(article.title):
            continue
        prose = [claim for claim in context.sentences(article) if claim.sentence.kind in _PROSE]
        if sum(len(claim.text.split()) for claim in prose) >= ENOUGH_WORDS:
            grade = reading_grade(claim.text for claim in prose)
            if grade > context.settings.reading_grade:
                yield _describe(context, article, prose, grade)


def _describe(context: CheckContext, article: Article, prose: list[Claim], grade: float) -> Gap:
    hardest = max(prose, key=lambda claim: len(claim.text.split()) * reading_grade([claim.text]))
    return Gap(
        severity="notice",
        subject="reading grade",
        place=place_of(article, hardest.sentence.start, hardest.sentence.end),
        reason=f"The page reads at grade {grade:.1f}; the target is {context.settings.reading_grade:g}.",
        evidence=shorten(hardest.text),
        advice="Shorten the longest sentences and swap long words for short ones; begin with the one shown.",
        pages=(article.url,),
    )
