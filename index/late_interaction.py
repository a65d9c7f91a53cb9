"""How well a passage meets each word of a question: late interaction (Khattab and Zaharia 2020, https://doi.org/10.1145/3397271.3401075).

One vector of a whole passage blurs what it says. Here each token of the question is compared with each token of the passage, the best match
of each counts, and the mean over the question is the score: "MaxSim", with the sentence model's own token vectors, untrained for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.schema import FloatMatrix, FloatVector, TextVectors

SCALE = 127
"""Vectors are kept as whole numbers of a byte: 128 bytes a token, about 20 kB a passage."""
FILE = "tokens.npz"


Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """The tokens of one passage: vectors in whole numbers, shape (t, e), their numbers and where they begin, shape (t,)."""

    vectors: NDArray[np.int8]
    token_ids: NDArray[np.int32]
    starts: NDArray[np.int32]
    """Characters of the text that was read: title, headings and all."""


def keep_tokens(vectors: TextVectors) -> PassageTokens:
    """What is kept of a passage that was read."""
    whole_numbers = np.rint(vectors.tokens * SCALE).astype(np.int8)
    return PassageTokens(whole_numbers, vectors.token_ids.astype(np.int32), vectors.starts.astype(np.int32))


class LateInteraction:
    """The tokens of all passages, in memory: 600 passages are 15 MB, 10,000 are 240. A mapped file would end the server if it were cut."""

    def __init__(self, tokens: PassageTokens, first: NDArray[np.int64]) -> None:
        """`tokens` are those of all passages in a row; those of passage i begin at `first[i]` and end before `first[i + 1]`."""
        self._tokens, self._first = tokens, first
        self._rarity = _measure_rarity(tokens.token_ids, first)

    @classmethod
    def build(cls, passages: Sequence[PassageTokens]) -> "LateInteraction":
        """The tokens of these passages, in their order."""
        first = np.cumsum([0, *(len(passage.token_ids) for passage in passages)], dtype=np.int64)
        if not passages:
            return cls(PassageTokens(np.zeros((0, 0), np.int8), np.zeros(0, np.int32), np.zeros(0, np.int32)), first)
        vectors, ids, starts = zip(*((one.vectors, one.token_ids, one.starts) for one in passages), strict=True)
        return cls(PassageTokens(np.concatenate(vectors), np.concatenate(ids), np.concatenate(starts)), first)

    @classmethod
    def load(cls, directory: Path) -> "LateInteraction":
        """The tokens that `save` wrote."""
        with np.load(directory / FILE) as arrays:
            return cls(PassageTokens(arrays["vectors"], arrays["token_ids"], arrays["starts"]), arrays["first"])

    def save(self, directory: Path) -> None:
        """Writes all that `load` needs."""
        tokens = self._tokens
        np.savez(directory / FILE, vectors=tokens.vectors, token_ids=tokens.token_ids, starts=tokens.starts, first=self._first)

    def __len__(self) -> int:
        return len(self._first) - 1

    def passage(self, row: int) -> PassageTokens:
        """The tokens of one passage."""
        span = slice(int(self._first[row]), int(self._first[row + 1]))
        return PassageTokens(self._tokens.vectors[span], self._tokens.token_ids[span], self._tokens.starts[span])

    def between(self, row: int, start: int, end: int) -> PassageTokens:
        """The tokens of one passage that begin in these characters of its text."""
        tokens = self.passage(row)
        span = slice(*np.searchsorted(tokens.starts, (start, end)).tolist())
        return PassageTokens(tokens.vectors[span], tokens.token_ids[span], tokens.starts[span])

    def score(self, question: TextVectors, rows: NDArray[np.int64]) -> FloatVector:
        """For each of these passages the mean, over the question's tokens by their rarity, of the best cosine with one of its tokens."""
        if not len(rows) or not len(question.token_ids):
            return np.zeros(len(rows), np.float32)
        best = _best_matches([self.passage(int(row)).vectors for row in rows], question.tokens)
        return _mean_match(best, self.weigh(question.token_ids))

    def score_spans(self, question: TextVectors, row: int, spans: Sequence[Span]) -> FloatVector:
        """The same for spans of characters of one passage's text, each read by the tokens that begin in it."""
        if not len(spans) or not len(question.token_ids):
            return np.zeros(len(spans), np.float32)
        tokens = self.passage(row)
        bounds = np.searchsorted(tokens.starts, np.array(spans))
        best = _best_matches([tokens.vectors[first:last] for first, last in bounds.tolist()], question.tokens)
        return _mean_match(best, self.weigh(question.token_ids))

    def weigh(self, token_ids: NDArray[np.int64]) -> FloatVector:
        """What each token of a question counts, in all 1: the root of its inverse document frequency.

        nDCG@10 on the sample clinic's development half and on three public sets: .768, .892, .742 and .735; with all tokens alike
        .758, .892, .741 and .731.
        """
        unknown = rarity_of(np.zeros(1), len(self))[0]
        weights = np.array([self._rarity[token] if token < len(self._rarity) else unknown for token in token_ids], np.float32)
        return np.asarray(weights / weights.sum(), np.float32)


def _best_matches(passages: Sequence[NDArray[np.int8]], question: FloatMatrix) -> FloatMatrix:
    """The best cosine of each passage with each token of the question, shape (passages, tokens); 0 where a passage has no token."""
    filled = [at for at, vectors in enumerate(passages) if len(vectors)]
    best = np.zeros((len(passages), len(question)), np.float32)
    if filled:
        lengths = [len(passages[at]) for at in filled]
        tokens = np.concatenate([passages[at] for at in filled]).astype(np.float32)
        with np.errstate(invalid="ignore"):  # some BLAS kernels raise the flag for lanes that they fill up and throw away
            cosines = tokens @ np.ascontiguousarray(question.T / SCALE)
        best[filled] = np.maximum.reduceat(cosines, np.cumsum([0, *lengths[:-1]]), axis=0)
    return best


def _mean_match(best: FloatMatrix, weights: FloatVector) -> FloatVector:
    """The weighted mean of each row, shape (passages,); summed here, since for so few columns a BLAS kernel may raise a false alarm."""
    return np.asarray((best * weights).sum(axis=1), np.float32)


def _measure_rarity(token_ids: NDArray[np.int32], first: NDArray[np.int64]) -> FloatVector:
    """For each number of the vocabulary up to the highest in use the root of its inverse document frequency, above 0."""
    held = np.zeros(int(token_ids.max(initial=-1)) + 1, np.int64)
    for start, end in pairwise(first.tolist()):
        held[np.unique(token_ids[start:end])] += 1
    return rarity_of(held, len(first) - 1)


def rarity_of(held: NDArray[np.number], passages: int) -> FloatVector:
    """The root of the inverse document frequency of tokens that so many of the passages hold, shape as given."""
    return np.asarray(np.sqrt(np.log1p(max(passages, 1) / (1 + held))), np.float32)
