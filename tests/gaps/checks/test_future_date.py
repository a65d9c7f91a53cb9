from datetime import date

import pytest

from gaps.checks.future_date import check


@pytest.mark.parametrize(("day", "found"), [(date(2026, 11, 24), True), (date(2026, 11, 23), False)])
def test_a_review_after_today_is_found(site, day, found):
    assert bool(list(check(site.page("/ipt/", "# IPT", metadata={"reviewed_on": day}).context()))) is found
