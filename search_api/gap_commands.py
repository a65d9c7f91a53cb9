"""`clinic-search gaps`: what editors should write, fix or merge next, in the terminal and for the editors' pages."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gaps.charts import draw_charts
from gaps.context import CheckContext
from gaps.digest import summarise, to_digest
from gaps.network import ask_web
from gaps.question_log import count_withheld, read_questions
from gaps.radar import Radar, make_radar
from gaps.radar_store import load_radar, report_folder, save_radar
from gaps.report import fails, this_week
from gaps.report_files import list_files, to_csv, to_json, to_markdown
from gaps.schema import Gap, GapReport, Severity
from gaps.settings import read_gap_settings
from index.schema import FloatMatrix
from index.searcher import Searcher
from search_api.clinic import CLINIC_FILE, Clinic, read_clinic
from search_api.question_writer import question_log_of

FORMATS: dict[str, Callable[[GapReport], str]] = {
    "json": to_json,
    "markdown": to_markdown,
    "csv": lambda report: to_csv(report.gaps),
    "digest": to_digest,
}
"""What `--format` may name besides the table."""


def report_gaps(
    searcher: Searcher,
    index: Path,
    *,
    today: date | None,
    site: Path | None = None,
    network: bool = False,
    announce: Callable[[str], None] = lambda _: None,
) -> GapReport:
    """The report of the site in this index, compared with the last one, which it replaces.

    `site` is the clinic's file; by default the copy that `build` put into the index. `network` asks the web
    what became of links and cited works. `announce` is told where the files are.
    """
    copy = site or searcher.folder / CLINIC_FILE
    clinic = read_clinic(copy) if copy.exists() else Clinic()
    root = report_folder(index)
    day = today or datetime.now(UTC).date()
    context = CheckContext(searcher.site, day, read_gap_settings({"gaps": clinic.gaps}), searcher.search)
    if network:
        context = ask_web(context)
    radar = _make_radar(context, searcher, clinic, question_log_of(index), load_radar(root))
    folder = save_radar(radar, root, {**list_files(radar), **draw_charts(radar)})
    announce(f"{summarise(radar.report)} Written to {folder}.")
    return radar.report


def print_report(report: GapReport, chosen: str, console: Console) -> None:
    """The report in the format that was asked for; as a table by default."""
    if chosen in FORMATS:
        sys.stdout.write(FORMATS[chosen](report).rstrip("\n") + "\n")
    else:
        _print_tables(report, console)


def exit_status(report: GapReport, fail_on: Severity | None) -> int:
    """1 if a gap is as bad as the caller will not have, else 0."""
    return int(fail_on is not None and fails(report.gaps, fail_on))


def _make_radar(context: CheckContext, searcher: Searcher, clinic: Clinic, log: Path, previous: Radar | None) -> Radar:
    def embed(texts: Sequence[str]) -> FloatMatrix:
        return np.stack([searcher.embedder.embed_question(text) for text in texts])

    days = clinic.log.distinct_days
    asked, withheld = read_questions(log, distinct_days=days), count_withheld(log, distinct_days=days)
    return make_radar(context, questions=asked, embed=embed, withheld=withheld, previous=previous)


def _print_tables(report: GapReport, console: Console) -> None:
    console.print(_table("This week's five", this_week(report.gaps)))
    console.print(_table(f"All {len(report.gaps)} gaps", report.gaps))
    if report.previous_day:
        console.print(f"Since {report.previous_day}: {len(report.opened)} new, {len(report.closed)} closed.")


def _table(title: str, gaps: Sequence[Gap]) -> Table:
    """A row a gap; addresses are folded and never cut, also in a narrow terminal: they are copied from here."""
    table = Table(title=title, title_justify="left", expand=True, show_lines=True)
    table.add_column("severity, check", overflow="fold", ratio=2)
    table.add_column("where", overflow="fold", ratio=3)
    table.add_column("what, and what to do", ratio=4)
    for gap in gaps:
        table.add_row(*map(escape, (f"{gap.severity}\n{gap.check}", gap.place, f"{gap.reason}\n{gap.advice}")))
    return table
