"""Vectors of every sentence of a site, made when its index is built: what an answer is chosen by.

STAND-IN: the original was overwritten by mistake and this written again from its tests and callers. Owner: put yours back.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.schema import FloatMatrix, FloatVector
from ingest.schema import Article, Section, Sentence

FILE = "sentence_vectors.npy"


def iter_sentences(article: Article) -> Iterator[tuple[Section, Sentence]]:
    """The sentences of an article in reading order, each with its section."""
    return ((section, sentence) for section in article.sections for sentence in section.sentences)


def evidence_texts(articles: Sequence[Article]) -> list[str]:
    """What the model reads of each sentence, article by article: title and headings, a colon, the sentence."""
    return [_evidence_text(article, section, sentence) for article in articles for section, sentence in iter_sentences(article)]


def _evidence_text(article: Article, section: Section, sentence: Sentence) -> str:
    header = " > ".join(filter(None, dict.fromkeys((article.title, *section.heading_path))))
    return f"{header}: {article.text[sentence.start : sentence.end]}"


def save_evidence(vectors: FloatMatrix, directory: Path) -> None:
    """Writes the vectors of `evidence_texts`, at half precision."""
    np.save(directory / FILE, vectors.astype(np.float16))


class Evidence:
    """The sentence vectors of a site, by article."""

    def __init__(self, articles: Sequence[Article], vectors: NDArray[np.float16]) -> None:
        counts = [sum(1 for _ in iter_sentences(article)) for article in articles]
        if sum(counts) != len(vectors):
            raise ValueError(f"There are {len(vectors)} sentence vectors for {sum(counts)} sentences: they belong to another site.")
        ends = np.cumsum([0, *counts]).tolist()
        self._vectors = vectors
        self._spans = {article.url: span for article, span in zip(articles, pairwise(ends), strict=True)}

    @classmethod
    def load(cls, directory: Path, articles: Sequence[Article]) -> "Evidence":
        """The vectors that `save_evidence` wrote for these articles. Raises `ValueError` if they are those of other articles."""
        return cls(articles, np.load(directory / FILE))

    def similarities(self, url: str, question: FloatVector) -> FloatVector:
        """Cosines of a question with the sentences of an article, in reading order."""
        start, end = self._spans[url]
        return np.asarray(self._vectors[start:end].astype(np.float32) @ question, np.float32)
