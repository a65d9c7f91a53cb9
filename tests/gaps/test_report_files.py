import csv
from datetime import date
from io import StringIO

import pytest

from gaps.coverage import Cell, CoverageMatrix
from gaps.radar import AskedQuestion
from gaps.report_files import matrix_to_csv, questions_to_csv, to_csv, to_markdown
from gaps.schema import GapReport
from gaps.topics import Topic

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("question", ["=HYPERLINK(1)", "+1", "-1", "@cmd"])
def test_a_question_is_no_formula_in_a_spreadsheet(make_gap, question):
    (_, row) = csv.reader(StringIO(to_csv([make_gap(subject=question)])))
    assert row[2] == f"'{question}"


def test_hostile_text_is_escaped_in_markdown(make_gap):
    text = to_markdown(GapReport(TODAY, (make_gap(subject="<script>alert(1)</script> [x](javascript:y)", place="javascript:<b>"),)))
    assert "<script>" not in text
    assert "[x](" not in text
    assert "<b>" not in text


def test_the_matrix_is_a_table_with_empty_cells_where_nothing_is_asked():
    topic = Topic("Grief", "condition")
    matrix = CoverageMatrix(
        ("what is it", "side effects"), (topic,), (Cell(topic, "what is it", "What is Grief?", 3.0, 0.5, "a section", "", "", ""),)
    )
    assert matrix_to_csv(matrix) == "topic,kind,what is it,side effects\nGrief,condition,0.50,\n"


def test_questions_of_visitors_are_no_formulas_either():
    asked = AskedQuestion("=1+1", ("=1+1",), 9, 3, 0.5, 1.0, (0, 9))
    assert questions_to_csv([asked]).splitlines()[1].startswith("'=1+1,9,3,0.5,1.0,")
