import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import RRF_K, FusionWeights, fuse_ranks, fuse_scores, normalise

SCORES = arrays(np.float32, 5, elements=st.floats(-1, 1, width=32))


@given(SCORES, SCORES, SCORES, st.integers(0, 30))
def test_fused_scores_lie_between_zero_and_one(window: np.ndarray, passage: np.ndarray, lexical: np.ndarray, words: int):
    fused = fuse_scores(window, passage, lexical, words=words, weights=FusionWeights())
    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-5


@given(SCORES)
def test_normalising_keeps_the_order(scores: np.ndarray):
    normal = normalise(scores)
    assert all(normal[a] <= normal[b] for a in range(5) for b in range(5) if scores[a] <= scores[b])


def test_the_fused_score_is_the_weighted_sum():
    weights = FusionWeights(window=0.25, lexical_least=0.2, lexical_step=0.0, lexical_most=0.5)
    fused = fuse_scores(np.float32([0, 1]), np.float32([1, 0]), np.float32([0, 3]), words=3, weights=weights)
    np.testing.assert_allclose(fused, [0.8 * 0.75, 0.8 * 0.25 + 0.2], rtol=1e-6)


def test_words_count_more_the_more_of_them_there_are():
    shares = [FusionWeights().lexical_share(words) for words in range(2, 12)]
    assert shares == sorted(shares)
    assert shares[-1] == FusionWeights().lexical_most


def test_a_single_word_is_looked_up_and_no_word_is_not():
    assert FusionWeights().lexical_share(1) == FusionWeights().lexical_most
    assert FusionWeights().lexical_share(0) == 0


def test_reciprocal_ranks_are_added():
    fused = fuse_ranks([np.float32([3, 2, 1]), np.float32([1, 2, 3])])
    assert fused[1] == pytest.approx(2 / (RRF_K + 2))
    assert fused[0] == pytest.approx(1 / (RRF_K + 1) + 1 / (RRF_K + 3))
