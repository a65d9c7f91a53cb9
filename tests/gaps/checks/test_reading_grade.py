from gaps.checks.reading_grade import check

EASY = "We talk. You rest. It is calm here. You can stay as long as you like. " * 25
HARD = (
    "Psychotherapeutic interventions necessitate comprehensive multidisciplinary considerations regarding individualized symptomatology. "
    * 25
)


def test_a_hard_page_is_found_and_an_easy_one_is_not(site):
    site.page("/hard/", "# A", HARD).page("/easy/", "# B", EASY)
    assert [gap.pages for gap in check(site.context())] == [("https://clinic.example/hard/",)]


def test_the_target_is_the_clinics(site):
    assert list(check(site.page("/hard/", "# A", HARD).context(reading_grade=99.0))) == []


def test_a_short_text_is_not_judged(site):
    assert list(check(site.page("/hard/", "# A", HARD[:1200]).context())) == []


def test_terms_and_policies_are_left_to_lawyers(site):
    assert list(check(site.page("/terms/", "# Terms of Service", HARD).context())) == []
