"""Where pages come from; each file defines `pages(location, *, record) -> Iterator[Page]` and `reads(location) -> bool`."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from ingest.errors import UnknownSource
from ingest.schema import LedgerEntry, Page

Record = Callable[[LedgerEntry], None]
"""Told about every URL that gave no page, and why."""


def source_names() -> list[str]:
    """The names of the sources, which are those of the files of this folder."""
    return sorted(module.name for module in iter_modules(__path__))


def load_source(name: str) -> ModuleType:
    """The source of this name. Raises `UnknownSource` with the names that there are."""
    if name not in source_names():
        raise UnknownSource(f"There is no source '{name}'; there are: {', '.join(source_names())}.")
    return import_module(f"{__name__}.{name}")


def read_pages(location: str, *, record: Record, source: str = "") -> Iterator[Page]:
    """The pages of a location, read by the named source or by the first one that reads this kind of location."""
    if source:
        chosen = load_source(source)
    else:
        chosen = next((module for module in map(load_source, source_names()) if module.reads(location)), None)
    if chosen is None:
        raise UnknownSource(f"'{location}' is neither a folder, a file nor an http(s) address.")
    pages: Iterator[Page] = chosen.pages(location, record=record)
    return pages
