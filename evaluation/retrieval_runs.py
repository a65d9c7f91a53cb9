"""Runs and their figures: what parts of the product list for a query, and what ir-measures says of a list."""

from collections.abc import Callable, Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, nDCG
from scipy.stats import ttest_rel

from index.fusion import fuse_ranks
from index.glossary import Glossary
from index.judgments import JudgedQuery
from index.lexicon import SearchRules
from index.schema import FloatVector
from index.searcher import Searcher
from index.vocabulary import SiteWords, Vocabulary

DEPTH = 100
"""Documents ranked for each query, as BEIR does."""
MEASURES = (nDCG @ 10, R @ 20, RR)
MAIN = nDCG @ 10

Run = Mapping[str, Mapping[str, float]]
"""Query -> document -> score."""

System = Callable[[Searcher, str], FloatVector]
"""Scores of all passages for a query."""


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


def without_vocabulary(searcher: Searcher) -> Searcher:
    """The same searcher without spelling, abbreviations, lay words and Spanish ones."""
    return searcher.with_vocabulary(Vocabulary(SiteWords(), SearchRules(), lexicon=[], glossary=Glossary([])))


def score_run(queries: Sequence[JudgedQuery], run: Run) -> dict[str, float]:
    """Means over all queries; one for which nothing was listed counts as 0."""
    values = ir_measures.calc_aggregate(MEASURES, _grades(queries), _as_run(run))
    return {str(measure): float(values[measure]) for measure in MEASURES}


def paired_p(queries: Sequence[JudgedQuery], run: Run, baseline: Run) -> float:
    """The two-sided p that two runs differ in nDCG@10; 1 if they are the same on every query."""
    ours, theirs = (by_query(queries, one) for one in (run, baseline))
    return 1.0 if np.allclose(ours, theirs) else float(ttest_rel(ours, theirs).pvalue)


def by_query(queries: Sequence[JudgedQuery], run: Run) -> list[float]:
    """nDCG@10 of each query, in order; 0 for one for which nothing was listed."""
    values = {one.query_id: one.value for one in ir_measures.iter_calc([MAIN], _grades(queries), _as_run(run))}
    return [values.get(query.query_id, 0.0) for query in queries]


def _grades(queries: Sequence[JudgedQuery]) -> dict[str, dict[str, int]]:
    return {query.query_id: dict(query.relevant) for query in queries}


def _as_run(run: Run) -> dict[str, dict[str, float]]:
    return {query: dict(documents) for query, documents in run.items()}
