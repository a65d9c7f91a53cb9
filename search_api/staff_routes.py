"""What staff may ask, and editors too: the search with all that is known of each hit, and passages that say the same."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from index.errors import BadQuery
from index.judgments import query_id_of, read_staff_judgments
from index.overlap import Overlap, OverlapFinder
from index.searcher import Searcher
from search_api.crisis import find_crisis
from search_api.dependencies import get_desk, get_finder, get_judgments, get_searcher, require_role
from search_api.desk_pages import Desk
from search_api.searching import run_staff_search
from search_api.staff_search import DeskQuery, StaffResults, grades_of, list_filters, results_csv

SIMILAR = 12
"""Passages that are shown beside one: more are not alike."""
CSV_PAGES = 100
"""Pages in a spreadsheet: all that a search may list."""
CSV_TYPE = "text/csv; charset=utf-8"

TheStaffDesk = Annotated[Desk, Depends(get_desk("staff"))]
TheSearcher = Annotated[Searcher, Depends(get_searcher)]
TheFinder = Annotated[OverlapFinder, Depends(get_finder)]
TheJudgments = Annotated[Path, Depends(get_judgments)]
TheQuery = Annotated[DeskQuery, Query()]

router = APIRouter(prefix="/staff", dependencies=[Depends(require_role("staff"))])


@router.get("", response_class=HTMLResponse)
def staff_home(query: TheQuery, desk: TheStaffDesk, searcher: TheSearcher, judgments: TheJudgments) -> HTMLResponse:
    """The staff's search."""
    error, results = "", None
    try:
        results = search_for_staff(query, desk, searcher, judgments) if query.q.strip() else None
    except BadQuery as problem:
        error = str(problem)
    page = desk.render(
        "staff_search.html",
        desk.texts.say("desk_search_heading"),
        room="/staff",
        query=query,
        filters=list_filters(searcher),
        results=results,
        error=error,
        articles=searcher.articles,
        hidden=searcher.rules.hidden,
    )
    return HTMLResponse(page, status_code=422 if error else 200)


@router.get("/results.csv")
def staff_results_csv(query: TheQuery, desk: TheStaffDesk, searcher: TheSearcher, judgments: TheJudgments) -> Response:
    """The results of a search as a spreadsheet. Raises `BadQuery`."""
    results = search_for_staff(query.model_copy(update={"show": CSV_PAGES}), desk, searcher, judgments)
    return csv_file(results_csv(searcher, results), "search-results")


@router.get("/similar", response_class=HTMLResponse)
def similar_passages(passage: str, desk: TheStaffDesk, searcher: TheSearcher, finder: TheFinder) -> HTMLResponse:
    """The passages that say the same as one, or nearly. Raises `BadQuery` if the index holds no such passage."""
    one = searcher.passage(passage)
    (found,) = finder.find([one.embedding_text], k=SIMILAR, without=frozenset({passage}))
    page = desk.render(
        "staff_similar.html", desk.texts.say("similar_heading"), passage=one, overlaps=found, same_page=same_page(found, one.url)
    )
    return HTMLResponse(page)


@router.get("/repeated", response_class=HTMLResponse)
def repeated_passages(desk: TheStaffDesk, finder: TheFinder) -> HTMLResponse:
    """The passages that stand on the site more than once."""
    page = desk.render("staff_repeated.html", desk.texts.say("desk_repeated"), room="/staff/repeated", groups=finder.copies())
    return HTMLResponse(page)


def search_for_staff(query: DeskQuery, desk: Desk, searcher: Searcher, judgments: Path) -> StaffResults:
    """What a search finds, with the grades that staff gave so far. Raises `BadQuery`."""
    if not query.q:
        raise BadQuery("There is nothing to search for; type a few words.")
    outcome, response = run_staff_search(searcher, query.request())
    judged = next((one for one in read_staff_judgments(judgments) if one.query_id == query_id_of(query.q)), None)
    crisis = find_crisis(query.q, desk.texts.language, clinic=desk.clinic)
    return StaffResults(response, outcome.confidence, crisis, judged, grades_of(searcher, response, judged))


def same_page(overlaps: list[Overlap], url: str) -> frozenset[str]:
    """The ids of those passages that stand on this very page."""
    return frozenset(one.passage.passage_id for one in overlaps if one.passage.url == url)


def csv_file(content: str, name: str) -> Response:
    """A spreadsheet to be saved; the mark at its start lets Excel read accents."""
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response("\ufeff" + content, media_type=CSV_TYPE, headers=headers)
