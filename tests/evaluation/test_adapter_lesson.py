import pytest
import torch

from evaluation.adapter_lesson import contrast, reciprocal_rank

RIGHT = torch.tensor([[True, False, False], [False, True, False]])


def test_a_contrast_falls_when_what_is_right_comes_nearer():
    near, far = torch.tensor([[0.9, 0.1, 0.0], [0.1, 0.8, 0.2]]), torch.tensor([[0.1, 0.9, 0.0], [0.8, 0.1, 0.2]])
    assert 0 < contrast(near, RIGHT) < 0.01 < contrast(far, RIGHT)


def test_what_is_neither_right_nor_wrong_costs_nothing():
    scores = torch.tensor([[0.5, 0.9, 0.0]])
    right, wrong = torch.tensor([[True, False, False]]), torch.tensor([[False, False, True]])
    assert contrast(scores, right, wrong) < 0.01 < contrast(scores, right)


def test_the_rank_is_that_of_the_best_right_one():
    scores = torch.tensor([[0.3, 0.9, 0.5], [0.1, 0.9, 0.2]])
    assert reciprocal_rank(scores, RIGHT) == pytest.approx((1 / 3 + 1) / 2)
    assert reciprocal_rank(scores, torch.tensor([[True, False, True], [False, True, True]])) == pytest.approx((1 / 2 + 1) / 2)
