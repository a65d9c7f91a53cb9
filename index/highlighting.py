"""Which words of a text a question asked for."""

from collections.abc import Set as AbstractSet
from functools import lru_cache

from index.lexical import WORD, find_terms
from index.query_language import drop_spanish_stop_words
from index.schema import Interpretation


def asked_terms(interpretation: Interpretation) -> frozenset[str]:
    """The stems of a question as it was read: mended spelling and meanings of abbreviations included, stop words left out."""
    return _terms_with_meanings(_as_read(interpretation), interpretation)


def marked_terms(interpretation: Interpretation) -> frozenset[str]:
    """Those of them that are worth a mark: of a Spanish question not its articles and prepositions, which stand in every line."""
    read = _as_read(interpretation)
    return _terms_with_meanings(drop_spanish_stop_words(read) if interpretation.language == "es" else read, interpretation)


def _as_read(interpretation: Interpretation) -> str:
    return interpretation.corrected or interpretation.finished or interpretation.query


def _terms_with_meanings(text: str, interpretation: Interpretation) -> frozenset[str]:
    return frozenset(find_terms(" ".join((text, *(expansion.meaning for expansion in interpretation.expanded)))))


def find_matches(text: str, terms: AbstractSet[str]) -> list[tuple[int, int]]:
    """Spans of the words of a text whose stem is one of the terms, in order."""
    return [word.span() for word in WORD.finditer(text) if not terms.isdisjoint(_terms_of(word.group()))]


@lru_cache(maxsize=65_536)
def _terms_of(word: str) -> tuple[str, ...]:
    """The terms of one word as printed. A page of results holds five thousand words: folding each anew took ten milliseconds."""
    return tuple(find_terms(word))
