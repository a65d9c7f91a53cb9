import pytest

from gaps.checks.unexplained_abbreviation import check


def subjects(site, *lines):
    return [gap.subject for gap in check(site.page("/a/", "# A", *lines).context())]


@pytest.mark.parametrize("text", ["We also borrow from SFBT.", "Ask about SSRIs.", "IOP is new. We like IOP. Try IOP."])
def test_an_abbreviation_that_nothing_explains_is_found(site, text):
    assert len(subjects(site, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Solution-focused brief therapy (SFBT) is short. SFBT helps.",
        "SFBT (solution-focused brief therapy) is short.",
        "SFBT stands for solution-focused brief therapy.",
        "Solution-focused brief therapy is short. SFBT helps.",
        "Maren Oduya, LMFT, ACBT",
        "Do NOT wait. You can NOT fail. NOT ever.",
        "Our FAQ, FDA and PPO.",
    ],
)
def test_explained_and_everyday_ones_are_in_order(site, text):
    assert subjects(site, text) == []


def test_an_explanation_on_another_page_counts(site):
    site.page("/b/", "# B", "Solution-focused brief therapy (SFBT) is short.")
    assert subjects(site, "We also borrow from SFBT.") == []


def test_roads_hospitals_and_associations_are_no_abbreviations_of_care(site):
    assert subjects(site, "Take the QEW. The QEW is slow. No QEW today. CUSA pays, CUSA helps, CUSA knows.") == []
