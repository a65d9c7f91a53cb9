"""What anybody may ask: the search page, the search, what to embed elsewhere, and whether the service is up."""

import re
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from urllib.parse import urldefrag

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from index.errors import BadQuery, SearchIndexError
from index.searcher import Searcher
from safety.crisis import detect_crisis
from search_api.assets import read_asset
from search_api.clinic import Clinic
from search_api.crisis import FindCrisis
from search_api.dependencies import get_audience, get_clinic, get_crisis_finder, get_searcher
from search_api.errors import QuestionTooLong
from search_api.language_model import Rephrase, get_rephrase
from search_api.pages import (
    MOST_SHOWN,
    PAGES_A_STEP,
    SOME_SERVICE,
    SearchPage,
    render_search_page,
    render_widget_example,
    render_wordpress_plugin,
)
from search_api.presenting import Audience
from search_api.recording import Vote, get_record, get_vote, is_being_typed, wants_brief
from search_api.schema import CrisisOut, SearchRequest, SearchResponse, SuggestRequest, SuggestResponse
from search_api.searching import Record, forget, run_search
from search_api.site_parts import main_pages, site_sections
from search_api.texts import Texts, choose_language, read_texts
from search_api.theme import theme_css
from search_api.widget import widget_script

router = APIRouter()

KEPT_FOR_A_YEAR = {"cache-control": "public, max-age=31536000, immutable"}
"""For addresses that hold a hash of the content."""
KEPT_FOR_AN_HOUR = {"cache-control": "public, max-age=3600"}
NEVER_KEPT = {"cache-control": "no-store", "vary": "accept-language"}
"""For pages that hold a question: a shared computer must not show it to the next person."""


class Visit(BaseModel):
    """The form of the search page. `instead` is a question chosen in place of `q`; one that equals `verbatim` keeps its spelling as typed.

    `helpful` is what a visitor says of the results that this very form has brought.
    """

    model_config = ConfigDict(extra="ignore")

    q: str = ""
    instead: str = ""
    section: str = ""
    show: Annotated[int, Field(ge=1, le=MOST_SHOWN)] = PAGES_A_STEP
    verbatim: str = ""
    lang: str = ""
    helpful: Literal["", "yes", "no"] = ""

    @property
    def is_new(self) -> bool:
        """Whether a question is asked, rather than more seen of its results or something said of them."""
        return self.show == PAGES_A_STEP and not self.helpful


TheSearcher = Annotated[Searcher, Depends(get_searcher)]
TheClinic = Annotated[Clinic, Depends(get_clinic)]


def get_texts(request: Request, clinic: TheClinic) -> Texts:
    """The interface in the visitor's language."""
    asked = request.query_params.get("lang", "")
    return read_texts(choose_language(asked, request.headers.get("accept-language", ""), clinic.language))


TheTexts = Annotated[Texts, Depends(get_texts)]
TheAudience = Annotated[Audience, Depends(get_audience)]


@dataclass(frozen=True, slots=True)
class Answering:
    """All that answering a question takes."""

    searcher: Searcher
    find_crisis: FindCrisis
    clinic: Clinic
    texts: Texts
    record: Record
    vote: Vote
    rephrase: Rephrase
    brief: bool
    unfinished: bool

    def search(self, request: SearchRequest, crisis: CrisisOut | None, record: Record, audience: Audience = "visitor") -> SearchResponse:
        """The response to a search, put into plainer words where a language model does that. Raises `BadQuery`."""
        found = run_search(
            self.searcher,
            request,
            crisis=crisis,
            record=record,
            audience=audience,
            brief=self.brief,
            unfinished=self.unfinished,
        )
        return self.rephrase(found)


def get_answering(request: Request, searcher: TheSearcher) -> Answering:
    """What this request is answered with: few dependencies, because each has the request wait for a thread of its own."""
    clinic = get_clinic(request)
    return Answering(
        searcher=searcher,
        find_crisis=get_crisis_finder(request),
        clinic=clinic,
        texts=get_texts(request, clinic),
        record=get_record(request),
        vote=get_vote(request),
        rephrase=get_rephrase(request),
        brief=wants_brief(request),
        unfinished=is_being_typed(request),
    )


TheAnswering = Annotated[Answering, Depends(get_answering)]


@router.get("/api/search")
def search(request: Annotated[SearchRequest, Query()], answering: TheAnswering, audience: TheAudience) -> SearchResponse:
    """Ranked passages for `q`; pages and widgets POST instead, so that no log of addresses holds what somebody asked."""
    return _answer_request(request, answering, audience)


@router.post("/api/search")
def search_post(request: SearchRequest, answering: TheAnswering, audience: TheAudience) -> SearchResponse:
    """Ranked passages for `q`."""
    return _answer_request(request, answering, audience)


@router.post("/api/suggest")
def suggest(request: SuggestRequest, searcher: TheSearcher) -> SuggestResponse:
    """Topics of the site that continue what has been typed; none for words of a crisis, which nothing here should finish."""
    try:
        found = [] if detect_crisis(request.q).class_ == "crisis" else searcher.suggest(request.q, request.k)
    except BadQuery:
        found = []
    return SuggestResponse(query=request.q, suggestions=found)


@router.get("/", response_class=HTMLResponse)
def search_page(visit: Annotated[Visit, Query()], answering: TheAnswering) -> HTMLResponse:
    """The search page; with `q` the results, so that a link to a search works."""
    return _answer_visit(visit, answering)


@router.post("/", response_class=HTMLResponse)
def search_page_post(visit: Annotated[Visit, Form()], answering: TheAnswering) -> HTMLResponse:
    """The search page with the results of the form; counts what a visitor says of them."""
    texts = read_texts(choose_language(visit.lang, answering.texts.language, answering.clinic.language))
    return _answer_visit(visit, replace(answering, texts=texts), may_vote=True)


@router.get("/widget-example", response_class=HTMLResponse)
def widget_example(request: Request, clinic: TheClinic, texts: TheTexts) -> HTMLResponse:
    """A page like a clinic's own, with the search box embedded."""
    return HTMLResponse(render_widget_example(clinic, texts, service=service_address(request)))


@router.get("/clinic-search.php")
def wordpress_plugin(request: Request, clinic: TheClinic, texts: TheTexts) -> Response:
    """The plugin that embeds the search box in WordPress, to be saved."""
    plugin = render_wordpress_plugin(clinic, texts, service=service_address(request))
    return Response(
        plugin, media_type="text/plain; charset=utf-8", headers={"content-disposition": "attachment; filename=clinic-search.php"}
    )


@router.get("/widget.js")
def widget(clinic: TheClinic) -> Response:
    """The script that a clinic's own pages embed."""
    headers = KEPT_FOR_AN_HOUR | {"cross-origin-resource-policy": "cross-origin"}
    return Response(widget_script(clinic), media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/theme.css")
def theme(clinic: TheClinic) -> Response:
    """The clinic's colours."""
    return Response(theme_css(clinic.colours), media_type="text/css; charset=utf-8", headers=KEPT_FOR_A_YEAR)


@router.get("/static/{name}")
def static_file(name: str) -> Response:
    """A style sheet or script of the search page."""
    content, media_type = read_asset(name)
    return Response(content, media_type=media_type, headers=KEPT_FOR_A_YEAR)


@router.get("/healthz", response_class=PlainTextResponse)
def healthz() -> str:
    """Whether the process lives."""
    return "ok"


@router.get("/readyz", response_class=PlainTextResponse)
def readyz(searcher: TheSearcher) -> str:
    """Whether searches can be answered."""
    return f"ready, {len(searcher.articles)} articles"


def service_address(request: Request) -> str:
    """The address by which this service was asked; a made-up one if what the browser sent is no plain host."""
    address = str(request.base_url)
    return address if re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/", address) else SOME_SERVICE


def _answer_request(request: SearchRequest, answering: Answering, audience: Audience) -> SearchResponse:
    crisis = answering.find_crisis(request.q, answering.texts.language)
    return answering.search(request, crisis, answering.record, audience)


def _answer_visit(visit: Visit, answering: Answering, *, may_vote: bool = False) -> HTMLResponse:
    """The page for a visit; what cannot be searched for is said on the page, with the form to try again."""
    query = visit.instead or visit.q
    page = SearchPage(
        query=query,
        verbatim=visit.verbatim == query,
        section=visit.section,
        show=visit.show,
        lang=visit.lang,
        crisis=answering.find_crisis(query, answering.texts.language),
    )
    status = 200
    if query.strip():
        page, status = _search_for(page, answering, answering.record if visit.is_new else forget)
    if may_vote and visit.helpful and page.response and answering.clinic.log.helpful:
        page = replace(page, voted=answering.vote(_first_page(page.response), page.response.verdict, visit.helpful == "yes"))
    return HTMLResponse(render_search_page(answering.clinic, page, answering.texts), status_code=status, headers=NEVER_KEPT)


def _search_for(page: SearchPage, answering: Answering, record: Record) -> tuple[SearchPage, int]:
    """The page with the results and its status, or with what was wrong."""
    searcher, texts = answering.searcher, answering.texts
    try:
        request = SearchRequest(q=page.query, k=page.show, section=page.section, verbatim=page.verbatim)
        response = answering.search(request, page.crisis, record)
    except (QuestionTooLong, ValidationError):
        return replace(page, error=texts.say("error_long")), 422
    except BadQuery as error:
        return replace(page, error=str(error)), 422
    except SearchIndexError:
        return replace(page, error=texts.say("error_down")), 503
    if page.is_crisis and not response.results:
        return replace(page, response=response), 200
    languages = {url: searcher.articles[url].metadata.language for url in _shown_pages(response)}
    page = replace(page, response=response, sections=site_sections(searcher.section_sizes), languages=languages)
    if response.verdict == "not_covered" and not response.results:
        page = replace(page, tells_a_topic=searcher.read_query(page.query).tells_a_topic, main_pages=main_pages(searcher.menu))
    return page, 200


def _shown_pages(response: SearchResponse) -> set[str]:
    quoted = response.answer.quotes if response.answer else []
    return {result.url for result in response.results} | {urldefrag(quote.citation.url).url for quote in quoted}


def _first_page(response: SearchResponse) -> str:
    """The address of the page that a visitor was shown first, "" if the site does not cover the question."""
    if response.answer:
        return urldefrag(response.answer.quotes[0].citation.url).url
    return response.results[0].url if response.verdict == "related" and response.results else ""
