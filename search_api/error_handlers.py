"""Which error answers with which status: one table, one shape, no traces and no paths."""

from collections.abc import Awaitable, Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from index.errors import BadQuery, SearchIndexError
from search_api.schema import ErrorOut

STATUS: dict[type[Exception], int] = {BadQuery: 422, SearchIndexError: 503}

Handler = Callable[[Request, Exception], Awaitable[Response]]


def add_error_handlers(app: FastAPI) -> None:
    """Let every error of the table, and every unforeseen one, answer with `ErrorOut`."""
    for kind, status in STATUS.items():
        app.add_exception_handler(kind, _answer_with(status))
    app.add_exception_handler(RequestValidationError, _answer_validation)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(Exception, _answer_unforeseen)


def _answer_with(status: int) -> Handler:
    async def answer(_request: Request, error: Exception) -> Response:
        message = str(error) if status < 500 else "The search is not available right now. Please try again in a minute."
        return _error(status, message)

    return answer


async def _answer_validation(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query"))
    return _error(422, f"{place or 'request'}: {first['msg']}")


async def _answer_http(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(error.status_code, str(error.detail), dict(error.headers or {}))


async def _answer_unforeseen(_request: Request, _unforeseen: Exception) -> Response:
    return _error(500, "Something went wrong on our side.")


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse(ErrorOut(error=message).model_dump(), status_code=status, headers=headers)
