import pytest

from gaps.checks.contradicting_contact import check


def clinic(site, odd):
    for number in range(12):
        site.page(f"/{number}/", "# A", footer=("Call (541) 555-0142 or write to hello@clinic.example",))
    return site.page("/odd/", "# Odd", odd).context()


@pytest.mark.parametrize("words", ["(541) 555-0124", "541.555.0742", "helo@clinic.example"])
def test_a_mistyped_number_or_address_is_found(site, words):
    assert [gap.subject for gap in check(clinic(site, f"Reach us at {words}"))] == [words]


@pytest.mark.parametrize("words", ["(541) 555-0142", "+1 541 555 0142", "(541) 555-0143", "(503) 555-0199", "billing@clinic.example"])
def test_the_same_number_the_fax_and_other_numbers_are_in_order(site, words):
    assert list(check(clinic(site, f"Reach us at {words}"))) == []
