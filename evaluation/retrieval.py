"""Whether the right page is found: the product's own pipeline over BEIR folders, beside what it is made of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.beir_site import CACHE, choose_half, open_dataset
from evaluation.judged_site import is_judged_site
from evaluation.retrieval_runs import DEPTH, SYSTEMS, System, paired_p, score_run, without_vocabulary
from evaluation.site_retrieval import measure_site_retrieval
from index.judgments import JudgedQuery, read_queries
from index.schema import Embedder, FloatVector
from index.searcher import Searcher


def measure_retrieval(
    folder: Path, *, detail: bool = False, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE
) -> dict[str, Any]:
    """nDCG@10, recall@20 and the reciprocal rank of the product on a BEIR folder, each the mean over its judged queries, in [0, 1].

    A folder with `site/` and `judgments/`, as `corpus/`, is measured by `measure_site_retrieval`.

    `detail` adds what each part scores alone and the two-sided p of a paired t test of the product's nDCG@10 against it (Smucker, Allan and
    Carterette 2007, https://doi.org/10.1145/1321440.1321528). `half` is "dev" (every other query) or "report" (the rest).
    """
    if is_judged_site(folder):
        return measure_site_retrieval(folder, detail=detail, half=half, embedder=embedder, cache=cache)
    searcher = open_dataset(folder, embedder=embedder, cache=cache)
    queries = choose_half([query for query in read_queries(folder) if query.relevant], half)
    product = {query.query_id: search_documents(searcher, query.text) for query in queries}
    figures: dict[str, Any] = score_run(queries, product)
    if detail:
        runs = {name: run_system(searcher, queries, system) for name, system in SYSTEMS.items()}
        runs["vocabulary off"] = {query.query_id: search_documents(without_vocabulary(searcher), query.text) for query in queries}
        figures |= {name: score_run(queries, run) | {"p": paired_p(queries, product, run)} for name, run in runs.items()}
    return figures


def search_documents(searcher: Searcher, query: str) -> dict[str, float]:
    """The documents that the product lists, folded ones right behind the page that they are folded under; scores only order."""
    results = searcher.search(query, k=DEPTH).results
    documents = dict.fromkeys(hit.passage.url for result in results for hit in result.hits)
    return {document: float(-rank) for rank, document in enumerate(documents)}


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
