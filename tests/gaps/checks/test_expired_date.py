import pytest

from gaps.checks.expired_date import check


def subjects(site, text, **settings):
    return [gap.subject for gap in check(site.page("/", "# Home", footer=(text,)).context(**settings))]


@pytest.mark.parametrize(
    "text",
    [
        "License Number: 370202AP Expiration Date: 11/30/2025.",
        "License valid until September 30, 2025",
        "New members pay nothing if they sign up by August 31, 2026.",
        "Our next group starts on March 3, 2025.",
        "Licencia válida hasta el 3 de mayo de 2024",
        "Offer ends 2026-11-22",
    ],
)
def test_a_date_that_ended_something_before_today_is_found(site, text):
    assert len(subjects(site, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "License valid until September 30, 2027",
        "Offer ends 2026-11-23",
        "She worked there until May 2019.",
        "The offer ended on May 1, 2020.",
        "Posted on May 1, 2020",
        "Expires 02/31/2020",
    ],
)
def test_a_date_of_today_of_the_future_or_of_the_past_as_past_is_in_order(site, text):
    assert subjects(site, text) == []


def test_a_footer_on_many_pages_is_one_gap(site):
    for name in "abc":
        site.page(f"/{name}/", "# A", footer=("Expiration Date: 11/30/2025",))
    assert [len(gap.pages) for gap in check(site.context())] == [3]


def test_an_unclear_date_is_read_as_the_clinic_writes_dates(site):
    assert subjects(site, "Valid until 05/12/2026")
    assert not subjects(type(site)(), "Valid until 05/12/2026", day_first=True)
