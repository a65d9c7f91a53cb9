"""The embedding vote: how close a text comes to example sentences of each class. The model stays outside; its function is passed in."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from safety.schema import CrisisClass, Similarity

KERNEL_WIDTH = 1.0
"""gamma of the kernel exp(-gamma |x - y|^2)."""
RIDGE = 0.1
"""How much the fit may miss an example. Both were chosen by leaving each example out in turn: of the crisis examples 72 % were found while
1 % of the none examples, most of them traps, were taken for one; the mean cosine of the three nearest examples found 55 % at that rate."""

Matrix = NDArray[np.float64]


@cache
def read_examples() -> Mapping[CrisisClass, tuple[str, ...]]:
    """The bundled example sentences of each class."""
    examples = tomllib.loads(files("safety").joinpath("examples.toml").read_text("utf-8"))
    return {"crisis": tuple(examples["crisis"]), "support": tuple(examples["support"]), "none": tuple(examples["none"])}


def make_similarity(
    embed_question: Callable[[str], NDArray[np.float32]], examples: Mapping[CrisisClass, Sequence[str]] | None = None
) -> Similarity:
    """A function that gives a text's closeness to each class: about 1 among its examples, about -1 among the others.

    Kernel ridge regression of each class against the rest, both sides weighing the same (Saunders et al. 1998,
    https://eprints.soton.ac.uk/258942/). `embed_question` returns a vector of unit length; it is called once for every example here (some
    two thousand, so build this at start-up) and once for every text afterwards. `examples` defaults to the bundled ones.
    Raises `ValueError` if a class has no example.
    """
    chosen = read_examples() if examples is None else examples
    if not all(chosen.values()):
        raise ValueError("A class of examples is empty; each of crisis, support and none needs at least one sentence.")
    vectors = np.stack([embed_question(sentence) for sentences in chosen.values() for sentence in sentences]).astype(np.float64)
    classes = np.repeat(list(chosen), [len(sentences) for sentences in chosen.values()])
    weights = {name: _fit(vectors, classes == name) for name in chosen}

    def measure(text: str) -> Mapping[str, float]:
        closeness = _kernel(embed_question(text).astype(np.float64)[None, :], vectors)[0]
        return {name: float(closeness @ weight) for name, weight in weights.items()}

    return measure


def _fit(vectors: Matrix, inside: NDArray[np.bool_]) -> Matrix:
    """Weights of the examples, shape (n,), that make the sum of their kernels 1 inside the class and -1 outside."""
    balance = np.where(inside, inside.mean(), 1 - inside.mean()) * 2
    solution = np.linalg.solve(_kernel(vectors, vectors) + RIDGE * np.diag(balance), np.where(inside, 1.0, -1.0))
    return np.asarray(solution, dtype=np.float64)


def _kernel(left: Matrix, right: Matrix) -> Matrix:
    """Gaussian kernel of unit vectors, shape (len(left), len(right))."""
    kernel: Matrix = np.exp(-KERNEL_WIDTH * (2 - 2 * left @ right.T))
    return kernel
