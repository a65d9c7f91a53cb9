"""Claims of evidence that name no evidence."""

from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from gaps.evidence_claims import unsupported_claims
from gaps.places import place_of, shorten
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A sentence says that studies show something, names a share of people or calls a treatment effective, and gives no source.

    A reference or a link in the same paragraph counts as its source, and so does a study named in brackets. One gap is
    reported for a paragraph. English pages only.
    """
    return (_describe(claim) for article in context.english_articles for claim in unsupported_claims(context, article))


def _describe(claim: Claim) -> Gap:
    return Gap(
        severity="warning",
        subject=shorten(claim.text, 80),
        place=place_of(claim.article, claim.sentence.start, claim.sentence.end),
        reason="This sentence claims evidence, and nothing in its paragraph says where the evidence is.",
        evidence=shorten(claim.text),
        advice="Name the source, or say it as the clinic's own view.",
        pages=(claim.article.url,),
    )
