"""Learns the question adapter: `python -m evaluation.adapter_training corpus/training --out index/question_adapter.npz`.

It takes twenty minutes on two cores, in 4 GB; nothing else of the project needs it. What is learnt from is `corpus/training`
alone: no judged query, no public set, no page of the sample clinic.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np
import torch

from evaluation.adapter_documents import read_documents
from evaluation.adapter_lesson import Lesson, reciprocal_rank
from evaluation.adapter_questions import QuestionReader
from evaluation.learning import Report, add_recipe, make_stepper, tell
from evaluation.training_set import TrainingSet, read_training_set
from index.embedders.sentence_transformer import Model, model_folder, open_model, weights_digest
from index.errors import UnusableModel
from index.model_export import basis_for
from index.question_adapter import Factors, adapt_model, write_adapter
from ingest.durable_files import write_durably

DROPOUT = 0.05
REPORTED = 20
"""Steps between two lines of progress."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How it is learnt; the defaults are those of the bundled adapter."""

    rank: int = 16
    rate: float = 5e-4
    epochs: int = 3
    passages: int = 16
    """Passages a step, each with all its questions."""
    keep: float = 8.0
    """What it costs to read plain questions otherwise than the published model."""
    verdict: float = 3.0
    """What it costs to find more for a near miss than for a question that is answered."""
    hold_out: int = 12
    """One topic in so many is left out and measured on; 0: none."""
    seed: int = 0


def train_adapter(folder: Path, recipe: Recipe, *, source: Path, report: Report) -> bytes:
    """The content of an adapter's file, learnt from a training set for the model in the folder `source`.

    Raises `ValueError` for a training set that is none, or a model whose layers are not those of a BERT.
    """
    random.seed(recipe.seed)
    torch.manual_seed(recipe.seed)
    learning, held = read_training_set(folder).hold_out(recipe.hold_out)
    model = open_model(source)
    basis = torch.from_numpy(basis_for(model, weights_digest(source)))
    report(f"reading {len(learning.passages) + len(held.passages)} passages")
    lesson, exam = (_make_lesson(model, basis, data) for data in (learning, held))
    assert lesson is not None
    reader = QuestionReader(model, basis, lesson.documents.rarity)
    lesson.keep(reader)
    report(f"before: {measure(reader, exam)}")
    factors = add_factors(model, recipe.rank)
    for epoch in learn(reader, lesson, factors, recipe, report):
        report(f"epoch {epoch}: {measure(reader, exam)}")
    learnt = {name: Factors(layer.down.detach().numpy(), layer.up.detach().numpy()) for name, layer in factors.items()}
    return write_adapter(weights_digest(source), learnt)


def _make_lesson(model: Model, basis: torch.Tensor, data: TrainingSet) -> Lesson | None:
    return Lesson(data, read_documents(model, basis, data.passages)) if data.passages else None


def add_factors(model: Model, rank: int) -> dict[str, torch.nn.Module]:
    """The parts that learn, beside each linear layer of the encoder and by its name; the rest of the model is held still."""
    transformer = model[0].auto_model
    for parameter in transformer.parameters():
        parameter.requires_grad = False
    layers = {name: part for name, part in transformer.named_modules() if isinstance(part, torch.nn.Linear) and "encoder.layer" in name}
    if not layers:
        raise ValueError("The model has no layers named encoder.layer: adapters are learnt for BERT and its like.")
    start = {name: _first_factors(layer, rank) for name, layer in layers.items()}
    adapt_model(transformer, start).share = 1.0
    for part in transformer.modules():
        if isinstance(part, torch.nn.Dropout):
            part.p = DROPOUT
    return {name: transformer.get_submodule(name) for name in layers}


def _first_factors(layer: torch.nn.Linear, rank: int) -> Factors:
    """Factors that change nothing yet, their product being 0."""
    high, wide = layer.weight.shape
    return Factors(torch.randn(rank, wide).numpy() / rank, np.zeros((high, rank), np.float32))


def learn(reader: QuestionReader, lesson: Lesson, factors: dict[str, torch.nn.Module], recipe: Recipe, report: Report) -> Iterator[int]:
    """The number of each epoch when it has been learnt."""
    rows = range(len(lesson.documents.passages))
    total = recipe.epochs * -(-len(rows) // recipe.passages)
    step = make_stepper([part for layer in factors.values() for part in (layer.down, layer.up)], recipe.rate, total)
    started, losses = monotonic(), list[float]()
    reader.training(True)
    for epoch in range(recipe.epochs):
        shuffled = random.sample(rows, len(rows))
        for first in range(0, len(rows), recipe.passages):
            losses.append(step(lesson.loss(reader, shuffled[first : first + recipe.passages], keep=recipe.keep, verdict=recipe.verdict)))
            if len(losses) % REPORTED == 0:
                report(f"step {len(losses)} of {total}, loss {np.mean(losses[-REPORTED:]):.3f}, {monotonic() - started:.0f} s")
        yield epoch + 1


def measure(reader: QuestionReader, exam: Lesson | None) -> str:
    """By form of question the mean reciprocal rank of what answers, and how well answered questions are told from near misses.

    Ranks are among all sentences, passages, passages by their words and sentences by their words; `verdict` is the AUROC of the evidence.
    """
    if exam is None:
        return "nothing is held out"
    reader.training(False)
    with torch.no_grad():
        scored = exam.score(reader, range(len(exam.documents.passages)), told=1.0)
    reader.training(True)
    forms = dict.fromkeys(one.form for one in scored.questions if one.answers)
    chosen = {form: torch.tensor([one.form == form for one in scored.questions]) for form in forms}
    ranks = {
        form: "/".join(f"{reciprocal_rank(x[rows], right[rows]):.3f}" for x, right in scored.rankings) for form, rows in chosen.items()
    }
    ordered = scored.evidence[scored.answered][:, None] > scored.evidence[~scored.answered][None]
    return "  ".join(f"{form} {rank}" for form, rank in ranks.items()) + f"  verdict {ordered.float().mean():.3f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 when the adapter is written, 1 with one sentence on standard error otherwise."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.adapter_training", description=__doc__)
    parser.add_argument("folder", type=Path, help="the training set, as corpus/training")
    parser.add_argument("--out", type=Path, required=True, help="where the adapter is written, such as index/question_adapter.npz")
    parser.add_argument("--model", default="", help="a sentence-transformers model: folder or name (default: the packaged MiniLM)")
    add_recipe(parser, Recipe())
    options = vars(parser.parse_args(arguments))
    folder, out, model = (options.pop(name) for name in ("folder", "out", "model"))
    try:
        content = train_adapter(folder, Recipe(**options), source=model_folder(model), report=tell)
        write_durably(out, content)
    except (ValueError, OSError, UnusableModel) as error:
        tell(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
