"""FAISS (https://doi.org/10.48550/arXiv.2401.08281): flat, thus exact, while that is fast; a graph (HNSW) for large collections."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.schema import FloatMatrix, FloatVector

FILE = "vectors.faiss"
FLAT_UP_TO = 50_000
"""Rows that flat search reads in about 10 ms on two cores; no clinic's site is larger, a health library may be."""
NEIGHBOURS = 32
"""Links per node of the graph, FAISS's own choice in its examples; recall above .99 at the depth below."""
SEARCH_DEPTH = 256


def build(vectors: FloatMatrix, *, flat_up_to: int = FLAT_UP_TO) -> "FaissStore":
    """A store over the rows of a matrix of unit vectors: flat, or a graph for more than `flat_up_to` rows."""
    dimension = vectors.shape[1]
    engine = faiss.IndexFlatIP(dimension) if len(vectors) <= flat_up_to else _new_graph(dimension)
    engine.add(np.ascontiguousarray(vectors, np.float32))
    return FaissStore(engine)


def _new_graph(dimension: int) -> faiss.Index:
    graph = faiss.IndexHNSWFlat(dimension, NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efConstruction = SEARCH_DEPTH
    graph.hnsw.efSearch = SEARCH_DEPTH
    return graph


def load(directory: Path) -> "FaissStore":
    """The store that `save` wrote into a folder."""
    return FaissStore(faiss.read_index(str(directory / FILE)))


class FaissStore:
    """A FAISS index of inner products."""

    def __init__(self, engine: faiss.Index) -> None:
        self._engine = engine

    def __len__(self) -> int:
        return int(self._engine.ntotal)

    def search(self, vector: FloatVector, k: int) -> tuple[NDArray[np.int64], FloatVector]:
        """Row numbers and scores of the at most k nearest rows, best first, ties (among those found) by row number."""
        if k <= 0 or not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        scores, rows = (found[0] for found in self._engine.search(vector[None, :], min(k, len(self))))
        found = rows >= 0
        order = np.lexsort((rows[found], -scores[found]))
        return rows[found][order].astype(np.int64), scores[found][order]

    def save(self, directory: Path) -> None:
        """Writes FAISS's own file."""
        faiss.write_index(self._engine, str(directory / FILE))
