from hypothesis import given
from hypothesis import strategies as st

from evaluation.misspelling import slip_in

WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=5, max_size=12)


@given(st.lists(WORD, min_size=1, max_size=4))
def test_one_word_of_a_query_differs_by_a_slip_and_keeps_its_first_letter(words: list[str]):
    query = " ".join(words)
    slipped = slip_in(query).split(" ")
    changed = [(one, other) for one, other in zip(words, slipped, strict=True) if one != other]
    assert len(changed) == 1
    assert changed[0][0][0] == changed[0][1][0]
    assert abs(len(changed[0][0]) - len(changed[0][1])) <= 1


def test_the_same_query_gets_the_same_slip():
    assert slip_in("interpersonal therapy") == slip_in("interpersonal therapy") != "interpersonal therapy"


def test_abbreviations_numbers_and_short_words_are_left_alone():
    assert [slip_in(query) for query in ("IPT for PTSD", "how to be 12345", "PHARMACOLOGY")] == [
        "IPT for PTSD",
        "how to be 12345",
        "PHARMACOLOGY",
    ]
