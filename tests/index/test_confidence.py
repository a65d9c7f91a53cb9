import numpy as np
import pytest

from index.confidence import Evidence, gather_evidence
from index.lexical import LexicalIndex
from index.ranker import Scores
from index.vocabulary import Reading, SiteWords, Vocabulary
from ingest.schema import Passage


def passage(title: str, text: str) -> Passage:
    return Passage(text=text, start=0, end=len(text), url=title, anchor="", title=title, heading_path=(title,))


PASSAGES = [passage("Grief", "Mourning takes time."), passage("Sleep", "Sleep protects people from mania.")]
WORDS = LexicalIndex.build(PASSAGES)


def read(query: str) -> Reading:
    return Vocabulary(SiteWords(), lexicon=[]).interpret(query)


def evidence(query: str, cosines: list[float], allowed: list[bool], *, topic: float = 0.0) -> Evidence:
    values, near = np.array(cosines, np.float32), np.full(len(cosines), topic, np.float32)
    scores = Scores(fused=values, window=near, passage=near, lexical=values, exact=values, late=values, asked=values)
    return gather_evidence(read(query), scores, WORDS, np.array(allowed))


def test_the_best_cosine_and_its_lead_over_the_others_speak_for_an_answer():
    found = evidence("grief", [0.75, 0.25], [True, True])
    assert (found.cosine, found.lead) == (0.75, 0.5)


def test_a_passage_on_the_topic_is_no_evidence_that_it_answers():
    found = evidence("grief", [0.3, 0.1], [True, True], topic=0.9)
    assert (found.cosine, found.topic) == (pytest.approx(0.3), pytest.approx(0.9))


def test_a_topic_named_in_a_headline_speaks_for_an_answer_the_form_of_the_question_does_not():
    assert evidence("what are the symptoms of grief", [0.5, 0.4], [True, True]).headline == 1
    assert evidence("what are the symptoms of colic", [0.5, 0.4], [True, True]).headline == 0


def test_words_that_stand_nowhere_speak_against_an_answer():
    assert evidence("sleep mania", [0.5, 0.4], [True, True]).missing == 0
    assert 0.3 < evidence("sleep colic", [0.5, 0.4], [True, True]).missing < 1


def test_only_allowed_passages_are_evidence():
    found = evidence("grief", [0.75, 0.25], [False, True])
    assert found == Evidence(pytest.approx(0.25), 0.0, 0.0, 1.0, words=1)
    assert evidence("grief", [0.75, 0.25], [False, False]) == Evidence(0.0, missing=1.0, words=1)
