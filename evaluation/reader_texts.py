"""What the answer reader learns from, as the product's own embedder reads it: tokens of passages by their sentences, and of questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from evaluation.training_set import TrainingPassage, TrainingSet, told_questions
from index.answer_reader import HEADING_TOKENS, QUESTION_TOKENS, SENTENCE_TOKENS, question_tokens
from index.late_interaction import LateInteraction, keep_tokens
from index.schema import FloatMatrix, TextVectors, TokenEmbedder

TOLD_SHARE = 0.7
"""Of the questions are read as the product's vocabulary puts them, the others as they were written."""

Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class ReaderPassages:
    """Of p passages with s sentences in all: `headings` (p, HEADING_TOKENS, e), `tokens` (s, SENTENCE_TOKENS, e), 0 where there are none.

    `vectors` (s, d) are those of whole sentences, `owner` (s,) the passage of each; `index` holds the passages as an index does.
    """

    headings: Halves
    tokens: Halves
    vectors: FloatMatrix
    owner: NDArray[np.int64]
    index: LateInteraction


@dataclass(frozen=True, slots=True)
class ReaderQuestions:
    """Of n questions: `tokens` (n, QUESTION_TOKENS, 2e), each as it is and as it is asked, `rarity` (n, QUESTION_TOKENS), in all 1.

    `vectors` (n, 2, d): what each is about, and what it asks.
    """

    tokens: Halves
    rarity: FloatMatrix
    vectors: NDArray[np.float32]


def read_passages(embedder: TokenEmbedder, passages: Sequence[TrainingPassage]) -> ReaderPassages:
    """The passages, each under its heading as in an index."""
    read = list(embedder.read_passages([one.text for one in passages]))
    parts = [_split(passage, vectors) for passage, vectors in zip(passages, read, strict=True)]
    return ReaderPassages(
        headings=np.stack([_fill(heading, HEADING_TOKENS) for heading, *_ in parts]),
        tokens=np.stack([_fill(sentence, SENTENCE_TOKENS) for _, *sentences in parts for sentence in sentences]),
        vectors=embedder.embed_passages([sentence for one in passages for sentence in one.under_heading]),
        owner=np.repeat(np.arange(len(passages)), [len(one.sentences) for one in passages]),
        index=LateInteraction.build([keep_tokens(one) for one in read]),
    )


def _split(passage: TrainingPassage, read: TextVectors) -> list[FloatMatrix]:
    """The tokens of the heading and of each sentence."""
    segments = np.searchsorted(passage.ends, read.starts, side="right")
    return [read.tokens[segments == segment] for segment in range(1 + len(passage.sentences))]


def _fill(vectors: FloatMatrix, length: int) -> Halves:
    filled = np.zeros((length, vectors.shape[1]), np.float16)
    filled[: len(vectors)] = vectors[:length]
    return filled


def read_questions(embedder: TokenEmbedder, data: TrainingSet, index: LateInteraction, random: Random) -> ReaderQuestions:
    """The questions of a set; some, by chance, as they were written."""
    told = told_questions(data)
    read = [embedder.read_question(told[one.text] if random.random() < TOLD_SHARE else one.text) for one in data.questions]
    return ReaderQuestions(
        tokens=np.stack([_fill(question_tokens(one), QUESTION_TOKENS) for one in read]),
        rarity=np.stack([_fill(index.weigh(one.token_ids)[:, None], QUESTION_TOKENS)[:, 0] for one in read]).astype(np.float32),
        vectors=np.stack([np.stack([one.whole, one.asked]) for one in read]),
    )
