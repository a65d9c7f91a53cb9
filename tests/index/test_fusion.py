from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.fusion import RRF_K, FusionWeights, fuse_ranks, fuse_scores, normalise

SCORES = arrays(np.float32, 5, elements=st.floats(-1, 1, width=32))
WORDS = arrays(np.float32, 5, elements=st.floats(0, 64, width=32))


@given(SCORES, SCORES, WORDS, WORDS)
def test_fused_scores_lie_between_zero_and_one(window: np.ndarray, passage: np.ndarray, lexical: np.ndarray, page: np.ndarray):
    fused = fuse_scores(window, passage, lexical, page, weights=FusionWeights())
    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-5


@given(SCORES)
def test_normalising_keeps_the_order(scores: np.ndarray):
    normal = normalise(scores)
    assert all(normal[a] <= normal[b] for a in range(5) for b in range(5) if scores[a] <= scores[b])


def test_the_fused_score_is_the_weighted_sum():
    weights = FusionWeights(window=0.25, page=0.5, lexical_most=0.2, lexical_full=log(2))
    fused = fuse_scores(np.float32([0, 1]), np.float32([1, 0]), np.float32([0, 3]), np.float32([0, 7]), weights=weights)
    np.testing.assert_allclose(fused, [0.8 * 0.75, 0.8 * 0.25 + 0.2], rtol=1e-6)


def test_the_words_of_the_rest_of_its_page_speak_for_a_passage():
    flat = np.zeros(3, np.float32)
    fused = fuse_scores(flat, flat, np.float32([2, 2, 2]), np.float32([5, 0, 5]), weights=FusionWeights())
    assert fused[0] == fused[2] > fused[1]


def test_late_interaction_takes_its_share_of_the_dense_part():
    weights = FusionWeights(window=1.0, late=0.25, lexical_most=0.0)
    nothing = np.zeros(2, np.float32)
    fused = fuse_scores(np.float32([0, 1]), np.float32([0, 1]), nothing, nothing, weights=weights, late=np.float32([1, 0]))
    np.testing.assert_allclose(fused, [0.25, 0.75])


def test_words_count_more_the_more_the_best_match_says_up_to_a_limit():
    shares = [FusionWeights().lexical_share(np.full(600, best, np.float32)) for best in (0, 2, 5, 9, 12, 40)]
    assert shares == sorted(shares)
    assert shares[0] == 0
    assert shares[1] < FusionWeights().lexical_most == shares[-1]


def test_reciprocal_ranks_are_added():
    fused = fuse_ranks([np.float32([3, 2, 1]), np.float32([1, 2, 3])])
    assert fused[1] == pytest.approx(2 / (RRF_K + 2))
    assert fused[0] == pytest.approx(1 / (RRF_K + 1) + 1 / (RRF_K + 3))
