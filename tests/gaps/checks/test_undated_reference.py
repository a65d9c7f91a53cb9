import pytest

from gaps.checks.undated_reference import check


def subjects(site, *entries):
    site.page("/ipt/", "# IPT", "It helps.[1]", "## References", *(f"{at}. {text}" for at, text in enumerate(entries, 1)))
    return [gap.subject for gap in check(site.context())]


GOOD = ("Smith. A. Journal. 2020.", "Jones. B. Journal. 2021.", "Miller. C. Journal. 2022.")


def test_an_entry_without_a_year_is_found(site):
    assert subjects(site, *GOOD, "Brown. A study of talk. Journal. doi:10.1000/abc") == ["reference 4"]


def test_a_list_of_bare_addresses_is_one_gap(site):
    assert subjects(site, "https://a.example/x/", "https://b.example/y/", "https://c.example/z/") == ["reference list"]


@pytest.mark.parametrize("text", ["Brown. A study. Journal. n.d. doi:10.1000/abc", "CDC. About naloxone. https://www.cdc.gov/naloxone"])
def test_an_entry_that_says_so_or_a_titled_web_page_is_in_order(site, text):
    assert subjects(site, *GOOD, text) == []
