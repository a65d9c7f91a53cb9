"""The report as files: JSON for machines, CSV for spreadsheets, Markdown for reading."""

from collections.abc import Iterable
from itertools import groupby

from pydantic import TypeAdapter

from gaps.coverage import CoverageMatrix
from gaps.digest import summarise, to_digest, to_html_digest, to_mail
from gaps.radar import AskedQuestion, Radar
from gaps.report import this_week
from gaps.schema import Gap, GapReport
from gaps.spreadsheet import write_csv

REPORT_FILE, CSV_FILE, MARKDOWN_FILE = "gaps.json", "gaps.csv", "gaps.md"
_REPORT = TypeAdapter(GapReport)
_COLUMNS = ("check", "severity", "subject", "place", "reason", "evidence", "advice", "pages", "demand")


def list_files(radar: Radar) -> dict[str, bytes]:
    """What people read and download of a run, by file name."""
    report = radar.report
    files = {
        REPORT_FILE: to_json(report),
        CSV_FILE: to_csv(report.gaps),
        MARKDOWN_FILE: to_markdown(report),
        "questions.csv": questions_to_csv(radar.questions),
        "digest.txt": to_digest(report),
        "digest.html": to_html_digest(report),
        "digest.eml": to_mail(report),
    }
    for name, matrix in (("questions", radar.question_matrix), ("treatments", radar.treatment_matrix)):
        if matrix:
            files[f"coverage-{name}.csv"] = matrix_to_csv(matrix)
    return {name: text.encode() for name, text in files.items()}


def to_json(report: GapReport) -> str:
    """The report as one JSON object on one line."""
    return _REPORT.dump_json(report).decode()


def to_csv(gaps: Iterable[Gap]) -> str:
    """The gaps as CSV with a header, one a line; what a spreadsheet would run as a formula is quoted."""
    return write_csv([_COLUMNS, *([*_row(gap)] for gap in gaps)])


def matrix_to_csv(matrix: CoverageMatrix) -> str:
    """The matrix as CSV: a row for each topic, the score in each cell, empty where the question is not asked."""
    cells = {(cell.topic, cell.column): f"{cell.score:.2f}" for cell in matrix.cells}
    rows = [[topic.name, topic.kind, *(cells.get((topic, column), "") for column in matrix.columns)] for topic in matrix.rows]
    return write_csv([("topic", "kind", *matrix.columns), *rows])


def questions_to_csv(questions: Iterable[AskedQuestion]) -> str:
    """The groups of questions as CSV, the most asked first."""
    header = ("question", "asked", "last four weeks", "change", "unanswered share", "cause", "confidence", "nearest page")
    rows = [
        (
            one.leader,
            one.volume,
            one.recent,
            round(one.trend, 2),
            round(one.unanswered_share, 2),
            one.cause,
            "" if one.confidence is None else round(one.confidence, 2),
            one.nearest[0].url if one.nearest else "",
        )
        for one in questions
    ]
    return write_csv([header, *rows])


def to_markdown(report: GapReport) -> str:
    """The report to be read: this week's gaps, what changed, and everything by check."""
    parts = [f"# Gaps on {report.day.isoformat()}", summarise(report), "## This week", *map(_item, this_week(report.gaps))]
    parts += _changes(report)
    parts.append("## Everything")
    for check, gaps in groupby(sorted(report.gaps, key=lambda gap: gap.check), key=lambda gap: gap.check):
        parts += [f"### {check}", *map(_item, gaps)]
    return "\n\n".join(parts) + "\n"


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
