"""One search from the question to the response, the same for the API, the page and the command line."""

from time import perf_counter

from index.answering import compose_answer
from index.searcher import Searcher
from search_api.presenting import present_search
from search_api.schema import SearchRequest, SearchResponse


def run_search(searcher: Searcher, request: SearchRequest) -> SearchResponse:
    """The response to a search. Raises `BadQuery`."""
    started = perf_counter()
    outcome = searcher.search(request.q, k=request.k, offset=request.offset, section=request.section, language=request.language)
    answer = compose_answer(outcome, searcher.articles)
    return present_search(outcome, answer, searcher.articles, crisis=None, took_ms=(perf_counter() - started) * 1000)
