"""Learns the answer reader: `python -m evaluation.reader_training corpus/training corpus/training/articles --out index/answer_reader.onnx`.

It takes thirty-five minutes on two cores, in 4 GB, and the exported model in var/model; nothing else of the project needs it. It learns
from these folders alone: no judged query, no public set, no page of the sample clinic.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from time import monotonic

import numpy as np
import torch

from evaluation.abstention import auroc
from evaluation.learning import Report, add_recipe, make_stepper, tell
from evaluation.reader_lesson import ReaderLesson, reading_loss
from evaluation.reader_network import NOTHING, ReaderNetwork, export_network
from evaluation.reader_texts import read_passages, read_questions
from evaluation.training_set import TrainingSet, read_training_set
from index.embedders.onnx_cpu import load
from index.errors import UnusableModel
from index.schema import TokenEmbedder
from ingest.durable_files import write_durably

REPORTED = 100
"""Steps between two lines of progress."""
EXAMINED = 128
"""Questions that are measured at once."""


@dataclass(frozen=True, slots=True)
class ReadingRecipe:
    """How it is learnt; the defaults are those of the bundled reader."""

    epochs: int = 3
    rate: float = 1e-3
    questions: int = 64
    """Questions a step, all of one section together."""
    hold_out: int = 12
    """One article in so many is left out and measured on; 0: none."""
    seed: int = 0


def train_reader(data: TrainingSet, recipe: ReadingRecipe, *, embedder: TokenEmbedder, report: Report) -> bytes:
    """The content of a reader's file, learnt from a training set for the token space of an embedder."""
    torch.manual_seed(recipe.seed)
    lesson, exam = (_make_lesson(part, embedder, recipe.seed, report) for part in data.hold_out(recipe.hold_out))
    assert lesson is not None
    network = ReaderNetwork(lesson.token_dimensions)
    report(f"{sum(part.numel() for part in network.parameters())} weights")
    for epoch in learn(network, lesson, recipe, report):
        report(f"epoch {epoch}: {measure(network, exam)}")
    return export_network(network, space=embedder.token_basis)


def _make_lesson(data: TrainingSet, embedder: TokenEmbedder, seed: int, report: Report) -> ReaderLesson | None:
    if not data.passages:
        return None
    report(f"reading {len(data.passages)} sections and {len(data.questions)} questions")
    passages = read_passages(embedder, data.passages)
    return ReaderLesson(data, passages, read_questions(embedder, data, passages.index, random.Random(seed)))


def learn(network: ReaderNetwork, lesson: ReaderLesson, recipe: ReadingRecipe, report: Report) -> Iterator[int]:
    """The number of each epoch when it has been learnt."""
    shuffler, started, losses = random.Random(recipe.seed), monotonic(), list[float]()
    total = recipe.epochs * (len(lesson) // recipe.questions)
    step = make_stepper(list(network.parameters()), recipe.rate, total)
    network.train()
    for epoch in range(recipe.epochs):
        for rows in _batches(lesson.data, recipe.questions, shuffler):
            losses.append(step(reading_loss(network, lesson.batch(rows, [lesson.choose(row) for row in rows]))))
            if len(losses) % REPORTED == 0:
                report(f"step {len(losses)} of {total}, loss {np.mean(losses[-REPORTED:]):.3f}, {monotonic() - started:.0f} s")
        yield epoch + 1


def _batches(data: TrainingSet, size: int, shuffler: random.Random) -> Iterator[list[int]]:
    """The questions in batches: sections by chance, near misses beside the questions that their section answers."""
    of_passage: dict[int, list[int]] = {}
    for row, question in enumerate(data.questions):
        of_passage.setdefault(question.passage, []).append(row)
    order = [row for passage in shuffler.sample(list(of_passage), len(of_passage)) for row in of_passage[passage]]
    return (order[first : first + size] for first in range(0, len(order) - size + 1, size))


def measure(network: ReaderNetwork, exam: ReaderLesson | None) -> str:
    """AUROC of the best sentence's logit for near misses, and by form of question the share whose best sentence answers."""
    if exam is None:
        return "nothing is held out"
    network.eval()
    best, answered, right = [list[float](), list[bool](), list[bool]()]
    with torch.no_grad():
        for first in range(0, len(exam), EXAMINED):
            rows = range(first, min(first + EXAMINED, len(exam)))
            batch = exam.batch(rows, [exam.choose_exam(row) for row in rows])
            logits = network(*batch.inputs).masked_fill(~batch.real, NOTHING)
            best += logits.amax(1).tolist()
            answered += batch.right.any(1).tolist()
            right += batch.right.gather(1, logits.argmax(1, keepdim=True))[:, 0].tolist()
    network.train()
    forms = dict.fromkeys(one.form for one in exam.data.questions if one.answers)
    shares = {form: np.mean([hit for hit, one in zip(right, exam.data.questions, strict=True) if one.form == form]) for form in forms}
    verdict = auroc(np.array(best), np.array(answered))
    return f"near misses {verdict:.3f}  " + "  ".join(f"{form} {share:.3f}" for form, share in shares.items())


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 when the reader is written, 1 with one sentence on standard error otherwise."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.reader_training", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="training sets, as corpus/training and corpus/training/articles")
    parser.add_argument("--out", type=Path, required=True, help="where the reader is written, such as index/answer_reader.onnx")
    parser.add_argument("--model", default="", help="the folder of an exported model (default: var/model)")
    add_recipe(parser, ReadingRecipe())
    options = vars(parser.parse_args(arguments))
    folders, out, model = (options.pop(name) for name in ("folders", "out", "model"))
    try:
        data = reduce(TrainingSet.join, map(read_training_set, folders))
        content = train_reader(data, ReadingRecipe(**options), embedder=load(model), report=tell)
        write_durably(out, content)
    except (ValueError, OSError, UnusableModel) as error:
        tell(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
