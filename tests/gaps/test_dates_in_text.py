from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaps.dates_in_text import find_dates


@pytest.mark.parametrize(
    "text",
    ["11/30/2025", "2025-11-30", "November 30, 2025", "30 November 2025", "Nov. 30th, 2025", "30 de noviembre de 2025", "30.11.2025"],
)
def test_a_date_is_read_in_the_forms_that_people_write(text):
    assert [found.day for found in find_dates(f"until {text}.")] == [date(2025, 11, 30)]


def test_a_month_without_a_day_is_its_last_day():
    assert [found.day for found in find_dates("February 2024")] == [date(2024, 2, 29)]


@pytest.mark.parametrize("text", ["February 31, 2025", "13/45/2025", "1974", "555-0142", "may 2"])
def test_what_is_no_date_is_passed_over(text):
    assert list(find_dates(text)) == []


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back(day):
    texts = (day.isoformat(), f"{day:%B} {day.day}, {day.year}", f"{day.month}/{day.day}/{day.year}")
    assert [found.day for text in texts for found in find_dates(text)] == [day] * 3
