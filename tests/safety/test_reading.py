import pytest

from safety.phrases import read_phrase_book
from safety.reading import fold, read_text


def lean(text):
    return read_text(text, read_phrase_book()).lean.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm gonna", "i am going to"),
        ("I don’t", "i do not"),
        ("su1cide", "suicide"),
        ("s**cide", "suicide"),
        ("k i l l", "kill"),
        ("killmyself", "kill myself"),
        ("dieeee", "die"),
        ("suicde", "suicide"),
        ("sooicydal", "suicidal"),
        ("killin", "killing"),
        ("lfie", "life"),
        ("harmm", "harm"),
        ("my self", "myself"),
        ("I really want", "i want"),
    ],
)
def test_spelling_is_mended(text, expected):
    assert lean(text) == expected


@pytest.mark.parametrize(
    "word",
    ["billing", "putting", "filled", "border", "friend", "theme", "miami", "invoices", "seaside", "seized", "parking", "evil", "less"],
)
def test_an_ordinary_word_is_left_alone(word):
    assert lean(word) == word


def test_folding_drops_accents_case_and_invisible_characters():
    assert fold("Ángel\u200b Ñandú") == "angel nandu"


def test_clauses_are_kept_apart():
    assert lean("no, I want") == "no , i want"
