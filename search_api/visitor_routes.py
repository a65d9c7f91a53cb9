"""What anybody may ask: the search page, the search, and whether the service is up."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, PlainTextResponse, Response

from index.errors import BadQuery
from index.searcher import Searcher
from search_api.assets import read_asset
from search_api.clinic import Clinic
from search_api.dependencies import get_clinic, get_searcher
from search_api.pages import render_search_page
from search_api.schema import SearchRequest, SearchResponse
from search_api.searching import run_search

router = APIRouter()

TheSearcher = Annotated[Searcher, Depends(get_searcher)]
TheClinic = Annotated[Clinic, Depends(get_clinic)]


@router.get("/api/search")
def search(request: Annotated[SearchRequest, Query()], searcher: TheSearcher) -> SearchResponse:
    """Ranked passages for `q`; pages and widgets POST instead, so that no log of addresses holds what somebody asked."""
    return run_search(searcher, request)


@router.post("/api/search")
def search_post(request: SearchRequest, searcher: TheSearcher) -> SearchResponse:
    """Ranked passages for `q`."""
    return run_search(searcher, request)


@router.get("/", response_class=HTMLResponse)
def search_page(searcher: TheSearcher, clinic: TheClinic, q: str = "") -> HTMLResponse:
    """The search page; with `q` the results, so that a link to a search works."""
    return _answer_page(searcher, clinic, q)


@router.post("/", response_class=HTMLResponse)
def search_page_post(searcher: TheSearcher, clinic: TheClinic, q: Annotated[str, Form()] = "") -> HTMLResponse:
    """The search page with the results of the form."""
    return _answer_page(searcher, clinic, q)


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """A style sheet or script of the search page."""
    content, media_type = read_asset(name)
    return Response(content, media_type=media_type, headers={"cache-control": "public, max-age=3600"})


@router.get("/healthz", response_class=PlainTextResponse)
def healthz() -> str:
    """Whether the process lives."""
    return "ok"


@router.get("/readyz", response_class=PlainTextResponse)
def readyz(searcher: TheSearcher) -> str:
    """Whether searches can be answered."""
    return f"ready, {len(searcher.articles)} articles"


def _answer_page(searcher: Searcher, clinic: Clinic, query: str) -> HTMLResponse:
    """The page for a query; what cannot be searched for is said on the page, with the form to try again."""
    if not query.strip():
        return HTMLResponse(render_search_page(clinic))
    try:
        return HTMLResponse(render_search_page(clinic, query=query, response=run_search(searcher, SearchRequest(q=query))))
    except (BadQuery, ValueError) as error:
        message = str(error) if isinstance(error, BadQuery) else "Please ask in fewer words."
        return HTMLResponse(render_search_page(clinic, query=query[:200], error=message), status_code=422)
