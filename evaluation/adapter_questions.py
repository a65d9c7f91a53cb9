"""The model as it reads questions while it learns to: in the space of the product's vectors, with gradients."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize

from index.embedders.sentence_transformer import Model

QUESTION_TOKENS = 64
CHUNKS = 5
"""Questions of similar length are read together."""


@dataclass(frozen=True, slots=True)
class QuestionChunk:
    """Some of the questions that were read: their numbers, the vectors of their tokens (k, t, e), what each counts (k, t), in all 1."""

    rows: list[int]
    tokens: Tensor
    weights: Tensor


@dataclass(frozen=True, slots=True)
class ReadQuestions:
    """Pooled vectors, shape (n, d), and the tokens in chunks."""

    vectors: Tensor
    chunks: tuple[QuestionChunk, ...]


class QuestionReader:
    """Reads by the transformer of `model`, tokens in the space of `basis` (d, e); `rarity` (vocabulary,) tells what a token counts."""

    def __init__(self, model: Model, basis: Tensor, rarity: Tensor) -> None:
        self._tokenizer, self._transformer = model.tokenizer, model[0].auto_model
        self._basis, self._rarity = basis, rarity
        self._special = torch.tensor(model.tokenizer.all_special_ids)

    def training(self, on: bool) -> None:
        """Whether parts of it are left out by chance."""
        self._transformer.train(on)

    def read(self, texts: Sequence[str]) -> ReadQuestions:
        """The texts, of unit length."""
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        size = max(8, -(-len(order) // CHUNKS))
        made = [self._read_chunk(texts, order[first : first + size]) for first in range(0, len(order), size)]
        vectors = torch.cat([vectors for vectors, _ in made])
        return ReadQuestions(vectors[torch.tensor(np.argsort(order))], tuple(chunk for _, chunk in made))

    def _read_chunk(self, texts: Sequence[str], rows: list[int]) -> tuple[Tensor, QuestionChunk]:
        chosen = [texts[row] for row in rows]
        inputs = self._tokenizer(chosen, padding=True, truncation=True, max_length=QUESTION_TOKENS, return_tensors="pt")
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self._transformer(**inputs).last_hidden_state.float()
        mask = inputs["attention_mask"].unsqueeze(-1).float()
        weights = self._rarity[inputs["input_ids"]] * inputs["attention_mask"] * ~torch.isin(inputs["input_ids"], self._special)
        weights = weights / weights.sum(1, keepdim=True).clamp(min=1e-6)
        vectors = normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)
        return vectors, QuestionChunk(rows, normalize(hidden @ self._basis, dim=-1), weights)


def match(read: ReadQuestions, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """Late interaction with passages' tokens (m, s, t, e): with each passage, shape (n, m), and with each of its segments, (n, m, s)."""
    matched = [_match_chunk(chunk, tokens) for chunk in read.chunks]
    back = torch.tensor(np.argsort([row for chunk in read.chunks for row in chunk.rows]))
    return torch.cat([whole for whole, _ in matched])[back], torch.cat([parts for _, parts in matched])[back]


def _match_chunk(chunk: QuestionChunk, tokens: Tensor) -> tuple[Tensor, Tensor]:
    passages, segments, length, width = tokens.shape
    cosines = chunk.tokens.reshape(-1, width).to(tokens.dtype) @ tokens.reshape(-1, width).T
    best = cosines.reshape(*chunk.tokens.shape[:2], passages, segments, length).amax(-1).float()
    return (best.amax(-1) * chunk.weights[:, :, None]).sum(1), (best * chunk.weights[:, :, None, None]).sum(1)
