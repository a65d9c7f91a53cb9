"""Whether one passage is found whatever words people use: plain, lay, as typed into a box, as staff would, and in Spanish."""

from pathlib import Path
from typing import Any

from evaluation.beir_site import CACHE, choose_half, open_dataset
from evaluation.retrieval import search_documents
from evaluation.retrieval_runs import score_run, without_vocabulary
from index.judgments import JudgedQuery, read_queries
from index.schema import Embedder
from index.searcher import Searcher


def measure_wordings(
    folder: Path, *, detail: bool = False, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE
) -> dict[str, Any]:
    """The reciprocal rank of the right document, mean over the queries of each wording, in [0, 1].

    `folder` is a BEIR folder whose query ids begin with the name of the wording, as in `corpus/wordings`. `half` (dev or report) takes
    every other query of each. `detail` adds what is reached with the vocabulary turned off: no lexicon, no glossary, no spelling.
    """
    searcher = open_dataset(folder, embedder=embedder, cache=cache)
    wordings: dict[str, list[JudgedQuery]] = {}
    for query in read_queries(folder):
        wordings.setdefault(query.query_id.rpartition("-")[0], []).append(query)
    kept = {wording: choose_half(queries, half) for wording, queries in wordings.items()}
    figures: dict[str, Any] = {wording: _reciprocal_rank(searcher, queries) for wording, queries in kept.items()}
    if detail:
        bare = without_vocabulary(searcher)
        figures["vocabulary off"] = {wording: _reciprocal_rank(bare, queries) for wording, queries in kept.items()}
    return figures


def _reciprocal_rank(searcher: Searcher, queries: list[JudgedQuery]) -> float:
    return float(score_run(queries, {query.query_id: search_documents(searcher, query.text) for query in queries})["RR"])
