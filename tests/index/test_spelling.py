import pytest

from index.spelling import Speller

SPELLER = Speller(
    {"interpersonal": 40, "therapy": 90, "bipolar": 20, "anxiety": 50, "career": 3, "lexical": 5}, known=frozenset({"lexapro"})
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("interpersnal", "interpersonal"),
        ("interpersonnal", "interpersonal"),
        ("bipoler", "bipolar"),
        ("anxeity", "anxiety"),
        ("tharapy", "therapy"),
    ],
)
def test_a_misspelt_word_of_the_site_is_mended(typed: str, meant: str):
    assert SPELLER.correct(typed) == meant


@pytest.mark.parametrize("word", ["therapy", "lexapro", "carter", "insurance", "premium", "ipt", "zzzzqqq", "b12x", "therapies"])
def test_other_words_stay_as_they_are(word: str):
    assert SPELLER.correct(word) == word


def test_of_two_words_as_near_the_more_frequent_is_meant():
    assert Speller({"moodx": 1, "moody": 500}).correct("moodz") == "moody"


def test_a_word_of_the_querys_language_is_not_mended_into_one_of_the_sites():
    speller = Speller({"page": 50, "line": 20, "clinic": 90})
    assert [speller.correct(word, ["es"]) for word in ("pago", "linea", "clinica")] == ["pago", "linea", "clinica"]


def test_a_spanish_word_is_mended_into_spanish_only():
    speller = Speller({"serve": 30, "depresion": 12, "wrenfield": 40})
    assert [speller.correct(word, ["es"]) for word in ("sirvve", "depresoin", "wrenfeld")] == ["sirvve", "depresion", "wrenfield"]


def test_a_plural_is_no_misspelling():
    assert Speller({"xanabar": 12, "primera": 9}).correct("xanabars") == "xanabars"
