"""Claims that rest on old evidence only."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from gaps.places import place_of, shorten
from gaps.reference_years import year_of
from gaps.schema import Gap
from ingest.schema import Article, Reference

_HISTORY = re.compile(
    r"\b(?:19|20)\d\ds?\b|\b(?:developed|introduced|invented|founded|founder|first described|coined|original(?:ly)?|classic|landmark|early|"
    r"named|wrote|comes? from|proposed|listed|pioneer\w*|history|historical)\b",
    re.IGNORECASE,
)
"""A sentence that tells where something came from leans on an old source by right."""


FEWEST_CLAIMS = 3
"""Fewer sentences say nothing about a page."""


def check(context: CheckContext) -> Iterator[Gap]:
    """What a page says rests on evidence older than the clinic's limit (`evidence_years`, 20 if it sets none).

    Reported once for a page if at least half of its cited sentences lean on nothing newer, and for a single source that is twice as old as
    the limit. A sentence that also cites something newer is not counted, nor is one that tells history.
    """
    years = context.settings.evidence_years
    for article in context.site.articles:
        if old := _mostly_old(context, article, context.today.year - years):
            yield _describe_page(context, article, old)
        for reference in article.references:
            year = year_of(reference)
            very_old = context.today.year - 2 * years
            if year is not None and year < very_old and (claim := _first_bare_claim(context, article, reference, very_old)):
                yield _describe(context, claim, reference, year)


def _mostly_old(context: CheckContext, article: Article, oldest: int) -> list[Claim]:
    """The sentences that lean on old evidence alone, if they are at least half of those that cite anything."""
    cited = [claim for claim in context.sentences(article) if any(map(article.reference_for, claim.sentence.markers))]
    old = [claim for claim in cited if not _HISTORY.search(claim.text) and not _leans_on_newer(claim, oldest)]
    return old if len(old) >= FEWEST_CLAIMS and 2 * len(old) >= len(cited) else []


def _describe_page(context: CheckContext, article: Article, old: list[Claim]) -> Gap:
    markers = ", ".join(dict.fromkeys(marker for claim in old for marker in claim.sentence.markers))
    return Gap(
        severity="notice",
        subject="evidence of the page",
        place=place_of(article, old[0].sentence.start, old[0].sentence.end),
        reason=f"{len(old)} sentences rest on sources older than {context.settings.evidence_years} years alone: {markers}.",
        evidence=shorten(old[0].text),
        advice="Look for newer evidence, and say so if the findings still stand.",
        pages=(article.url,),
    )


def _first_bare_claim(context: CheckContext, article: Article, reference: Reference, oldest: int) -> Claim | None:
    """The first sentence that leans on this reference and on nothing within the limit."""
    carriers = (claim for claim in context.sentences(article) if reference.marker in claim.sentence.markers)
    return next((claim for claim in carriers if not _HISTORY.search(claim.text) and not _leans_on_newer(claim, oldest)), None)


def _leans_on_newer(claim: Claim, oldest: int) -> bool:
    cited = filter(None, map(claim.article.reference_for, claim.sentence.markers))
    return any((year_of(reference) or oldest) >= oldest for reference in cited)


def _describe(context: CheckContext, claim: Claim, reference: Reference, year: int) -> Gap:
    return Gap(
        severity="notice",
        subject=f"reference {reference.marker} of {year}",
        place=place_of(claim.article, claim.sentence.start, claim.sentence.end),
        reason=f"This claim rests on a source of {year} alone; the limit is {context.settings.evidence_years} years.",
        evidence=shorten(f"{claim.text} [{reference.text}]"),
        advice="Look for newer evidence, and say so if the finding still stands.",
        pages=(claim.article.url,),
    )
