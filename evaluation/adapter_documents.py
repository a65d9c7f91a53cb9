"""What the training questions are compared with: sentences and passages as the published model reads them, made once and never changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import torch
from torch.nn.functional import normalize

from evaluation.training_set import TrainingPassage
from index.embedders.sentence_transformer import Model
from index.late_interaction import rarity_of

SENTENCE_TOKENS = 56
"""Tokens kept of a sentence; hardly any of the set is longer."""
PASSAGE_TOKENS = 256
NEIGHBOURS = 3
"""Sections of one topic that make a long passage, as a page's passages are longer than these sections."""
BATCH = 32


@dataclass(frozen=True, slots=True)
class Documents:
    """Unit vectors, in the order of passages and of sentences.

    `sentences` (s, d) with `owner` (s,), the passage of each; `passages` (p, d); `long` (p, d), each with its neighbours on the topic, and
    `topic` (p,); `tokens` (p, 1 + most sentences, SENTENCE_TOKENS, e), the heading's first, 0 where there are none; `rarity` (vocabulary,),
    what a token of a question counts.
    """

    sentences: torch.Tensor
    owner: torch.Tensor
    passages: torch.Tensor
    long: torch.Tensor
    topic: torch.Tensor
    tokens: torch.Tensor
    rarity: torch.Tensor


def read_documents(model: Model, basis: torch.Tensor, passages: Sequence[TrainingPassage]) -> Documents:
    """All of it, by a sentence-transformers model that reads no questions now."""
    texts = [one.text for one in passages]
    topics = {name: number for number, name in enumerate(dict.fromkeys(one.article for one in passages))}
    return Documents(
        sentences=_embed(model, [sentence for one in passages for sentence in one.under_heading]),
        owner=torch.tensor([owner for owner, one in enumerate(passages) for _ in one.sentences]),
        passages=_embed(model, texts),
        long=_embed(model, list(_long_texts(passages))),
        topic=torch.tensor([topics[one.article] for one in passages]),
        tokens=_read_tokens(model, basis, passages, texts),
        rarity=_measure_rarity(model, texts),
    )


def _embed(model: Model, texts: list[str]) -> torch.Tensor:
    return torch.from_numpy(model.encode(texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False))


def _long_texts(passages: Sequence[TrainingPassage]) -> Iterator[str]:
    """Each passage among its neighbours under the same heading."""
    for (_, topic), group in groupby(passages, key=lambda one: (one.part, one.topic)):
        alike = [" ".join(one.sentences) for one in group]
        for at in range(len(alike)):
            first = max(0, min(at - 1, len(alike) - NEIGHBOURS))
            yield f"{topic}\n{' '.join(alike[first : first + NEIGHBOURS])}"


def _read_tokens(model: Model, basis: torch.Tensor, passages: Sequence[TrainingPassage], texts: list[str]) -> torch.Tensor:
    """The tokens of each passage, by its sentences; at half precision, for they are many."""
    most = 1 + max(len(one.sentences) for one in passages)
    kept = torch.zeros(len(passages), most, SENTENCE_TOKENS, basis.shape[1], dtype=torch.bfloat16)
    for row, (passage, vectors, starts) in enumerate(zip(passages, *_tokens_of(model, texts), strict=True)):
        segments = np.searchsorted(passage.ends, starts, side="right")
        made = normalize(vectors @ basis, dim=-1).to(torch.bfloat16)
        for segment in range(1 + len(passage.sentences)):
            own = made[torch.from_numpy(segments == segment)][:SENTENCE_TOKENS]
            kept[row, segment, : len(own)] = own
    return kept


def _tokens_of(model: Model, texts: list[str]) -> tuple[list[torch.Tensor], list[Any]]:
    """The vectors of each text's tokens and where they begin, without the special ones."""
    read = model.encode(texts, batch_size=BATCH, output_value="token_embeddings", show_progress_bar=False)
    encoded = model.tokenizer(
        texts, truncation=True, max_length=PASSAGE_TOKENS, return_offsets_mapping=True, return_special_tokens_mask=True
    )
    plain = [np.array(mask) == 0 for mask in encoded["special_tokens_mask"]]
    vectors = [one.cpu()[: len(keep)][torch.from_numpy(keep)] for one, keep in zip(read, plain, strict=True)]
    return vectors, [np.array(offsets)[keep, 0] for offsets, keep in zip(encoded["offset_mapping"], plain, strict=True)]


def _measure_rarity(model: Model, texts: list[str]) -> torch.Tensor:
    """What each token of the vocabulary counts, as in the product."""
    held = np.zeros(len(model.tokenizer), np.float32)
    for ids in model.tokenizer(texts, truncation=True, max_length=PASSAGE_TOKENS)["input_ids"]:
        held[np.unique(ids)] += 1
    return torch.from_numpy(rarity_of(held, len(texts)))
