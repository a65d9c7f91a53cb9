from pathlib import Path

import pytest
from openpyxl import load_workbook

from search_api.errors import JudgingSheetError
from search_api.judging_sheet import COLUMNS, SheetRow, read_sheet, write_sheet

ROWS = [
    SheetRow("fees", 1, "Fees", "Fees", "An individual session costs 165 dollars.", "https://clinic.example/fees/", 2, True),
    SheetRow("=1+1", 1, "Grief; loss", "-", 'She said "no", twice.', "https://clinic.example/grief/#a", 0),
    SheetRow("mortgage", 1, "Fees", "", "", "https://clinic.example/fees/"),
]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_written_is_read_back(tmp_path: Path, suffix: str):
    file = tmp_path / f"sheet{suffix}"
    file.write_bytes(write_sheet(ROWS, suffix))
    assert read_sheet(file) == ROWS


def test_a_sheet_with_semicolons_is_read(tmp_path: Path):
    file = tmp_path / "sheet.csv"
    file.write_text("query;rank;target;grade\nfees;1;https://clinic.example/fees/;2,0\n".replace("2,0", "2"))
    (row,) = read_sheet(file)
    assert (row.query, row.target, row.grade) == ("fees", "https://clinic.example/fees/", 2)


def test_a_workbook_runs_no_formula_and_offers_the_grades(tmp_path: Path):
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(write_sheet(ROWS, ".xlsx"))
    sheet = load_workbook(file).active
    assert sheet["A3"].data_type == "s"
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} == {'"2,1,0"', '"yes,no"'}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fees,1,,,,https://clinic.example/fees/,5,", "row 2: the grade is '5'"),
        ("fees,1,,,,https://clinic.example/fees/,2,maybe", "'site answers' is 'maybe'"),
        ("fees,1,,,,,2,", "needs the query and the target"),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, line: str, said: str):
    file = tmp_path / "sheet.csv"
    file.write_text(",".join(COLUMNS) + "\n" + line)
    with pytest.raises(JudgingSheetError, match=said):
        read_sheet(file)


@pytest.mark.parametrize(
    ("name", "content"), [("sheet.xlsx", b"no workbook"), ("sheet.csv", b"\xff\xfe"), ("sheet.csv", b""), ("sheet.csv", b"a,b\n1,2")]
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, name: str, content: bytes):
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(JudgingSheetError):
        read_sheet(file)
