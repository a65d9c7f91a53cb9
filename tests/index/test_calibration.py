from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.calibration import HELD_OUT_REFUSED, MOST_WORDS, OFF_TOPIC_REFUSED, Calibration, place_bands, read_off_topic, synthetic_queries
from index.confidence import Evidence
from ingest.schema import Article, Section, Sentence

SHARE = st.floats(0, 1)


def test_most_held_out_and_nearly_all_foreign_questions_are_refused():
    random = np.random.default_rng(0)
    held_out = [Evidence(float(cosine), 0.0) for cosine in random.normal(0.5, 0.1, 400)]
    foreign = [Evidence(float(cosine), 0.0) for cosine in random.normal(0.2, 0.1, 400)]
    bands = place_bands(held_out, foreign)
    refused = np.mean([bands.judge(bands.confidence(one)) != "answered" for one in held_out])
    outside = np.mean([bands.judge(bands.confidence(one)) == "not_covered" for one in foreign])
    assert refused == pytest.approx(HELD_OUT_REFUSED, abs=0.01)
    assert outside == pytest.approx(OFF_TOPIC_REFUSED, abs=0.01)


def test_a_site_of_which_nothing_can_be_held_out_keeps_the_default_border():
    assert place_bands([], [Evidence(0.1, 0.0)]).border == Calibration().border


def test_questions_from_outside_are_not_answered_even_where_held_out_ones_reach_less():
    bands = place_bands([Evidence(0.1)] * 5, [Evidence(0.3)] * 5)
    assert bands.judge(bands.confidence(Evidence(0.3))) != "answered"


@pytest.mark.parametrize("name", ["cosine", "lead", "headline"])
@given(low=SHARE, high=SHARE, other=SHARE)
def test_more_evidence_never_means_less_confidence(name: str, low: float, high: float, other: float):
    low, high = sorted((low, high))
    evidence = Evidence(other, other, other, other)
    assert Calibration().confidence(replace(evidence, **{name: low})) <= Calibration().confidence(replace(evidence, **{name: high}))


def test_a_long_question_needs_less_nearness_than_a_name_up_to_a_limit():
    sure = [Calibration().confidence(Evidence(cosine=0.6, words=words)) for words in (1, 3, 6, MOST_WORDS, 300)]
    assert sure[:4] == sorted(set(sure[:4]))
    assert sure[3] == sure[4]
    assert sure[1] == Calibration().confidence_of(0.6)


@given(SHARE, SHARE)
def test_words_that_the_site_lacks_never_raise_the_confidence(low: float, high: float):
    low, high = sorted((low, high))
    assert Calibration().confidence(Evidence(0.6, missing=high)) <= Calibration().confidence(Evidence(0.6, missing=low))


@pytest.mark.parametrize(
    ("confidence", "band"), [(0.1, "not_covered"), (0.2, "related"), (0.49, "related"), (0.5, "answered"), (1.0, "answered")]
)
def test_a_confidence_falls_into_a_band(confidence: float, band: str):
    assert Calibration(related_from=0.2, answered_from=0.5).judge(confidence) == band


def test_the_same_site_gives_the_same_queries_all_about_its_articles():
    text = "Sleep helps people with mania to stay well."
    article = Article("u", "Sleep", text, (Section(("Sleep", "Mania"), "", 0, len(text), (Sentence(0, len(text)),)),))
    queries = [query for _, query in synthetic_queries([article] * 5)]
    assert queries == [query for _, query in synthetic_queries([article] * 5)]
    assert all("Sleep" in query or "Mania" in query or query in text for query in queries)


def test_the_questions_from_outside_are_many_and_different():
    questions = read_off_topic()
    assert len(questions) == len(set(questions)) >= 50


def test_a_page_is_near_from_the_cosine_that_nearly_all_questions_from_outside_do_not_reach():
    foreign = [Evidence(cosine / 100, topic=cosine / 100) for cosine in range(101)]
    assert place_bands([Evidence(0.9)], foreign).close_from == pytest.approx(OFF_TOPIC_REFUSED)
