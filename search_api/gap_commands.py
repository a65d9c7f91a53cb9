"""`clinic-search gaps`: what editors should write, fix or merge next, in the terminal."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gaps.context import CheckContext
from gaps.report import fails, make_report, this_week
from gaps.report_files import load_report, save_report, to_csv, to_json, to_markdown
from gaps.schema import Gap, GapReport, Severity
from gaps.settings import read_gap_settings
from index.searcher import Searcher
from search_api.clinic import CLINIC_FILE, Clinic, read_clinic

REPORT_FOLDER = "gap-report"
FORMATS: dict[str, Callable[[GapReport], str]] = {"json": to_json, "markdown": to_markdown, "csv": lambda report: to_csv(report.gaps)}
"""What `--format` may name besides the table."""


def report_gaps(searcher: Searcher, index: Path, *, today: date | None) -> GapReport:
    """The report of the site in this index, compared with the last one, which it replaces."""
    copy = searcher.folder / CLINIC_FILE
    clinic = read_clinic(copy) if copy.exists() else Clinic()
    settings = read_gap_settings({"gaps": clinic.gaps})
    context = CheckContext(searcher.site, today or datetime.now(UTC).date(), settings, searcher.search)
    folder = index / REPORT_FOLDER
    report = make_report(context, previous=load_report(folder))
    save_report(report, folder)
    return report


def print_report(report: GapReport, chosen: str, console: Console) -> None:
    """The report in the format that was asked for; as a table by default."""
    if chosen in FORMATS:
        sys.stdout.write(FORMATS[chosen](report).rstrip("\n") + "\n")
    else:
        _print_tables(report, console)


def exit_status(report: GapReport, fail_on: Severity | None) -> int:
    """1 if a gap is as bad as the caller will not have, else 0."""
    return int(fail_on is not None and fails(report.gaps, fail_on))


def _print_tables(report: GapReport, console: Console) -> None:
    console.print(_table("This week's five", this_week(report.gaps)))
    console.print(_table(f"All {len(report.gaps)} gaps", report.gaps))
    if report.previous_day:
        console.print(f"Since {report.previous_day}: {len(report.opened)} new, {len(report.closed)} closed.")


def _table(title: str, gaps: Sequence[Gap]) -> Table:
    table = Table("severity", "check", "where", "what", "what to do", title=title, title_justify="left", expand=True)
    for gap in gaps:
        table.add_row(*(escape(cell) for cell in (gap.severity, gap.check, gap.place, gap.reason, gap.advice)))
    return table
