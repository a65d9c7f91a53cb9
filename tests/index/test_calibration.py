import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.calibration import PRIOR, Calibration, fit_calibration, read_off_topic, synthetic_queries
from index.confidence import Evidence
from ingest.schema import Article, Section, Sentence

SHARE = st.floats(0, 1)


def log_likelihood(model: Calibration, evidence: list[Evidence], answered: list[bool]) -> float:
    chances = np.array([model.confidence(one) for one in evidence])
    return float(np.log(np.where(answered, chances, 1 - chances)).sum())


def test_the_fit_explains_better_than_its_neighbours():
    random = np.random.default_rng(0)
    answered = [bool(number % 2) for number in range(400)]
    evidence = [Evidence(*np.clip(random.normal(0.3 + 0.3 * label, 0.15, 2), 0, 1).tolist()) for label in answered]
    fitted = fit_calibration(evidence, answered)
    best = log_likelihood(fitted, evidence, answered)
    for name, step in (("intercept", 0.5), ("cosine", 1.5), ("headline", 1.5)):
        for change in (-step, step):
            values = {"intercept": fitted.intercept, "cosine": fitted.cosine, "headline": fitted.headline}
            assert log_likelihood(Calibration(**{**values, name: values[name] + change}), evidence, answered) < best


@pytest.mark.parametrize("answered", [[], [True, True], [False]])
def test_without_both_kinds_of_evidence_the_prior_stands(answered: list[bool]):
    assert fit_calibration([Evidence(0.5, 0.5)] * len(answered), answered) == PRIOR


@given(st.lists(st.tuples(SHARE, SHARE, st.booleans()), min_size=2, max_size=12), SHARE, SHARE, SHARE)
def test_more_evidence_never_means_less_confidence(rows: list[tuple[float, float, bool]], low: float, high: float, headline: float):
    fitted = fit_calibration([Evidence(cosine, share) for cosine, share, _ in rows], [label for *_, label in rows])
    low, high = sorted((low, high))
    assert fitted.confidence(Evidence(low, headline)) <= fitted.confidence(Evidence(high, headline)) + 1e-9
    assert fitted.confidence(Evidence(headline, low)) <= fitted.confidence(Evidence(headline, high)) + 1e-9


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
