import pytest

from safety.phrases import PhraseError, compile_phrases, parse_phrase_book, read_phrase_book


def found(phrase, text, lists=None):
    return compile_phrases([phrase], lists or {}).search(text) is not None


def test_alternatives_optional_words_and_gaps_are_read():
    assert found("end my [own] life", "i will end my own life ")
    assert found("end my [own] life", "i will end my life ")
    assert found("die/dying", "i am dying ")
    assert found("took .. pills", "took some of her pills ")
    assert not found("took .. pills", "took some , pills ")


def test_a_lookahead_forbids_what_follows():
    assert found("want to die !(my hair)", "i want to die now ")
    assert not found("want to die !(my hair)", "i want to die my hair ")


def test_beginning_and_end_of_the_text_are_marked():
    assert found("^ i give up $", "i give up ")
    assert not found("^ i give up $", "i give up sugar ")


def test_a_phrase_begins_at_a_word():
    assert not found("die", "indie ")


def test_a_bracket_without_partner_is_named():
    with pytest.raises(PhraseError, match=r"want to \(die"):
        compile_phrases(["want to (die"], {})


def test_an_unknown_rule_is_named():
    book = """
fillers = ["x"]
guarded = []
mended = []
joined = []
[rewrites]
[lists]
kin = []
familia = []
[context]
deniers = []
between = []
[[group]]
name = "odd"
rule = "sometimes"
phrases = ["x"]
"""
    with pytest.raises(PhraseError, match="sometimes"):
        parse_phrase_book(book)


def test_every_group_of_the_bundled_book_matches_something_but_not_the_empty_text():
    for group in read_phrase_book().groups:
        assert group.pattern.search("") is None, group.name
        assert group.pattern.search("the clinic opens at nine ") is None, group.name
