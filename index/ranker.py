"""Scores every passage for a query that has been read: meaning at two granularities, words, names; the best ones word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.contents import Contents
from index.fusion import FusionWeights, fuse_scores, normalise
from index.late_interaction import Span
from index.schema import FloatVector, QuestionVectors, TextVectors
from index.vocabulary import Reading

DEPTH = 50_000
"""Rows that are asked of the store: all, for any clinic. Rows further down count as the last one found, which costs quality
(nDCG@10 .709 with all 9,300 rows of covidqa, .693 with 5,000, .676 with 2,000): cut only where all would take too long."""


@dataclass(frozen=True, slots=True)
class Scores:
    """One number a passage in each field: what orders (`fused`), and what it is made of."""

    fused: FloatVector
    window: FloatVector
    passage: FloatVector
    lexical: FloatVector
    exact: FloatVector
    late: FloatVector
    """0 for a passage that was not among the best."""
    asked: FloatVector
    """The cosine of a passage, or of its best window, with what the question asks, where `cosine` is that with what it is about."""

    @property
    def cosine(self) -> FloatVector:
        """The better of a passage's own cosine and that of its best window."""
        return np.maximum(self.window, self.passage)


class Ranker:
    """The scores of one index; holds no state that changes."""

    def __init__(self, contents: Contents, weights: FusionWeights) -> None:
        self.store, self.lexical, self.tokens, self.weights = contents.store, contents.lexical, contents.tokens, weights
        self._page_lexical, self._pages = contents.page_lexical, contents.rows["pages"]
        self._owners, self._is_window = contents.rows["owners"], contents.rows["is_window"].astype(bool)
        self.passages = len(self.lexical)

    def score(self, reading: Reading, question: QuestionVectors, allowed: NDArray[np.bool_] | None = None) -> Scores:
        """All scores for a query and its vectors; only passages that are allowed are read word by word."""
        rows, cosines = self.store.search(question.whole, min(len(self.store), DEPTH))
        is_window = self._is_window[rows]
        window = self._best(rows[is_window], cosines[is_window], cosines.min())
        passage = self._best(rows[~is_window], cosines[~is_window], cosines.min())
        lexical = self.lexical.score(reading.terms)
        exact = self._exact_bonus(reading)
        fields = (window, passage, lexical, self._page_lexical.score(reading.terms)[self._pages])
        fused = fuse_scores(*fields, weights=self.weights) + exact
        late = np.zeros(self.passages, np.float32)
        if len(self.tokens) and len(question.token_ids):
            best = self._best_rows(fused, allowed)
            late[best] = self.tokens.score(question, best)
            fused = fuse_scores(*fields, weights=self.weights, late=_spread(late, best)) + exact
        return Scores(fused, window, passage, lexical, exact, late, self.cosines(question.asked))

    def _best_rows(self, fused: FloatVector, allowed: NDArray[np.bool_] | None) -> NDArray[np.int64]:
        rows = np.arange(self.passages) if allowed is None else np.flatnonzero(allowed)
        return rows[np.argsort(-fused[rows], kind="stable")[: self.weights.late_depth]]

    def cosines(self, vector: FloatVector) -> FloatVector:
        """The cosine of each passage, or of its best window, with a vector; shape (passages,)."""
        rows, cosines = self.store.search(vector, min(len(self.store), DEPTH))
        return self._best(rows, cosines, cosines.min())

    def match_spans(self, question: TextVectors, row: int, spans: Sequence[Span]) -> FloatVector:
        """How well spans of what was read of a passage meet a question word by word; 0 where no passage has tokens."""
        return self.tokens.score_spans(question, row, spans) if len(self.tokens) else np.zeros(len(spans), np.float32)

    def term_score(self, term: str, weight: float, row: int) -> float:
        """What one term brings to the lexical score of one passage."""
        return float(self.lexical.score({term: weight})[row])

    def _best(self, rows: NDArray[np.int64], cosines: FloatVector, rest: np.float32) -> FloatVector:
        best = np.full(self.passages, rest, np.float32)
        np.maximum.at(best, self._owners[rows], cosines)
        return best

    def _exact_bonus(self, reading: Reading) -> FloatVector:
        """What is added to each passage for the names of the query that it holds, or for what they stand for."""
        held = np.zeros(self.passages, np.float32)
        for term in sorted(reading.exact):
            meaning = [self.lexical.contains(one) for one in reading.meanings.get(term, ())]
            held += self.lexical.contains(term) | (np.logical_and.reduce(meaning) if meaning else False)
        return held * np.float32(self.weights.exact_bonus(names=len(reading.exact), words=reading.words))


def _spread(late: FloatVector, rows: NDArray[np.int64]) -> FloatVector:
    """The scores of these rows moved and stretched to [0, 1], those of all others 0."""
    spread = np.zeros_like(late)
    spread[rows] = normalise(late[rows])
    return spread
