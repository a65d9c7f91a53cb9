"""Several scores of a passage made into one: a convex combination of min-max normalised scores.

Bruch, Gai and Ingber 2023 (https://doi.org/10.1145/3596512) find it better than reciprocal rank fusion and robust to its parameters.
"""

from dataclasses import dataclass
from math import log

import numpy as np

from index.schema import FloatVector

RRF_K = 60
"""Cormack, Clarke and Büttcher 2009 (https://doi.org/10.1145/1571941.1572114)."""


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """What each score counts. Each was measured on the development sets; see ARCHITECTURE.md for what the neighbours scored."""

    window: float = 0.65
    """Share of the best window in the dense part; the whole passage has the rest."""
    page: float = 0.3
    """Share of the whole page in the lexical part: a passage need not repeat what its page is about."""
    lexical_most: float = 0.45
    lexical_full: float = 70.0
    """The lexical part grows with what the best match says: its BM25 score (the information of the words it shares with the query) times
    the logarithm of the number of passages (in a large collection vectors crowd, rare words do not); it is full from here on. Words that
    stand everywhere, or nowhere, thus leave the ranking to the vectors: lay questions share few words with articles."""
    late: float = 0.5
    late_depth: int = 50
    """Share of late interaction in the dense part, and how many of the best passages are read for it: 20 lose .005 on the mean of four
    sets, 100 and 200 gain nothing. From .4 to .6 the mean moves by less than .003. See ARCHITECTURE.md for what it gains."""
    exact: float = 1.0
    """Added to the fused score, itself at most 1, of a passage that holds the abbreviations and drug names of a short query: it cannot
    lose to a passage that only means nearly the same."""
    exact_words: int = 4
    exact_in_long: float = 0.3
    """In a longer query such a name is one word among many, and this times its share of the words is added: .2 for any cost up to .005."""

    def exact_bonus(self, *, names: int, words: int) -> float:
        """What each of the names of a query is worth."""
        return self.exact / max(names, 1) if words <= self.exact_words else self.exact_in_long / words

    def lexical_share(self, lexical: FloatVector) -> float:
        """The share of the lexical score where these are the lexical scores of all passages."""
        told = float(lexical.max(initial=0.0)) * log(max(len(lexical), 1))
        return self.lexical_most * min(told / self.lexical_full, 1.0)


def fuse_scores(
    window: FloatVector,
    passage: FloatVector,
    lexical: FloatVector,
    page_lexical: FloatVector,
    *,
    weights: FusionWeights,
    late: FloatVector | None = None,
) -> FloatVector:
    """Scores in [0, 1], one per passage: cosine of its best window, its own cosine, its lexical score, and that of its whole page.

    `late` is in [0, 1]: how well the passages that were read meet the question's words, 0 for those that were not.
    """
    share, page, part = (np.float32(one) for one in (weights.lexical_share(lexical), weights.page, weights.window))
    dense = part * normalise(window) + (1 - part) * normalise(passage)
    if late is not None:
        dense = np.float32(1 - weights.late) * dense + np.float32(weights.late) * late
    words = normalise((1 - page) * scale(lexical) + page * scale(page_lexical))
    return np.asarray((1 - share) * dense + share * words, np.float32)


def fuse_ranks(scores: list[FloatVector]) -> FloatVector:
    """Reciprocal rank fusion, for comparison."""
    ranks = [np.argsort(np.argsort(-one, kind="stable"), kind="stable") + 1 for one in scores]
    return np.asarray(sum(1 / (RRF_K + rank) for rank in ranks), np.float32)


def normalise(scores: FloatVector) -> FloatVector:
    """The scores moved and stretched to [0, 1]; all 0 if they are all equal."""
    low, high = scores.min(initial=np.inf), scores.max(initial=-np.inf)
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)


def scale(scores: FloatVector) -> FloatVector:
    """Scores of 0 or more stretched so that the best one is 1; a score of 0 says the same in every query and stays."""
    high = scores.max(initial=0.0)
    return scores / high if high > 0 else scores
