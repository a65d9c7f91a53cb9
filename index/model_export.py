"""Exports a sentence-transformers model once, at set-up: `python -m index.model_export --out var/model`."""

import argparse
import json
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from index.embedders.onnx_cpu import (
    ASKING,
    DEFAULT_FOLDER,
    ENGINES,
    INPUTS,
    OUTPUTS,
    ExportedModel,
    OnnxEmbedder,
    load,
    usable_engines,
)
from index.embedders.sentence_transformer import (
    Model,
    SentenceTransformerEmbedder,
    model_digest,
    model_folder,
    open_model,
    readable_name,
    weights_digest,
)
from index.errors import UnusableModel
from index.schema import FloatMatrix
from index.token_basis import basis_digest, bundled_basis, find_basis, read_basis_texts, write_basis
from ingest.durable_files import write_durably

LOWEST_COSINE = 0.999
"""An export that runs can still be wrong: one with two inputs and no padding in its example gave cosines near 0. Of the vectors of single
tokens their mean must reach it."""
QUESTION_SHARE = 0.5
"""What a visitor waits for counts as much as what a build costs, when engines are compared."""
CHECK_TEXTS = (
    "IPT for PTSD",
    "Do you take my insurance?",
    "Interpersonal psychotherapy (IPT) is a short therapy of twelve to sixteen weekly sessions for depression and for grief.",
    "talking treatment after a car crash " * 12,
    "Sleep and bipolar disorder. " * 60,  # longer than 256 tokens: both sides must cut at the same place
    "Écoute, anxiété, Übung — 0.5 mg; naïve café",
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from torch import Tensor

Report = Callable[[str], None]


def export_model(source: Path, out: Path, *, report: Report) -> ExportedModel:
    """What was written to `out`: graph, tokenizer and model.json, checked against torch, with the engine that is fastest here.

    Raises:
        UnusableModel: the exported graph does not agree with the original.
    """
    report("exporting the model (about half a minute, once)")
    original = SentenceTransformerEmbedder(source)
    out.mkdir(parents=True, exist_ok=True)
    rmtree(out / "compiled", ignore_errors=True)
    (out / "model.json").unlink(missing_ok=True)  # until the new export is checked there is none
    with original.reading(0.0):
        basis = basis_for(original.model, original.weights)
    write_graph(original, basis, out / "model.onnx")
    original.model.tokenizer.backend_tokenizer.save(str(out / "tokenizer.json"))
    about = describe_model(original, source, out, basis_digest(original.digest, original.weights))
    chosen = choose_engine(original, about, basis, out, report=report)
    (out / "model.json").write_text(json.dumps(asdict(chosen), indent=2) + "\n", "utf-8")
    return chosen


def basis_for(model: Model, weights: str) -> FloatMatrix:
    """The space of a model's tokens, shape (d, e): the bundled one if it is that of its weights, else the one that its own tokens span."""
    bundled = bundled_basis(weights)
    return span_tokens(model) if bundled is None else bundled


def span_tokens(model: Model) -> FloatMatrix:
    """The space that the tokens of the bundled texts span, shape (d, e)."""
    return find_basis(np.concatenate(embed_tokens(model, read_basis_texts())))


def embed_tokens(model: "SentenceTransformer", texts: Sequence[str]) -> list[FloatMatrix]:
    """The vectors of each text's tokens as the model makes them, special ones included, of unit length, shape (t, d)."""
    tokens = model.encode(list(texts), output_value="token_embeddings", show_progress_bar=False)
    vectors = (np.asarray(one.cpu(), np.float32) for one in tokens)
    return [one / np.linalg.norm(one, axis=1, keepdims=True) for one in vectors]


def write_graph(original: SentenceTransformerEmbedder, basis: FloatMatrix, path: Path) -> None:
    """Writes the whole model, pooling and normalisation included, as one ONNX graph from three inputs to unit vectors.

    A fourth input says which rows are questions, if the model's are adapted: one graph reads both. The second output are the vectors of the
    tokens in the space that `basis` spans, of unit length.
    """
    import torch

    model, asking = original.model, original.asking

    class Whole(torch.nn.Module):  # type: ignore[misc]  # torch is not checked
        def __init__(self) -> None:
            super().__init__()
            self.model = model
            self.register_buffer("basis", torch.from_numpy(basis))

        def forward(
            self, input_ids: "Tensor", attention_mask: "Tensor", token_type_ids: "Tensor", shares: "Tensor | None" = None
        ) -> "tuple[Tensor, Tensor]":
            if asking and shares is not None:
                asking.share = shares[:, None, None]
            features = dict(zip(INPUTS, (input_ids, attention_mask, token_type_ids), strict=True))
            made = self.model(features)
            tokens = made["token_embeddings"] @ self.basis
            return torch.nn.functional.normalize(made["sentence_embedding"]), torch.nn.functional.normalize(tokens, dim=-1)

    example = model.tokenizer(list(CHECK_TEXTS[:3]), padding=True, return_tensors="pt")
    ids, mask = example["input_ids"], example["attention_mask"]
    batch, sequence = torch.export.Dim("batch", min=1, max=4096), torch.export.Dim("sequence", min=1, max=model.max_seq_length)
    asked = (torch.tensor([0.0, 1.0, 0.0]),) if asking else ()
    with quiet_exporter():
        torch.onnx.export(
            Whole().eval(),
            (ids, mask, torch.zeros_like(ids), *asked),
            str(path),
            dynamo=True,
            verbose=False,
            input_names=[*INPUTS, ASKING][: 3 + len(asked)],
            output_names=list(OUTPUTS),
            dynamic_shapes=[*[{0: batch, 1: sequence}] * 3, *[{0: batch}] * len(asked)],
            external_data=False,
        )


@contextmanager
def quiet_exporter() -> Iterator[None]:
    """While it lasts torch's exporter keeps its own deprecations to itself and the standard output free."""
    with warnings.catch_warnings(), redirect_stdout(sys.stderr):
        warnings.simplefilter("ignore")
        yield


def describe_model(original: SentenceTransformerEmbedder, source: Path, out: Path, token_basis: str) -> ExportedModel:
    """What model.json will say, the engine still open."""
    prompts = original.model.prompts
    return ExportedModel(
        name=readable_name(source),
        digest=original.digest,
        dimension=original.dimension,
        max_tokens=original.max_tokens,
        engine="onnxruntime",
        graph_digest=sha256((out / "model.onnx").read_bytes()).hexdigest(),
        token_basis=token_basis,
        question_prompt=prompts.get("query", ""),
        passage_prompt=prompts.get("document", ""),
        asks=original.asking is not None,
    )


def choose_engine(
    original: SentenceTransformerEmbedder, about: ExportedModel, basis: FloatMatrix, out: Path, *, report: Report
) -> ExportedModel:
    """`about` with the fastest engine that agrees with the original on this machine."""
    costs = {}
    for name in usable_engines():
        embedder = open_embedder(about, out, name)
        agreement, tokens = lowest_cosine(original, embedder), mean_token_cosine(original, embedder, basis)
        question, passage = time_embedder(embedder)
        cosines = f"lowest cosine {agreement:.5f}, mean of tokens {tokens:.5f}"
        report(f"{name}: {cosines}, question {question * 1e3:.1f} ms, passages {1 / passage:.0f}/s")
        if agreement >= LOWEST_COSINE and tokens >= LOWEST_COSINE:
            costs[name] = question**QUESTION_SHARE * passage ** (1 - QUESTION_SHARE)
    if not costs:
        raise UnusableModel(
            f"The exported model disagrees with the original on every engine (cosine below {LOWEST_COSINE}); it was not kept."
        )
    return ExportedModel(**{**asdict(about), "engine": min(costs, key=lambda name: costs[name])})


def open_embedder(about: ExportedModel, folder: Path, engine: str) -> OnnxEmbedder:
    """The exported model on one engine, whatever model.json says."""
    from tokenizers import Tokenizer

    return OnnxEmbedder(about, Tokenizer.from_file(str(folder / "tokenizer.json")), ENGINES[engine](folder / "model.onnx"))


def lowest_cosine(original: SentenceTransformerEmbedder, exported: OnnxEmbedder, texts: Sequence[str] = CHECK_TEXTS) -> float:
    """The worst agreement in [-1, 1] over padded passages and single questions."""
    passages = (original.embed_passages(texts) * exported.embed_passages(texts)).sum(axis=1)
    questions = [(original.read_question(text), exported.read_question(text)) for text in texts]
    return float(min(passages.min(), *(float(min(a.whole @ b.whole, a.asked @ b.asked)) for a, b in questions)))


def mean_token_cosine(
    original: SentenceTransformerEmbedder, exported: OnnxEmbedder, basis: FloatMatrix, texts: Sequence[str] = CHECK_TEXTS
) -> float:
    """The mean agreement in [-1, 1] of the vectors of all tokens but the special ones, padded as in a build."""
    own = np.concatenate([_without_special(original, text) for text in texts]) @ basis
    theirs = np.concatenate([read.tokens for read in exported.read_passages(texts)])
    return float(((own * theirs).sum(axis=1) / np.linalg.norm(own, axis=1)).mean())


def _without_special(original: SentenceTransformerEmbedder, text: str) -> FloatMatrix:
    with original.reading(0.0):
        (vectors,) = embed_tokens(original.model, [text])
    tokenizer = original.model.tokenizer
    ids = tokenizer(text, truncation=True, max_length=original.max_tokens)["input_ids"]
    return vectors[~np.isin(ids, tokenizer.all_special_ids)]


def time_embedder(embedder: OnnxEmbedder, repeats: int = 15) -> tuple[float, float]:
    """Seconds for a question (median) and seconds a passage of about 190 tokens takes in a batch (the better of two runs)."""
    passages = ["Interpersonal psychotherapy links a change of mood to what happens between people. " * 13] * 16
    batches = [_seconds(lambda: embedder.embed_passages(passages)) / len(passages) for _ in range(2)]
    asked = [f"how do I sleep with bipolar disorder {number}" for number in range(repeats)]  # no two alike: those would be remembered
    questions = [_seconds(partial(embedder.embed_question, text)) for text in asked]
    return median(questions), min(batches)


def _seconds(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started


def is_current(source: Path, out: Path) -> bool:
    """Whether `out` holds a complete export of that model already."""
    try:
        about = ExportedModel(**json.loads((out / "model.json").read_text("utf-8")))
        graph = sha256((out / "model.onnx").read_bytes()).hexdigest()
        return (
            about.digest == model_digest(source)
            and about.graph_digest == graph
            and about.token_basis == basis_digest(about.digest, weights_digest(source))
            and bool(np.isfinite(load(str(out)).embed_question("a")).all())
        )
    except (OSError, ValueError, TypeError, UnusableModel):
        return False


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit status: 0 when a checked export stands in the folder, 1 with one sentence on standard error otherwise."""
    parser = argparse.ArgumentParser(prog="python -m index.model_export", description=__doc__)
    parser.add_argument("--model", default="", help="a sentence-transformers model: folder or name (default: the packaged MiniLM)")
    parser.add_argument("--out", type=Path, default=Path(DEFAULT_FOLDER))
    parser.add_argument(
        "--basis", type=Path, help="write the space of the model's tokens to this file, as it is bundled, and export nothing"
    )
    parser.add_argument("--force", action="store_true", help="export again even if the export is current")
    options = parser.parse_args(arguments)

    def report(line: str) -> None:
        sys.stderr.write(f"model: {line}\n")

    try:
        source = model_folder(options.model)
        if options.basis:
            write_durably(options.basis, write_basis(weights_digest(source), span_tokens(open_model(source))))
        elif not options.force and is_current(source, options.out):
            report(f"{options.out} is up to date")
        else:
            report(f"kept {export_model(source, options.out, report=report).engine} in {options.out}")
    except (UnusableModel, ImportError, OSError) as error:
        report(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
