"""The embedding vote: how close a text comes to example sentences of each class. The model stays outside; its function is passed in."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from safety.schema import CrisisClass, Similarity

NEIGHBOURS = 3
"""How many of a class's nearest examples are averaged: one alone is fooled by chance (10 false votes on dev), five gain nothing."""


@cache
def read_examples() -> Mapping[CrisisClass, tuple[str, ...]]:
    """The bundled example sentences of each class."""
    examples = tomllib.loads(files("safety").joinpath("examples.toml").read_text("utf-8"))
    return {"crisis": tuple(examples["crisis"]), "support": tuple(examples["support"]), "none": tuple(examples["none"])}


def make_similarity(
    embed_question: Callable[[str], NDArray[np.float32]], examples: Mapping[CrisisClass, Sequence[str]] | None = None
) -> Similarity:
    """A function that gives a text's closeness to each class: the mean cosine of its `NEIGHBOURS` nearest examples.

    `embed_question` returns a vector of unit length; it is called once for every example here (some hundred, so build this at start-up) and
    once for every text afterwards. `examples` defaults to the bundled ones. Raises `ValueError` if a class has no example.
    """
    chosen = read_examples() if examples is None else examples
    if not all(chosen.values()):
        raise ValueError("A class of examples is empty; each of crisis, support and none needs at least one sentence.")
    matrices = {name: np.stack([embed_question(sentence) for sentence in sentences]) for name, sentences in chosen.items()}

    def measure(text: str) -> Mapping[str, float]:
        vector = embed_question(text)
        return {name: float(np.sort(matrix @ vector)[-NEIGHBOURS:].mean()) for name, matrix in matrices.items()}

    return measure
