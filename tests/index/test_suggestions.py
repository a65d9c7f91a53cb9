from index.suggestions import Suggestions
from ingest.schema import Passage


def passage(title: str, *headings: str, url: str = "u") -> Passage:
    return Passage("text", 0, 4, url, "", title, headings)


INDEX = Suggestions([passage("Sleep and Bipolar", "Sleep and Bipolar", "How much sleep is enough?"), passage("Deep Sleep", url="v")])


def test_texts_that_begin_as_typed_come_before_others():
    assert INDEX.complete("sle", 5) == ["Sleep and Bipolar", "Deep Sleep", "How much sleep is enough?"]


def test_every_word_but_the_last_must_stand_in_full():
    assert INDEX.complete("sleep bip", 5) == ["Sleep and Bipolar"]
    assert INDEX.complete("sle bip", 5) == []


def test_nothing_typed_suggests_nothing():
    assert INDEX.complete("  ", 5) == []


def test_a_hidden_page_is_not_suggested():
    assert Suggestions([passage("Secret", url="s")], frozenset({"s"})).complete("sec", 5) == []
