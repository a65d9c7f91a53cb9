"""The one place where the application is put together."""

from collections.abc import Awaitable, Callable

from fastapi import Depends, FastAPI, Request, Response

from search_api import visitor_routes
from search_api.clinic import CLINIC_FILE, Clinic, read_clinic
from search_api.dependencies import LiveIndex, refuse_strangers
from search_api.error_handlers import add_error_handlers
from search_api.settings import Settings

SECURITY_HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cross-origin-opener-policy": "same-origin",
}
"""No third party, no referrer that holds a question: https://owasp.org/www-project-secure-headers/."""


def create_app(settings: Settings) -> FastAPI:
    """The application over the index that the settings name. Raises `SearchIndexError` or `ServiceError` if it cannot serve."""
    app = FastAPI(
        title="Clinic search", version="0.1.0", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(refuse_strangers)]
    )
    app.state.live_index = LiveIndex(settings.index, settings.model)
    app.state.clinic = load_clinic(settings, app.state.live_index)
    app.include_router(visitor_routes.router)
    add_error_handlers(app)
    app.middleware("http")(_add_security_headers)
    return app


def load_clinic(settings: Settings, live_index: LiveIndex) -> Clinic:
    """The clinic of the file that the settings name, else of the copy that `build` put into the generation, else a nameless one."""
    copy = live_index.searcher().folder / CLINIC_FILE
    chosen = settings.site or (copy if copy.exists() else None)
    return read_clinic(chosen) if chosen else Clinic()


async def _add_security_headers(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    response = await call_next(request)
    response.headers.update(SECURITY_HEADERS)
    return response
