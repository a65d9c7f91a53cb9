"""One reference that carries too much."""

import re
from collections import Counter
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import place_of, shorten
from gaps.schema import Gap
from ingest.schema import Article

MANY_CLAIMS = 4
"""A sentence more than a paragraph usually has: fewer may all stand in one place."""
LARGE_SHARE = 0.3
"""Of all citations on the page: on a page that cites thirty times, four are not many."""


_CLASSIFICATION = re.compile(r"\b(?:Diagnostic and Statistical Manual|DSM|International (?:Statistical )?Classification of Diseases|ICD)\b")
"""A manual that defines what a page describes carries all of it by right."""


def check(context: CheckContext) -> Iterator[Gap]:
    """One reference carries many of the page's claims.

    Four or more sentences, and three in ten of all citations, lean on the same entry. One study rarely shows all of it: check that it says
    what each sentence says, and find a source of its own for the others.
    """
    for article in context.site.articles:
        carried = Counter(marker for claim in context.sentences(article) for marker in claim.sentence.markers)
        for marker, count in carried.items():
            listed = article.reference_for(marker)
            many = count >= MANY_CLAIMS and count >= LARGE_SHARE * carried.total()
            if many and listed and not _CLASSIFICATION.search(listed.text):
                yield _describe(context, article, marker, count)


def _describe(context: CheckContext, article: Article, marker: str, count: int) -> Gap:
    claims = [claim for claim in context.sentences(article) if marker in claim.sentence.markers]
    places = list(dict.fromkeys(claim.section.heading_path[-1] for claim in claims if claim.section.heading_path))
    listed = article.reference_for(marker)
    return Gap(
        severity="notice",
        subject=f"reference {marker}",
        place=place_of(article, claims[0].sentence.start, claims[0].sentence.end),
        reason=f"Reference {marker} carries {count} claims" + (f", under: {', '.join(places)}." if places else "."),
        evidence=shorten(listed.text if listed else claims[0].text),
        advice="Check that this source says what each of these sentences says; give the others a source of their own.",
        pages=(article.url,),
    )
