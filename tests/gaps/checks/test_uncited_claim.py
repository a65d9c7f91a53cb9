import pytest

from gaps.checks.uncited_claim import check


@pytest.mark.parametrize(
    "sentence",
    [
        "Studies of adults have shown that it works.",
        "According to recent research, it lasts.",
        "About 40% of people recover in a year.",
        "One in five adults has it.",
        "IPT is an effective treatment for depression.",
        "These treatment interventions are effective, time-limited, and short.",
        "It is a clinically proven way out.",
    ],
)
def test_a_claim_of_evidence_without_a_source_is_found(site, sentence):
    site.page("/ipt/", "# IPT", f"We begin with a talk. {sentence}")
    assert [gap.evidence for gap in check(site.context())] == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Is it an effective treatment?",
        "There is little research on it.",
        "Research shows that:",
        "We found a new home for our groups.",
        "Studies have shown that it works (Smith, 2019).",
        "Your session lasts 50 minutes.",
    ],
)
def test_a_sentence_that_claims_nothing_or_names_its_source_is_in_order(site, sentence):
    site.page("/ipt/", "# IPT", sentence)
    assert list(check(site.context())) == []


def test_a_marker_later_in_the_paragraph_is_the_source(site):
    site.page("/ipt/", "# IPT", "Studies have shown that it works. It also lasts.[1]", "## References", "1. Smith. A. 2020.")
    assert list(check(site.context())) == []


def test_the_same_sentence_on_two_pages_is_one_gap(site):
    for name in "ab":
        site.page(f"/{name}/", "# IPT", "Studies have shown that it works.")
    assert [len(gap.pages) for gap in check(site.context())] == [2]
