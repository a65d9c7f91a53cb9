"""Whether a search knows that the site has no answer."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from evaluation.beir_site import CACHE
from evaluation.query_set import open_query_set
from index.schema import Embedder

BANDS = ("answered", "related", "not_covered")
COVERAGES = (0.25, 0.5, 0.75, 1.0)
"""Shares of the queries that are answered, at which the risk is told."""


def measure_abstention(
    folder: Path, *, detail: bool = False, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE
) -> dict[str, Any]:
    """AUROC of the confidence, and which share of answerable and of unanswerable queries is called answered.

    `folder` is a BEIR folder with "answerable" in its queries, or one with `site/` and `judgments/`, as `corpus/`; `half` (dev or report)
    measures that half alone. `detail` adds the AUROC of the best cosine alone, the shares of each band, and the risk (share of unanswerable
    ones) among the most confident quarter, half, and so on (El-Yaniv and Wiener 2010, https://jmlr.org/papers/v11/el-yaniv10a.html).
    """
    searcher, every = open_query_set(folder, half=half, embedder=embedder, cache=cache)
    queries = [query for query in every if query.answerable is not None]
    outcomes = [searcher.search(query.text, k=1) for query in queries]
    answerable = np.array([query.answerable for query in queries], dtype=bool)
    confidence = np.array([outcome.confidence for outcome in outcomes])
    area = auroc(confidence, answerable)
    shares = band_shares([outcome.verdict for outcome in outcomes], answerable)
    figures: dict[str, Any] = {
        "auroc": area,
        "answered_of_answerable": shares["answered"][0],
        "answered_of_unanswerable": shares["answered"][1],
    }
    if detail:
        figures["auroc of the best cosine"] = auroc(np.array([searcher.score(query.text).cosine.max() for query in queries]), answerable)
        figures["bands"] = {
            f"{band} of {kind}": shares[band][at] for band in BANDS for at, kind in enumerate(("answerable", "unanswerable"))
        }
        figures["risk"] = {f"at coverage {share}": risk(confidence, answerable, share) for share in COVERAGES}
    return figures


def auroc(confidence: NDArray[np.floating[Any]], positive: NDArray[np.bool_]) -> float:
    """The chance that a positive has a higher confidence than a negative, ties counting half (Mann-Whitney). Raises `ValueError`."""
    if positive.all() or not positive.any():
        raise ValueError("AUROC needs answerable and unanswerable queries; one kind is missing.")
    ranks = rankdata(confidence)
    count = int(positive.sum())
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(positive) - count)))


def band_shares(verdicts: Sequence[str], answerable: NDArray[np.bool_]) -> dict[str, tuple[float, float]]:
    """For each band its share of the answerable and of the unanswerable queries."""
    called = np.array(verdicts)
    return {band: (float((called[answerable] == band).mean()), float((called[~answerable] == band).mean())) for band in BANDS}


def risk(confidence: NDArray[np.floating[Any]], answerable: NDArray[np.bool_], coverage: float) -> float:
    """The share of unanswerable queries among the most confident ones that make up `coverage` of all."""
    best = np.argsort(-confidence, kind="stable")[: max(round(coverage * len(confidence)), 1)]
    return float((~answerable[best]).mean())
