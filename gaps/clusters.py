"""Questions gathered by meaning.

Every question joins the nearest leader if it is near enough and else becomes one itself, the most asked first (leader clustering,
Hartigan 1975). There is no class for "the rest", the order of the log does not matter, and last week's leaders lead again, so that a
cluster keeps its name while it is asked about. The time grows with questions times clusters.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from gaps.schema import LoggedQuestion
from index.schema import FloatMatrix

Embed = Callable[[Sequence[str]], FloatMatrix]
"""Vectors of unit length, one a row, shape (n, d)."""

SAME_MEANING = 0.75
"""Cosine from which two questions ask the same: the default of sentence-transformers' `community_detection`
(https://sbert.net/docs/package_reference/util/util.html)."""
TREND_DAYS = 28
"""Four whole weeks: no weekday counts more often than another."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions of one meaning; `leader` is the wording that stands for them, `questions` are what the log holds of them."""

    leader: str
    questions: tuple[LoggedQuestion, ...]

    @property
    def volume(self) -> int:
        """How often it was asked."""
        return sum(question.count for question in self.questions)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The different wordings, the most frequent first."""
        counts: dict[str, int] = defaultdict(int)
        for question in self.questions:
            counts[question.text] += question.count
        return tuple(sorted(counts, key=lambda text: (-counts[text], text)))

    @property
    def unanswered_share(self) -> float:
        """The share in [0, 1] that was asked without a confident answer: half of the medium band and all of the low one."""
        weight = {"high": 0.0, "medium": 0.5, "low": 1.0}
        return sum(weight[question.band] * question.count for question in self.questions) / self.volume if self.volume else 0.0

    def asked_between(self, first: date, last: date) -> int:
        """How often it was asked from the first to the last day, both included."""
        return sum(question.count for question in self.questions if first <= question.day <= last)

    def recent(self, today: date) -> int:
        """How often it was asked in the four weeks up to today."""
        return self.asked_between(today - timedelta(days=TREND_DAYS - 1), today)

    def trend(self, today: date) -> float:
        """The change from the four weeks before to the last four weeks: 1.0 is twice as often, 0.0 the same, -1.0 no more."""
        recent = self.recent(today)
        before = self.asked_between(today - timedelta(days=2 * TREND_DAYS - 1), today - timedelta(days=TREND_DAYS))
        return (recent - before) / before if before else float(recent > 0)


def cluster_questions(questions: Sequence[LoggedQuestion], *, embed: Embed, leaders: Sequence[str] = ()) -> list[Cluster]:
    """Clusters that hold every question exactly once, the most asked first. `leaders` are those of the last run."""
    by_text: dict[str, list[LoggedQuestion]] = defaultdict(list)
    for question in questions:
        by_text[question.text].append(question)
    texts = sorted(by_text, key=lambda text: (-sum(question.count for question in by_text[text]), text))
    if not texts:
        return []
    known = [leader for leader in dict.fromkeys(leaders) if leader]
    vectors = embed([*known, *texts])
    chosen = _choose_leaders(vectors, len(known))
    nearest = np.argmax(vectors[len(known) :] @ vectors[chosen].T, axis=1)
    members: dict[int, list[LoggedQuestion]] = defaultdict(list)
    for text, at in zip(texts, nearest, strict=True):
        members[chosen[int(at)]].extend(by_text[text])
    names = [*known, *texts]
    clusters = [Cluster(names[leader], tuple(asked)) for leader, asked in members.items()]
    return sorted(clusters, key=lambda cluster: (-cluster.volume, cluster.leader))


def _choose_leaders(vectors: FloatMatrix, known: int) -> list[int]:
    """Rows that lead: the known ones, and every other row that is near to no leader before it."""
    leaders = np.zeros_like(vectors)
    chosen: list[int] = []
    for at, vector in enumerate(vectors):
        near = at >= known and chosen and float(np.max(leaders[: len(chosen)] @ vector)) >= SAME_MEANING
        if not near:
            leaders[len(chosen)] = vector
            chosen.append(at)
    return chosen
