"""Claims that rest on old evidence only."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from gaps.places import place_of, shorten
from gaps.reference_years import year_of
from gaps.schema import Gap
from ingest.schema import Article, Reference

_HISTORY = re.compile(
    r"\b(?:19|20)\d\d(?:s\b|\b)|\b(?:developed|introduced|invented|founded|founder|first described|coined|original(?:ly)?|pioneer\w*|history|historical)\b",
    re.IGNORECASE,
)
"""A sentence that tells where something came from leans on an old source by right."""


def check(context: CheckContext) -> Iterator[Gap]:
    """A claim rests only on evidence older than the clinic's limit (`evidence_years`, 15 if it sets none).

    A claim that also cites something newer is not reported, nor is a sentence that tells history.
    """
    oldest = context.today.year - context.settings.evidence_years
    for article in context.site.articles:
        for reference in article.references:
            year = year_of(reference)
            if year is not None and year < oldest and (claim := _first_bare_claim(context, article, reference, oldest)):
                yield _describe(context, claim, reference, year)


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
