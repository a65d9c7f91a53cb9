"""Evidence that was taken back."""

from collections.abc import Iterator

from gaps.addresses import doi_url
from gaps.context import CheckContext
from gaps.places import place_of, shorten, words_place
from gaps.schema import Gap
from ingest.schema import Article, Reference


def check(context: CheckContext) -> Iterator[Gap]:
    """A work in the reference list was retracted by its journal.

    Known from Crossref, by the work's DOI, and only when the network is asked for (`clinic-search gaps --network`); a run without it keeps
    what the last one found.
    """
    for article in context.site.articles:
        for reference in article.references:
            notice = (context.retracted or {}).get(reference.doi.lower())
            if notice is not None:
                yield _describe(article, reference, notice)


def _describe(article: Article, reference: Reference, notice: str) -> Gap:
    sentences = (sentence for section in article.sections for sentence in section.sentences)
    carrier = next((sentence for sentence in sentences if reference.marker and reference.marker in sentence.markers), None)
    return Gap(
        severity="error",
        subject=f"reference {reference.marker}: {reference.doi}",
        place=place_of(article, carrier.start, carrier.end) if carrier else words_place(article.url, reference.text),
        reason=f"The work of entry {reference.marker} was retracted: {doi_url(notice)}.",
        evidence=shorten(reference.text),
        advice="Take the entry out, and what leans on it alone, or cite other evidence.",
        pages=(article.url,),
    )
