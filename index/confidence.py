"""What speaks for it that a site answers a query: the best cosine, and whether titles and headings name the topic."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalIndex, stem
from index.ranker import Scores
from index.vocabulary import Reading

LOOKED_AT = 5
"""Passages at the top whose headlines may name the topic."""
FORM_WORDS = frozenset(
    stem(word)
    for word in (
        "symptom sign treatment treat cause outlook information info research study diagnose diagnosis prevent prevention affect related "
        "help work find tell explain describe kind type mean definition available common risk happen need question thing way people person"
    ).split()
)
"""Words of how one asks, not of what one asks about: nearly every health page could have them in a heading."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """`cosine` of the best passage in [-1, 1]; `headline`: the share of the topic, by idf, that one of the best headlines names."""

    cosine: float
    headline: float


def gather_evidence(reading: Reading, scores: Scores, lexical: LexicalIndex, allowed: NDArray[np.bool_]) -> Evidence:
    """The evidence among the allowed passages; none at all if no passage is allowed."""
    if not allowed.any():
        return Evidence(0.0, 0.0)
    rows = np.flatnonzero(allowed)
    best = rows[np.argsort(-scores.fused[rows], kind="stable")[:LOOKED_AT]]
    return Evidence(float(scores.cosine[rows].max()), _headline_share(reading, lexical, best))


def _headline_share(reading: Reading, lexical: LexicalIndex, rows: NDArray[np.int64]) -> float:
    topic = [term for term in reading.own_terms if term not in FORM_WORDS] or list(reading.own_terms)
    weights = {term: lexical.idf(term) for term in topic}
    total = sum(weights.values())
    if total == 0:
        return 0.0
    named = sum(weight * _names(term, reading.meanings, lexical, rows) for term, weight in weights.items())
    return float(np.max(named)) / total


def _names(term: str, meanings: Mapping[str, tuple[str, ...]], lexical: LexicalIndex, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which headlines hold the term, or all words of what it means."""
    held = lexical.headline_contains(term)[rows]
    meaning = [lexical.headline_contains(one)[rows] for one in meanings.get(term, ())]
    return held | np.logical_and.reduce(meaning) if meaning else held
