"""Which error answers with which status: one table, one shape, no traces and no paths. A browser gets a page, everybody else JSON."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from index.errors import BadQuery, SearchIndexError
from search_api.crisis import find_crisis
from search_api.errors import AccessFileError, ForgedForm, RoleMissing, ServiceError, SignInNeeded, TooManyTries, WrongToken
from search_api.pages import SearchPage, render_search_page
from search_api.schema import CrisisOut, ErrorOut
from search_api.texts import Texts, choose_language, read_texts

log = logging.getLogger("clinic_search")

STATUS: dict[type[Exception], int] = {
    BadQuery: 422,
    SearchIndexError: 503,
    WrongToken: 401,
    RoleMissing: 403,
    ForgedForm: 403,
    AccessFileError: 503,
    ServiceError: 503,
}
"""The first that fits counts; `SignInNeeded` and `TooManyTries` have handlers of their own."""

PAGE_TEXTS = {404: "error_not_found", 413: "error_long", 422: "error_long", 429: "error_busy", 503: "error_down"}
"""What the page for a browser says, by status; any other status below 500 is said by the message itself."""
NOT_AVAILABLE = "The search is not available right now. Please try again in a minute."

QUESTION_FIELDS = ("q", "instead")
"""What a question is called in the requests of visitors."""

Handler = Callable[[Request, Exception], Awaitable[Response]]


def add_error_handlers(app: FastAPI) -> None:
    """Let every error of the table answer with `ErrorOut` or a page; those that nobody foresaw are answered by `last_resort`."""
    for kind, status in STATUS.items():
        app.add_exception_handler(kind, _answer_with(status))
    app.add_exception_handler(SignInNeeded, _answer_sign_in)
    app.add_exception_handler(TooManyTries, _answer_tries)
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(HTTPException, _answer_http)


def answer_error(
    request: Request, status: int, message: str, headers: Mapping[str, str] | None = None, *, crisis: CrisisOut | None = None
) -> Response:
    """The answer to a request that could not be served; with the panel where it held words of a crisis."""
    if wants_page(request):
        return _error_page(request, status, message, headers, crisis)
    readable = message.encode("utf-8", "replace").decode()
    return JSONResponse(ErrorOut(error=readable, crisis=crisis).model_dump(by_alias=True), status_code=status, headers=headers)


def wants_page(request: Request) -> bool:
    """Whether a browser asks for a page: scripts and programs do not name HTML in `accept`."""
    return "text/html" in request.headers.get("accept", "")


def visitor_texts(request: Request) -> Texts:
    """The interface in the language that the browser prefers."""
    return read_texts(choose_language("", request.headers.get("accept-language", ""), request.app.state.clinic.language))


def _error_page(
    request: Request, status: int, message: str, headers: Mapping[str, str] | None, crisis: CrisisOut | None = None
) -> Response:
    texts = visitor_texts(request)
    key = PAGE_TEXTS.get(status, "error_down" if status >= 500 else "")
    page = SearchPage(error=texts.say(key) if key else message, crisis=crisis)
    return HTMLResponse(render_search_page(request.app.state.clinic, page, texts), status_code=status, headers=headers)


def _answer_with(status: int) -> Handler:
    async def answer(request: Request, error: Exception) -> Response:
        if status >= 500:
            log.error("%s", error)
        return answer_error(request, status, str(error) if status < 500 else NOT_AVAILABLE)

    return answer


async def _answer_sign_in(request: Request, error: Exception) -> Response:
    if wants_page(request):
        return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
    return answer_error(request, 401, str(error), {"www-authenticate": "Bearer"})


async def _answer_tries(request: Request, error: Exception) -> Response:
    assert isinstance(error, TooManyTries)
    return answer_error(request, 429, str(error), {"retry-after": str(error.seconds)})


async def _answer_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
    crisis = await run_in_threadpool(_find_help, request, error)
    return answer_error(request, 422, f"{place or 'request'}: {first['msg']}", crisis=crisis)


def _find_help(request: Request, error: RequestValidationError) -> CrisisOut | None:
    """The panel for words of a crisis in a request of which something else is wrong, such as the number of pages; None without them."""
    state, language = request.app.state, visitor_texts(request).language
    said = [fields.get(name) for fields in (error.body, request.query_params) if isinstance(fields, Mapping) for name in QUESTION_FIELDS]
    for question in (text for text in (error.body, *said) if isinstance(text, str)):
        found = find_crisis(question, language, clinic=state.clinic, similarity=state.crisis_vote.similarity())
        if found and found.class_ == "crisis":
            return found
    return None


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return answer_error(request, error.status_code, str(error.detail), error.headers)
