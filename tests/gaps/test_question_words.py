import pytest

from gaps.question_words import subject_terms


@pytest.mark.parametrize("question", ["what causes tinnitus", "Tinnitus treatment near me", "how do i know if i have tinnitus?"])
def test_a_question_is_about_what_remains_without_the_words_that_ask(question):
    assert subject_terms(question) == {"tinnitus"}


def test_a_question_of_framing_alone_is_about_nothing():
    assert subject_terms("how do I start treatment?") == frozenset()
