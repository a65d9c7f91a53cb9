from math import isclose

import pytest

from evaluation.shingles import average, compare_shingles, count_shingles


def compare(gold, predicted):
    found = compare_shingles(count_shingles(gold), count_shingles(predicted))
    return found.precision, found.recall


def test_shingles_are_a_multiset_of_four_words_without_punctuation():
    assert count_shingles("a b, c-d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert count_shingles("a a a a a") == {("a", "a", "a", "a"): 2}


def test_a_text_of_fewer_words_is_one_shingle_and_an_empty_one_none():
    assert (count_shingles("a b"), count_shingles(" . ")) == ({("a", "b"): 1}, {})


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("a b c d e", "a b c d e", (1.0, 1.0)),
        ("a b c d e", "a b c d", (1.0, 0.5)),
        ("a b c d", "x a b c d", (0.5, 1.0)),
        ("a b c d", "a b c d a b c d", (0.2, 1.0)),
        ("a b c d", "", (0.0, 0.0)),
        ("", "a b c d", (0.0, 0.0)),
        ("", "", (1.0, 1.0)),
    ],
)
def test_precision_and_recall_count_repeated_shingles(gold, predicted, expected):
    assert compare(gold, predicted) == expected


def test_f1_is_that_of_the_macro_averages():
    scores = average(
        compare_shingles(count_shingles(gold), count_shingles(text)) for gold, text in [("a b c d", "a b c d"), ("a b c d", "e f g h")]
    )
    assert scores == {"f1": 0.5, "precision": 0.5, "recall": 0.5}
    assert isclose(average([])["f1"], 0.0)
