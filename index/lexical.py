"""Words that match words: BM25 over titles, headings and bodies, each field with its weight."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import bm25s
import numpy as np
import Stemmer
from bm25s.stopwords import STOPWORDS_EN

from index.schema import FloatVector
from ingest.schema import Passage

K1, B = 1.2, 0.75
"""Lucene's defaults (Robertson and Zaragoza 2009, https://doi.org/10.1561/1500000019)."""
TITLE_WEIGHT = 2
HEADING_WEIGHT = 2
"""A word of a title or heading counts as often as this, as in BM25F with integer weights."""
WORD = re.compile(r"\w+(?:[.,]\d+)*")
STOP_WORDS = frozenset(STOPWORDS_EN)


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


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """The stem of a folded word (Porter2, https://snowballstem.org)."""
    stemmed: str = Stemmer.Stemmer("english", 0).stemWord(word)
    return stemmed


def passage_terms(passage: Passage) -> list[str]:
    """The terms of a passage, those of its title and headings repeated by their weight."""
    headings = " ".join(heading for heading in passage.heading_path if heading != passage.title)
    return [*find_terms(passage.title) * TITLE_WEIGHT, *find_terms(headings) * HEADING_WEIGHT, *find_terms(passage.text)]


class LexicalIndex:
    """BM25 scores of every document for weighted terms; documents are numbered in the order in which they were given."""

    def __init__(self, engine: bm25s.BM25) -> None:
        self._engine = engine

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]]) -> "LexicalIndex":
        """An index over documents given as their terms."""
        engine = bm25s.BM25(k1=K1, b=B, method="lucene")
        engine.index([list(terms) or [""] for terms in documents], show_progress=False)
        return cls(engine)

    @classmethod
    def load(cls, directory: Path) -> "LexicalIndex":
        """The index that `save` wrote into a folder."""
        return cls(bm25s.BM25.load(str(directory)))

    def save(self, directory: Path) -> None:
        """Writes all that `load` needs."""
        self._engine.save(str(directory), show_progress=False)

    def __len__(self) -> int:
        return int(self._engine.scores["num_docs"])

    def score(self, terms: Mapping[str, float]) -> FloatVector:
        """BM25 of every document, 0 or more; a term counts as much as its weight."""
        total = np.zeros(len(self), np.float32)
        for term, weight in terms.items():
            if term in self._engine.vocab_dict:
                total += np.float32(weight) * self._engine.get_scores([term]).astype(np.float32)
        return total
