"""DOIs and PubMed numbers that lead nowhere."""

import re
from collections.abc import Iterator

from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.schema import Gap
from ingest.schema import Article, Reference

_DOI_GIVEN = re.compile(r"(?:\bdoi(?:\.org/|\s*[:=]\s*|\s+(?=\d))|\bdx\.doi\.org/)\s*(?:https?://(?:dx\.)?doi\.org/)?(\S*)", re.IGNORECASE)
_DOI_BARE = re.compile(r"(?<![\w./])(10[.,]\d{2,9}\s?[/\\]\s?\S+)")
_DOI_VALID = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S*[^\W_]\S*", re.IGNORECASE)
"""Prefix and suffix: https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html."""
_PMID_GIVEN = re.compile(r"\bPMID\s*[:#]?\s*([^\s.,;\])]+)|pubmed\.ncbi\.nlm\.nih\.gov/([^/\s?#]+)", re.IGNORECASE)
_PMID_VALID = re.compile(r"[1-9]\d{0,7}")
"""One to eight digits: https://www.nlm.nih.gov/bsd/mms/medlineelements.html#pmid."""


def check(context: CheckContext) -> Iterator[Gap]:
    """An entry of the reference list gives a DOI or a PubMed number (PMID) that cannot be one.

    A DOI reads 10.1234/abc; a PMID has one to eight digits. Only the form is checked: a well-formed number may still be the wrong one.
    """
    for article in context.site.articles:
        for reference in article.references:
            given = next(_malformed(f"{reference.text} {reference.url}"), None)
            if given is not None:
                yield _describe(article, reference, given)


def _malformed(text: str) -> Iterator[str]:
    """What stands where an identifier should, and is none."""
    for found in _DOI_GIVEN.finditer(text):
        if not _DOI_VALID.fullmatch(found.group(1).rstrip(".,;)]")):
            yield f"DOI {found.group(1)}".strip()
    for found in _DOI_BARE.finditer(text):
        if not _DOI_VALID.fullmatch(found.group(1).rstrip(".,;)]")):
            yield f"DOI {found.group(1)}"
    for found in _PMID_GIVEN.finditer(text):
        given = found.group(1) or found.group(2)
        if not _PMID_VALID.fullmatch(given) and not given.startswith("?"):
            yield f"PMID {given}"


def _describe(article: Article, reference: Reference, given: str) -> Gap:
    return Gap(
        severity="warning",
        subject=f"reference {reference.marker}: {shorten(given, 60)}",
        place=words_place(article.url, reference.text),
        reason=f"“{given}” in entry {reference.marker} is not a well-formed identifier.",
        evidence=shorten(reference.text),
        advice="Look the work up at doi.org or PubMed and copy its number.",
        pages=(article.url,),
    )
