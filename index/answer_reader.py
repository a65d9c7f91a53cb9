"""Reads the best sentences once more, word by word, to tell whether one of them answers the question.

Cosines tell what a sentence is about. A near miss, asked in a page's own words, is about the same; only a comparison of the words with each
other shows that a page says how long and not how much. The network is learnt by `evaluation.reader_training` and bundled as an ONNX graph
for the token space of the bundled model; another model's answers are judged without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from index.late_interaction import SCALE, PassageTokens
from index.schema import FloatMatrix, FloatVector, QuestionVectors

FILE = "answer_reader.onnx"
SPACE = "space"
"""The graph's own note of the space in which token vectors must lie."""
QUESTION_TOKENS, SENTENCE_TOKENS, HEADING_TOKENS = 28, 48, 16
"""What is read of each; few are longer."""


@dataclass(frozen=True, slots=True)
class ReadableSentence:
    """The tokens of a sentence, and of the title and headings above it, as the index holds them."""

    sentence: PassageTokens
    heading: PassageTokens
    cosines: tuple[float, float]
    """With what the question is about, and with what it asks."""


class AnswerReader:
    """The network; safe to call from several threads."""

    def __init__(self, graph: bytes) -> None:
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # a millisecond's work: waking others takes longer
        self._session = InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        self.space: str = self._session.get_modelmeta().custom_metadata_map.get(SPACE, "")

    def read(self, question: QuestionVectors, rarity: FloatVector, sentences: Sequence[ReadableSentence]) -> FloatVector:
        """For each sentence the logit that it answers, 0 standing for "none does"; shape (sentences,).

        `rarity` (t,) is what each token of the question counts, in all 1.
        """
        if not sentences or not len(question.token_ids):
            return np.zeros(len(sentences), np.float32)
        inputs = {
            "question": question_tokens(question)[None, :QUESTION_TOKENS],
            "rarity": rarity[None, :QUESTION_TOKENS],
            "sentences": _fill([one.sentence for one in sentences], SENTENCE_TOKENS)[None],
            "headings": _fill([one.heading for one in sentences], HEADING_TOKENS)[None],
            "cosines": np.array([[one.cosines for one in sentences]], np.float32),
        }
        return np.asarray(self._session.run(None, inputs)[0][0], np.float32)


def question_tokens(question: QuestionVectors) -> FloatMatrix:
    """Each token as it is, and as it is asked, in one row; shape (t, 2e)."""
    return np.concatenate([question.tokens, question.asked_tokens], axis=1)


def _fill(texts: Sequence[PassageTokens], most: int) -> FloatMatrix:
    """The vectors of all texts at the length of the longest, 0 where there are none; shape (texts, at least 1, e)."""
    kept = [one.vectors[:most] for one in texts]
    filled = np.zeros((len(kept), max(1, *map(len, kept)), kept[0].shape[1]), np.float32)
    for row, vectors in enumerate(kept):
        filled[row, : len(vectors)] = vectors / np.float32(SCALE)
    return filled


@lru_cache(maxsize=1)
def bundled_reader() -> AnswerReader:
    """The one that comes with the product."""
    return AnswerReader(files("index").joinpath(FILE).read_bytes())


def reader_for(space: str) -> AnswerReader | None:
    """The bundled reader if it was learnt for this space of token vectors."""
    return reader if (reader := bundled_reader()).space == space else None
