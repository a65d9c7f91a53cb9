"""Whether the product is ahead of each of its parts on every data set, and by more than chance over all of them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import ttest_1samp

from evaluation.beir_site import CACHE, choose_half, open_dataset
from evaluation.judged_site import is_judged_site, open_judged_site, read_site_queries
from evaluation.retrieval import run_system, search_documents
from evaluation.retrieval_runs import SYSTEMS, Run, by_query
from evaluation.site_retrieval import rank_sections, search_sections
from index.judgments import CORPUS, JudgedQuery, read_queries
from index.schema import Embedder

Gains = NDArray[np.float64]
"""nDCG@10 of the product minus that of a part, one number a query."""


def measure_significance(folder: Path, *, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE) -> dict[str, Any]:
    """For each part its mean distance behind the product on each data set in the folder, and the two-sided p over all queries together.

    Data sets are BEIR folders, and folders with `site/` and `judgments/`. The test is Student's on the paired differences, as `retrieval`
    does for one set. `ahead` says whether the product leads on every set.
    """
    sets = [folder] if _is_dataset(folder) else sorted(path for path in folder.iterdir() if _is_dataset(path))
    gains = {path.resolve().name: _measure_gains(path, half, embedder, cache) for path in sets}
    return {system: _summarise({name: parts[system] for name, parts in gains.items()}) for system in SYSTEMS} if gains else {}


def _summarise(gains: Mapping[str, Gains]) -> dict[str, Any]:
    pooled = np.concatenate(list(gains.values()))
    means = {name: float(one.mean()) for name, one in gains.items()}
    return means | {"ahead": all(mean > 0 for mean in means.values()), "pooled": float(pooled.mean()), "p": pooled_p(pooled)}


def pooled_p(gains: Gains) -> float:
    """The two-sided p that gains come from no difference; 1 if there is no gain anywhere."""
    return float(ttest_1samp(gains, 0.0).pvalue) if np.any(gains) else 1.0


def _is_dataset(folder: Path) -> bool:
    return is_judged_site(folder) or ((folder / CORPUS).is_file() and any(query.relevant for query in read_queries(folder)))


def _measure_gains(folder: Path, half: str, embedder: Embedder | None, cache: Path) -> dict[str, Gains]:
    queries, product, parts = (_run_site if is_judged_site(folder) else _run_dataset)(folder, half, embedder, cache)
    ours = np.array(by_query(queries, product))
    return {name: ours - np.array(by_query(queries, run)) for name, run in parts.items()}


def _run_dataset(folder: Path, half: str, embedder: Embedder | None, cache: Path) -> tuple[Sequence[JudgedQuery], Run, Mapping[str, Run]]:
    searcher = open_dataset(folder, embedder=embedder, cache=cache)
    queries = choose_half([query for query in read_queries(folder) if query.relevant], half)
    product = {query.query_id: search_documents(searcher, query.text) for query in queries}
    return queries, product, {name: run_system(searcher, queries, system) for name, system in SYSTEMS.items()}


def _run_site(folder: Path, half: str, embedder: Embedder | None, cache: Path) -> tuple[Sequence[JudgedQuery], Run, Mapping[str, Run]]:
    searcher = open_judged_site(folder, embedder=embedder, cache=cache)
    queries = [query.judged for query in read_site_queries(folder, half=half) if query.judged.relevant]
    product = {query.query_id: search_sections(searcher, query.text) for query in queries}
    parts = {
        name: {query.query_id: rank_sections(searcher, system(searcher, query.text)) for query in queries}
        for name, system in SYSTEMS.items()
    }
    return queries, product, parts
