import pytest

from gaps.checks.inconsistent_term import check


def test_a_therapy_under_three_names_is_found(site):
    site.page("/ipt/", "# Interpersonal Psychotherapy", "Interpersonal therapy helps. So does interpersonal counseling, we think.")
    (gap,) = check(site.context())
    assert "interpersonal therapy (1)" in gap.reason
    assert "interpersonal counseling (1)" in gap.reason


def test_names_on_other_pages_of_the_site_count(site):
    site.page("/dbt/", "# Dialectical Behavior Therapy (DBT)", "It helps.").page(
        "/iop/", "# Program", "We use dialectic behavioral treatment."
    )
    site.page("/group/", "# Group", "A group for dialectical skills training.")
    assert [len(gap.pages) for gap in check(site.context())] == [3]


@pytest.mark.parametrize("text", ["Interpersonal therapy helps.", "Cognitive therapy and cognitive behavioral therapy are two."])
def test_one_other_name_and_other_therapies_are_in_order(site, text):
    assert list(check(site.page("/ipt/", "# Interpersonal Psychotherapy", text).context())) == []


def test_an_abbreviation_with_two_meanings_is_found(site):
    site.page("/a/", "# A", "Metacognitive interpersonal therapy (MIT) helps.").page("/b/", "# B", "Moral injury training (MIT) helps.")
    assert [gap.subject for gap in check(site.context())] == ["MIT"]
