"""How the search does by the grades that the clinic's own staff gave (`clinic-search judge`, or the staff's pages)."""

from pathlib import Path
from typing import Any

from evaluation.retrieval_runs import score_run
from evaluation.site_retrieval import search_sections
from index.embedders import load_embedder
from index.errors import MissingIndex
from index.judgments import judgments_of, read_staff_judgments
from index.schema import Embedder
from index.searcher import Searcher


def measure_staff(folder: Path, *, embedder: Embedder | None = None) -> dict[str, Any]:
    """nDCG@10, recall@20 and the reciprocal rank over the questions with a useful section; shares called answered.

    `folder` is the root of an index. Raises `MissingIndex` if staff have judged nothing of it.
    """
    queries = read_staff_judgments(judgments_of(folder))
    if not queries:
        raise MissingIndex(f"Staff have judged nothing of {folder} yet; begin with: clinic-search judge write --out sheet.xlsx QUESTION...")
    searcher = Searcher.open(folder, load_embedder=(lambda _name: embedder) if embedder else load_embedder)
    useful = [query for query in queries if any(query.relevant.values())]
    figures: dict[str, Any] = {"judged": len(queries)}
    figures |= score_run(useful, {query.query_id: search_sections(searcher, query.text) for query in useful}) if useful else {}
    for name, wanted in (("answered_of_answerable", True), ("answered_of_unanswerable", False)):
        verdicts = [searcher.search(query.text, k=1).verdict == "answered" for query in queries if query.answerable is wanted]
        figures |= {name: sum(verdicts) / len(verdicts)} if verdicts else {}
    return figures
