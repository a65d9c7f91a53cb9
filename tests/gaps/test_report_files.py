import csv
from datetime import date
from io import StringIO

import pytest

from gaps.coverage import Cell, CoverageMatrix
from gaps.errors import DamagedReport
from gaps.report_files import load_report, matrix_to_csv, save_report, to_csv, to_digest, to_markdown
from gaps.schema import GapReport
from gaps.topics import Topic

TODAY = date(2026, 11, 23)


def test_a_saved_report_is_read_back_as_it_was(tmp_path, make_gap):
    report = GapReport(
        TODAY, (make_gap(),), opened=(make_gap(),), closed=(make_gap(subject="b"),), silenced=2, previous_day=date(2026, 11, 16)
    )
    save_report(report, tmp_path)
    assert load_report(tmp_path) == report


def test_before_the_first_run_there_is_no_report(tmp_path):
    assert load_report(tmp_path) is None


def test_a_run_that_fails_half_way_leaves_the_last_report(tmp_path, make_gap):
    good = GapReport(TODAY, (make_gap(),))
    save_report(good, tmp_path)
    with pytest.raises(AttributeError):
        save_report(GapReport(TODAY, (make_gap(subject="b"), None)), tmp_path)
    assert load_report(tmp_path) == good


def test_a_damaged_report_is_named_with_what_to_do(tmp_path):
    (tmp_path / "gaps.json").write_text("{half")
    with pytest.raises(DamagedReport, match="delete it"):
        load_report(tmp_path)


@pytest.mark.parametrize("question", ["=HYPERLINK(1)", "+1", "-1", "@cmd"])
def test_a_question_is_no_formula_in_a_spreadsheet(make_gap, question):
    (_, row) = csv.reader(StringIO(to_csv([make_gap(subject=question)])))
    assert row[2] == f"'{question}"


def test_hostile_text_is_escaped_in_markdown(make_gap):
    text = to_markdown(GapReport(TODAY, (make_gap(subject="<script>alert(1)</script> [x](javascript:y)", place="javascript:<b>"),)))
    assert "<script>" not in text
    assert "[x](" not in text
    assert "<b>" not in text


def test_the_digest_names_what_was_closed_and_opened(make_gap):
    report = GapReport(
        TODAY, (make_gap(),), (make_gap(subject="new one"),), (make_gap(subject="old one"),), previous_day=date(2026, 11, 16)
    )
    digest = to_digest(report)
    assert "1 opened, 1 closed" in digest
    assert digest.index("old one") < digest.index("new one")


def test_the_matrix_is_a_table_with_empty_cells_where_nothing_is_asked():
    topic = Topic("Grief", "condition")
    matrix = CoverageMatrix(("what is it", "side effects"), (topic,), (Cell(topic, "what is it", "What is Grief?", 3.0, 0.5, "", "", ""),))
    assert matrix_to_csv(matrix) == "topic,kind,what is it,side effects\nGrief,condition,0.50,\n"
