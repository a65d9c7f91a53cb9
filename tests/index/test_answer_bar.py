from collections.abc import Sequence

import numpy as np
import pytest

from index.answer_bar import READING_WEIGHT, AnswerBar, weigh_answer
from index.sentence_scoring import CANDIDATES_READ, MOST_READING, Candidate
from ingest.articles import assemble_article
from ingest.schema import Block, StrippedPage

BAR = AnswerBar(0.7)
ARTICLE = assemble_article(StrippedPage("https://clinic.example/", (Block("It takes 16 weeks."),), ()))


def candidates(count: int, support: float = 0.5) -> list[Candidate]:
    (section,) = ARTICLE.sections
    return [Candidate(ARTICLE, section, section.sentences[0], "p", support=support)] * count


def logits(*values: float) -> object:
    return lambda read: np.array(values[: len(read)], np.float32)


def test_evidence_at_the_bar_is_an_answer():
    assert BAR.judge("related", 0.7) == "answered"
    assert BAR.judge("not_covered", 0.71) == "answered"
    assert BAR.judge("related", 0.69) == "related"


def test_a_sure_search_without_a_sentence_is_related():
    assert BAR.judge("answered", 0.1) == "related"


@pytest.mark.parametrize("verdict", ["related", "not_covered"])
def test_below_the_bar_the_search_has_its_way(verdict: str):
    assert BAR.judge(verdict, 0.3) == verdict  # type: ignore[arg-type]


@pytest.mark.parametrize("confidence", [0.0, 0.3, 1.0])
def test_the_evidence_grows_with_support_or_reading_and_is_finite(confidence: float):
    assert weigh_answer(confidence, candidates(1)) > weigh_answer(confidence, candidates(1, support=0.4))
    assert weigh_answer(confidence, candidates(1), logits(1.0)) > weigh_answer(confidence, candidates(1), logits(-1.0))  # type: ignore[arg-type]
    assert abs(weigh_answer(confidence, candidates(1))) < 5


def test_the_evidence_grows_with_the_confidence():
    assert weigh_answer(0.6, candidates(1)) > weigh_answer(0.5, candidates(1)) == pytest.approx(0.5)


def test_the_sentence_that_reads_best_counts_within_bounds():
    assert weigh_answer(0.5, candidates(2), logits(-3.0, 2.0)) == pytest.approx(2 * READING_WEIGHT)  # type: ignore[arg-type]
    assert weigh_answer(0.5, candidates(2), logits(99.0, 0.0)) == pytest.approx(MOST_READING * READING_WEIGHT)  # type: ignore[arg-type]


def test_without_a_sentence_nothing_reads_as_an_answer():
    assert weigh_answer(0.5, [], logits()) == pytest.approx(-MOST_READING * READING_WEIGHT)  # type: ignore[arg-type]


def test_only_the_best_sentences_are_read():
    read: list[int] = []

    def count(sentences: Sequence[Candidate]) -> np.ndarray:
        read.append(len(sentences))
        return np.zeros(len(sentences), np.float32)

    weigh_answer(0.5, candidates(30), count)
    assert read == [CANDIDATES_READ]
