"""The space in which the vectors of single tokens lie: the main directions of a model's own token vectors, found when it is exported.

A third of the dimensions says what all of them say: nDCG@10 with 384, 128 and 64 dimensions .766, .762 and .762 on the sample clinic's
development half, and .893, .900 and .896, .740, .738 and .737, .731, .732 and .726 on three public sets. Directions learned from one site's
own text were no better than these (.761).
"""

from collections.abc import Iterable
from hashlib import sha256
from importlib.resources import files

import numpy as np

from index.schema import FloatMatrix

DIMENSIONS = 128
TEXTS = "basis_texts.txt"
"""Words and sentences as a clinic's visitors and articles write them. Whoever changes them changes the space: every index is built anew."""


def read_basis_texts() -> list[str]:
    """The bundled texts whose tokens span the space."""
    return files("index").joinpath(TEXTS).read_text("utf-8").splitlines()


def find_basis(tokens: FloatMatrix) -> FloatMatrix:
    """The main directions of token vectors of unit length, shape (d, e), e = 128 or d if that is less: principal components, uncentred."""
    _, directions = np.linalg.eigh(tokens.T.astype(np.float64) @ tokens)
    return np.ascontiguousarray(directions[:, ::-1][:, :DIMENSIONS], np.float32)


def basis_digest(weights_digest: str, texts: Iterable[str]) -> str:
    """The name of the space: that of the model and of the texts that span it."""
    return sha256("\x1f".join((weights_digest, str(DIMENSIONS), *texts)).encode()).hexdigest()[:16]
