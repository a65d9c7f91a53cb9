"""An embedder without a model, for tests: the same words give the same vector, other words give a nearly orthogonal one."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from index.errors import UnusableModel
from index.schema import FloatMatrix, FloatVector, QuestionVectors, TextVectors

DEFAULT_DIMENSION = 512
"""Two unrelated words have a cosine of 0 +- 1/sqrt(512) = .04: a nonsense word matches nothing (with 4,096 hashed buckets one did)."""
VOCABULARY = 30_000
"""Words are numbered up to here; two of them may share a number, which only tells how rare they are."""
WORD = re.compile(r"\w+")


def load(model: str = "") -> "HashingEmbedder":
    """An embedder whose vectors have `model` dimensions (a number; default 512)."""
    if model and not model.isdecimal():
        raise UnusableModel(f"The model of the hashing embedder is its number of dimensions, such as 512, not {model!r}.")
    return HashingEmbedder(int(model or DEFAULT_DIMENSION))


class HashingEmbedder:
    """A bag of words, each word a fixed random direction (Achlioptas 2003, https://doi.org/10.1016/S0022-0000(03)00025-4)."""

    max_tokens = 256

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.name = f"hashing:{dimension}"
        self.digest = blake2b(self.name.encode(), digest_size=32).hexdigest()
        self.token_basis = self.name

    def count_tokens(self, text: str) -> int:
        """Words, and two as for the special tokens of a real model."""
        return len(WORD.findall(text)) + 2

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of unit length, shape (len(texts), dimension); a text without words points along the first axis."""
        return np.stack([self.embed_question(text) for text in texts]) if texts else np.zeros((0, self.dimension), np.float32)

    def embed_question(self, text: str) -> FloatVector:
        """A vector of unit length, shape (dimension,)."""
        vector = np.zeros(self.dimension, np.float32)
        for word, count in sorted(Counter(WORD.findall(text.lower())[: self.max_tokens]).items()):
            vector += np.float32(np.sqrt(count)) * _direction(word, self.dimension)
        length = np.linalg.norm(vector)
        return (vector / length).astype(np.float32) if length > 0 else np.eye(1, self.dimension, dtype=np.float32)[0]

    def read_passages(self, texts: Sequence[str]) -> Iterator[TextVectors]:
        """The vectors of each text and of its words."""
        return map(self.read_question, texts)

    def read_question(self, text: str) -> QuestionVectors:
        """The vectors of a question and of its words."""
        words = list(WORD.finditer(text.lower()))[: self.max_tokens]
        directions = [_direction(word[0], self.dimension) for word in words]
        tokens = np.stack(directions) if directions else np.zeros((0, self.dimension), np.float32)
        whole = self.embed_question(text)
        return QuestionVectors(
            whole=whole,
            tokens=tokens,
            token_ids=np.array([_seed(word[0]) % VOCABULARY for word in words], np.int64),
            starts=np.array([word.start() for word in words], np.int64),
            asked=whole,
            asked_tokens=tokens,
        )


def _seed(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


@lru_cache(maxsize=65_536)
def _direction(word: str, dimension: int) -> FloatVector:
    signs = np.random.default_rng(_seed(word)).integers(0, 2, dimension) * 2 - 1
    return np.asarray(signs / np.sqrt(dimension), np.float32)
