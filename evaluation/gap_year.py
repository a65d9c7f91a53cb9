"""A simulated year of questions: whether clusters of a log show the holes of a site that were planted in it.

Visitors ask about the site's own topics, by a law of popularity, and about topics that the site does not have; some of these are on the
rise. The search that answers them is the real one, so that every miss of it and of the clustering counts.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from gaps.clusters import Cluster, cluster_questions
from gaps.context import CheckContext
from gaps.demand import Demand, find_demand
from gaps.question_log import append_questions, read_questions
from gaps.topics import Kind, Topic, find_topics
from index.schema import FloatMatrix
from index.searcher import Searcher

QUESTIONS = 50_000
LAST_DAY = date(2026, 11, 23)
DAYS = 365
HOLE_SHARE = 0.1
"""Of all questions, those about holes: search logs of health sites leave 5 to 15 % without a result."""
RISING = 3
"""Holes that are asked about ten times as often in the last four weeks."""
RISE = 10.0
SEED = 9
HOLES: Mapping[str, Kind] = {
    "tinnitus": "condition",
    "hoarding disorder": "condition",
    "schizophrenia": "condition",
    "selective mutism": "condition",
    "body dysmorphic disorder": "condition",
    "trichotillomania": "condition",
    "gambling addiction": "condition",
    "gender dysphoria": "condition",
    "dissociative identity disorder": "condition",
    "sleepwalking": "condition",
    "chronic fatigue syndrome": "condition",
    "ketamine therapy": "therapy",
    "neurofeedback": "therapy",
    "equine therapy": "therapy",
    "hypnosis": "therapy",
    "music therapy": "therapy",
}
"""What a site may lack; those whose words it does hold are left out."""
WORDINGS: Mapping[Kind, Sequence[str]] = {
    "condition": (
        "what is {}",
        "{} symptoms",
        "do you treat {}",
        "help for {}",
        "{} treatment",
        "how do i know if i have {}",
        "what causes {}",
    ),
    "therapy": ("what is {}", "does {} work", "do you offer {}", "{} cost", "how long does {} take", "{} near me"),
    "service": ("what is {}", "{} cost", "how do i start {}", "{} hours"),
}
MISSING = ("not covered", "thin", "wording")
"""Causes that say that words are missing; only the first says that the site has a hole."""


@dataclass(frozen=True, slots=True)
class _Asked:
    topic: Topic
    weight: float
    rising: bool = False


def measure_gap_year(index: Path, *, detail: bool = False) -> Mapping[str, Any]:
    """Recall and precision of the holes, share of rising ones seen to rise, how stable clusters are from one week to the next.

    `index` is the root of a built index. The year is seeded: the same index gives the same figures.
    """
    searcher = Searcher.open(index)
    context = CheckContext(searcher.site, LAST_DAY, search=searcher.search)
    topics = _choose_topics(context)
    holes = [asked for asked in topics if not asked.topic.url]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log.sqlite"
        rows = _simulate(topics, searcher)
        append_questions(log, rows, scrub=str)
        questions = read_questions(log)
    clusters = cluster_questions(questions, embed=lambda texts: _embed(searcher, texts))
    found = [demand for demand in find_demand(context, clusters) if demand.cause in MISSING]
    uncovered = [demand for demand in found if demand.cause == "not covered"]
    last_week = LAST_DAY - timedelta(days=7)
    before = cluster_questions([one for one in questions if one.day <= last_week], embed=lambda texts: _embed(searcher, texts))
    again = cluster_questions(questions, embed=lambda texts: _embed(searcher, texts), leaders=[cluster.leader for cluster in before])
    figures: dict[str, Any] = {
        "questions": len(rows),
        "shown": sum(question.count for question in questions),
        "clusters": len(clusters),
        "holes": len(holes),
        "hole_recall": _share(any(_is_about(demand, hole) for demand in uncovered) for hole in holes),
        "hole_precision": _share(any(_is_about(demand, hole) for hole in holes) for demand in uncovered),
        "precision_of_all_causes": _share(any(_is_about(demand, hole) for hole in holes) for demand in found),
        "rising_seen": _share(_rises(clusters, hole) for hole in holes if hole.rising),
        "largest_cluster": max((cluster.volume for cluster in clusters), default=0) / max(1, sum(cluster.volume for cluster in clusters)),
        "stable": _stability(before, again),
    }
    if detail:
        figures["reported"] = [
            f"{demand.cluster.leader} ({demand.cause}, {demand.confidence:.2f}, {demand.cluster.volume})" for demand in found
        ]
        figures["missed"] = [hole.topic.name for hole in holes if not any(_is_about(demand, hole) for demand in found)]
    return figures


def _choose_topics(context: CheckContext) -> list[_Asked]:
    """The site's own topics that have a page, and the holes, each with how often it is asked about (Zipf)."""
    text = " ".join(article.text.lower() for article in context.site.articles)
    own = [topic for topic in find_topics(context) if topic.url]
    holes = [name for name in HOLES if name not in text]
    own_weights = [1.0 / rank for rank in range(1, len(own) + 1)]
    hole_weight = HOLE_SHARE / (1 - HOLE_SHARE) * sum(own_weights) / max(1, len(holes))
    return [_Asked(topic, weight) for topic, weight in zip(own, own_weights, strict=True)] + [
        _Asked(Topic(name, HOLES[name]), hole_weight, rising=at < RISING) for at, name in enumerate(holes)
    ]


def _simulate(topics: Sequence[_Asked], searcher: Searcher) -> list[tuple[str, date, float]]:
    """Text, day and confidence of every question of the year."""
    random = Random(SEED)
    confidence: dict[str, float] = {}
    rows: list[tuple[str, date, float]] = []
    for asked in random.choices(topics, [asked.weight for asked in topics], k=QUESTIONS):
        text = random.choice(WORDINGS[asked.topic.kind]).format(asked.topic.name.lower())
        day = LAST_DAY - timedelta(days=_days_ago(random, rising=asked.rising))
        if text not in confidence:
            confidence[text] = searcher.search(text).confidence
        rows.append((text, day, confidence[text]))
    return rows


def _days_ago(random: Random, *, rising: bool) -> int:
    recent = 28 * RISE / (28 * RISE + DAYS - 28)
    if rising and random.random() < recent:
        return random.randrange(28)
    return random.randrange(28 if rising else 0, DAYS)


def _embed(searcher: Searcher, texts: Sequence[str]) -> FloatMatrix:
    return np.stack([searcher.embedder.embed_question(text) for text in texts])


def _is_about(demand: Demand, hole: _Asked) -> bool:
    return hole.topic.name in demand.cluster.leader.lower()


def _rises(clusters: Sequence[Cluster], hole: _Asked) -> bool:
    """Whether the clusters about a hole were asked more than twice as often in the last four weeks as in the four before."""
    about = [cluster for cluster in clusters if hole.topic.name in cluster.leader]
    whole = Cluster(hole.topic.name, tuple(question for cluster in about for question in cluster.questions))
    return whole.trend(LAST_DAY) > 1


def _stability(before: Sequence[Cluster], after: Sequence[Cluster]) -> float:
    """The share of wordings that are in a cluster of the same name a week later."""
    led_by = {wording: cluster.leader for cluster in after for wording in cluster.wordings}
    return _share(led_by.get(wording) == cluster.leader for cluster in before for wording in cluster.wordings)


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0
