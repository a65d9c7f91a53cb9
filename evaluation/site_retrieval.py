"""Whether the right section of the sample clinic is found, and its page, for each kind of query."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.judged_site import CACHE, SiteQuery, kinds_of, open_judged_site, read_site_queries
from evaluation.retrieval_runs import DEPTH, SYSTEMS, paired_p, score_run, without_vocabulary
from index.judgments import JudgedQuery, target_of
from index.schema import Embedder, FloatVector
from index.searcher import Searcher

Run = dict[str, dict[str, float]]


def measure_site_retrieval(
    folder: Path, *, detail: bool = False, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE
) -> dict[str, Any]:
    """nDCG@10, recall@20 and the reciprocal rank of sections; under `pages` the same for whole pages, whose grade is their best section's.

    `detail` adds each kind of query, and what each part of the product scores alone with the two-sided p of a paired t test against it.
    """
    searcher = open_judged_site(folder, embedder=embedder, cache=cache)
    queries = [query for query in read_site_queries(folder, half=half) if query.judged.relevant]
    judged = [query.judged for query in queries]
    product = {query.query_id: search_sections(searcher, query.text) for query in judged}
    figures: dict[str, Any] = {**score_run(judged, product), "pages": score_run(_by_page(judged), _pages_of(product))}
    if detail:
        figures |= _score_kinds(queries, product) | _score_parts(searcher, judged, product)
    return figures


def search_sections(searcher: Searcher, query: str) -> dict[str, float]:
    """The sections that the product lists for a query, by the score of their best passage."""
    hits = (hit for result in searcher.search(query, k=DEPTH).results for hit in result.hits)
    sections: dict[str, float] = {}
    for hit in sorted(hits, key=lambda hit: -hit.score):
        sections.setdefault(target_of(hit.passage), hit.score)
    return {section: float(-rank) for rank, section in enumerate(sections)}


def _score_kinds(queries: Sequence[SiteQuery], product: Run) -> dict[str, Any]:
    groups = {kind: [query.judged for query in queries if query.kind == kind] for kind in kinds_of(queries)}
    return {kind: score_run(group, {query.query_id: product[query.query_id] for query in group}) for kind, group in groups.items()}


def _score_parts(searcher: Searcher, judged: Sequence[JudgedQuery], product: Run) -> dict[str, Any]:
    runs = {
        name: {query.query_id: rank_sections(searcher, system(searcher, query.text)) for query in judged}
        for name, system in SYSTEMS.items()
    }
    plain = without_vocabulary(searcher)
    runs["vocabulary off"] = {query.query_id: search_sections(plain, query.text) for query in judged}
    return {name: score_run(judged, run) | {"p": paired_p(judged, product, run)} for name, run in runs.items()}


def rank_sections(searcher: Searcher, scores: FloatVector) -> dict[str, float]:
    """The sections by these scores of passages, each by its best passage."""
    sections: dict[str, float] = {}
    for row in np.argsort(-scores, kind="stable"):
        sections.setdefault(target_of(searcher.passages[row]), float(scores[row]))
        if len(sections) == DEPTH:
            break
    return sections


def _page(target: str) -> str:
    return target.partition("#")[0]


def _by_page(judged: Sequence[JudgedQuery]) -> list[JudgedQuery]:
    """The queries with the grades of pages: a page counts as much as its best section."""
    return [replace(query, relevant={page: int(grade) for page, grade in _best_of_page(query.relevant).items()}) for query in judged]


def _pages_of(run: Run) -> Run:
    return {query: _best_of_page(sections) for query, sections in run.items()}


def _best_of_page(values: Mapping[str, float]) -> dict[str, float]:
    pages: dict[str, float] = {}
    for target, value in values.items():
        pages[_page(target)] = max(pages.get(_page(target), value), value)
    return pages
