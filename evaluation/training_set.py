"""Sections of articles, questions that their sentences answer and questions that they do not: what the product learns to read from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from evaluation.beir_site import document_article
from index.builder import split_site
from index.embedders.hashing import DEFAULT_DIMENSION, HashingEmbedder
from index.judgments import Document
from index.vocabulary import Vocabulary, learn_words

FORMS = ("plain", "lay", "typed")
"""How each fact is asked for: in clear words, as a visitor says it, as it is typed into a box."""


@dataclass(frozen=True, slots=True)
class TrainingPassage:
    """One section: its heading, its sentences, and the part of the set that it is from."""

    topic: str
    sentences: tuple[str, ...]
    part: str

    @property
    def article(self) -> tuple[str, str]:
        """What it is a section of: `topic` may name the article and its own heading, with " > " between them."""
        return self.part, self.topic.partition(" > ")[0]

    @property
    def text(self) -> str:
        """What a model reads of it: heading and sentences, as of an index's passage."""
        return f"{self.topic}\n{' '.join(self.sentences)}"

    @property
    def ends(self) -> list[int]:
        """Where the heading and each sentence end in its text."""
        return list(accumulate(len(part) + 1 for part in (self.topic, *self.sentences)))

    @property
    def under_heading(self) -> list[str]:
        """What a model reads of each sentence alone."""
        return [f"{self.topic}: {sentence}" for sentence in self.sentences]


@dataclass(frozen=True, slots=True)
class TrainingQuestion:
    """A question by the number of its passage; `answers` are the sentences that answer it, none if it is a near miss."""

    text: str
    passage: int
    answers: frozenset[int]
    form: str


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """The questions of a passage stand in a row."""

    passages: tuple[TrainingPassage, ...]
    questions: tuple[TrainingQuestion, ...]

    def choose(self, passages: Sequence[int]) -> "TrainingSet":
        """These passages with their questions, numbered anew."""
        numbers = {old: new for new, old in enumerate(passages)}
        questions = (replace(one, passage=numbers[one.passage]) for one in self.questions if one.passage in numbers)
        return TrainingSet(tuple(self.passages[old] for old in passages), tuple(questions))

    def hold_out(self, one_in: int) -> "tuple[TrainingSet, TrainingSet]":
        """What is learnt from, and every so-manieth article, which is measured on; 0 holds out none."""
        articles = sorted({one.article for one in self.passages})
        held = set(Random(len(articles)).sample(articles, len(articles) // one_in if one_in else 0))
        rows = range(len(self.passages))
        kept, left = ([row for row in rows if (self.passages[row].article in held) is out] for out in (False, True))
        return self.choose(kept), self.choose(left)

    def join(self, other: "TrainingSet") -> "TrainingSet":
        """Both, one after the other."""
        questions = (replace(one, passage=one.passage + len(self.passages)) for one in other.questions)
        return TrainingSet(self.passages + other.passages, (*self.questions, *questions))


def read_training_set(folder: Path) -> TrainingSet:
    """All `*.jsonl` of a folder, in the order of their names. Raises `ValueError` where a row is not what `corpus/training` describes."""
    passages: list[TrainingPassage] = []
    questions: list[TrainingQuestion] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                row = json.loads(line)
                passage = TrainingPassage(row["topic"], tuple(row["passage"]), f"{folder.name}/{path.stem}")
                asked = list(_questions(row, len(passages)))
            except (ValueError, KeyError, TypeError, IndexError) as error:
                raise ValueError(f"{path.name}, line {number}: no row of a training set ({error!r}).") from error
            passages.append(passage)
            questions += asked
    if not passages:
        raise ValueError(f"{folder} holds no rows of a training set (*.jsonl; corpus/training/README.md says what a row is).")
    return TrainingSet(tuple(passages), tuple(questions))


def _questions(row: Mapping[str, Any], passage: int) -> Iterator[TrainingQuestion]:
    facts = [frozenset(map(int, fact["answer"])) for fact in row["asked"]]
    if not all(facts) or max(map(max, facts)) >= len(row["passage"]):
        raise ValueError("an answer is no sentence of the passage")
    for fact, answers in zip(row["asked"], facts, strict=True):
        yield from (TrainingQuestion(fact[form], passage, answers, form) for form in FORMS)
    yield TrainingQuestion(row["keyword"], passage, frozenset().union(*facts), "keyword")
    yield TrainingQuestion(row["es"], passage, facts[0], "spanish")
    yield TrainingQuestion(row["es_lay"], passage, facts[1], "spanish_lay")
    yield from (TrainingQuestion(text, passage, frozenset(), "near") for text in row["near"])


def told_questions(data: TrainingSet) -> dict[str, str]:
    """Each question as the product tells it to the model on a site of these passages: mended, Spanish in English, with clinical words."""
    documents = (Document(str(row), one.topic, " ".join(one.sentences)) for row, one in enumerate(data.passages))
    articles = [document_article(document) for document in documents]
    words = learn_words(articles, split_site(articles, HashingEmbedder(DEFAULT_DIMENSION)).passages)
    vocabulary = Vocabulary(words)
    return {one.text: vocabulary.interpret(one.text).text for one in data.questions}
