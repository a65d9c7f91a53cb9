import pytest

from gaps.checks.contradicting_numbers import check


def clinic(site, odd):
    for name in "abcd":
        site.page(
            f"/{name}/", f"# Page {name}", f"Text {name}. Our intensive outpatient program runs 3 hours a day, usually for 8 to 12 weeks."
        )
    return site.page("/odd/", "# Odd", odd).context()


def test_a_number_that_a_single_page_gives_differently_is_found(site):
    (gap,) = check(clinic(site, "Others join the intensive outpatient program, usually for 6 to 10 weeks."))
    assert gap.pages[0] == "https://clinic.example/odd/"
    assert "6-10" in gap.reason
    assert "8-12" in gap.reason


@pytest.mark.parametrize(
    "sentence",
    [
        "The intensive outpatient program usually lasts eight to twelve weeks.",
        "The intensive outpatient program is open to people from 14 years.",
        "Grief groups meet for 6 weeks.",
        "In 12% of weeks the intensive outpatient program is full.",
        "Elsewhere an intensive outpatient program lasts 6 weeks on average.",
    ],
)
def test_the_same_number_in_words_and_numbers_of_other_things_agree(site, sentence):
    assert list(check(clinic(site, sentence))) == []


def test_two_sentences_that_are_the_same_but_for_a_number_contradict(site):
    text = "New clients meet Doctor Lindqvist for an intake talk about sleep, mood, medicine, family and work that takes {} minutes."
    site.page("/a/", "# A", text.format(75)).page("/b/", "# B", text.format(60))
    assert len(list(check(site.context()))) == 1


def test_pages_of_two_places_tell_facts_of_two_places(site):
    text = "Campus counselling gives students short support in busy weeks for stress, sleep, mood and exams within {} sessions."
    site.page("/a/", "# Ajax student therapy", text.format(6)).page("/b/", "# Barrie student therapy", text.format(8))
    assert list(check(site.context())) == []


def test_a_pair_of_words_far_from_the_number_does_not_say_what_it_counts(site):
    for name in "abcde":
        site.page(f"/{name}/", f"# Page {name}", f"Text {name}. Virtual sessions begin with a talk of 15 minutes.")
    odd = "Virtual sessions spare you the bus, the parking lot and the crowded waiting room: sit back for 45 minutes."
    assert list(check(site.page("/odd/", "# Odd", odd).context())) == []
