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


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("Research shows that it works.", "warning"),
        ("A 2019 study in the Journal of Sleep found that 40% of people recover.", "notice"),
        ("According to research by the University of Ajax it lasts.", "notice"),
    ],
)
def test_a_sentence_that_says_who_found_it_is_a_notice_that_asks_for_a_link(site, sentence, severity):
    site.page("/ipt/", "# IPT", sentence)
    assert [gap.severity for gap in check(site.context())] == [severity]


def test_research_as_a_part_of_life_is_no_claim(site):
    site.page("/ipt/", "# IPT", "Graduate research stress support.")
    assert list(check(site.context())) == []
