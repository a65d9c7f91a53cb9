from datetime import date

from gaps.checks.missing_review import check


def test_the_one_page_of_a_section_without_a_review_is_found(site):
    for name in "abcd":
        site.page(f"/conditions/{name}/", "# A", metadata={"reviewed_on": date(2026, 1, 1)})
    site.page("/conditions/e/", "# E")
    assert [gap.pages for gap in check(site.context())] == [("https://clinic.example/conditions/e/",)]


def test_a_section_that_is_not_reviewed_as_a_rule_is_in_order(site):
    for name in "abcd":
        site.page(f"/blog/{name}/", "# A")
    assert list(check(site.context())) == []
