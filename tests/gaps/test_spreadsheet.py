import csv
from io import StringIO

import pytest

from gaps.spreadsheet import write_csv


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"])
def test_what_a_spreadsheet_would_run_is_text(text: str):
    assert next(csv.reader(StringIO(write_csv([[text]]), newline=""))) == ["'" + text]


def test_numbers_and_plain_words_stay_as_they_are():
    assert write_csv([["a, b", -1.5, 'say "x"', "two\nlines"]]) == '"a, b",-1.5,"say ""x""","two\nlines"\n'


def test_a_carriage_return_begins_no_row_with_a_formula():
    assert list(csv.reader(StringIO(write_csv([["a\r=1+1", "b"]])))) == [["a\n=1+1", "b"]]
