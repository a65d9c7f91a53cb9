from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaps.clusters import Cluster, cluster_questions
from gaps.schema import LoggedQuestion

DAY = date(2026, 11, 23)


def embed(texts):
    """One axis for each first word, and a little of the second word's: questions of one topic are near."""
    vectors = np.zeros((len(texts), 64), dtype=np.float32)
    for row, text in enumerate(texts):
        topic, _, rest = text.partition(" ")
        vectors[row, sum(topic.encode()) % 32] = 1.0
        vectors[row, 32 + sum(rest.encode()) % 32] = 0.4
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def asked(text, count=1, *, day=DAY, band="high"):
    return LoggedQuestion(text, day, band, count)


def test_questions_of_one_meaning_are_one_cluster_led_by_the_most_asked():
    clusters = cluster_questions([asked("ipt cost", 2), asked("ipt price", 5), asked("emdr eyes", 1)], embed=embed)
    assert [(cluster.leader, cluster.volume) for cluster in clusters] == [("ipt price", 7), ("emdr eyes", 1)]


@given(
    st.lists(st.tuples(st.sampled_from(["ipt", "emdr", "dbt", "grief"]), st.text("abc", max_size=3), st.integers(1, 9)), max_size=30),
    st.randoms(),
)
def test_every_question_is_in_one_cluster_and_order_does_not_matter(rows, random):
    questions = [asked(f"{topic} {rest}".strip(), count) for topic, rest, count in rows]
    clusters = cluster_questions(questions, embed=embed)
    assert sum(cluster.volume for cluster in clusters) == sum(question.count for question in questions)
    random.shuffle(questions)
    again = cluster_questions(questions, embed=embed)
    assert [(one.leader, one.volume) for one in again] == [(one.leader, one.volume) for one in clusters]


def test_last_weeks_leader_leads_again_though_another_wording_is_asked_more():
    questions = [asked("ipt cost", 2), asked("ipt price", 50)]
    assert [cluster.leader for cluster in cluster_questions(questions, embed=embed, leaders=["ipt cost", "dbt old"])] == ["ipt cost"]


def test_an_empty_log_has_no_clusters():
    assert cluster_questions([], embed=embed) == []


@pytest.mark.parametrize(("before", "recent", "trend"), [(10, 20, 1.0), (10, 10, 0.0), (10, 0, -1.0), (0, 5, 1.0), (0, 0, 0.0)])
def test_the_trend_compares_four_weeks_with_the_four_before(before, recent, trend):
    rows = [asked("a", before, day=DAY - timedelta(days=28)), asked("a", recent, day=DAY - timedelta(days=27))]
    assert Cluster("a", tuple(row for row in rows if row.count)).trend(DAY) == trend


def test_the_unanswered_share_counts_medium_by_half():
    cluster = Cluster("a", (asked("a", 2), asked("a", 1, band="medium"), asked("a", 1, band="low")))
    assert cluster.unanswered_share == 1.5 / 4
