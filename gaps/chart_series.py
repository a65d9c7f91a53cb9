"""What the charts show, as figures and as words: whoever cannot see a chart reads the same."""

from collections import Counter
from dataclasses import dataclass

from gaps.coverage import CoverageMatrix
from gaps.digest import count_of
from gaps.radar import Radar
from gaps.schema import SEVERITIES, Band

RUNS_SHOWN = 12
"""A quarter of weekly runs."""
BANDS: tuple[tuple[Band, str], ...] = (("high", "covered"), ("medium", "weak"), ("low", "empty"))
"""The bands of a cell as editors call them."""


@dataclass(frozen=True, slots=True)
class Series:
    """A chart: what it shows, in words too (`words`), and its figures: a label for each place and, by name, a number for each label."""

    name: str
    title: str
    words: str
    labels: tuple[str, ...]
    values: dict[str, tuple[float, ...]]


def list_series(radar: Radar) -> list[Series]:
    """The charts that this run has figures for."""
    found = [coverage_series(radar.question_matrix)] if radar.question_matrix and radar.question_matrix.cells else []
    if radar.weeks:
        found.append(question_series(radar))
    return [*found, run_series(radar)]


def coverage_series(matrix: CoverageMatrix) -> Series:
    """Of each kind of question: of how many topics the site answers it, weakly, or not at all."""
    columns = [column for column in matrix.columns if any(cell.column == column for cell in matrix.cells)]
    counts = {column: Counter(cell.band for cell in matrix.cells if cell.column == column) for column in columns}
    total = sum(map(Counter.total, counts.values()))
    covered = sum(count["high"] for count in counts.values())
    worst = max(columns, key=lambda column: 1 - counts[column]["high"] / counts[column].total())
    return Series(
        "coverage",
        "What the site answers of its topics",
        f"{covered} of {total} questions about the site's topics are answered. Least answered is “{worst}”: "
        f"{counts[worst]['high']} of {counts[worst].total()} topics.",
        tuple(columns),
        {name: tuple(float(counts[column][band]) for column in columns) for band, name in BANDS},
    )


def question_series(radar: Radar) -> Series:
    """By the week: questions that visitors asked, and those without a confident answer."""
    last = radar.weeks[-1]
    share = f"{last.unanswered / last.asked:.0%}" if last.asked else "none"
    first = radar.weeks[0]
    before = f"{first.unanswered / first.asked:.0%}" if first.asked else "none"
    return Series(
        "questions",
        "Questions of visitors, by the week",
        f"In the last seven days {last.asked} questions were asked, {share} of them without a confident answer. In the week of "
        f"{first.first_day.isoformat()} it was {before} of {first.asked}.",
        tuple(week.first_day.isoformat() for week in radar.weeks),
        {
            "answered": tuple(float(week.asked - week.unanswered) for week in radar.weeks),
            "without a confident answer": tuple(float(week.unanswered) for week in radar.weeks),
        },
    )


def run_series(radar: Radar) -> Series:
    """By the run: gaps by severity, and what was opened and closed."""
    runs = radar.history[-RUNS_SHOWN:]
    now = radar.report
    changed = f" Since {now.previous_day.isoformat()}: {len(now.opened)} new, {len(now.closed)} closed." if now.previous_day else ""
    return Series(
        "gaps",
        "Gaps at each run",
        f"{count_of(len(now.gaps), 'gap')} on {now.day.isoformat()}.{changed}",
        tuple(run.day.isoformat() for run in runs),
        {severity: tuple(float(run.counts.get(severity, 0)) for run in runs) for severity in SEVERITIES}
        | {"opened": tuple(float(run.opened) for run in runs), "closed": tuple(float(run.closed) for run in runs)},
    )
