import pytest

from index.query_language import drop_spanish_stop_words, guess_languages


def test_words_that_a_dictionary_lacks_may_be_named():
    assert guess_languages(["celos", "seguros"], more={"es": frozenset({"celos", "seguros"})}) == ("es",)


@pytest.mark.parametrize(
    ("query", "languages"),
    [
        ("how long does treatment take", ("en",)),
        ("cuanto cuesta una sesion", ("es",)),
        ("sintomas de depresion", ("es",)),
        ("qwxz", ("en", "es")),
        ("", ("en", "es")),
    ],
)
def test_the_language_that_knows_most_words_is_the_querys(query: str, languages: tuple[str, ...]):
    assert guess_languages(query.split()) == languages


def test_a_spanish_question_loses_its_stop_words():
    assert drop_spanish_stop_words("no puedo dormir desde el accidente de coche") == "puedo dormir accidente coche"
