"""How fast it is: a query inside the product against sentence-transformers with FAISS in the same run; passages embedded a second."""

from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import faiss

from evaluation.query_set import open_query_set
from index.embedders import load_embedder
from index.schema import Embedder, FloatMatrix

QUERIES = 60
PASSAGES = 64
NEIGHBOURS = 100
COMPARED = 10_000
"""Passages in the baseline's index: those of the data set, over again if it has fewer."""


def measure_speed(folder: Path) -> dict[str, Any]:
    """Milliseconds a query takes (median) and passages embedded a second, each for the product and for the baseline, and their ratios.

    Both answer the same queries in turn, so that a busy machine slows both. The baseline only finds neighbours; the product also corrects,
    matches words, fuses, groups and calibrates.
    """
    product, baseline = load_embedder("onnx_cpu"), load_embedder("sentence_transformer")
    searcher, judged = open_query_set(folder, embedder=product)
    texts = [passage.embedding_text for passage in searcher.passages]
    vectors = product.embed_passages(texts[:PASSAGES])
    flat = faiss.IndexFlatIP(product.dimension)
    flat.add(tile_rows(vectors, COMPARED))
    queries = [f"{query.text} " for query in judged[:QUERIES]]
    ours, theirs = time_in_turn(
        queries,
        lambda query: searcher.search(query),
        lambda query: flat.search(baseline.embed_question(query)[None, :], NEIGHBOURS),
    )
    rates = {name: passages_per_second(embedder, texts) for name, embedder in (("ours", product), ("theirs", baseline))}
    return {
        "passages": len(texts),
        "query_ms": ours * 1e3,
        "baseline_query_ms": theirs * 1e3,
        "query_ratio": ours / theirs,
        "passages_per_s": rates["ours"],
        "baseline_passages_per_s": rates["theirs"],
        "throughput_ratio": rates["ours"] / rates["theirs"],
    }


def tile_rows(vectors: FloatMatrix, count: int) -> FloatMatrix:
    """The rows over and over, `count` of them."""
    return vectors[list(islice(cycle(range(len(vectors))), count))]


def time_in_turn(queries: Sequence[str], ours: Callable[[str], object], theirs: Callable[[str], object]) -> tuple[float, float]:
    """Median seconds of two functions, each query given to one and at once to the other; the first is a warm-up."""
    ours(queries[0])
    theirs(queries[0])
    times = [(_seconds(ours, query), _seconds(theirs, query)) for query in queries[1:]]
    return median(one for one, _ in times), median(other for _, other in times)


def _seconds(action: Callable[[str], object], query: str) -> float:
    started = perf_counter()
    action(query)
    return perf_counter() - started


def passages_per_second(embedder: Embedder, texts: Sequence[str]) -> float:
    """Passages of the data set embedded a second, the better of two runs."""
    chosen = list(texts[:PASSAGES])
    started = perf_counter()
    embedder.embed_passages(chosen)
    middle = perf_counter()
    embedder.embed_passages(chosen)
    return len(chosen) / min(middle - started, perf_counter() - middle)
