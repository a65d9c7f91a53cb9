"""One search from the question to the response, the same for the API, the page and the command line."""

import logging
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter

from index.answering import compose_answer
from index.schema import Answer, SearchOutcome, Verdict
from index.searcher import Searcher
from search_api.errors import QuestionTooLong
from search_api.explaining import add_explanations
from search_api.help_first import find_help_pages, put_help_first
from search_api.presenting import Audience, present_search
from search_api.schema import MAX_QUERY_CHARACTERS, CrisisOut, InterpretationOut, SearchRequest, SearchResponse

log = logging.getLogger("clinic_search")

Record = Callable[[SearchOutcome, Verdict], None]
"""Told of every search that was answered and does not tell of a crisis."""


def forget(_outcome: SearchOutcome, _verdict: Verdict) -> None:
    """Records nothing."""


def run_search(
    searcher: Searcher,
    request: SearchRequest,
    *,
    crisis: CrisisOut | None = None,
    record: Record = forget,
    audience: Audience = "visitor",
    brief: bool = False,
    unfinished: bool = False,
) -> SearchResponse:
    """The response to a search; a `brief` one leaves out all but the best passage of each page, an `unfinished` one is still being typed.

    In a crisis it holds no answer, is not recorded, and comes even if the search fails or the question is too long to search for.

    Raises:
        BadQuery: there is nothing to search for, or more than anybody types as a question.
    """
    in_crisis = crisis is not None and crisis.class_ == "crisis"
    try:
        if in_crisis:
            return _search_in_crisis(searcher, request, crisis, audience)
        return _search(searcher, request, crisis, forget if audience == "staff" else record, audience, brief=brief, unfinished=unfinished)[
            1
        ]
    except Exception as error:
        if not in_crisis:
            raise
        log.error("A search failed while somebody needed help; only the panel was shown. %s", type(error).__name__)
        return help_alone(request, crisis)


def help_alone(request: SearchRequest, crisis: CrisisOut | None) -> SearchResponse:
    """A response without results: whatever else is broken, the panel is shown."""
    reading = InterpretationOut(corrected="", expanded=[], ambiguous=[])
    return SearchResponse(
        query=request.q, interpretation=reading, verdict="not_covered", answer=None, results=[], total=0, crisis=crisis, took_ms=0
    )


def run_staff_search(searcher: Searcher, request: SearchRequest) -> tuple[SearchOutcome, SearchResponse]:
    """What was found, and the response with all that staff see; no visitor asked it, so it is not recorded. Raises `BadQuery`."""
    return _search(searcher, request, None, forget, "staff")


def _search(
    searcher: Searcher,
    request: SearchRequest,
    crisis: CrisisOut | None,
    record: Record,
    audience: Audience,
    *,
    brief: bool = False,
    unfinished: bool = False,
) -> tuple[SearchOutcome, SearchResponse]:
    started = perf_counter()
    outcome = _find(searcher, request, unfinished=unfinished)
    measures = searcher.measure_sentences(request.q, verbatim=request.verbatim, unfinished=unfinished)
    answer = compose_answer(outcome, searcher.articles, *measures, bar=searcher.manifest.answer_bar)
    took_ms = (perf_counter() - started) * 1000
    shown = keep_close(outcome, searcher) if answer.verdict == "not_covered" and audience == "visitor" else outcome
    response = present_search(
        shown, answer, searcher.articles, cite=searcher.cite, crisis=crisis, took_ms=took_ms, audience=audience, brief=brief
    )
    if request.offset == 0:  # further pages of results are no further question
        record(outcome, response.verdict)
    if audience == "staff" and request.explain:
        response = add_explanations(response, request, outcome, searcher)
    return outcome, response


def keep_close(outcome: SearchOutcome, searcher: Searcher) -> SearchOutcome:
    """The outcome without pages that are not near: what a site does not cover has seldom a closest topic. Pinned pages stay."""
    least, pinned = searcher.manifest.calibration.close_from, searcher.pinned_to(outcome.interpretation.query)
    kept = [page for page in outcome.results if page.url in pinned or max(hit.cosine for hit in page.hits) >= least]
    ranked = tuple(replace(page, rank=rank) for rank, page in enumerate(kept, outcome.results[0].rank if outcome.results else 1))
    return replace(outcome, results=ranked, total=outcome.total if len(kept) == len(outcome.results) else len(kept))


def _find(searcher: Searcher, request: SearchRequest, *, unfinished: bool = False) -> SearchOutcome:
    if len(request.q) > MAX_QUERY_CHARACTERS:
        raise QuestionTooLong(f"The question is too long; at most {MAX_QUERY_CHARACTERS:,} characters can be searched for.")
    return searcher.search(
        request.q,
        k=request.k,
        offset=request.offset,
        section=request.section,
        language=request.language,
        page_type=request.page_type,
        verbatim=request.verbatim,
        unfinished=unfinished,
    )


def _search_in_crisis(searcher: Searcher, request: SearchRequest, crisis: CrisisOut | None, audience: Audience) -> SearchResponse:
    """Pages about help first, then what the words found, their beginning if they are many; no answer, nothing recorded."""
    started = perf_counter()
    wanted = request.offset + request.k
    own = _find(searcher, request.model_copy(update={"q": request.q[:MAX_QUERY_CHARACTERS], "k": wanted, "offset": 0}))
    outcome = put_help_first(own, find_help_pages(searcher, request.language), first=request.offset, last=wanted)
    answer = Answer(request.q, "related" if outcome.results else "not_covered")
    took_ms = (perf_counter() - started) * 1000
    return present_search(outcome, answer, searcher.articles, cite=searcher.cite, crisis=crisis, took_ms=took_ms, audience=audience)
