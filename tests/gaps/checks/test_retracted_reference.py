from dataclasses import replace

from gaps.checks.retracted_reference import check


def test_a_retracted_work_is_an_error_at_the_sentence_that_leans_on_it(site):
    site.page("/a/", "# A", "It helps.[1]", "## References", "1. Smith. Title. 2020. https://doi.org/10.1000/ABC")
    (gap,) = check(replace(site.context(), reached={}, retracted={"10.1000/abc": "10.1000/notice"}))
    assert (gap.severity, gap.subject) == ("error", "reference 1: 10.1000/ABC")
    assert gap.place.endswith("It%20helps")
    assert "https://doi.org/10.1000/notice" in gap.reason


def test_without_the_network_nothing_is_known(site):
    site.page("/a/", "# A", "It helps.[1]", "## References", "1. Smith. Title. 2020. https://doi.org/10.1000/ABC")
    assert list(check(site.context())) == []
