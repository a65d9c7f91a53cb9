"""Several scores of a passage made into one: a convex combination of min-max normalised scores.

Bruch, Gai and Ingber 2023 (https://doi.org/10.1145/3596512) find it better than reciprocal rank fusion and robust to its one parameter.
"""

from dataclasses import dataclass

import numpy as np

from index.schema import FloatVector


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """Shares of the final score; they sum to 1."""

    window: float = 0.4
    passage: float = 0.4
    lexical: float = 0.2


def fuse_scores(window: FloatVector, passage: FloatVector, lexical: FloatVector, weights: FusionWeights) -> FloatVector:
    """Scores in [0, 1], one per passage, from the cosine of its best window, its own cosine and its BM25 score."""
    parts = ((window, weights.window), (passage, weights.passage), (lexical, weights.lexical))
    fused: FloatVector = np.sum([np.float32(weight) * normalise(scores) for scores, weight in parts], axis=0, dtype=np.float32)
    return fused


def normalise(scores: FloatVector) -> FloatVector:
    """The scores moved and stretched to [0, 1]; all 0 if they are all equal."""
    low, high = scores.min(initial=np.inf), scores.max(initial=-np.inf)
    return (scores - low) / (high - low) if high > low else np.zeros_like(scores)
