"""A spreadsheet on which staff grade what was found: written from results, read back as grades."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from gaps.spreadsheet import write_csv
from search_api.errors import JudgingSheetError

COLUMNS = ("query", "rank", "page", "section", "text", "target", "grade", "site answers")
WIDTHS = (32, 6, 32, 32, 80, 40, 8, 12)
GRADES = {"2": 2, "1": 1, "0": 0}
"""2 answers, 1 helps, 0 is of no use (`corpus/judgments/README.md`)."""
ANSWERABLE = {"yes": True, "no": False}
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A result to be graded; `grade` and `answerable` are None while nobody has said."""

    query: str
    rank: int
    page: str
    section: str
    text: str
    target: str
    grade: int | None = None
    answerable: bool | None = None


def write_sheet(rows: Iterable[SheetRow], suffix: str) -> bytes:
    """The rows as `.csv` or `.xlsx`; there, the two columns to fill in offer what may stand in them."""
    cells = [COLUMNS, *map(_cells_of, rows)]
    return ("\ufeff" + write_csv(cells)).encode() if suffix == ".csv" else _write_workbook(cells)


def read_sheet(file: Path) -> list[SheetRow]:
    """The rows of a sheet that came back, those without a grade too.

    Raises:
        JudgingSheetError: the file cannot be read, a column is missing, or a cell holds something else than a grade.
    """
    try:
        cells = list(_read_workbook(file) if file.suffix.lower() == ".xlsx" else _read_csv(file))
    except (OSError, UnicodeDecodeError, csv.Error, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise JudgingSheetError(f"{file} could not be read as a spreadsheet (.xlsx or .csv): {error}.") from error
    header = [name.strip().lower() for name in cells[0]] if cells else []
    if missing := [name for name in ("query", "target", "grade") if name not in header]:
        raise JudgingSheetError(f"{file} lacks the column '{missing[0]}' in its first row; `clinic-search judge write` makes such a sheet.")
    return [_row_of(dict(zip(header, values, strict=False)), number, file) for number, values in enumerate(cells[1:], 2) if any(values)]


def _cells_of(row: SheetRow) -> tuple[object, ...]:
    grade = "" if row.grade is None else row.grade
    answerable = {None: "", True: "yes", False: "no"}[row.answerable]
    return row.query, row.rank, row.page, row.section, row.text, row.target, grade, answerable


def _row_of(cells: dict[str, str], number: int, file: Path) -> SheetRow:
    grade = _one_of(GRADES, cells["grade"], f"{file}, row {number}: the grade")
    answerable = _one_of(ANSWERABLE, cells.get("site answers", ""), f"{file}, row {number}: 'site answers'")
    query, target = cells["query"].strip(), cells["target"].strip()
    if not query or (grade is not None and not target):
        raise JudgingSheetError(f"{file}, row {number}: a row with a grade needs the query and the target as they were written.")
    rank = cells.get("rank", "")
    return SheetRow(
        query,
        int(rank) if rank.isdecimal() else 0,
        cells.get("page", ""),
        cells.get("section", ""),
        cells.get("text", ""),
        target,
        grade,
        answerable,
    )


def _one_of(choices: Mapping[str, Value], written: str, what: str) -> Value | None:
    text = written.strip().lower().removesuffix(".0")
    if text and text not in choices:
        raise JudgingSheetError(f"{what} is {written!r}; it should be {', '.join(choices)} or empty.")
    return choices.get(text)


def _write_workbook(cells: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    sheet = book.active
    for number, values in enumerate(cells, 1):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column, value)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
            if isinstance(value, str):
                cell.data_type = "s"  # never a formula
    for letter, width in zip("ABCDEFGH", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for letter, choices in (("G", GRADES), ("H", ANSWERABLE)):
        offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
        sheet.add_data_validation(offered)
        offered.add(f"{letter}2:{letter}{max(len(cells), 2)}")
    sheet.freeze_panes = "A2"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _read_workbook(file: Path) -> Iterator[list[str]]:
    for values in load_workbook(file, data_only=True).worksheets[0].iter_rows(values_only=True):
        yield ["" if value is None else str(value) for value in values]


def _read_csv(file: Path) -> Iterator[list[str]]:
    """The cells of a CSV with commas or semicolons, as spreadsheets of different countries write it."""
    text = file.read_text("utf-8-sig")
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    for values in csv.reader(StringIO(text), delimiter=separator):
        yield [value[1:] if value[:2] in ("'=", "'+", "'-", "'@") else value for value in values]
