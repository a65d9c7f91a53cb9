"""Engines that find the nearest vectors; each file defines `build(vectors)` and `load(directory)`."""

from importlib import import_module
from pathlib import Path
from types import ModuleType

DEFAULT_STORE = "numpy_exact"


def store_names() -> list[str]:
    """The names that settings may use: the files of this folder."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[!_]*.py"))


def store_module(name: str) -> ModuleType:
    """The file that defines `build` and `load` of that store; its libraries are imported now and not before. Raises `ValueError`."""
    if name not in store_names():
        raise ValueError(f"There is no store {name!r}; choose one of {', '.join(store_names())}.")
    return import_module(f"index.stores.{name}")
