"""A data set ready to be measured: a searcher over its documents and its queries, of a BEIR folder or of a site with judgments."""

from pathlib import Path

from evaluation.beir_site import CACHE, choose_half, open_dataset
from evaluation.judged_site import is_judged_site, open_judged_site, read_site_queries
from index.judgments import JudgedQuery, read_queries
from index.schema import Embedder
from index.searcher import Searcher


def open_query_set(
    folder: Path, *, half: str = "", embedder: Embedder | None = None, cache: Path = CACHE
) -> tuple[Searcher, list[JudgedQuery]]:
    """The searcher and the queries, all or those of a half (dev or report)."""
    if is_judged_site(folder):
        return open_judged_site(folder, embedder=embedder, cache=cache), [query.judged for query in read_site_queries(folder, half=half)]
    return open_dataset(folder, embedder=embedder, cache=cache), choose_half(read_queries(folder), half)
