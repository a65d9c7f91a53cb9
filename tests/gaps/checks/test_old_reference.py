import pytest

from gaps.checks.old_reference import check


def subjects(site, year, sentence="It helps.[1]", **settings):
    site.page("/ipt/", "# IPT", sentence, "## References", f"1. Smith. A study of talk. Journal. {year}.", "2. Jones. B. Journal. 2024.")
    return [gap.subject for gap in check(site.context(**settings))]


@pytest.mark.parametrize(("year", "found"), [(1985, True), (1986, False)])
def test_a_claim_that_rests_on_a_source_twice_as_old_as_the_limit_is_found(site, year, found):
    assert (subjects(site, year) == [f"reference 1 of {year}"]) is found


def test_a_claim_that_also_cites_something_newer_is_in_order(site):
    assert subjects(site, 1980, "It helps.[1,2]") == []


def test_a_sentence_that_tells_history_may_cite_the_original(site):
    assert subjects(site, 1980, "It was developed by Klerman and Weissman.[1]") == []


def test_a_page_that_leans_on_old_sources_only_is_one_gap(site):
    entries = [f"{at}. Smith. Study {at}. Journal. 2001." for at in (1, 2, 3)]
    site.page("/ipt/", "# IPT", "It helps.[1]", "It lasts.[2]", "It is kind.[3]", "## References", *entries)
    assert [gap.subject for gap in check(site.context())] == ["evidence of the page"]


def test_the_limit_is_the_clinics(site):
    assert subjects(site, 2003, evidence_years=10) == ["reference 1 of 2003"]
