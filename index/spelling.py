"""Spelling corrected against the words of one site."""

from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from index.lexical import fold, stem

SHORTEST = 5
"""Letters of a word that may be corrected; of four letters nearly every change gives another word ("wifi" and "wife")."""
TWO_EDITS_FROM = 7
"""Letters from which two edits may be mended; Lucene's AUTO fuzziness begins at 6, where "carter" would become "career"."""
EDIT_COST = 6.0
"""An edit weighs as much as a word that is e^6 = 400 times as frequent."""
QUERY_LANGUAGES = ("en", "es")
"""Languages of queries that are told apart: that of the model and of the lexicon, and the one that the lexicon translates from."""
ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly")
"""The stem will not do here: that of "intermitent" is a word, too."""
STEMMERS = {"en": "english", "es": "spanish"}
FIRST_LETTER_COST = 3.0
"""Writers rarely miss the first letter (Pollock and Zamora 1984, https://doi.org/10.1145/358027.358048: 3.3 % of misspellings)."""


class Speller:
    """Mends words that neither the site, nor its lexicon, nor the language knows."""

    def __init__(self, counts: Mapping[str, int], *, known: frozenset[str] = frozenset()) -> None:
        self._counts = {word: count for word, count in counts.items() if len(word) >= SHORTEST and word.isalpha()}
        self._known = known | counts.keys()

    @cached_property
    def _candidates(self) -> list[str]:
        return list(self._counts)

    def correct(self, word: str, languages: Iterable[str] = ("en",)) -> str:
        """The site's word that a folded word was meant to be, or the word itself where one of the languages knows it or nothing is near."""
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word, languages):
            return word
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        found = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=edits, limit=20)
        near = [one for one in found if _is_read_in(one[0], languages) and not _is_inflected(word, one[0], languages)]
        return min(near, key=lambda found: self._cost(word, found[0], found[1]))[0] if near else word

    def _cost(self, word: str, candidate: str, edits: float) -> float:
        return EDIT_COST * edits + FIRST_LETTER_COST * (word[0] != candidate[0]) - log(self._counts[candidate] + 1)

    def knows(self, word: str, languages: Iterable[str]) -> bool:
        """Whether the word is one that the site uses, that was named as known, or that is a form of one of the languages' words."""
        return word in self._known or any(not read_dictionary(one).isdisjoint(_forms(word, one)) for one in languages)


def _forms(word: str, language: str) -> set[str]:
    """The word and, in English, what it is without an ending: dictionaries lack "texted", not "text"."""
    return {word, *(word.removesuffix(ending) for ending in ENDINGS)} if language == "en" else {word}


def _is_read_in(candidate: str, languages: Iterable[str]) -> bool:
    """Whether a word may be meant in one of these languages: they know it, or no language does, as with names."""
    others = set(QUERY_LANGUAGES).difference(languages)
    return any(candidate in read_dictionary(one) for one in languages) or not any(candidate in read_dictionary(one) for one in others)


def _is_inflected(word: str, candidate: str, languages: Iterable[str]) -> bool:
    """Whether two words are forms of one: no misspelling, and the stem finds both."""
    return any(stem(word, STEMMERS[one]) == stem(candidate, STEMMERS[one]) for one in languages if one in STEMMERS)


@cache
def read_dictionary(language: str) -> frozenset[str]:
    """The folded words of a language as `pyspellchecker` lists them; empty for a language that it lacks."""
    if language not in SpellChecker.languages():
        return frozenset()
    return frozenset(map(fold, SpellChecker(language=language).word_frequency.words()))
