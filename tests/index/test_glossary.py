import pytest

from index.glossary import Glossary, parse_glossary, spanish_glossary

SMALL = Glossary([("sueño", "sleep"), ("está", "is"), ("esta", "this"), ("se", "-"), ("pastilla", "pill")])


def test_a_question_is_put_word_by_word():
    assert SMALL.translate("¿Está Ana sin pastillas?") == "is Ana sin pill?"


def test_a_word_that_english_does_without_is_left_out():
    assert SMALL.translate("se sueño") == "sleep"


def test_accents_tell_words_apart_where_they_are_typed_and_may_be_missing():
    assert [SMALL.find(word) for word in ("está", "esta", "sueno")] == ["is", "this", "sleep"]


def test_a_form_that_nobody_wrote_down_is_read_by_its_stem():
    assert SMALL.find("pastillas") == "pill"
    assert SMALL.find("horario") is None


def test_words_to_keep_stay_as_they_are():
    assert SMALL.translate("sueño esta", keep={"sueno"}) == "sueño this"


@pytest.mark.parametrize(
    ("question", "english"),
    [
        ("¿Cuánto tarda en hacer efecto?", "how much"),
        ("mi hijo no quiere ir a la escuela", "my son not wants go to the school"),
        ("no puedo dormir", "not can sleep"),
    ],
)
def test_the_bundled_glossary_knows_everyday_words(question: str, english: str):
    assert spanish_glossary().translate(question).startswith(english)


def test_a_bad_line_is_named():
    assert list(parse_glossary(["# words", "casa\thome"])) == [("casa", "home")]
    with pytest.raises(ValueError, match="Line 2 of the glossary"):
        list(parse_glossary(["casa\thome", "perro"]))
