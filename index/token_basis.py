"""The space in which the vectors of single tokens lie: the main directions of a model's own token vectors.

Found when a model is exported, but for the packaged one, whose directions are bundled: they are found up to their signs, which differ from
one machine's mathematics to another's, and `index.answer_reader` has learnt to read these.

A third of the dimensions says what all of them say: nDCG@10 with 384, 128 and 64 dimensions .766, .762 and .762 on the sample clinic's
development half, and .893, .900 and .896, .740, .738 and .737, .731, .732 and .726 on three public sets. Directions learned from one site's
own text were no better than these (.761).
"""

from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

import numpy as np

from index.schema import FloatMatrix

DIMENSIONS = 128
TEXTS = "basis_texts.txt"
"""Words and sentences as a clinic's visitors and articles write them. Whoever changes them changes the space: every index is built anew."""
FILE = "token_basis.npz"
MODEL, BASIS = "model", "basis"
"""The arrays of the bundled file: which weights it is for, and the directions."""


def read_basis_texts() -> list[str]:
    """The bundled texts whose tokens span the space."""
    return files("index").joinpath(TEXTS).read_text("utf-8").splitlines()


def find_basis(tokens: FloatMatrix) -> FloatMatrix:
    """The main directions of token vectors of unit length, shape (d, e), e = 128 or d if that is less: principal components, uncentred."""
    _, directions = np.linalg.eigh(tokens.T.astype(np.float64) @ tokens)
    return np.ascontiguousarray(directions[:, ::-1][:, :DIMENSIONS], np.float32)


def write_basis(weights: str, basis: FloatMatrix) -> bytes:
    """The content of a file that holds the directions for a model's weights."""
    content = BytesIO()
    np.savez(content, allow_pickle=False, **{MODEL: np.array(weights), BASIS: basis})
    return content.getvalue()


def bundled_basis(weights: str) -> FloatMatrix | None:
    """The directions that come with the product, shape (d, e), if they are those of these weights."""
    model, basis = _read_bundled()
    return basis if model == weights else None


@lru_cache(maxsize=1)
def _read_bundled() -> tuple[str, FloatMatrix]:
    with np.load(BytesIO(files("index").joinpath(FILE).read_bytes()), allow_pickle=False) as arrays:
        return str(arrays[MODEL]), arrays[BASIS]


def basis_digest(model: str, weights: str) -> str:
    """The name of the space: that of the model, as it reads passages and questions, and of what spans it for these weights."""
    bundled = bundled_basis(weights)
    spanned_by = read_basis_texts() if bundled is None else [sha256(bundled.tobytes()).hexdigest()]
    return sha256("\x1f".join((model, str(DIMENSIONS), *spanned_by)).encode()).hexdigest()[:16]
