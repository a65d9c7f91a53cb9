"""The nouns of the index: what is scored, what is found, what is answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from ingest.schema import Passage, Reference

FloatMatrix: TypeAlias = NDArray[np.float32]
"""Shape (n, d), one vector a row."""
FloatVector: TypeAlias = NDArray[np.float32]
"""Shape (d,)."""

Verdict = Literal["answered", "related", "not_covered"]


@dataclass(frozen=True, slots=True)
class TextVectors:
    """What a model makes of a text: one vector of the whole, shape (d,), and one of each of its t tokens, shape (t, e), all of unit length.

    The tokens are numbered as in the model's vocabulary, and each begins at a character of the text, both of shape (t,); special ones are
    left out.
    """

    whole: FloatVector
    tokens: FloatMatrix
    token_ids: NDArray[np.int64]
    starts: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class QuestionVectors(TextVectors):
    """What a model makes of a question: `whole` is near to what it is about, `asked`, shape (d,), nearer to what answers it.

    `asked_tokens`, shape (t, e), are its tokens read so. Where a model's questions have no adapter (`index.question_adapter`) both are the
    same as the others.
    """

    asked: FloatVector
    asked_tokens: FloatMatrix


class Embedder(Protocol):
    """Turns text into vectors of unit length; a question and a passage may be embedded differently."""

    @property
    def name(self) -> str:
        """The embedder's file name and model, as the manifest records them."""

    @property
    def digest(self) -> str:
        """A hash of the model's weights: an index refuses questions from any other model."""

    @property
    def dimension(self) -> int:
        """d, the length of a vector."""

    @property
    def max_tokens(self) -> int:
        """The longest text that the model reads, special tokens included; the rest would be cut off silently."""

    def count_tokens(self, text: str) -> int:
        """How many tokens of `max_tokens` the text takes, special tokens included."""

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of unit length, shape (len(texts), dimension), in the order of the texts."""

    def embed_question(self, text: str) -> FloatVector:
        """A vector of unit length, shape (dimension,)."""

    def read_question(self, text: str) -> QuestionVectors:
        """All that it makes of a question; without tokens if it knows none."""


@runtime_checkable
class TokenEmbedder(Embedder, Protocol):
    """An embedder that also gives the vectors of single tokens, for late interaction (`index.late_interaction`)."""

    @property
    def token_basis(self) -> str:
        """A digest of the space in which its token vectors lie; vectors of another space cannot be compared with them."""

    def read_passages(self, texts: Sequence[str]) -> Iterator[TextVectors]:
        """The vectors of each text, in the order of the texts."""


class Store(Protocol):
    """Finds the rows of a matrix that are nearest to a vector, by inner product. Stores vectors and does nothing else."""

    def __len__(self) -> int:
        """How many vectors are stored."""

    def search(self, vector: FloatVector, k: int) -> tuple[NDArray[np.int64], FloatVector]:
        """Row numbers and scores of the at most k nearest rows, best first, ties by row number."""

    def save(self, directory: Path) -> None:
        """Write all that `load(directory)` needs."""


@dataclass(frozen=True, slots=True)
class ScoredId:
    """A passage and its score; higher is always better."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found: `rank` counts from 1, `score` orders, `cosine` is the similarity of question and passage in [-1, 1]."""

    rank: int
    passage: Passage
    score: float
    cosine: float


@dataclass(frozen=True, slots=True)
class PageResult:
    """A page found: its best passage first. `rank` counts pages from 1."""

    rank: int
    score: float
    url: str
    title: str
    site_section: str
    reviewed_on: date | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where on our site a quote stands, and what it leans on. `fragment_url` lands on the very words (WICG text fragments)."""

    title: str
    heading_path: tuple[str, ...]
    url: str
    fragment_url: str
    references: tuple[Reference, ...] = ()
    reviewed_on: date | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class CarriedReference:
    """What a marker of an article stands for: `reference` is None if its list has no such entry; `claims` sentences carry it."""

    marker: str
    reference: Reference | None
    claims: int

    @property
    def status(self) -> Literal["listed", "missing"]:
        """Whether the article's list holds it."""
        return "listed" if self.reference else "missing"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words copied unchanged from an article: `text` equals the article's text from `start` to `end`."""

    text: str
    start: int
    end: int
    passage_id: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Answer:
    """The site's own words on a question, or the honest absence of them: `quotes` is empty unless the verdict is `answered`."""

    question: str
    verdict: Verdict
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Expansion:
    """An abbreviation read as its meaning."""

    abbreviation: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """An abbreviation with several meanings, the one that the site covers best first."""

    abbreviation: str
    meanings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a question was read: `corrected` is the text searched for if a spelling was mended, else "".

    `finished` is what was read of a question that is still being typed, its last word made whole; "" if nothing was added.
    `language` is "es" for a question that is Spanish beyond doubt, else "".
    """

    query: str
    corrected: str = ""
    expanded: tuple[Expansion, ...] = ()
    ambiguous: tuple[Ambiguity, ...] = ()
    finished: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a hit stands where it stands: cosines in [-1, 1], BM25 in all and by term, and what was added to the fused score."""

    window_cosine: float
    passage_cosine: float
    late: float
    """How well each of the question's tokens is met by one of the passage's, in [-1, 1]; 0 where it was not read."""
    lexical: float
    terms: Mapping[str, float]
    lexical_share: float
    boosts: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """All that a search found, before any HTTP. `total` counts the pages found before paging."""

    interpretation: Interpretation
    verdict: Verdict
    confidence: float
    results: tuple[PageResult, ...]
    total: int
