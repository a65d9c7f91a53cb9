"""How the service fares, in numbers for Prometheus (https://prometheus.io): rates, latencies, verdicts. Never a word of what was asked."""

from time import perf_counter

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gaps.schema import Band
from index.schema import Verdict

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds; around the tenth of a second that a person takes for immediate (https://www.nngroup.com/articles/response-times-3-important-limits/)."""
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Any other word is counted as one, so that nobody fills the memory with methods of his own."""

router = APIRouter()


class Metrics:
    """The counts of one application."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "clinic_search_requests", "Requests by route, method and status.", ["route", "method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "clinic_search_request_seconds", "Seconds until the answer began.", ["route"], buckets=BUCKETS, registry=self.registry
        )
        self._searches = Counter(
            "clinic_search_searches",
            "Searches that were committed, by verdict and confidence band.",
            ["verdict", "band"],
            registry=self.registry,
        )
        self._lost = Counter("clinic_search_questions_not_logged", "Questions that the log could not take.", registry=self.registry)

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Counts an answer."""
        self._requests.labels(route, method if method in KNOWN_METHODS else "other", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_search(self, verdict: Verdict, band: Band) -> None:
        """Counts a search that somebody committed and that tells of no crisis."""
        self._searches.labels(verdict, band).inc()

    def count_lost_question(self) -> None:
        """Counts a question that the log could not take."""
        self._lost.inc()


class MeasureRequests:
    """Counts every answer under the name of its route; the address itself, which may hold words, is not looked at."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on and notes what became of it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()

        async def send_and_count(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "name", "none")
                self._metrics.count_request(route, scope["method"], message["status"], perf_counter() - started)
            await send(message)

        await self._app(scope, receive, send_and_count)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The counts as Prometheus reads them; for this machine, or with a token."""
    content = generate_latest(request.app.state.metrics.registry)
    return Response(content, headers={"content-type": CONTENT_TYPE_LATEST})
