"""Claims of evidence that name no evidence."""

from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from gaps.evidence_claims import unsupported_claims
from gaps.places import place_of, shorten
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A sentence says that studies show something, names a share of people or calls a treatment effective, and gives no source.

    A reference or a link in the same paragraph counts as its source, and so does a study named in brackets. One gap is
    reported for a paragraph; the same sentence on many pages is one gap. English pages only.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for article in context.english_articles:
        for claim in unsupported_claims(context, article):
            found[claim.text].append(claim)
    return (_describe(claims) for claims in found.values())


def _describe(claims: list[Claim]) -> Gap:
    first = claims[0]
    pages = list(dict.fromkeys(claim.article.url for claim in claims))
    return Gap(
        severity="warning",
        subject=shorten(first.text, 80),
        place=place_of(first.article, first.sentence.start, first.sentence.end),
        reason=f"This sentence claims evidence, and nothing in its paragraph says where the evidence is; it stands {on_pages(pages)}.",
        evidence=shorten(first.text),
        advice="Name the source, or say it as the clinic's own view.",
        pages=tuple(pages),
        site_wide=True,
    )
