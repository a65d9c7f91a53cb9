"""Every sentence of a site as a vector: what a question is compared with when its answer is quoted.

Embedded when the index is built, because two dozen sentences embedded while somebody waits would take longer than the search itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.schema import FloatMatrix, FloatVector, QuestionVectors
from ingest.schema import Article, Section, Sentence


@dataclass(frozen=True, slots=True)
class SentenceCosines:
    """Of n sentences, shape (n,) each: with what a question is about, and with what it asks."""

    topic: FloatVector
    asked: FloatVector


VECTORS_FILE = "sentence_vectors.npy"


def iter_sentences(article: Article) -> Iterator[tuple[Section, Sentence]]:
    """The sentences of an article in reading order, each with its section: row i of the article's vectors is the i-th of them."""
    return ((section, sentence) for section in article.sections for sentence in section.sentences)


def sentence_texts(articles: Sequence[Article]) -> list[str]:
    """What is embedded for each sentence: title and headings in front, since "It takes 16 weeks" alone says nothing.

    Found best among five: with the whole path a sentence that answers is the nearest of its page in .40 of cases, with the title .35,
    with the last heading .30, alone .26, with its neighbours .18 (80 answered queries of the sample clinic's development half).
    """
    return [
        f"{' > '.join(dict.fromkeys((article.title, *section.heading_path)))}: {article.text[sentence.start : sentence.end]}"
        for article in articles
        for section, sentence in iter_sentences(article)
    ]


def save_sentence_vectors(vectors: FloatMatrix, directory: Path) -> None:
    """Writes the vectors of `sentence_texts`, at half precision, which moves a cosine by less than .001."""
    np.save(directory / VECTORS_FILE, vectors.astype(np.float16))


class SentenceVectors:
    """The sentence vectors of a site, by article."""

    def __init__(self, articles: Sequence[Article], vectors: NDArray[np.float16]) -> None:
        counts = [sum(1 for _ in iter_sentences(article)) for article in articles]
        if sum(counts) != len(vectors):
            raise ValueError(f"There are {len(vectors)} sentence vectors for {sum(counts)} sentences: they belong to another site.")
        ends = np.cumsum([0, *counts]).tolist()
        self._vectors = vectors
        self._spans = {article.url: span for article, span in zip(articles, pairwise(ends), strict=True)}

    @classmethod
    def load(cls, directory: Path, articles: Sequence[Article]) -> "SentenceVectors":
        """The vectors that `save_sentence_vectors` wrote for these articles. Raises `ValueError` if they are those of other articles."""
        return cls(articles, np.load(directory / VECTORS_FILE))

    def similarities(self, url: str, question: QuestionVectors) -> SentenceCosines:
        """Cosines of a question with the sentences of an article, in reading order."""
        start, end = self._spans[url]
        vectors = self._vectors[start:end].astype(np.float32)
        return SentenceCosines(vectors @ question.whole, vectors @ question.asked)
