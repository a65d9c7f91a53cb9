"""What speaks for it that a site answers a query: how near the best passage is, how far ahead, and whether the words are there."""

from collections.abc import Callable, Mapping
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


RUNNER_UP = 50
"""The place of the passage that the best one is compared with. AUROC on the development sets hardly moves from 30 to 80; with fewer the
passages on the same topic count as rivals, with more the number is that of the topic, not of the answer."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known before anything is read.

    `cosine` of the best passage with what is asked, in [-1, 1]; `lead`: how much nearer it is than the 50th, for some queries are near to
    everything; `headline`: the share of the topic, by idf, that one of the best headlines names; `missing`: the share that no passage
    holds; `words`: how many different terms were asked for.
    """

    cosine: float
    lead: float = 0.0
    headline: float = 0.0
    missing: float = 0.0
    words: int = 0
    topic: float = 0.0
    """The cosine of the best passage with what the query is about."""


def gather_evidence(reading: Reading, scores: Scores, lexical: LexicalIndex, allowed: NDArray[np.bool_]) -> Evidence:
    """The evidence among the allowed passages; none at all if no passage is allowed."""
    if not allowed.any():
        return Evidence(0.0, missing=1.0, words=reading.words)
    rows = np.flatnonzero(allowed)
    best = rows[np.argsort(-scores.fused[rows], kind="stable")[:LOOKED_AT]]
    cosines = np.sort(scores.asked[rows])[::-1]
    topic = [term for term in reading.own_terms if term not in FORM_WORDS] or list(reading.own_terms)
    weights = {term: lexical.idf(term) for term in topic}
    return Evidence(
        cosine=float(cosines[0]),
        lead=float(cosines[0] - cosines[min(RUNNER_UP, len(cosines) - 1)]),
        headline=_most_held(weights, reading, lexical.headline_contains, best),
        missing=_share_missing(weights, reading, lexical.contains, rows),
        words=reading.words,
        topic=float(scores.cosine[rows].max()),
    )


Contains = Callable[[str], NDArray[np.bool_]]


def _most_held(weights: Mapping[str, float], reading: Reading, contains: Contains, rows: NDArray[np.int64]) -> float:
    """The largest share of the weights whose terms one of the rows holds."""
    held = sum(weight * _holds(term, reading.meanings, contains, rows) for term, weight in weights.items())
    return float(np.max(held)) / sum(weights.values()) if weights else 0.0


def _share_missing(weights: Mapping[str, float], reading: Reading, contains: Contains, rows: NDArray[np.int64]) -> float:
    """The share of the weights whose terms none of the rows holds; a query without words lacks none."""
    lost = sum(weight for term, weight in weights.items() if not _holds(term, reading.meanings, contains, rows).any())
    return lost / sum(weights.values()) if weights else 0.0


def _holds(term: str, meanings: Mapping[str, tuple[str, ...]], contains: Contains, rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which rows hold the term, or all words of what it means."""
    held = contains(term)[rows]
    meaning = [contains(one)[rows] for one in meanings.get(term, ())]
    return held | np.logical_and.reduce(meaning) if meaning else held
