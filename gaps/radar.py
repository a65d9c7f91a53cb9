"""Everything that the editors' pages show, made in one run: the gaps, what was asked, what the site covers, and how all this developed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gaps.clusters import Cluster, Embed, cluster_questions
from gaps.context import CheckContext
from gaps.coverage import CoverageMatrix, describe_cells, make_question_matrix, make_treatment_matrix
from gaps.demand import Cause, Demand, describe_demand, find_demand
from gaps.report import make_report
from gaps.schema import SEVERITIES, Band, Gap, GapReport, LoggedQuestion, Severity, band_of
from gaps.topics import Topic, find_topics

WEEKS = 26
"""Half a year: long enough for a season, short enough for a small chart."""
MOST_QUESTIONS = 200
"""Groups of questions that are kept with a run, the most asked first."""
CELLS_AS_GAPS = 20
"""Cells of the coverage matrix that are reported as gaps; the matrix shows all of them."""
HISTORY = 60
"""Runs that are remembered: a year of weekly ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page in two words: its title, and the address of its best passage."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A group of questions of one meaning: how often it was asked, lately and by the week (oldest first), and how well it is answered.

    `trend` is the change from the four weeks before to the last four; `cause` is "" if it is answered well.
    """

    leader: str
    wordings: tuple[str, ...]
    volume: int
    recent: int
    trend: float
    unanswered_share: float
    weeks: tuple[int, ...]
    cause: Cause | Literal[""] = ""
    confidence: float | None = None
    nearest: tuple[Place, ...] = ()

    @property
    def band(self) -> Band | None:
        """How sure the search is today that the site answers it; None if it did not have to be asked."""
        return None if self.confidence is None else band_of(self.confidence)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of the question log: how many questions, and how many of them without a confident answer."""

    first_day: date
    asked: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class RunFigures:
    """A run in figures: gaps by severity, what it opened and closed, and the share in [0, 1] of the matrix that is well covered."""

    day: date
    counts: dict[Severity, int]
    opened: int
    closed: int
    covered: float | None


@dataclass(frozen=True, slots=True)
class Radar:
    """One run. `before` are the gaps that it was compared with, None for the first one; `titles` name the site's pages by URL."""

    report: GapReport
    titles: dict[str, str]
    topics: tuple[Topic, ...]
    questions: tuple[AskedQuestion, ...] = ()
    withheld: int = 0
    weeks: tuple[Week, ...] = ()
    question_matrix: CoverageMatrix | None = None
    treatment_matrix: CoverageMatrix | None = None
    history: tuple[RunFigures, ...] = ()
    before: tuple[Gap, ...] | None = None


def make_radar(
    context: CheckContext,
    *,
    questions: Sequence[LoggedQuestion] = (),
    embed: Embed | None = None,
    withheld: int = 0,
    previous: Radar | None = None,
) -> Radar:
    """The run of this day. `questions` are those of the log that may be shown, `withheld` how many more it holds.

    Compared is with the last run of an earlier day: a second run on the same day still tells what the week brought.
    """
    topics = tuple(find_topics(context))
    asked, demands = _ask_log(context, questions, embed, previous)
    matrices = _cross(context, topics)
    more = [describe_demand(context, demand) for demand in demands]
    more += describe_cells(matrices[0], count=CELLS_AS_GAPS) if matrices else []
    before = compared_with(previous, context.today)
    report = make_report(context, previous=before, more=more)
    return Radar(
        report=report,
        titles={article.url: article.title for article in context.site.articles},
        topics=topics,
        questions=tuple(asked),
        withheld=withheld,
        weeks=tuple(_count_weeks(questions, context.today)),
        question_matrix=matrices[0] if matrices else None,
        treatment_matrix=matrices[1] if matrices else None,
        history=_continue_history(previous, report, covered_share(matrices[0]) if matrices else None),
        before=before.gaps if before else None,
    )


def compared_with(previous: Radar | None, today: date) -> GapReport | None:
    """What a run of today is compared with: the last one, or what that was compared with if it is of today as well."""
    if previous is None:
        return None
    report = previous.report
    if report.day != today or previous.before is None:
        return report
    return GapReport(day=report.previous_day or report.day, gaps=previous.before)


def covered_share(matrix: CoverageMatrix) -> float:
    """The share in [0, 1] of the cells that the site answers with high confidence, each counted by how likely it is asked."""
    total = sum(cell.weight for cell in matrix.cells)
    return sum(cell.weight for cell in matrix.cells if cell.band == "high") / total if total else 0.0


def _ask_log(
    context: CheckContext, questions: Sequence[LoggedQuestion], embed: Embed | None, previous: Radar | None
) -> tuple[list[AskedQuestion], list[Demand]]:
    """The groups of the log's questions, the most asked first, and those of them that are not answered well."""
    if embed is None or not questions:
        return [], []
    kept = {question.text for question in questions}
    leaders = [asked.leader for asked in previous.questions if asked.leader in kept] if previous else []
    clusters = cluster_questions(questions, embed=embed, leaders=leaders)
    demands = find_demand(context, clusters)
    of_leader = {demand.cluster.leader: demand for demand in demands}
    return [_summarise(cluster, of_leader.get(cluster.leader), context.today) for cluster in clusters[:MOST_QUESTIONS]], demands


def _summarise(cluster: Cluster, demand: Demand | None, today: date) -> AskedQuestion:
    weeks = (cluster.asked_between(first, first + timedelta(days=6)) for first in _first_days(today))
    return AskedQuestion(
        leader=cluster.leader,
        wordings=cluster.wordings[:5],
        volume=cluster.volume,
        recent=cluster.recent(today),
        trend=cluster.trend(today),
        unanswered_share=cluster.unanswered_share,
        weeks=tuple(weeks),
        cause=demand.cause if demand else "",
        confidence=demand.confidence if demand else None,
        nearest=tuple(Place(page.title, page.url) for page in demand.nearest) if demand else (),
    )


def _cross(context: CheckContext, topics: Sequence[Topic]) -> tuple[CoverageMatrix, CoverageMatrix] | None:
    if context.search is None:
        return None
    return make_question_matrix(context.search, topics), make_treatment_matrix(context.search, topics)


def _count_weeks(questions: Sequence[LoggedQuestion], today: date) -> list[Week]:
    """The weeks up to today, from the first one in which anything was asked."""
    asked: Counter[date] = Counter()
    unanswered: Counter[date] = Counter()
    firsts = _first_days(today)
    for question in questions:
        if firsts[0] <= question.day <= today:
            week = firsts[(question.day - firsts[0]).days // 7]
            asked[week] += question.count
            unanswered[week] += question.count * (question.band != "high")
    return [Week(first, asked[first], unanswered[first]) for first in firsts if asked and first >= min(asked)]


def _first_days(today: date) -> list[date]:
    """The first days of the last weeks, the oldest first; the last week ends today."""
    return [today - timedelta(days=7 * ago + 6) for ago in reversed(range(WEEKS))]


def _continue_history(previous: Radar | None, report: GapReport, covered: float | None) -> tuple[RunFigures, ...]:
    earlier = [run for run in previous.history if run.day < report.day] if previous else []
    counts = Counter(gap.severity for gap in report.gaps)
    now = RunFigures(report.day, {severity: counts[severity] for severity in SEVERITIES}, len(report.opened), len(report.closed), covered)
    return (*earlier, now)[-HISTORY:]
