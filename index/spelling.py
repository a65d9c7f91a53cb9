"""Spelling corrected against the words of one site."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache, cached_property
from itertools import islice, takewhile
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from index.lexical import fold, stem

SHORTEST = 5
"""Letters of a word that may be corrected; of four letters nearly every change gives another word ("wifi" and "wife")."""
SHORTEST_BEGINNING = 3
TWO_EDITS_FROM = 7
"""Letters from which two edits may be mended; Lucene's AUTO fuzziness begins at 6, where "carter" would become "career"."""
EDIT_COST = 6.0
"""An edit weighs as much as a word that is e^6 = 400 times as frequent."""
QUERY_LANGUAGES = ("en", "es")
"""Languages of queries that are told apart: that of the model and of the lexicon, and the one that the lexicon translates from."""
SPELT_LANGUAGE = "en"
"""The language in whose own words a query may be mended. The Spanish dictionary lacks too many forms: "llevo" would become "lleno"."""
ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly")
"""The stem will not do here: that of "intermitent" is a word, too."""
ACCENTED = frozenset("áéíóúñ")
PLURALS = ("s", "es")
"""Of Spanish words, whose dictionary lacks many of them."""
STEMMERS = {"en": "english", "es": "spanish"}
FIRST_LETTER_COST = 3.0
"""Writers rarely miss the first letter (Pollock and Zamora 1984, https://doi.org/10.1145/358027.358048: 3.3 % of misspellings)."""


Words = Mapping[str, tuple[str, int]]
"""Folded words of a language, each as it is spelt and how often it was counted."""


class Speller:
    """Mends words that neither the site, nor its lexicon, nor the language knows."""

    def __init__(self, counts: Mapping[str, int], *, known: frozenset[str] = frozenset()) -> None:
        self._counts = {word: count for word, count in counts.items() if len(word) >= SHORTEST and word.isalpha()}
        self._known = known | counts.keys()

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._counts)

    @cached_property
    def _candidates(self) -> list[str]:
        return list(self._counts)

    def correct(self, word: str, languages: Iterable[str] = ("en",)) -> str:
        """The word that a folded word was meant to be; the word itself where one of the languages knows it or nothing is near.

        The site's words come first; where none is near, in English, a word of the language one edit away.
        """
        if len(word) < SHORTEST or not word.isalpha() or self.knows(word, languages):
            return word
        languages = tuple(languages)
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        found = process.extract(word, self._candidates, scorer=OSA.distance, score_cutoff=edits, limit=20)
        near = [one for one in found if _is_read_in(one[0], languages) and not _is_inflected(word, one[0], languages)]
        if near:
            return _spell(min(near, key=lambda found: self._cost(word, found[0], found[1]))[0], languages)
        return (_nearest_word(word, SPELT_LANGUAGE) if languages[:1] == (SPELT_LANGUAGE,) else "") or word

    def finish(self, beginning: str, languages: Iterable[str] = ("en",)) -> str:
        """The site's commonest word that begins so; the beginning itself where it is a word already, is too short, or begins none."""
        if len(beginning) < SHORTEST_BEGINNING or not beginning.isalpha() or self.knows(beginning, languages):
            return beginning
        first = bisect_left(self._sorted, beginning)
        begun = takewhile(lambda word: word.startswith(beginning), islice(self._sorted, first, None))
        return max(begun, key=lambda word: self._counts[word], default=beginning)

    def _cost(self, word: str, candidate: str, edits: float) -> float:
        return EDIT_COST * edits + FIRST_LETTER_COST * (word[0] != candidate[0]) - log(self._counts[candidate] + 1)

    def knows(self, word: str, languages: Iterable[str]) -> bool:
        """Whether the word is one that the site uses, that was named as known, or that is a form of one of the languages' words."""
        return word in self._known or any(not read_dictionary(one).isdisjoint(_forms(word, one)) for one in languages)


def _forms(word: str, language: str) -> set[str]:
    """The word and what it is without an ending: dictionaries lack "texted", not "text"."""
    return {word, *(word.removesuffix(ending) for ending in (ENDINGS if language == "en" else PLURALS))}


def _is_read_in(candidate: str, languages: Iterable[str]) -> bool:
    """Whether a word may be meant in one of these languages: they know it, or no language does, as with names."""
    others = set(QUERY_LANGUAGES).difference(languages)
    return any(candidate in read_dictionary(one) for one in languages) or not any(candidate in read_dictionary(one) for one in others)


def _is_inflected(word: str, candidate: str, languages: Iterable[str]) -> bool:
    """Whether two words are forms of one: no misspelling, and the stem finds both."""
    return any(stem(word, STEMMERS[one]) == stem(candidate, STEMMERS[one]) for one in languages if one in STEMMERS)


def _spell(folded: str, languages: Iterable[str]) -> str:
    """A folded word as the first of the languages that knows it spells it: "depresion" is "depresión"; not as odd lists do ("segün")."""
    spelt = next((words[folded][0] for words in map(read_words, languages) if folded in words), folded)
    return spelt if set(spelt) - set(folded) <= ACCENTED else folded


def _nearest_word(word: str, language: str) -> str:
    """The commonest word of a language one edit away that begins alike and is no other form of the word; "" if there is none."""
    words = read_words(language)
    alike = (one for one in _words_by_letter(language).get(word[0], ()) if abs(len(one) - len(word)) <= 1)
    near = [one for one in alike if OSA.distance(word, one, score_cutoff=1) <= 1 and not _is_inflected(word, one, (language,))]
    return words[max(near, key=lambda one: words[one][1])][0] if near else ""


def read_dictionary(language: str) -> Set[str]:
    """The folded words of a language; empty for one that `pyspellchecker` lacks."""
    return read_words(language).keys()


@cache
def read_words(language: str) -> Words:
    """The words of a language as `pyspellchecker` counts them; of two that are folded alike the commoner. Empty for one that it lacks."""
    if language not in SpellChecker.languages():
        return {}
    counted = SpellChecker(language=language).word_frequency.dictionary
    return {fold(word): (word, count) for word, count in sorted(counted.items(), key=lambda entry: entry[1])}


@cache
def _words_by_letter(language: str) -> Mapping[str, Sequence[str]]:
    by_letter: dict[str, list[str]] = defaultdict(list)
    for word in read_words(language):
        if len(word) >= SHORTEST - 1:
            by_letter[word[0]].append(word)
    return by_letter
