"""Exact search by one matrix product: the default for a clinic's site, and the oracle that other stores are compared with."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.schema import FloatMatrix, FloatVector

FILE = "vectors.npy"


def build(vectors: FloatMatrix) -> "NumpyStore":
    """A store over the rows of a matrix of unit vectors."""
    return NumpyStore(np.ascontiguousarray(vectors, np.float32))


def load(directory: Path) -> "NumpyStore":
    """The store that `save` wrote into a folder."""
    return NumpyStore(np.load(directory / FILE))


class NumpyStore:
    """All vectors in one matrix."""

    def __init__(self, vectors: FloatMatrix) -> None:
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self._vectors)

    def search(self, vector: FloatVector, k: int) -> tuple[NDArray[np.int64], FloatVector]:
        """Row numbers and scores of the at most k nearest rows, best first, ties by row number."""
        return top_rows(self._vectors @ vector, k)

    def save(self, directory: Path) -> None:
        """Writes the matrix."""
        np.save(directory / FILE, self._vectors)


def top_rows(scores: FloatVector, k: int) -> tuple[NDArray[np.int64], FloatVector]:
    """Row numbers and values of the at most k highest scores, best first, ties by row number."""
    if k <= 0:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    if k < len(scores):
        threshold = np.partition(scores, -k)[-k]
        candidates = np.flatnonzero(scores >= threshold)
    else:
        candidates = np.arange(len(scores))
    best = candidates[_descending_order(scores[candidates])][:k]
    return best.astype(np.int64), scores[best]


def _descending_order(scores: FloatVector) -> NDArray[np.int64]:
    """Positions from the highest score to the lowest; the stable sort takes ten times as long, so only where there are ties."""
    order = np.argsort(-scores)
    ordered = scores[order]
    return np.argsort(-scores, kind="stable") if (ordered[1:] == ordered[:-1]).any() else order
