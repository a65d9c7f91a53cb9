import pytest

from index.spelling import Speller

SPELLER = Speller(
    {"interpersonal": 40, "therapy": 90, "bipolar": 20, "anxiety": 50, "career": 3, "lexical": 5, "intermittent": 9},
    known=frozenset({"lexapro"}),
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("interpersnal", "interpersonal"),
        ("interpersonnal", "interpersonal"),
        ("bipoler", "bipolar"),
        ("anxeity", "anxiety"),
        ("tharapy", "therapy"),
        ("intermitent", "intermittent"),
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
    assert [speller.correct(word, ["es"]) for word in ("sirvve", "depresoin", "wrenfeld")] == ["sirvve", "depresión", "wrenfield"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("cnacellation", "cancellation"), ("granfma", "grandma"), ("confidentialityy", "confidentiality")]
)
def test_a_word_that_the_site_lacks_is_mended_into_one_of_the_language(typed: str, meant: str):
    assert SPELLER.correct(typed) == meant


def test_the_sites_word_is_preferred_to_one_of_the_language():
    assert Speller({"wrenfield": 9}).correct("wrenfeild") == "wrenfield"
    assert Speller({"granfield": 9}).correct("granfeild") == "granfield"


def test_no_spanish_word_is_mended_into_one_that_the_site_lacks():
    assert Speller({}).correct("llevvo", ["es"]) == "llevvo"


def test_another_form_of_a_word_is_no_misspelling():
    speller = Speller({"xanabar": 12, "primero": 9, "tested": 50, "pregunta": 8, "wife": 20})
    assert [speller.correct(word) for word in ("xanabars", "texted", "wifi")] == ["xanabars", "texted", "wifi"]
    assert [speller.correct(word, ["es"]) for word in ("primeras", "pregunto")] == ["primeras", "pregunto"]


def test_a_beginning_becomes_the_sites_commonest_word_that_begins_so():
    speller = Speller({"depression": 90, "depressed": 12, "deputy": 3})
    assert [speller.finish(typed) for typed in ("dep", "depres", "depressed", "de", "zzz", "deput")] == [
        "depression",
        "depression",
        "depressed",
        "de",
        "zzz",
        "deputy",
    ]
