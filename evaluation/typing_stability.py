"""Whether results stand still while somebody types: a list that jumps with each letter cannot be read."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

from evaluation.beir_site import CACHE
from evaluation.judged_site import open_judged_site, read_site_queries
from index.schema import Embedder
from index.searcher import Searcher

SHORTEST = 3
"""Letters from which on the page shows results."""
SHOWN = 3
"""Pages in view on a phone."""


def measure_typing(folder: Path, *, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE) -> dict[str, Any]:
    """Each query of a judged site typed letter by letter: how often the first page changes, and when it stays.

    `changes`: mean number of times that another page stands first. `settled`: mean share of the steps after which the final first page
    stands first for good. `kept`: mean share of the first three pages that are still among them one step later. A step is a letter,
    searched for as the page does it; beside it the same where half words are searched for as they stand, and where a step is a word.
    """
    searcher = open_judged_site(folder, embedder=embedder, cache=cache)
    texts = [row.judged.text for row in read_site_queries(folder, half=half) if row.judged.relevant]
    letters = [[text[:end] for end in range(SHORTEST, len(text) + 1)] for text in texts]
    words = [[" ".join(text.split()[:end]) for end in range(1, len(text.split()) + 1)] for text in texts]
    return {
        "queries": len(texts),
        **_figures([_watch(searcher, steps, unfinished=True) for steps in letters]),
        "as they stand": _figures([_watch(searcher, steps) for steps in letters]),
        "whole words": _figures([_watch(searcher, steps) for steps in words]),
    }


Lists = list[tuple[str, ...]]
"""The first pages after each step."""


def _watch(searcher: Searcher, steps: Sequence[str], *, unfinished: bool = False) -> Lists:
    found = (searcher.search(step, k=SHOWN, unfinished=unfinished) for step in steps if step.strip())
    return [tuple(result.url for result in outcome.results) for outcome in found]


def _figures(watched: Sequence[Lists]) -> dict[str, float]:
    several = [lists for lists in watched if len(lists) > 1]
    return {
        "changes": mean(sum(one[:1] != other[:1] for one, other in pairwise(lists)) for lists in several),
        "settled": mean(settled_at(lists) for lists in several),
        "kept": mean(mean(_share_kept(one, other) for one, other in pairwise(lists)) for lists in several),
    }


def settled_at(lists: Lists) -> float:
    """The share of the steps after which the last list's first page stands first for good, in (0, 1]."""
    firsts = [pages[:1] for pages in lists]
    unsettled = next((at for at in range(len(firsts) - 1, -1, -1) if firsts[at] != firsts[-1]), -1)
    return (unsettled + 2) / len(firsts)


def _share_kept(one: Sequence[str], other: Sequence[str]) -> float:
    return len(set(one) & set(other)) / max(len(one), 1)
