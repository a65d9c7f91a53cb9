"""Words that hurt the people whom a clinic is for."""

import re
from collections.abc import Iterator
from csv import DictReader
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gaps.context import CheckContext, Claim
from gaps.places import place_of, shorten
from gaps.schema import Gap
from ingest.schema import Article

_ABOUT_WORDS = re.compile(
    r"\b(?:instead of|rather than|stigma\w*|labels?|labelled|labeled|so-called|called (?:an?|them|him|her|you)|words? like|terms? like|"
    r"the (?:word|term)s?|person-first|avoid saying|do(?:n['’]t| not) (?:say|call|use))\b",
    re.IGNORECASE,
)
"""A sentence that speaks about the word does not use it."""
_QUOTES = "\"“”‘’'«»"


@dataclass(frozen=True, slots=True)
class _Term:
    pattern: re.Pattern[str]
    preferred: str
    source: str


def check(context: CheckContext) -> Iterator[Gap]:
    """A page uses a word that is known to stigmatise ("addict", "committed suicide"); the gap names a better one and who recommends it.

    Words in quotation marks, in names of institutions and in sentences that speak about the word are not reported. English pages only.
    The list is `gaps/stigmatising_terms.tsv`.
    """
    for article in context.english_articles:
        if not _any_term().search(article.text):
            continue
        reported: set[str] = set()
        for claim in context.sentences(article):
            for term, used in _find_terms(claim):
                if used.lower() not in reported:
                    reported.add(used.lower())
                    yield _describe(article, claim, term, used)


@cache
def _terms() -> tuple[_Term, ...]:
    lines = files("gaps").joinpath("stigmatising_terms.tsv").read_text("utf-8").splitlines()
    rows = DictReader(lines, delimiter="\t", quoting=3)
    return tuple(_Term(re.compile(rf"\b(?:{row['term']})\b", re.IGNORECASE), row["preferred"], row["source"]) for row in rows)


@cache
def _any_term() -> re.Pattern[str]:
    """All terms at once: most sentences hold none."""
    return re.compile("|".join(term.pattern.pattern for term in _terms()), re.IGNORECASE)


def _find_terms(claim: Claim) -> Iterator[tuple[_Term, str]]:
    text = claim.text
    if not _any_term().search(text) or _ABOUT_WORDS.search(text):
        return
    for term in _terms():
        for found in term.pattern.finditer(text):
            quoted = text[: found.start()][-1:] in _QUOTES and text[: found.start()] != ""
            if not quoted and not _is_name(text, found.start(), found.end()):
                yield term, found.group()


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the words are part of a name, capitalised after another capitalised word: "National Institute on Drug Abuse"."""
    words = text[start:end].split()
    before = text[:start].split()
    return (
        bool(before) and all(word[0].isupper() for word in words) and (before[-1][0].isupper() or before[-1] in ("on", "of", "for", "and"))
    )


def _describe(article: Article, claim: Claim, term: _Term, used: str) -> Gap:
    return Gap(
        severity="warning",
        subject=f"“{used.lower()}”",
        place=place_of(article, claim.sentence.start, claim.sentence.end),
        reason=f"“{used}” is known to stigmatise.",
        evidence=shorten(claim.text),
        advice=f"Better: {term.preferred} ({term.source}).",
        pages=(article.url,),
    )
