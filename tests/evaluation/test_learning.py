import argparse
from dataclasses import dataclass

import pytest
import torch

from evaluation.learning import add_recipe, make_stepper, misordered


def test_questions_without_an_answer_below_the_others_are_in_order():
    answered = torch.tensor([True, True, False])
    assert misordered(torch.tensor([0.9, 0.8, 0.1]), answered, temperature=0.05) < 0.01
    assert misordered(torch.tensor([0.1, 0.2, 0.9]), answered, temperature=0.05) > 5


@pytest.mark.parametrize("answered", [True, False])
def test_where_all_are_alike_none_is_out_of_order(answered: bool):
    assert misordered(torch.tensor([0.9, 0.1]), torch.tensor([answered] * 2), temperature=1.0) == 0


def test_steps_lead_down():
    weight = torch.nn.Parameter(torch.tensor(3.0))
    step = make_stepper([weight], 0.5, 20)
    losses = [step((weight - 1) ** 2) for _ in range(20)]
    assert losses[0] == pytest.approx(4.0)
    assert losses[-1] < 0.2


def test_each_part_of_a_recipe_is_an_option():
    @dataclass(frozen=True)
    class Two:
        rate: float = 0.5
        hold_out: int = 12

    parser = argparse.ArgumentParser()
    add_recipe(parser, Two())
    assert vars(parser.parse_args(["--hold-out", "3"])) == {"rate": 0.5, "hold_out": 3}
