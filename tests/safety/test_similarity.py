import numpy as np
import pytest

from safety.similarity import NEIGHBOURS, make_similarity, read_examples


def embed(text):
    vector = np.array([text.count("a") + 1, text.count("b") + 1], dtype=np.float32)
    return vector / np.linalg.norm(vector)


def test_closeness_is_the_mean_cosine_of_the_nearest_examples():
    examples = {"crisis": ["aaaa", "aaa", "aa", "bbbb"], "support": ["ab"], "none": ["bbb"]}
    vector = embed("aaaaa")
    nearest = sorted((float(embed(sentence) @ vector) for sentence in examples["crisis"]), reverse=True)[:NEIGHBOURS]
    assert make_similarity(embed, examples)("aaaaa")["crisis"] == pytest.approx(np.mean(nearest), abs=1e-6)


def test_a_class_without_examples_is_refused():
    with pytest.raises(ValueError, match="empty"):
        make_similarity(embed, {"crisis": ["a"], "support": [], "none": ["b"]})


def test_no_bundled_example_stands_in_two_classes():
    examples = read_examples()
    assert len(set().union(*examples.values())) == sum(map(len, examples.values()))
