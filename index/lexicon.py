"""The bundled mental-health lexicon, and what a site's own file adds to it or forbids."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

EntryKind = Literal["abbreviation", "same", "means", "spanish", "drug"]


@dataclass(frozen=True, slots=True)
class LexiconEntry:
    """Two forms of one thing.

    `same` is read both ways, `means` only from form to meaning, `spanish` so in Spanish questions alone, `drug` names are never
    spell-corrected.
    """

    kind: EntryKind
    form: str
    meaning: str
    source: str = "own"


@dataclass(frozen=True, slots=True)
class PinnedPage:
    """A page that comes first for a query, and why; staff see the reason."""

    query: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class HiddenPage:
    """A page that no search shows, and why; staff see the reason."""

    url: str
    reason: str


@dataclass(frozen=True, slots=True)
class SearchRules:
    """What the people of a site decided about its search: entries to add, forms never to expand or correct, pages to pin or hide."""

    entries: tuple[LexiconEntry, ...] = ()
    forbidden: frozenset[str] = frozenset()
    pinned: tuple[PinnedPage, ...] = ()
    hidden: tuple[HiddenPage, ...] = ()


@cache
def read_lexicon() -> tuple[LexiconEntry, ...]:
    """The entries of `lexicon.tsv`, in its order."""
    return tuple(parse_lexicon(files("index").joinpath("lexicon.tsv").read_text("utf-8").splitlines()))


def parse_lexicon(lines: Iterable[str]) -> list[LexiconEntry]:
    """Entries from tab-separated lines; empty lines and those that begin with # say nothing. Raises `ValueError` with the bad line."""
    entries = []
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            parts = line.split("\t")
            if len(parts) != 4 or parts[0] not in get_args(EntryKind) or not parts[1]:
                raise ValueError(f"Line {number} of the lexicon should be kind, form, meaning, source, separated by tabs: {line!r}")
            entries.append(LexiconEntry(parts[0], *parts[1:]))  # type: ignore[arg-type]  # checked above
    return entries
