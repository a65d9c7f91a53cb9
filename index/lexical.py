"""Words that match words: BM25 over titles, headings and bodies, each field with its weight."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN, STOPWORDS_EN_PLUS
from numpy.typing import NDArray

from index.schema import FloatVector
from ingest.schema import Passage

K1, B = 1.2, 0.75
"""Lucene's defaults (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019)."""
HEADLINE_WEIGHT = 0.5
"""Share of a match in the title and headings alone, added to the match in the whole text. On the development sets nDCG@10 of BM25 alone
rose by .06 on medical questions with titles and fell by .005 on scifact; 1 and 2 as repeated words gave .02."""
BIGRAM_WEIGHT = 0.3
"""A pair of neighbouring words counts as much, on top of its words: +.03 on questions about long articles, +.01 on medical questions."""
WORD = re.compile(r"\w+(?:[.,]\d+)*")
STOP_WORDS = frozenset(word.replace("'", "") for word in (*STOPWORDS_EN, *STOPWORDS_EN_PLUS))
"""Words of how one asks, pronouns among them. With Lucene's 33 alone BM25 lost .02 on medical questions, .01 on scifact and .05 on whole
questions to a clinic."""


def fold(text: str) -> str:
    """The text in lower case without accents and typographic forms: what two spellings of one word have in common."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def split_words(text: str) -> list[str]:
    """The folded words of a text in order, stop words included; a possessive 's is no word."""
    return WORD.findall(fold(text).replace("'s ", " ").replace("'", ""))


def find_terms(text: str) -> list[str]:
    """What a text is indexed under: its stems in order, stop words left out."""
    return [stem(word) for word in split_words(text) if word not in STOP_WORDS]


def find_stems(text: str) -> list[str]:
    """The stems of all words of a text in order: what tells "not eating" from "eating"."""
    return [stem(word) for word in split_words(text)]


@lru_cache(maxsize=65_536)
def stem(word: str, language: str = "english") -> str:
    """The stem of a folded word (Porter2 and its kin, https://snowballstem.org)."""
    stemmed: str = Stemmer.Stemmer(language, 0).stemWord(word)
    return stemmed


def pair_terms(terms: Sequence[str]) -> list[str]:
    """The pairs of neighbouring terms."""
    return [f"{first} {second}" for first, second in pairwise(terms)]


def weigh_terms(text: str) -> dict[str, float]:
    """What a query is looked up by: its terms, as often as they stand, and its pairs of terms."""
    terms = find_terms(text)
    return {**Counter(terms), **{pair: BIGRAM_WEIGHT * count for pair, count in Counter(pair_terms(terms)).items()}}


def headline(passage: Passage) -> str:
    """The title and headings of a passage, each once."""
    return " ".join(dict.fromkeys((passage.title, *passage.heading_path)))


class LexicalIndex:
    """BM25 scores of every passage for weighted terms; passages are numbered in the order in which they were given."""

    def __init__(self, body: bm25s.BM25, headlines: bm25s.BM25) -> None:
        self._body, self._headlines = body, headlines

    @classmethod
    def build(cls, passages: Sequence[Passage]) -> "LexicalIndex":
        """An index over passages."""
        headlines = [find_terms(headline(passage)) for passage in passages]
        texts = [terms + find_terms(passage.text) for terms, passage in zip(headlines, passages, strict=True)]
        return cls(_index_terms([terms + pair_terms(terms) for terms in texts]), _index_terms(headlines))

    @classmethod
    def load(cls, directory: Path) -> "LexicalIndex":
        """The index that `save` wrote into a folder."""
        return cls(bm25s.BM25.load(str(directory / "body")), bm25s.BM25.load(str(directory / "headlines")))

    def save(self, directory: Path) -> None:
        """Writes all that `load` needs."""
        self._body.save(str(directory / "body"), show_progress=False)
        self._headlines.save(str(directory / "headlines"), show_progress=False)

    def __len__(self) -> int:
        return int(self._body.scores["num_docs"])

    def score(self, terms: Mapping[str, float]) -> FloatVector:
        """The score of every passage, 0 or more; a term counts as much as its weight."""
        return _score(self._body, terms) + np.float32(HEADLINE_WEIGHT) * _score(self._headlines, terms)

    def contains(self, term: str) -> NDArray[np.bool_]:
        """Which passages hold a term, in their headline or their text."""
        return _score(self._body, {term: 1.0}) > 0

    def headline_contains(self, term: str) -> NDArray[np.bool_]:
        """Which passages hold a term in their title or headings."""
        return _score(self._headlines, {term: 1.0}) > 0

    def idf(self, term: str) -> float:
        """How rare a term is, as BM25 counts it: above 0, highest for a term that stands nowhere."""
        held = int(self.contains(term).sum())
        return log(1 + (len(self) - held + 0.5) / (held + 0.5))


def _index_terms(documents: Iterable[Sequence[str]]) -> bm25s.BM25:
    engine = bm25s.BM25(k1=K1, b=B, method="lucene")
    engine.index([list(terms) or [""] for terms in documents], show_progress=False)
    return engine


def _score(engine: bm25s.BM25, terms: Mapping[str, float]) -> FloatVector:
    total = np.zeros(int(engine.scores["num_docs"]), np.float32)
    data, rows, starts = engine.scores["data"], engine.scores["indices"], engine.scores["indptr"]
    for term, weight in terms.items():
        number = engine.vocab_dict.get(term)
        if number is not None:
            postings = slice(starts[number], starts[number + 1])
            total[rows[postings]] += np.float32(weight) * data[postings]
    return total
