"""Rows as CSV that a spreadsheet opens without running anything."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets run as a formula (https://owasp.org/www-community/attacks/CSV_Injection)."""


def write_csv(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV, one a line; text that a spreadsheet would run as a formula begins with an apostrophe."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows([[_harmless(value) for value in row] for row in rows])
    return text.getvalue()


def _harmless(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n")  # a bare carriage return would begin a new row
    return f"'{text}" if value.startswith(_FORMULA) else text
