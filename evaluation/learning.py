"""What both trainings, of the question adapter and of the answer reader, learn by."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn.functional import softplus

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

WARM_UP = 0.1
"""Share of the steps in which the rate rises; then it falls to nearly nothing."""

Report = Callable[[str], None]


def make_stepper(parameters: Sequence[torch.nn.Parameter], rate: float, total: int) -> Callable[[Tensor], float]:
    """What takes one step down a loss and returns it; there will be `total` of them."""
    optimizer = torch.optim.AdamW(parameters, lr=rate, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: min(1, (at + 1) / (WARM_UP * total)) * max(0.02, 1 - at / total))

    def step(loss: Tensor) -> float:
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        pace.step()
        return float(loss.detach())

    return step


def misordered(evidence: Tensor, answered: Tensor, *, temperature: float) -> Tensor:
    """How far questions without an answer stand above those with one, of all such pairs: a smooth 1 - AUROC; 0 where there are none."""
    pairs = softplus((evidence[~answered][None] - evidence[answered][:, None]) / temperature)
    return pairs.sum() / max(pairs.numel(), 1)


def add_recipe(parser: argparse.ArgumentParser, recipe: "DataclassInstance") -> None:
    """An option for each part of a recipe, which holds the defaults."""
    for name, default in asdict(recipe).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default, help=f"default {default}")


def tell(line: str) -> None:
    """A line of progress, or of trouble, on standard error."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
