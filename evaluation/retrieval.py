"""Whether the right page is found: the product's own pipeline over BEIR folders, beside what it is made of."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from scipy.stats import ttest_rel

from evaluation.beir_site import open_dataset
from index.fusion import fuse_ranks
from index.judgments import JudgedQuery, read_queries
from index.lexicon import SearchRules
from index.schema import Embedder, FloatVector
from index.searcher import Searcher
from index.vocabulary import SiteWords, Vocabulary

DEPTH = 100
"""Documents ranked for each query, as BEIR does."""
MEASURES = (nDCG @ 10, R @ 20, RR)
MAIN = nDCG @ 10

Run = Mapping[str, Mapping[str, float]]
"""Query -> document -> score."""


def measure_retrieval(
    folder: Path, *, detail: bool = False, half: str = "", embedder: Embedder | None = None, cache: Path | None = None
) -> dict[str, Any]:
    """nDCG@10, recall@20 and the reciprocal rank of the product on a BEIR folder, each the mean over its judged queries, in [0, 1].

    `detail` adds what each part scores alone and the two-sided p of a paired t test of the product's nDCG@10 against it (Smucker, Allan and
    Carterette 2007, https://doi.org/10.1145/1321440.1321528). `half` is "dev" (every other query) or "report" (the rest).
    """
    searcher = open_dataset(folder, embedder=embedder, **({"cache": cache} if cache else {}))
    queries = choose_half([query for query in read_queries(folder) if query.relevant], half)
    product = {query.query_id: search_documents(searcher, query.text) for query in queries}
    figures: dict[str, Any] = score_run(queries, product)
    if detail:
        runs = {name: run_system(searcher, queries, system) for name, system in SYSTEMS.items()}
        runs["vocabulary off"] = {query.query_id: search_documents(_without_vocabulary(searcher), query.text) for query in queries}
        figures |= {name: score_run(queries, run) | {"p": paired_p(queries, product, run)} for name, run in runs.items()}
    return figures


def choose_half(queries: Sequence[JudgedQuery], half: str) -> list[JudgedQuery]:
    """All queries, or those of a half: "dev" has the first, third and so on."""
    return list(queries) if half not in ("dev", "report") else list(queries[0 if half == "dev" else 1 :: 2])


def search_documents(searcher: Searcher, query: str) -> dict[str, float]:
    """The documents that the product lists, folded ones right behind the page that they are folded under; scores only order."""
    results = searcher.search(query, k=DEPTH).results
    documents = dict.fromkeys(hit.passage.url for result in results for hit in result.hits)
    return {document: float(-rank) for rank, document in enumerate(documents)}


System = Callable[[Searcher, str], FloatVector]
"""Scores of all passages for a query."""


def run_system(searcher: Searcher, queries: Sequence[JudgedQuery], system: System) -> dict[str, dict[str, float]]:
    """What a part of the product lists: a document counts as its best passage."""
    urls = [passage.url for passage in searcher.passages]
    return {query.query_id: _best_documents(urls, system(searcher, query.text)) for query in queries}


def _best_documents(urls: Sequence[str], scores: FloatVector) -> dict[str, float]:
    documents: dict[str, float] = {}
    for row in np.argsort(-scores, kind="stable"):
        documents.setdefault(urls[row], float(scores[row]))
        if len(documents) == DEPTH:
            break
    return documents


def _bm25(searcher: Searcher, query: str) -> FloatVector:
    return searcher.score(query).lexical


def _dense_passage(searcher: Searcher, query: str) -> FloatVector:
    return searcher.score(query).passage


def _dense(searcher: Searcher, query: str) -> FloatVector:
    return searcher.score(query).cosine


def _rrf(searcher: Searcher, query: str) -> FloatVector:
    scores = searcher.score(query)
    return fuse_ranks([scores.cosine, scores.lexical])


SYSTEMS: dict[str, System] = {"bm25": _bm25, "dense passages": _dense_passage, "dense": _dense, "rrf": _rrf}
"""Parts of the product: words alone, whole passages alone, windows and passages, and those two fused by rank."""


def _without_vocabulary(searcher: Searcher) -> Searcher:
    return searcher.with_vocabulary(Vocabulary(SiteWords(language="none"), SearchRules(), lexicon=[]))


def score_run(queries: Sequence[JudgedQuery], run: Run) -> dict[str, float]:
    """Means over all queries; one for which nothing was listed counts as 0."""
    values = ir_measures.calc_aggregate(MEASURES, _grades(queries), _as_run(run))
    return {str(measure): float(values[measure]) for measure in MEASURES}


def paired_p(queries: Sequence[JudgedQuery], run: Run, baseline: Run) -> float:
    """The two-sided p that two runs differ in nDCG@10; 1 if they are the same on every query."""
    ours, theirs = (_by_query(queries, one) for one in (run, baseline))
    return 1.0 if np.allclose(ours, theirs) else float(ttest_rel(ours, theirs).pvalue)


def _by_query(queries: Sequence[JudgedQuery], run: Run) -> list[float]:
    values = {one.query_id: one.value for one in ir_measures.iter_calc([MAIN], _grades(queries), _as_run(run))}
    return [values.get(query.query_id, 0.0) for query in queries]


def _grades(queries: Sequence[JudgedQuery]) -> dict[str, dict[str, int]]:
    return {query.query_id: dict(query.relevant) for query in queries}


def _as_run(run: Run) -> dict[str, dict[str, float]]:
    return {query: dict(documents) for query, documents in run.items()}
