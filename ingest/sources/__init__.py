"""Where pages come from: each file defines `reads(location) -> bool` and `pages(location, *, record, memory, limits) -> Iterator[Page]`.

`record` is told about every address that gave no page, `memory` is a folder to remember a crawl in (None: none), `limits` bound it.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from ingest.crawling.plan import CrawlLimits
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


def read_pages(
    location: str, *, record: Record, source: str = "", memory: Path | None = None, limits: CrawlLimits | None = None
) -> Iterator[Page]:
    """The pages of a location, read by the named source or by the one that reads this kind of location."""
    chosen = load_source(source) if source else _find_source(location)
    pages: Iterator[Page] = chosen.pages(location, record=record, memory=memory, limits=limits or CrawlLimits())
    return pages


def _find_source(location: str) -> ModuleType:
    found = next((module for module in map(load_source, source_names()) if module.reads(location)), None)
    if found is None:
        raise UnknownSource(
            f"'{location}' cannot be read. Name a folder or file of saved pages, a .warc file, an http(s) address, "
            "or wordpress+https://host/ for WordPress's own interface."
        )
    return found
