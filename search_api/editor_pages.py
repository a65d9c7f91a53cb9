"""The editors' pages: what they show of the last run, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urldefrag, urlencode

from gaps.chart_series import BANDS, Series, list_series
from gaps.checks import check_names, explain_check
from gaps.coverage import SUPPORT_WORDS, Cell, CoverageMatrix, weakest_cells
from gaps.demand import ADVICE
from gaps.digest import summarise
from gaps.errors import DamagedReport
from gaps.grouping import Order, group_gaps, say_check
from gaps.radar import Radar
from gaps.radar_store import last_run, read_run
from gaps.report import silence_for, this_week
from gaps.schema import SEVERITIES, Severity
from search_api.desk_pages import Desk
from search_api.gap_runner import GapRunner
from search_api.pages import web_address
from search_api.run_files import RUN_FILES
from search_api.vote_view import VoteView

OLD_DAYS = 14
"""A weekly report that is older than two weeks was forgotten."""
WEAKEST = 12
"""Cells listed below a matrix as the ones to write next."""
FEW_GROUPS = 3
"""So few groups are shown unfolded."""
OTHER_KINDS = {
    "unanswered_question": "Visitors asked this, and the search could not answer it well. The cause is told apart: not covered, thin, "
    "covered under other words, stale, or several pages that compete.",
    "empty_cell": "What people ask of most topics, and the site does not say of this one. Found without a log, from a built-in list of "
    "questions with their sources and the site's own topics.",
}
"""What an editor reads of the kinds of gaps that are no checks."""


@dataclass(frozen=True, slots=True)
class GapFilter:
    """Which gaps are shown: in which order, of one severity, and of one check, page or topic ("" for all)."""

    by: Order
    severity: Severity | Literal[""]
    only: str


@dataclass(frozen=True, slots=True)
class RunView:
    """The last good run, None if there is none, its files, how to make a new one and what became of the last try."""

    radar: Radar | None
    files: tuple[str, ...]
    command: str
    running_since: datetime | None
    problem: str

    @property
    def age_in_days(self) -> int:
        """How long ago the run's day was."""
        return (datetime.now(UTC).date() - self.radar.report.day).days if self.radar else 0


def load_view(runner: GapRunner) -> RunView:
    """What there is to show now. A report that cannot be read is told as a problem, not raised: the page says how to mend it."""
    folder = last_run(runner.reports)
    radar, problem = None, runner.failure()
    try:
        radar = _load(folder) if folder else None
    except DamagedReport as error:
        problem = str(error)
    files = tuple(name for name in RUN_FILES if folder and (folder / name).is_file() and not name.endswith(".svg"))
    return RunView(radar, files, runner.command, runner.running_since(), problem)


def render_week(desk: Desk, view: RunView) -> str:
    """The first page: this week's five, what changed, charts, what was silenced, downloads."""
    radar = view.radar
    return _render(
        desk,
        view,
        "editor.html",
        "What to do this week",
        "/editor",
        week=this_week(radar.report.gaps) if radar else [],
        summary=summarise(radar.report) if radar else "",
        charts=list_series(radar) if radar else [],
        shown_of=_rows_of,
        old_days=OLD_DAYS,
    )


def render_gaps(desk: Desk, view: RunView, chosen: GapFilter) -> str:
    """All gaps in groups."""
    gaps = [gap for gap in view.radar.report.gaps if chosen.severity in ("", gap.severity)] if view.radar else []
    groups = group_gaps(view.radar, gaps, chosen.by) if view.radar else []
    shown = [group for group in groups if chosen.only in ("", group.key)]
    return _render(
        desk,
        view,
        "editor_gaps.html",
        "All gaps",
        "/editor/gaps",
        groups=shown,
        chosen=chosen,
        total=len({id(gap) for group in shown for gap in group.gaps}),
        unfolded=len(shown) <= FEW_GROUPS,
        severities=SEVERITIES,
        explain=_explain,
    )


def render_coverage(desk: Desk, view: RunView, which: Literal["questions", "treatments"], topic: str, column: str) -> str:
    """A matrix, the cell that is looked at and the cells to write next."""
    matrix = _matrix(view.radar, which)
    looked_at = next((cell for cell in matrix.cells if (cell.topic.name, cell.column) == (topic, column)), None) if matrix else None
    return _render(
        desk,
        view,
        "editor_coverage.html",
        "What the site covers",
        "/editor/coverage",
        matrix=matrix,
        which=which,
        looked_at=looked_at,
        weakest=weakest_cells(matrix, count=WEAKEST) if matrix and which == "questions" else [],
        cells={(cell.topic.name, cell.column): cell for cell in matrix.cells} if matrix else {},
        band_names=dict(BANDS),
        cell_address=lambda cell: _cell_address(which, cell),
        support_words=SUPPORT_WORDS,
    )


def render_questions(desk: Desk, view: RunView, votes: VoteView) -> str:
    """What visitors asked, in groups of one meaning, and what they found helpful."""
    return _render(
        desk,
        view,
        "editor_questions.html",
        "What visitors ask",
        "/editor/questions",
        advice=ADVICE,
        bars=draw_bars,
        votes=votes,
        votes_of=lambda url: votes.pages.get(urldefrag(url).url),
    )


def draw_bars(weeks: Sequence[int], *, height: int = 20) -> list[tuple[int, int, int]]:
    """A small chart of a row of counts: for each its place from the left, from the top, and its height, in points."""
    most = max([*weeks, 1])
    heights = [0 if not week else max(2, round(height * week / most)) for week in weeks]
    return [(4 * at, height - tall, tall) for at, tall in enumerate(heights)]


@lru_cache(maxsize=2)
def _load(folder: Path) -> Radar:
    """The run of this folder, which never changes once it has its name."""
    return read_run(folder)


def _render(desk: Desk, view: RunView, template: str, heading: str, page: str, **values: object) -> str:
    return desk.render(
        template,
        heading,
        room="/editor",
        page=page,
        view=view,
        report=view.radar.report if view.radar else None,
        titles=view.radar.titles if view.radar else {},
        say_check=say_check,
        safe_link=web_address,
        silence_for=silence_for,
        **values,
    )


def _matrix(radar: Radar | None, which: Literal["questions", "treatments"]) -> CoverageMatrix | None:
    if radar is None:
        return None
    return radar.question_matrix if which == "questions" else radar.treatment_matrix


def _cell_address(which: str, cell: Cell) -> str:
    return f"/editor/coverage?{urlencode({'matrix': which, 'topic': cell.topic.name, 'column': cell.column})}#cell"


def _explain(check: str) -> str:
    """What an editor reads about a kind of gap, "" if it is unknown by now."""
    return OTHER_KINDS.get(check) or (explain_check(check) if check in check_names() else "")


def _rows_of(series: Series) -> list[tuple[str, tuple[float, ...]]]:
    """The figures of a chart as the rows of a table."""
    return [(label, tuple(values[at] for values in series.values.values())) for at, label in enumerate(series.labels)]
