import pytest

from gaps.reading_ease import count_syllables, reading_grade


def test_the_grade_is_that_of_the_formula():
    # 5 words, 2 sentences, 9 syllables
    assert reading_grade(["We talk daily.", "Nobody hurries."]) == pytest.approx(0.39 * 5 / 2 + 11.8 * 9 / 5 - 15.59)


@pytest.mark.parametrize(("word", "syllables"), [("cat", 1), ("therapy", 3), ("interpersonal", 5), ("depression", 3), ("x", 1)])
def test_syllables_are_counted(word, syllables):
    assert count_syllables(word) == syllables


def test_no_words_have_no_grade():
    assert reading_grade(["", "123"]) == 0.0
