import numpy as np
import pytest

from safety.similarity import KERNEL_WIDTH, RIDGE, make_similarity, read_examples


def embed(text):
    vector = np.array([text.count("a") + 1, text.count("b") + 1], dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_closeness_equals_kernel_ridge_regression_as_scikit_learn_fits_it():
    kernel_ridge = pytest.importorskip("sklearn.kernel_ridge")
    examples = {"crisis": ["aaaa", "aaa"], "support": ["ab"], "none": ["bbb", "bb", "b"]}
    sentences = [sentence for group in examples.values() for sentence in group]
    inside = np.array([True, True, False, False, False, False])
    weights = np.where(inside, 1 / (2 * inside.mean()), 1 / (2 * (1 - inside.mean())))
    oracle = kernel_ridge.KernelRidge(alpha=RIDGE, kernel="rbf", gamma=KERNEL_WIDTH)
    oracle.fit([embed(sentence) for sentence in sentences], np.where(inside, 1.0, -1.0), sample_weight=weights)
    measured = make_similarity(embed, examples)("aab")["crisis"]
    assert measured == pytest.approx(oracle.predict([embed("aab")])[0], abs=1e-5)


def test_a_text_is_closest_to_the_class_of_its_neighbours():
    closeness = make_similarity(embed, {"crisis": ["aaaa", "aaa"], "support": ["ab"], "none": ["bbb", "bb"]})("aaaaa")
    assert max(closeness, key=closeness.get) == "crisis"


def test_a_class_without_examples_is_refused():
    with pytest.raises(ValueError, match="empty"):
        make_similarity(embed, {"crisis": ["a"], "support": [], "none": ["b"]})


def test_no_bundled_example_stands_in_two_classes():
    examples = read_examples()
    assert len(set().union(*examples.values())) == sum(map(len, examples.values()))
