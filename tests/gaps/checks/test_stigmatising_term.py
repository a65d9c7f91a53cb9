import pytest

from gaps.checks.stigmatising_term import _terms, check


def subjects(site, text):
    return [gap.subject for gap in check(site.page("/a/", "# A", text).context())]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Many addicts have tried.", "“addicts”"),
        ("His father committed suicide.", "“committed suicide”"),
        ("She is an alcoholic.", "“an alcoholic”"),
        ("We treat the mentally ill.", "“the mentally ill”"),
        ("Substance abuse is common.", "“substance abuse”"),
    ],
)
def test_a_stigmatising_word_is_found(site, text, term):
    assert subjects(site, text) == [term]


@pytest.mark.parametrize(
    "text",
    [
        "Say a person with an addiction instead of addict.",
        "Some still say “addict” today.",
        "The Substance Abuse and Mental Health Services Administration says so.",
        "He goes to Alcoholics Anonymous.",
        "Alcoholic drinks are not allowed.",
        "She is addicted to nicotine.",
        "We offer a bipolar disorder group.",
    ],
)
def test_words_about_words_names_and_other_senses_are_in_order(site, text):
    assert subjects(site, text) == []


def test_every_term_of_the_list_names_a_better_one_and_a_source():
    terms = _terms()
    assert len(terms) > 15
    assert all(term.preferred and term.source.startswith("https://") for term in terms)
