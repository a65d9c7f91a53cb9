import pytest

from index.answer_bar import AnswerBar, weigh_evidence

BAR = AnswerBar(0.7)


def test_a_search_that_is_as_likely_as_not_is_answered_by_a_sentence_at_the_bar():
    assert BAR.judge("related", 0.5, 0.7) == "answered"
    assert BAR.judge("related", 0.5, 0.69) == "related"


def test_a_sure_search_without_a_sentence_is_related():
    assert BAR.judge("answered", 0.9, 0.1) == "related"


@pytest.mark.parametrize("verdict", ["related", "not_covered"])
def test_below_the_bar_the_search_has_its_way(verdict: str):
    assert BAR.judge(verdict, 0.2, 0.3) == verdict  # type: ignore[arg-type]


def test_a_sentence_that_says_it_all_answers_what_the_search_doubts():
    assert BAR.judge("not_covered", 0.15, 1.3) == "answered"


@pytest.mark.parametrize("confidence", [0.0, 0.3, 1.0])
def test_the_evidence_grows_with_both_and_is_finite(confidence: float):
    assert weigh_evidence(confidence, 0.5) > weigh_evidence(confidence, 0.4)
    assert abs(weigh_evidence(confidence, 0.5)) < 5
