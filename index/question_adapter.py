"""What makes a question's reader of a passage's: a low-rank adapter of the sentence model (LoRA, Hu et al. 2021, https://arxiv.org/abs/2106.09685).

The published model reads a question and a passage alike, by their topic. A visitor's question shares its topic with a dozen sentences and
is answered by one of them, often without sharing its words, or by none. The adapter adds a product of two thin matrices to each layer where
a question is read, so that it lies nearer to what answers it; passages are read by the model as it was published. Learnt by
`evaluation.adapter_training`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from index.schema import FloatMatrix

if TYPE_CHECKING:
    from torch import Tensor
    from torch.nn import Module

ASKED_SHARE = 0.85
"""How far a question is adapted. AUROC of a verdict's evidence on the sample clinic's development half, on its hard questions and on
medical ones with a share of 0: .949, .618 and .922; .5: .956, .695, .917; .7: .960, .741, .914; .85: .957, .778, .907; 1: .954, .803, .882.
"""
FILE = "question_adapter.npz"
MODEL = "model"
"""The array that names the weights for which the adapter was learnt; the others are factors, `<layer>.down` and `<layer>.up`."""


@dataclass(frozen=True, slots=True)
class Factors:
    """What is added to a layer's weights, shape (out, in), is up @ down: shapes (out, r) and (r, in)."""

    down: FloatMatrix
    up: FloatMatrix


@dataclass(frozen=True, slots=True)
class QuestionAdapter:
    """The factors by the name of their layer, and the digest of the weights that they belong to."""

    model: str
    layers: Mapping[str, Factors]
    digest: str


@dataclass(slots=True)
class Asking:
    """How far what an adapted model reads is a question: 0 not, 1 wholly; a number for all rows or a tensor of shape (rows, 1, 1)."""

    share: "float | Tensor" = 0.0


def write_adapter(model: str, layers: Mapping[str, Factors]) -> bytes:
    """The file's content, at half precision, which moves no cosine by .001."""
    content = BytesIO()
    arrays = {f"{name}.{part}": getattr(factors, part).astype(np.float16) for name, factors in layers.items() for part in ("down", "up")}
    np.savez_compressed(content, allow_pickle=False, **{MODEL: np.array(model)}, **arrays)
    return content.getvalue()


def read_adapter(content: bytes) -> QuestionAdapter:
    """The adapter in a file's content. Raises `ValueError` or `KeyError` if it holds none."""
    with np.load(BytesIO(content), allow_pickle=False) as arrays:
        names = [name.removesuffix(".down") for name in arrays.files if name.endswith(".down")]
        layers = {name: Factors(*(arrays[f"{name}.{part}"].astype(np.float32) for part in ("down", "up"))) for name in names}
        return QuestionAdapter(str(arrays[MODEL]), layers, sha256(content).hexdigest())


@lru_cache(maxsize=1)
def bundled_adapter() -> QuestionAdapter:
    """The one that comes with the product."""
    return read_adapter(files("index").joinpath(FILE).read_bytes())


def adapter_for(weights_digest: str) -> QuestionAdapter | None:
    """The bundled adapter if it was learnt for these weights: another model reads its questions as it was published."""
    adapter = bundled_adapter()
    return adapter if adapter.model == weights_digest else None


def adapt_model(transformer: "Module", layers: Mapping[str, Factors]) -> Asking:
    """Puts the factors beside the linear layers of a torch model, to be counted as far as the returned switch says: not at all at first."""
    import torch

    asking = Asking()

    class AdaptedLinear(torch.nn.Module):  # type: ignore[misc]  # torch is not checked
        def __init__(self, linear: "torch.nn.Linear", factors: Factors) -> None:
            super().__init__()
            self.linear = linear
            self.down, self.up = (torch.nn.Parameter(torch.from_numpy(part.copy())) for part in (factors.down, factors.up))

        def forward(self, hidden: "Tensor") -> "Tensor":
            return self.linear(hidden) + asking.share * (hidden @ self.down.T @ self.up.T)

    for name, factors in layers.items():
        parent, _, child = name.rpartition(".")
        holder = transformer.get_submodule(parent)
        setattr(holder, child, AdaptedLinear(getattr(holder, child), factors))
    return asking
