from pathlib import Path

import numpy as np
import pytest

from safety.similarity import FALSE_ALARMS, KERNEL_WIDTH, RIDGE, as_read, fit_vote, make_similarity, read_examples, sources_digest

EXAMPLES = {
    "crisis": ["red and red or red in red", "red and red or red"],
    "support": ["red or blue"],
    "none": ["blue and blue or blue", "blue and blue", "blue"],
}
"""Sentences that the phrases read as they stand: a word three times in a row would be read once."""


def embed(texts):
    vectors = np.array([[text.count("red") + 1, text.count("blue") + 1] for text in texts], dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def fit_oracle(sentences, inside):
    kernel_ridge = pytest.importorskip("sklearn.kernel_ridge")
    weights = np.where(inside, 1 / (2 * inside.mean()), 1 / (2 * (1 - inside.mean())))
    oracle = kernel_ridge.KernelRidge(alpha=RIDGE, kernel="rbf", gamma=KERNEL_WIDTH)
    return oracle.fit(embed(sentences), np.where(inside, 1.0, -1.0), sample_weight=weights)


def test_the_examples_are_read_as_they_stand():
    assert all(as_read(sentence) == sentence for group in EXAMPLES.values() for sentence in group)


def test_closeness_equals_kernel_ridge_regression_as_scikit_learn_fits_it():
    sentences = [sentence for group in EXAMPLES.values() for sentence in group]
    oracle = fit_oracle(sentences, np.array([True, True, False, False, False, False]))
    vote = fit_vote(embed, EXAMPLES)
    text = "red and red or blue"
    assert make_similarity(vote, embed)(text) + vote.floor == pytest.approx(oracle.predict(embed([text]))[0], abs=1e-4)


def test_the_floor_lies_above_all_but_few_none_examples_each_left_out_of_the_fit():
    """One of a hundred may come above it, and here there are three, so none does: the floor is the highest of them."""
    vote = fit_vote(embed, EXAMPLES)
    assert int(len(EXAMPLES["none"]) * FALSE_ALARMS) == 0
    inside = np.array([True, True, False, False, False, False])
    sentences = [sentence for group in EXAMPLES.values() for sentence in group]
    balance = np.where(inside, inside.mean(), 1 - inside.mean()) * 2
    kernel = np.exp(-KERNEL_WIDTH * (2 - 2 * embed(sentences) @ embed(sentences).T)) + RIDGE * np.diag(balance)
    left_out = []
    for row in (3, 4, 5):
        rest = [place for place in range(6) if place != row]
        weights = np.linalg.solve(kernel[np.ix_(rest, rest)], np.where(inside[rest], 1.0, -1.0))
        left_out.append(kernel[row, rest] @ weights)
    assert vote.floor == pytest.approx(max(left_out), abs=1e-4)


def test_a_text_like_the_crisis_examples_comes_above_the_floor_and_one_like_the_others_below():
    measure = make_similarity(fit_vote(embed, EXAMPLES), embed)
    assert measure("red and red or red in red on red") > 0 > measure("blue and blue")


def test_a_class_without_examples_is_refused():
    with pytest.raises(ValueError, match="empty"):
        fit_vote(embed, {"crisis": ["a"], "support": [], "none": ["b"]})


def test_no_bundled_example_stands_in_two_classes():
    examples = read_examples()
    assert len(set().union(*examples.values())) == sum(map(len, examples.values()))


def test_the_digest_of_the_sources_is_a_hash():
    assert len(sources_digest()) == 64


def test_no_example_is_a_row_of_the_half_that_figures_are_reported_on_however_it_is_spelled():
    rows = [line.split("\t") for line in Path("corpus/judgments/crisis.tsv").read_text("utf-8").splitlines()[1:]]
    reported = {as_read(row[0]) for row in rows if row[4] == "report"}
    assert reported
    assert not [text for group in read_examples().values() for text in group if as_read(text) in reported]
