"""Models that turn text into vectors; each file defines `load(model) -> Embedder` and is named as in the settings."""

from importlib import import_module
from pathlib import Path

from index.errors import UnusableModel
from index.schema import Embedder

DEFAULT_EMBEDDER = "onnx_cpu"


def embedder_names() -> list[str]:
    """The names that settings may use: the files of this folder."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))


def load_embedder(name: str = DEFAULT_EMBEDDER, model: str = "") -> Embedder:
    """The embedder of that name, ready to use; its libraries are imported now and not before.

    `model` is whatever the file understands (a folder, a model's name); "" is its default.

    Raises:
        UnusableModel: no such embedder, or its model cannot be loaded.
    """
    if name not in embedder_names():
        raise UnusableModel(f"There is no embedder {name!r}; choose one of {', '.join(embedder_names())}.")
    embedder: Embedder = import_module(f"index.embedders.{name}").load(model)
    return embedder
