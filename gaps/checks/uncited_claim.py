"""Claims of evidence that name no evidence."""

from collections import defaultdict
from collections.abc import Iterator

from gaps.context import CheckContext, Claim
from gaps.evidence_claims import ATTRIBUTED, unsupported_claims
from gaps.places import place_of, shorten
from gaps.repeated_blocks import on_pages
from gaps.schema import Gap


def check(context: CheckContext) -> Iterator[Gap]:
    """A sentence says that studies show something, names a share of people or calls a treatment effective, and gives no source.

    A reference or a link in the same paragraph counts as its source, and so does a study named in brackets. A sentence that names a
    journal, a university or a body without saying which work is a notice, not a warning. One gap is reported for a paragraph; the same
    sentence on many pages is one gap. English pages only.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for article in context.english_articles:
        for claim in unsupported_claims(context, article):
            found[claim.text].append(claim)
    return (_describe(claims) for claims in found.values())


def _describe(claims: list[Claim]) -> Gap:
    first = claims[0]
    pages = list(dict.fromkeys(claim.article.url for claim in claims))
    named = ATTRIBUTED.search(first.text) is not None
    said = "says who found it, without a reference or a link to it" if named else "claims evidence, and its paragraph names no source"
    return Gap(
        severity="notice" if named else "warning",
        subject=shorten(first.text, 80),
        place=place_of(first.article, first.sentence.start, first.sentence.end),
        reason=f"This sentence {said}; it stands {on_pages(pages)}.",
        evidence=shorten(first.text),
        advice="Link to the work, or add it to the references." if named else "Name the source, or say it as the clinic's own view.",
        pages=tuple(pages),
        site_wide=True,
    )
