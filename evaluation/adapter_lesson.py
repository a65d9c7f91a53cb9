"""What the question adapter is taught: contrasts between what answers a question and what does not.

After van den Oord et al. 2018, https://arxiv.org/abs/1807.03748.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from evaluation.adapter_documents import Documents
from evaluation.adapter_questions import QuestionReader, match
from evaluation.learning import misordered
from evaluation.training_set import TrainingQuestion, TrainingSet, told_questions

WEIGHTS = (1.0, 0.5, 0.5, 1.0)
"""Of the contrasts among sentences, passages, passages by their words and sentences by their words."""
LONG_WEIGHT, NEAR_WEIGHT = 0.7, 0.5
LATE_SHARE = 0.5
"""What words count beside a cosine of 1 where one number speaks for an answer."""
KEPT_FORMS = ("plain", "keyword")
"""Where the published model does well already, its vectors are held on to."""
TOLD_SHARE = 0.6
"""Of the questions are read as the product's vocabulary puts them, the others as they were written."""
TEMPERATURE = 0.05


@dataclass(frozen=True, slots=True)
class Scored:
    """What a reader makes of n questions, some of which (`answered`) their passage answers.

    `rankings`: scores (n, ...) and which are right, among all sentences, passages, passages by words and sentences by words; `long`: scores
    of passages among their neighbours; `evidence` (n,): what the question's own passage says for an answer; `vectors` (n, d).
    """

    questions: Sequence[TrainingQuestion]
    answered: Tensor
    rankings: tuple[tuple[Tensor, Tensor], ...]
    long: Tensor
    evidence: Tensor
    vectors: Tensor


class Lesson:
    """Questions, and the documents that they are to be near to."""

    def __init__(self, data: TrainingSet, documents: Documents) -> None:
        self.documents = documents
        self._first: list[int] = torch.searchsorted(documents.owner, torch.arange(len(documents.passages))).tolist()
        self._lengths = torch.bincount(documents.owner)
        self._told = told_questions(data)
        self._questions = [[one for one in data.questions if one.passage == row] for row in range(len(data.passages))]
        self._kept: dict[str, Tensor] = {}

    def keep(self, reader: QuestionReader) -> None:
        """Remembers how the reader reads plain questions now, to be held on to."""
        texts = sorted({one.text for many in self._questions for one in many if one.form in KEPT_FORMS})
        with torch.no_grad():
            made = torch.cat([reader.read(texts[first : first + 256]).vectors for first in range(0, len(texts), 256)])
        self._kept = dict(zip(texts, made, strict=True))

    def loss(self, reader: QuestionReader, rows: Sequence[int], *, keep: float, verdict: float) -> Tensor:
        """All that is asked of the reader, weighed, for the questions on these passages."""
        scored = self.score(reader, rows, told=TOLD_SHARE)
        right_ones = sum(
            weight * contrast(scores[scored.answered], right[scored.answered])
            for weight, (scores, right) in zip(WEIGHTS, scored.rankings, strict=True)
        )
        near_misses = sum(_contrast_questions(*scored.rankings[kind]) for kind in (0, 3))
        return (
            right_ones
            + LONG_WEIGHT * self._contrast_long(scored)
            + NEAR_WEIGHT * near_misses
            + verdict * misordered(scored.evidence, scored.answered, temperature=TEMPERATURE)
            + keep * self._drift(scored)
        )

    def score(self, reader: QuestionReader, rows: Sequence[int], *, told: float) -> Scored:
        """The questions on these passages, a share of them as the vocabulary tells them; words are compared with these passages alone."""
        questions = [question for row in rows for question in self._questions[row]]
        read = reader.read([self._told[one.text] if random.random() < told else one.text for one in questions])
        owners, here = torch.tensor([one.passage for one in questions]), torch.tensor(rows)
        own, own_here = torch.arange(len(self.documents.passages))[None] == owners[:, None], owners[:, None] == here[None]
        whole, parts = match(read, self.documents.tokens[here])
        sentences = read.vectors @ self.documents.sentences.T
        spans = parts.reshape(len(questions), -1).masked_fill(~self._holds_sentence(here)[None], -1.0)
        nearest = sentences.masked_fill(self.documents.owner[None] != owners[:, None], -1.0).amax(1)
        return Scored(
            questions=questions,
            answered=torch.tensor([bool(one.answers) for one in questions]),
            rankings=(
                (sentences, self._answers(questions)),
                (read.vectors @ self.documents.passages.T, own),
                (whole, own_here),
                (spans, self._answer_spans(questions, rows)),
            ),
            long=read.vectors @ self.documents.long.T,
            evidence=nearest + LATE_SHARE * (whole * own_here).sum(1),
            vectors=read.vectors,
        )

    def _contrast_long(self, scored: Scored) -> Tensor:
        """A passage among its neighbours, against those on other topics: its own neighbours may well answer."""
        topics = self.documents.topic[torch.tensor([one.passage for one in scored.questions])]
        others = self.documents.topic[None] != topics[:, None]
        return contrast(scored.long[scored.answered], scored.rankings[1][1][scored.answered], others[scored.answered])

    def _drift(self, scored: Scored) -> Tensor:
        """How far plain questions have moved, as 1 - cosine."""
        kept = [row for row, one in enumerate(scored.questions) if one.form in KEPT_FORMS]
        before = torch.stack([self._kept[scored.questions[row].text] for row in kept])
        return 1 - (scored.vectors[kept] * before).sum(1).mean()

    def _answers(self, questions: Sequence[TrainingQuestion]) -> Tensor:
        right = torch.zeros(len(questions), len(self.documents.owner), dtype=torch.bool)
        for row, question in enumerate(questions):
            right[row, [self._first[question.passage] + answer for answer in question.answers]] = True
        return right

    def _answer_spans(self, questions: Sequence[TrainingQuestion], rows: Sequence[int]) -> Tensor:
        segments = self.documents.tokens.shape[1]
        start = {row: at * segments + 1 for at, row in enumerate(rows)}
        right = torch.zeros(len(questions), len(rows) * segments, dtype=torch.bool)
        for row, question in enumerate(questions):
            right[row, [start[question.passage] + answer for answer in question.answers]] = True
        return right

    def _holds_sentence(self, rows: Tensor) -> Tensor:
        """Which segments of these passages hold a sentence: not the heading, nor what only fills up."""
        segments = torch.arange(self.documents.tokens.shape[1])
        return ((segments[None] >= 1) & (segments[None] <= self._lengths[rows][:, None])).reshape(-1)


def contrast(scores: Tensor, right: Tensor, wrong: Tensor | None = None) -> Tensor:
    """The mean loss of each right pair against all wrong ones of its row; `wrong` may leave out some that are neither."""
    scaled = scores / TEMPERATURE
    rivals = torch.logsumexp(scaled.masked_fill(right if wrong is None else ~wrong, -1e9), 1, keepdim=True)
    losses = torch.logaddexp(scaled, rivals.expand_as(scaled)) - scaled
    return (losses * right).sum() / right.sum().clamp(min=1)


def _contrast_questions(scores: Tensor, right: Tensor) -> Tensor:
    """Each answering sentence, against all questions that it does not answer, near misses among them."""
    answering = right.any(0)
    return contrast(scores[:, answering].T, right[:, answering].T)


def reciprocal_rank(scores: Tensor, right: Tensor) -> float:
    """The mean of 1 / rank of the best right column of each row."""
    best = scores.masked_fill(~right, -1e9).amax(1, keepdim=True)
    return float((1 / (1 + (scores > best).sum(1))).float().mean())
