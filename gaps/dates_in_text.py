"""Dates as people write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "enero"),
            ("february", "feb", "febrero"),
            ("march", "mar", "marzo"),
            ("april", "apr", "abril"),
            ("may", "mayo"),
            ("june", "jun", "junio"),
            ("july", "jul", "julio"),
            ("august", "aug", "agosto"),
            ("september", "sept", "sep", "septiembre"),
            ("october", "oct", "octubre"),
            ("november", "nov", "noviembre"),
            ("december", "dec", "diciembre"),
        ),
        1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"""\b(?P<iso>(?:19|20)\d\d-\d{{1,2}}-\d{{1,2}})\b
    |\b(?P<numeric>\d{{1,2}}[/.]\d{{1,2}}[/.](?:19|20)\d\d)\b
    |\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b
    |\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th|º)?\s+(?:de\s+)?(?P<month2>{_MONTH})\.?,?\s+(?:de\s+|del\s+)?(?P<year2>(?:19|20)\d\d)\b
    |\b(?P<month3>{_MONTH})\.?,?\s+(?:de\s+)?(?P<year3>(?:19|20)\d\d)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date in a text: its span, and the day; of a month without a day its last day, of an unclear `3/4/2025` what `day_first` says."""

    start: int
    end: int
    day: date


def find_dates(text: str, *, day_first: bool = False) -> Iterator[DateFound]:
    """The dates of a text in order; what looks like a date and is none (31 February) is passed over."""
    for found in _DATE.finditer(text):
        day = _read_date(found, day_first=day_first)
        if day:
            yield DateFound(found.start(), found.end(), day)


def _read_date(found: re.Match[str], *, day_first: bool) -> date | None:
    groups = found.groupdict()
    if groups["iso"]:
        return _make_date(*map(int, groups["iso"].split("-")))
    if groups["numeric"]:
        first, second, year = map(int, re.split(r"[/.]", groups["numeric"]))
        month, day = (second, first) if day_first or first > 12 or "." in groups["numeric"] else (first, second)
        return _make_date(year, month, day)
    if groups["month3"]:
        return _end_of_month(int(groups["year3"]), _MONTHS[groups["month3"].lower()])
    month_name = groups["month"] or groups["month2"]
    return _make_date(int(groups["year"] or groups["year2"]), _MONTHS[month_name.lower()], int(groups["day"] or groups["day2"]))


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
