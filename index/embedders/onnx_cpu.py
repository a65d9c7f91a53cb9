"""The exported graph of a sentence-transformers model on a CPU, by onnxruntime or OpenVINO, without torch: what a server uses."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from index.errors import UnusableModel
from index.question_adapter import ASKED_SHARE
from index.schema import FloatMatrix, FloatVector, QuestionVectors, TextVectors

if TYPE_CHECKING:
    from openvino import Core

DEFAULT_FOLDER = "var/model"
TOKENS_PER_BATCH = 4096
"""Sixteen passages of 256 tokens: twice as much is no faster on two cores and takes twice the memory."""
FEW_TEXTS = 4
"""So few texts come from somebody who waits, not from a build: their vectors are remembered."""
REMEMBERED = 2048
"""Recent short requests whose vectors are kept: 3 MB, and 10 kB more for the tokens of each. What somebody types is embedded for the search
and, as typed and as read, for the crisis vote: mostly the same tokens three times."""
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
ASKING = "asking"
"""The fourth input of a graph that reads questions in another way than passages, shape (rows,): how far each row is one."""
OUTPUTS = ("unit_vectors", "token_vectors")

Tokens: TypeAlias = NDArray[np.int64]
TokenVectors: TypeAlias = NDArray[np.float32]
"""Of unit length, shape (rows, tokens, e)."""
WholeAndTokens: TypeAlias = tuple[FloatVector, FloatMatrix]
Inputs: TypeAlias = dict[str, Tokens | FloatVector]
Engine: TypeAlias = Callable[[Inputs], tuple[FloatMatrix, TokenVectors]]


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """What `model.json` beside the graph says: which model it is, how it reads, and which engine ran it fastest on this machine."""

    name: str
    digest: str
    dimension: int
    max_tokens: int
    engine: str
    graph_digest: str
    token_basis: str
    question_prompt: str = ""
    passage_prompt: str = ""
    asks: bool = False
    """Whether the graph has the input `asking`."""


def load(model: str = "") -> "OnnxEmbedder":
    """The exported model in that folder (default `var/model`).

    Raises:
        UnusableModel: the folder holds no complete export.
    """
    folder = Path(model or DEFAULT_FOLDER)
    try:
        about = ExportedModel(**json.loads((folder / "model.json").read_text("utf-8")))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises plain Exception
        raise UnusableModel(f"No exported model in {folder}; write one with: python -m index.model_export --out {folder}") from error
    return OnnxEmbedder(about, tokenizer, open_usable_engine(about.engine, folder / "model.onnx"))


class OnnxEmbedder:
    """Tokens in, unit vectors out. Safe to call from several threads."""

    def __init__(self, about: ExportedModel, tokenizer: Tokenizer, engine: Engine) -> None:
        self.name, self.digest = f"onnx_cpu:{about.name}", about.digest
        self.dimension, self.max_tokens = about.dimension, about.max_tokens
        self.token_basis = about.token_basis
        self._about, self._engine = about, engine
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._counter = tokenizer
        self._tokenizer = Tokenizer.from_str(tokenizer.to_str())
        self._tokenizer.enable_truncation(about.max_tokens)
        self._remember = lru_cache(maxsize=REMEMBERED)(self._embed_tokens)

    def count_tokens(self, text: str) -> int:
        """The text's tokens and the special ones, without a cut at `max_tokens`."""
        return len(self._counter.encode(text).ids)

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of unit length, shape (len(texts), dimension); texts of similar length share a batch, so that little is padding."""
        tokens = [encoding.ids for encoding in self._encode(texts)]
        if 0 < len(tokens) <= FEW_TEXTS:
            return np.stack([self._remember(tuple(ids))[0][0] for ids in tokens])
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for rows in batch_by_length([len(ids) for ids in tokens]):
            vectors[rows], _ = self._run([tokens[row] for row in rows])
        return vectors

    def embed_question(self, text: str) -> FloatVector:
        """A vector of unit length, shape (dimension,)."""
        return self.read_question(text).whole

    def read_passages(self, texts: Sequence[str]) -> Iterator[TextVectors]:
        """The vectors of each text and of its tokens, in the order of the texts."""
        encodings = self._encode(texts)
        read: dict[int, TextVectors] = {}
        for rows in batch_by_length([len(encoding.ids) for encoding in encodings]):
            made = zip(*self._run([encodings[row].ids for row in rows]), strict=True)
            prompt = len(self._about.passage_prompt)
            read |= {row: _take(encodings[row], whole, tokens, prompt) for row, (whole, tokens) in zip(rows, made, strict=True)}
        return (read[row] for row in range(len(texts)))

    def read_question(self, text: str) -> QuestionVectors:
        """The vectors of a question and of its tokens; nobody may write into them, for they are remembered."""
        encoding = self._tokenizer.encode(self._about.question_prompt + text)
        (whole, tokens), asked = self._remember(tuple(encoding.ids))
        read, adapted = (_take(encoding, *one, len(self._about.question_prompt)) for one in ((whole, tokens), asked))
        return QuestionVectors(read.whole, read.tokens, read.token_ids, read.starts, adapted.whole, adapted.tokens)

    def _encode(self, texts: Sequence[str]) -> list[Encoding]:
        return list(self._tokenizer.encode_batch([self._about.passage_prompt + text for text in texts]))

    def _embed_tokens(self, tokens: tuple[int, ...]) -> tuple[WholeAndTokens, WholeAndTokens]:
        """A text as published and as a question: who waits needs both, and two rows at once take less than twice the time."""
        rows = [tokens, tokens] if self._about.asks else [tokens]
        made = [(_locked(whole), _locked(parts)) for whole, parts in zip(*self._run(rows, [0.0, ASKED_SHARE][: len(rows)]), strict=True)]
        return made[0], made[-1]

    def _run(self, rows: Sequence[Sequence[int]], asking: Sequence[float] | None = None) -> tuple[FloatMatrix, TokenVectors]:
        inputs: Inputs = {**pad_tokens(rows)}
        if self._about.asks:
            inputs[ASKING] = np.array(asking or [0.0] * len(rows), np.float32)
        return self._engine(inputs)


def _locked(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """A copy that nobody can write into: the next who asks gets the same one."""
    copy = np.array(vectors, np.float32)
    copy.flags.writeable = False
    return copy


def _take(encoding: Encoding, whole: FloatVector, tokens: FloatMatrix, prompt: int) -> TextVectors:
    """One row of what the engine gave, without padding and special tokens; the prompt's tokens begin before the text."""
    kept = np.array(encoding.special_tokens_mask, np.int64) == 0
    starts = np.array([start for start, _ in encoding.offsets], np.int64)[kept] - prompt
    ids = np.array(encoding.ids, np.int64)[kept]
    return TextVectors(np.asarray(whole, np.float32), np.asarray(tokens[: len(kept)][kept], np.float32), ids, starts)


def batch_by_length(lengths: Sequence[int], tokens_per_batch: int = TOKENS_PER_BATCH) -> list[list[int]]:
    """Row numbers in batches, longest rows first; no batch pads to more than `tokens_per_batch` tokens unless it is a single row."""
    batches: list[list[int]] = []
    widest = 0
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if not batches or (len(batches[-1]) + 1) * widest > tokens_per_batch:
            batches.append([])
            widest = max(lengths[row], 1)
        batches[-1].append(row)
    return batches


def pad_tokens(rows: Sequence[Sequence[int]]) -> dict[str, Tokens]:
    """The three inputs of the graph, each of shape (rows, longest row); padding is 0 and masked."""
    shape = (len(rows), max(map(len, rows)))
    ids, mask = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)], mask[number, : len(row)] = row, 1
    return dict(zip(INPUTS, (ids, mask, np.zeros(shape, np.int64)), strict=True))


def open_usable_engine(name: str, graph: Path) -> Engine:
    """That engine, or onnxruntime where this machine is not the one for which it was chosen and lacks what it needs."""
    if name not in ENGINES:
        raise UnusableModel(f"There is no engine {name!r}; choose one of {', '.join(ENGINES)}, or export the model again.")
    return ENGINES[name](graph) if name in usable_engines() else open_onnxruntime(graph)


def usable_engines() -> list[str]:
    """The engines that run here: bf16 only where the processor has it."""
    try:
        core = open_silent_core()
    except ImportError:
        return ["onnxruntime"]
    has_bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    return ["onnxruntime", "openvino", *(["openvino-bf16"] if has_bf16 else [])]


def open_silent_core() -> "Core":
    """OpenVINO's core. Raises `ImportError` where OpenVINO is not installed.

    Its package reports every import to Google Analytics, from a process that it forks: nothing here may speak to a third party, and the
    fork hangs the server if it falls into a matrix product. OpenVINO does without the module that is named None here.
    """
    sys.modules.setdefault("openvino_telemetry", cast("ModuleType", None))
    from openvino import Core

    return Core()


def open_onnxruntime(graph: Path) -> Engine:
    """The graph in onnxruntime, 32-bit."""
    from onnxruntime import InferenceSession

    session = InferenceSession(str(graph), providers=["CPUExecutionProvider"])

    def run(inputs: Inputs) -> tuple[FloatMatrix, TokenVectors]:
        whole, tokens = session.run(list(OUTPUTS), inputs)
        return np.asarray(whole, np.float32), np.asarray(tokens, np.float32)

    return run


def open_openvino(graph: Path, precision: str = "f32") -> Engine:
    """The graph in OpenVINO; what it compiles is kept beside the graph, so that a second start takes a tenth of the time."""
    core = open_silent_core()
    settings = {"INFERENCE_PRECISION_HINT": precision, "PERFORMANCE_HINT": "LATENCY", "CACHE_DIR": str(graph.parent / "compiled")}
    request = core.compile_model(str(graph), "CPU", settings).create_infer_request()
    lock = Lock()  # a request is not for two threads; the processor is busy with one anyway

    def run(inputs: Inputs) -> tuple[FloatMatrix, TokenVectors]:
        with lock:
            outputs = request.infer(inputs)
            whole, tokens = (np.array(outputs[name], np.float32) for name in OUTPUTS)
            return whole, tokens

    return run


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "onnxruntime": open_onnxruntime,
    "openvino": open_openvino,
    "openvino-bf16": lambda graph: open_openvino(graph, "bf16"),
}
