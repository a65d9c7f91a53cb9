"""The one place where the application is put together."""

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from threadpoolctl import threadpool_limits

from gaps.helpful_votes import helpful_votes_of
from index.judgments import judgments_of
from safety.crisis import detect_crisis
from safety.privacy import scrub
from search_api import draft_routes, editor_routes, judging_routes, metrics, passport_routes, sign_in_routes, staff_routes, visitor_routes
from search_api.access import AccessFile
from search_api.clinic import Clinic, choose_clinic
from search_api.compression import CompressPublic
from search_api.crisis import warn_if_overdue
from search_api.crisis_vote import CrisisVote, vote_folder
from search_api.dependencies import LiveIndex, refuse_strangers
from search_api.doorkeeper import Doorkeeper
from search_api.error_handlers import add_error_handlers
from search_api.gap_runner import GapRunner
from search_api.headers import AddSecurityHeaders
from search_api.language_model import language_model_of
from search_api.last_resort import AnswerUnforeseen
from search_api.limits import ClientLimits, LimitBody, LimitRate
from search_api.metrics import MeasureRequests, Metrics
from search_api.pages import SearchPage, render_search_page
from search_api.question_writer import QuestionWriter, question_log_of
from search_api.recording import LIVE_HEADER, Recorder
from search_api.schema import SearchRequest
from search_api.searching import run_search
from search_api.settings import Settings

log = logging.getLogger("clinic_search")

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def create_app(settings: Settings) -> FastAPI:
    """The application over the index that the settings name. Raises `SearchIndexError` or `ServiceError` if it cannot serve."""
    live_index = LiveIndex(settings.index, settings.model, settings.site, patient=settings.help_without_index)
    clinic = choose_clinic(settings.site, live_index.generation)
    vote = CrisisVote(live_index.embedder(), vote_folder(settings))
    access, limits, counts = AccessFile(settings.access), ClientLimits(settings.rate), Metrics()
    access.tokens()
    warn_if_overdue(clinic, _today())
    writer = open_question_writer(settings, clinic, counts)
    app = FastAPI(
        title="Clinic search",
        version="0.1.0",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
        dependencies=[Depends(refuse_strangers)],
        middleware=list_middleware(clinic, limits, counts),
        lifespan=_while_serving(writer, vote, partial(rehearse, live_index, clinic)),
    )
    app.state.live_index, app.state.clinic, app.state.metrics = live_index, clinic, counts
    app.state.judgments, app.state.helpful_votes = judgments_of(settings.index), helpful_votes_of(settings.index)
    app.state.crisis_vote = vote
    app.state.language_model = language_model_of(settings)
    app.state.doorkeeper = Doorkeeper(access, limits)
    app.state.gap_runner = GapRunner(settings.index, settings.site)
    app.state.recorder = Recorder(counts, writer if clinic.log.keep else None)
    for room in (visitor_routes, sign_in_routes, staff_routes, passport_routes, draft_routes, judging_routes, editor_routes, metrics):
        app.include_router(room.router)
    add_error_handlers(app)
    return app


def list_middleware(clinic: Clinic, limits: ClientLimits, counts: Metrics) -> list[Middleware]:
    """What every request passes, the outermost first."""
    return [
        Middleware(AddSecurityHeaders),
        Middleware(MeasureRequests, metrics=counts),
        Middleware(CompressPublic),
        Middleware(AnswerUnforeseen),
        Middleware(
            CORSMiddleware,
            allow_origins=clinic.widget.origins,
            allow_methods=["GET", "POST"],
            allow_headers=[LIVE_HEADER],
        ),
        Middleware(LimitRate, limits=limits),
        Middleware(LimitBody),
    ]


def open_question_writer(settings: Settings, clinic: Clinic, counts: Metrics) -> QuestionWriter:
    """The writer of this index's question log; it deletes old questions even where no new ones are kept."""
    return QuestionWriter(
        question_log_of(settings.index),
        scrub=scrub,
        keep_days=clinic.log.retention_days,
        today=_today,
        on_loss=counts.count_lost_question,
    )


def rehearse(live_index: LiveIndex, clinic: Clinic) -> None:
    """Answers one question for nobody: what is read on first use (dictionary, sentence vectors, templates) takes half a second."""
    try:
        response = run_search(live_index.searcher(), SearchRequest(q=clinic.name))
        render_search_page(clinic, SearchPage(query=clinic.name, response=response))
    except Exception as error:  # a visitor may yet be answered, and the log tells of it if not
        log.warning("The first search failed: %s.", type(error).__name__)


def _while_serving(writer: QuestionWriter, vote: CrisisVote, rehearse: Callable[[], None]) -> Lifespan:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        detect_crisis("")  # reads its phrases now: the first visitor should not wait for them
        vote.prepare_aside()
        rehearse()
        writer.start()
        # A thread a request: shared out among several, products as small as ours wait for each other longer than they take.
        with threadpool_limits(1, user_api="blas"):
            yield
        writer.close()

    return lifespan


def _today() -> date:
    return datetime.now(UTC).date()
