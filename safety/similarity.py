"""The embedding vote: how close a text comes to example sentences of a crisis. The model stays outside; its function is passed in."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from safety.phrases import read_phrase_book
from safety.reading import read_text
from safety.schema import CrisisClass, Similarity

KERNEL_WIDTH = 1.0
"""gamma of the kernel exp(-gamma |x - y|^2)."""
RIDGE = 0.1
"""How much the fit may miss an example. Both were chosen by leaving out each of the 5,000 examples in turn: .79 of the crises are found
where 1 % of the none sentences, most of them traps, are taken for one (a width of 0.5 finds .78; ridges of 0.1 and 0.2 do alike)."""
FALSE_ALARMS = 0.0125
"""The share of the none examples, each left out of the fit in turn, that may come above the floor.

The aim is 1 % of ordinary questions; half of the examples are traps, which nobody's log holds so many of, so a little more is let pass.
"""

Matrix: TypeAlias = NDArray[np.float32]
EmbedTexts: TypeAlias = Callable[[Sequence[str]], Matrix]
"""Texts to vectors of unit length, shape (len(texts), d)."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What was learnt from the examples, each twice: as typed and as read. `floor` is the closeness that counts.

    `typed` and `read` hold vectors of unit length, shape (n, d); `weights` has shape (n,).
    """

    typed: Matrix
    read: Matrix
    weights: Matrix
    floor: float


@cache
def read_examples() -> Mapping[CrisisClass, tuple[str, ...]]:
    """The bundled example sentences of each class."""
    examples = tomllib.loads(files("safety").joinpath("examples.toml").read_text("utf-8"))
    return {"crisis": tuple(examples["crisis"]), "support": tuple(examples["support"]), "none": tuple(examples["none"])}


@cache
def sources_digest() -> str:
    """A hash of all files from which a vote is learnt, and of how: what is kept of a vote belongs to this state of them."""
    sources = [files("safety").joinpath(name).read_bytes() for name in ("examples.toml", "phrases.toml", "lookalikes.txt")]
    return sha256(b"\0".join((*sources, f"{KERNEL_WIDTH} {RIDGE} {FALSE_ALARMS}".encode()))).hexdigest()


def fit_vote(embed_texts: EmbedTexts, examples: Mapping[CrisisClass, Sequence[str]] | None = None) -> Vote:
    """The vote of the examples, the bundled ones unless others are given.

    Kernel ridge regression of crisis against the rest, both sides weighing the same (Saunders et al. 1998,
    https://eprints.soton.ac.uk/258942/); the kernel is the mean of one on the sentence as typed and one on the sentence as the phrases
    read it, spelling mended. The floor comes from each example's value under the fit without it, so it suits whichever model embeds.
    Takes seconds: some five thousand short texts are embedded. Raises `ValueError` if a class has no example.
    """
    chosen = read_examples() if examples is None else examples
    if not all(chosen.get(name) for name in ("crisis", "support", "none")):
        raise ValueError("A class of examples is empty; each of crisis, support and none needs at least one sentence.")
    sentences = [sentence for group in chosen.values() for sentence in group]
    classes = np.repeat(list(chosen), [len(group) for group in chosen.values()])
    typed, read = embed_texts(sentences), embed_texts([as_read(sentence) for sentence in sentences])
    weights, left_out = _fit(_kernel(typed, typed) / 2 + _kernel(read, read) / 2, classes == "crisis")
    return Vote(typed, read, weights, float(np.quantile(left_out[classes == "none"], 1 - FALSE_ALARMS, method="higher")))


def make_similarity(vote: Vote, embed_texts: EmbedTexts) -> Similarity:
    """A function that gives how far a text's closeness to the crisis examples lies above the floor, about -1.5 to 1."""

    def measure(text: str) -> float:
        typed, read = embed_texts([text, as_read(text)])
        kernel = _kernel(typed[None, :], vote.typed) / 2 + _kernel(read[None, :], vote.read) / 2
        return float(kernel[0] @ vote.weights) - vote.floor

    return measure


def as_read(text: str) -> str:
    """The text as the phrases see it, or as typed where nothing is left of it."""
    return read_text(text, read_phrase_book()).full.strip() or text


def _fit(kernel: NDArray[np.floating[Any]], inside: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    """Weights of the examples that bring the sum of their kernels to 1 inside the class and -1 outside, and each one's value without it.

    Both have shape (n,). Leaving out is exact and needs no further fit (Cawley and Talbot 2003, https://doi.org/10.1016/S0031-3203(03)00136-5).
    """
    target = np.where(inside, 1.0, -1.0)
    balance = np.where(inside, inside.mean(), 1 - inside.mean()) * 2
    inverse = np.linalg.inv(kernel.astype(np.float64) + RIDGE * np.diag(balance))
    weights = inverse @ target
    return weights.astype(np.float32), (target - weights / np.diag(inverse)).astype(np.float32)


def _kernel(left: Matrix, right: Matrix) -> Matrix:
    """Gaussian kernel of unit vectors, shape (len(left), len(right))."""
    kernel: Matrix = np.exp(-KERNEL_WIDTH * (2 - 2 * left @ right.T))
    return kernel
