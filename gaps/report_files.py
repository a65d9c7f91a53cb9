"""The report on disk: JSON for machines and for the next run, CSV for spreadsheets, Markdown for reading and mailing."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from gaps.coverage import CoverageMatrix
from gaps.errors import DamagedReport
from gaps.report import this_week
from gaps.schema import Gap, GapReport
from gaps.spreadsheet import write_csv
from ingest.durable_files import write_durably

REPORT_FILE, CSV_FILE, MARKDOWN_FILE = "gaps.json", "gaps.csv", "gaps.md"
_REPORT = TypeAdapter(GapReport)
_COLUMNS = ("check", "severity", "subject", "place", "reason", "evidence", "advice", "pages", "demand")


def save_report(report: GapReport, directory: Path) -> None:
    """Writes the report in three formats, the one that the next run is compared with last; each file is replaced whole or not at all."""
    directory.mkdir(parents=True, exist_ok=True)
    write_durably(directory / CSV_FILE, to_csv(report.gaps).encode())
    write_durably(directory / MARKDOWN_FILE, to_markdown(report).encode())
    write_durably(directory / REPORT_FILE, to_json(report).encode())


def load_report(directory: Path) -> GapReport | None:
    """The report of the last run, None if there was none yet. Raises `DamagedReport` if it cannot be read."""
    path = directory / REPORT_FILE
    if not path.exists():
        return None
    try:
        return _REPORT.validate_json(path.read_bytes())
    except (ValidationError, OSError) as error:
        raise DamagedReport(f"{path} is not a gap report; delete it, and the next run starts anew. {str(error).splitlines()[0]}") from error


def to_json(report: GapReport) -> str:
    """The report as one JSON object on one line."""
    return _REPORT.dump_json(report).decode()


def to_csv(gaps: Iterable[Gap]) -> str:
    """The gaps as CSV with a header, one a line; what a spreadsheet would run as a formula is quoted."""
    return write_csv([_COLUMNS, *([*_row(gap)] for gap in gaps)])


def matrix_to_csv(matrix: CoverageMatrix) -> str:
    """The matrix as CSV: a row for each topic, the confidence in each cell, empty where the question is not asked."""
    cells = {(cell.topic, cell.column): f"{cell.confidence:.2f}" for cell in matrix.cells}
    rows = [[topic.name, topic.kind, *(cells.get((topic, column), "") for column in matrix.columns)] for topic in matrix.rows]
    return write_csv([("topic", "kind", *matrix.columns), *rows])


def to_markdown(report: GapReport) -> str:
    """The report to be read: this week's gaps, what changed, and everything by check."""
    parts = [f"# Gaps on {report.day.isoformat()}", _summary(report), "## This week", *map(_item, this_week(report.gaps))]
    parts += _changes(report)
    parts.append("## Everything")
    for check, gaps in groupby(sorted(report.gaps, key=lambda gap: gap.check), key=lambda gap: gap.check):
        parts += [f"### {check}", *map(_item, gaps)]
    return "\n\n".join(parts) + "\n"


def to_digest(report: GapReport) -> str:
    """What an editor is mailed: this week's gaps, and what was opened and closed since the last run."""
    return (
        "\n\n".join([f"# {report.day.isoformat()}: this week", _summary(report), *map(_item, this_week(report.gaps)), *_changes(report)])
        + "\n"
    )


def _summary(report: GapReport) -> str:
    counts = ", ".join(f"{sum(gap.severity == severity for gap in report.gaps)} {severity}s" for severity in ("error", "warning", "notice"))
    silenced = f"; {report.silenced} silenced" if report.silenced else ""
    since = f" Since {report.previous_day}: {len(report.opened)} opened, {len(report.closed)} closed." if report.previous_day else ""
    return f"{len(report.gaps)} gaps: {counts}{silenced}.{since}"


def _changes(report: GapReport) -> list[str]:
    parts: list[str] = []
    for heading, gaps in (("Closed since the last run", report.closed), ("New since the last run", report.opened)):
        if gaps:
            parts += [f"## {heading}", *map(_item, gaps)]
    return parts


def _item(gap: Gap) -> str:
    return f"- **{_plain(gap.subject)}** ({gap.severity}, {gap.check}): {_plain(gap.reason)} {_plain(gap.advice)} <{_address(gap.place)}>"


def _plain(text: str) -> str:
    """The text with everything escaped that Markdown or HTML would act on: questions are strangers' words."""
    return "".join(f"\\{char}" if char in "\\`*_{}[]()#+!|<>~" else "&amp;" if char == "&" else char for char in " ".join(text.split()))


def _address(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace(" ", "%20").replace("\n", "%0A")


def _row(gap: Gap) -> Iterable[str]:
    return (gap.check, gap.severity, gap.subject, gap.place, gap.reason, gap.evidence, gap.advice, " ".join(gap.pages), f"{gap.demand:g}")
