"""Several scores of a passage made into one: a convex combination of min-max normalised scores.

Bruch, Gai and Ingber 2023 (https://doi.org/10.1145/3596512) find it better than reciprocal rank fusion and robust to its parameters.
"""

from dataclasses import dataclass

import numpy as np

from index.schema import FloatVector

RRF_K = 60
"""Cormack, Clarke and Büttcher 2009 (https://doi.org/10.1145/1571941.1572114)."""


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each score counts. Each was measured on the development sets; see ARCHITECTURE.md for what the neighbours scored."""

    window: float = 0.5
    """Share of the best window in the dense part; the whole passage has the rest."""
    lexical_least: float = 0.1
    lexical_step: float = 0.1
    lexical_most: float = 0.45
    """The lexical part grows with every word after the first: two words match by chance, eight seldom do."""
    exact: float = 1.0
    """Added to the fused score, itself at most 1, of a passage that holds the abbreviations and drug names of a short query: it cannot
    lose to a passage that only means nearly the same."""
    exact_words: int = 4
    exact_in_long: float = 0.3
    """In a longer query such a name is one word among many, and this times its share of the words is added: .2 for any cost up to .005."""

    def exact_bonus(self, *, names: int, words: int) -> float:
        """What each of the names of a query is worth."""
        return self.exact / max(names, 1) if words <= self.exact_words else self.exact_in_long / words

    def lexical_share(self, words: int) -> float:
        """The share of the lexical score for a query of so many different terms; a single word is a name that is being looked up."""
        if words == 0:
            return 0.0
        share = self.lexical_step * (words - 1)
        return self.lexical_most if words == 1 else min(max(share, self.lexical_least), self.lexical_most)


def fuse_scores(window: FloatVector, passage: FloatVector, lexical: FloatVector, *, words: int, weights: FusionWeights) -> FloatVector:
    """Scores in [0, 1], one per passage, from the cosine of its best window, its own cosine and its lexical score."""
    share = np.float32(weights.lexical_share(words))
    part = np.float32(weights.window)
    dense = part * normalise(window) + (1 - part) * normalise(passage)
    return np.asarray((1 - share) * dense + share * normalise(lexical), np.float32)


def fuse_ranks(scores: list[FloatVector]) -> FloatVector:
    """Reciprocal rank fusion, for comparison."""
    ranks = [np.argsort(np.argsort(-one, kind="stable"), kind="stable") + 1 for one in scores]
    return np.asarray(sum(1 / (RRF_K + rank) for rank in ranks), np.float32)


def normalise(scores: FloatVector) -> FloatVector:
    """The scores moved and stretched to [0, 1]; all 0 if they are all equal."""
    low, high = scores.min(initial=np.inf), scores.max(initial=-np.inf)
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
