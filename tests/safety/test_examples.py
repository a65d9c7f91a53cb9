"""The examples of the vote hold no row of the half that figures are reported on."""

from pathlib import Path

from safety.similarity import as_read, read_examples

ROWS = [line.split("\t") for line in Path("corpus/judgments/crisis.tsv").read_text("utf-8").splitlines()[1:]]


def test_no_example_is_a_row_of_the_report_half_however_it_is_spelled():
    reported = {as_read(row[0]) for row in ROWS if row[4] == "report"}
    assert reported
    assert not [text for group in read_examples().values() for text in group if as_read(text) in reported]
