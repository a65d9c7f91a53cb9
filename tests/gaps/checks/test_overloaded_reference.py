from gaps.checks.overloaded_reference import check


def sentences(count, marker):
    return [f"Fact number {number} is so.[{marker}]" for number in range(count)]


def test_an_entry_that_carries_four_claims_is_found(site):
    site.page("/ipt/", "# IPT", *sentences(4, 1), *sentences(2, 2), "## References", "1. Smith. A. 2020.", "2. Jones. B. 2021.")
    assert [gap.subject for gap in check(site.context())] == ["reference 1"]


def test_three_claims_are_not_many(site):
    site.page("/ipt/", "# IPT", *sentences(3, 1), "## References", "1. Smith. A. 2020.", "2. Jones. B. 2021.")
    assert list(check(site.context())) == []


def test_a_manual_of_diagnoses_may_carry_all_of_them(site):
    site.page("/ipt/", "# IPT", *sentences(6, 1), "## References", "1. APA. Diagnostic and Statistical Manual of Mental Disorders. 2022.")
    assert list(check(site.context())) == []
