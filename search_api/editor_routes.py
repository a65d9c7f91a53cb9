"""What editors may ask, and nobody else: what to do this week, all gaps, the coverage matrix, what visitors asked, and a new run."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from gaps.grouping import Order
from gaps.schema import Severity
from search_api.dependencies import get_desk, require_role
from search_api.desk_pages import Desk
from search_api.editor_pages import GapFilter, load_view, render_coverage, render_gaps, render_questions, render_week
from search_api.gap_runner import GapRunner
from search_api.run_files import RUN_FILES, read_run_file
from search_api.texts import FALLBACK, read_texts
from search_api.vote_view import load_votes

router = APIRouter(prefix="/editor", dependencies=[Depends(require_role("editor"))])


def _in_english(desk: Annotated[Desk, Depends(get_desk("editor"))]) -> Desk:
    """The desk in English, whatever the browser prefers: the checks describe what they find in English."""
    return replace(desk, texts=read_texts(FALLBACK))


def _runner(request: Request) -> GapRunner:
    runner: GapRunner = request.app.state.gap_runner
    return runner


TheDesk = Annotated[Desk, Depends(_in_english)]
TheRunner = Annotated[GapRunner, Depends(_runner)]


@router.get("", response_class=HTMLResponse)
def editor_home(desk: TheDesk, runner: TheRunner) -> HTMLResponse:
    """The five to do this week, what changed, and the charts."""
    return HTMLResponse(render_week(desk, load_view(runner)))


@router.get("/gaps", response_class=HTMLResponse)
def editor_gaps(
    desk: TheDesk,
    runner: TheRunner,
    by: Order = "check",
    severity: Severity | Literal[""] = "",
    only: Annotated[str, Query(max_length=2000)] = "",
) -> HTMLResponse:
    """All gaps by check, page or topic; `only` names one check, page or topic."""
    return HTMLResponse(render_gaps(desk, load_view(runner), GapFilter(by, severity, only)))


@router.get("/coverage", response_class=HTMLResponse)
def editor_coverage(
    desk: TheDesk,
    runner: TheRunner,
    matrix: Literal["questions", "treatments"] = "questions",
    topic: Annotated[str, Query(max_length=300)] = "",
    column: Annotated[str, Query(max_length=300)] = "",
) -> HTMLResponse:
    """A matrix as a heat map; `topic` and `column` name the cell that is looked at."""
    return HTMLResponse(render_coverage(desk, load_view(runner), matrix, topic, column))


@router.get("/questions", response_class=HTMLResponse)
def editor_questions(request: Request, desk: TheDesk, runner: TheRunner) -> HTMLResponse:
    """What visitors asked, by meaning, and what they found helpful."""
    votes = load_votes(request.app.state.helpful_votes, distinct_days=desk.clinic.log.distinct_days)
    return HTMLResponse(render_questions(desk, load_view(runner), votes))


@router.get("/files/{name}")
def editor_file(runner: TheRunner, name: str) -> Response:
    """A file of the last run: a chart to show, everything else to keep. Raises 404 for any other name."""
    if name not in RUN_FILES:
        raise HTTPException(404, "There is no such file.")
    return read_run_file(runner.reports, name)


@router.post("/runs")
def editor_run(runner: TheRunner) -> RedirectResponse:
    """Begins a new run, unless one is under way."""
    runner.start()
    return RedirectResponse("/editor", 303)
