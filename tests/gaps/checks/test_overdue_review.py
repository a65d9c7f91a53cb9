from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gaps.checks.overdue_review import check, is_overdue


@pytest.mark.parametrize(("day", "found"), [(date(2023, 11, 22), True), (date(2023, 11, 23), False)])
def test_a_review_is_overdue_the_day_after_the_cycle_has_passed(site, day, found):
    site.page("/ipt/", "# IPT", metadata={"reviewed_on": day})
    assert bool(list(check(site.context()))) is found


def test_a_later_change_does_not_stand_in_for_a_review(site):
    site.page("/ipt/", "# IPT", metadata={"reviewed_on": date(2020, 1, 1), "modified_on": date(2026, 1, 1)})
    assert len(list(check(site.context()))) == 1


def test_a_page_without_dates_is_not_judged(site):
    assert list(check(site.page("/ipt/", "# IPT").context())) == []


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(1, 120))
def test_a_page_is_never_overdue_before_its_cycle_in_days_has_passed(day, months):
    assert not is_overdue(day, day + timedelta(days=28 * months), months)
    assert is_overdue(day, day + timedelta(days=31 * months + 1), months)
