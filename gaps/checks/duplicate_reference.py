"""Two entries for one work."""

import re
from collections.abc import Iterator
from itertools import combinations

from rapidfuzz.fuzz import ratio

from gaps.addresses import address_key
from gaps.context import CheckContext
from gaps.places import shorten, words_place
from gaps.schema import Gap
from index.lexical import split_words
from ingest.schema import Article, Reference

SAME_TEXT = 92.0
"""Similarity in percent from which two entries without numbers are the same work: room for "et al." and page ranges."""
LONG_ENOUGH = 40
"""Characters: shorter entries are alike by chance."""
MAX_ENTRIES = 300
"""A longer list is compared by its numbers only, which is linear."""


def check(context: CheckContext) -> Iterator[Gap]:
    """Two entries of one reference list name the same work: the same DOI, PubMed number or address, or nearly the same words."""
    return (_describe(article, *pair) for article in context.site.articles for pair in _find_pairs(article.references))


def _find_pairs(references: tuple[Reference, ...]) -> Iterator[tuple[Reference, Reference]]:
    """Every entry that repeats an earlier one, with the first that it repeats."""
    repeated: set[int] = set()
    for (_, first), (at, second) in combinations(enumerate(references[:MAX_ENTRIES]), 2):
        if at not in repeated and _same_work(first, second):
            repeated.add(at)
            yield first, second


def _same_work(first: Reference, second: Reference) -> bool:
    if first.doi and second.doi:
        return first.doi.lower() == second.doi.lower()
    if first.pmid and second.pmid:
        return first.pmid == second.pmid
    if first.url and second.url and address_key(first.url) == address_key(second.url):
        return True
    return _same_words(first.text, second.text)


def _same_words(first: str, second: str) -> bool:
    if min(len(first), len(second)) < LONG_ENOUGH or set(re.findall(r"\d+", first)) != set(re.findall(r"\d+", second)):
        return " ".join(split_words(first)) == " ".join(split_words(second)) != ""
    return ratio(" ".join(split_words(first)), " ".join(split_words(second))) >= SAME_TEXT


def _describe(article: Article, first: Reference, second: Reference) -> Gap:
    return Gap(
        severity="warning",
        subject=f"references {first.marker} and {second.marker}",
        place=words_place(article.url, second.text),
        reason=f"Entries {first.marker} and {second.marker} of the reference list name the same work.",
        evidence=shorten(second.text),
        advice=f"Cite entry {first.marker} in both places and take out entry {second.marker}.",
        pages=(article.url,),
    )
