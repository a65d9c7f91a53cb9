from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evaluation.staff import measure_staff
from index.builder import build_index
from index.embedders import load_embedder
from index.judgments import judgments_of, read_staff_judgments
from ingest.schema import Site
from search_api.cli import app
from search_api.judging_sheet import read_sheet, write_sheet

BASE = "https://clinic.example"


@pytest.fixture
def index(small_site: Site, tmp_path: Path) -> Path:
    root = tmp_path / "index"
    build_index(small_site, root, embedder=load_embedder("hashing"), created_on=date(2026, 11, 23))
    return root


def run(*arguments: object) -> None:
    result = CliRunner().invoke(app, ["judge", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_grades_go_out_with_a_sheet_and_come_back_as_judgments_that_the_lab_measures(index: Path, tmp_path: Path, suffix: str):
    sheet = tmp_path / f"sheet{suffix}"
    run("write", "session fees", "EMDR", "--out", sheet, "--index", index)
    rows = read_sheet(sheet)
    assert {row.query for row in rows} == {"session fees", "EMDR"}
    assert f"{BASE}/fees/" in {row.target for row in rows}
    graded = [replace(row, grade=2 if "fees" in row.target else 0) if row.query == "session fees" else row for row in rows]
    sheet.write_bytes(write_sheet(graded, suffix))
    run("read", sheet, "--index", index)
    (judged,) = read_staff_judgments(judgments_of(index))
    assert judged.text == "session fees"
    assert judged.relevant[f"{BASE}/fees/"] == 2
    assert judged.answerable is True
    assert measure_staff(index, embedder=load_embedder("hashing"))["nDCG@10"] == 1.0


def test_a_sheet_without_questions_holds_what_was_judged_before(index: Path, tmp_path: Path):
    sheet = tmp_path / "sheet.csv"
    run("write", "session fees", "--out", sheet, "--index", index)
    first = read_sheet(sheet)[0]
    sheet.write_bytes(write_sheet([replace(first, grade=1)], ".csv"))
    run("read", sheet, "--index", index)
    again = tmp_path / "again.csv"
    run("write", "--out", again, "--index", index)
    assert read_sheet(again)[0].grade == 1


def test_a_grade_for_a_section_that_is_not_there_keeps_the_whole_sheet_out(index: Path, tmp_path: Path):
    sheet = tmp_path / "sheet.csv"
    run("write", "session fees", "--out", sheet, "--index", index)
    rows = [replace(row, grade=1) for row in read_sheet(sheet)]
    sheet.write_bytes(write_sheet([*rows, replace(rows[0], target=f"{BASE}/gone/")], ".csv"))
    with pytest.raises(Exception, match="no section of this index"):
        run("read", sheet, "--index", index)
    assert read_staff_judgments(judgments_of(index)) == []
