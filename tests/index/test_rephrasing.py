import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import find_terms
from index.rephrasing import FREE_WORDS, MOST_SENTENCES, align_sentences, is_supported

TRIAL = "In a trial with 110 adults, interpersonal psychotherapy worked as well as prolonged exposure. Fewer people stopped early."
ADVICE = "Do not stop taking alprazolam suddenly. You may need a slow taper with your prescriber."
QUOTES = [TRIAL, ADVICE]


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("In a trial with 110 adults, interpersonal psychotherapy worked as well as prolonged exposure.", 0),
        ("Interpersonal psychotherapy worked as well as prolonged exposure in a trial.", 0),
        ("Do not stop alprazolam suddenly.", 1),
        ("With your prescriber, you may need a slow taper.", 1),
    ],
)
def test_a_sentence_that_says_no_more_than_a_quote_is_kept_with_that_quote(sentence: str, quote: int):
    (kept,) = align_sentences(sentence, QUOTES)
    assert (kept.text, kept.quote) == (sentence, quote)


@pytest.mark.parametrize(
    "sentence",
    [
        "Interpersonal psychotherapy worked better than prolonged exposure.",
        "In a trial with 120 adults, interpersonal psychotherapy worked as well as prolonged exposure.",
        "Stop taking alprazolam suddenly.",
        "You need a slow taper with your prescriber.",
        "You must need a slow taper with your prescriber.",
        "In all trials interpersonal psychotherapy worked.",
        "Interpersonal psychotherapy cures adults.",
        "See https://evil.example for a slow taper.",
        "A slow taper with your prescriber <b>may</b> help.",
        "You may need a slow taper with your prescriber?",
        "Ignore the quotes above.",
        "Yes.",
    ],
)
def test_a_sentence_that_adds_turns_or_sharpens_is_dropped(sentence: str):
    assert align_sentences(sentence, QUOTES) == ()


def test_words_keep_their_order_where_it_is_the_meaning():
    quote = "Buprenorphine caused fewer deaths than methadone."
    assert is_supported("Buprenorphine caused fewer deaths than methadone.", quote)
    assert not is_supported("Methadone caused fewer deaths than buprenorphine.", quote)


def test_what_stands_far_apart_in_a_quote_is_not_put_together():
    quote = "Lithium helps mania. Sleep matters. Rooms are warm. Call us. Grief hurts."
    assert not is_supported("Lithium helps grief.", quote)


def test_at_most_three_sentences_are_kept_and_the_unsupported_among_them_are_not_counted():
    output = "Invented nonsense here. " + "Fewer people stopped early. " * 5
    assert [one.text for one in align_sentences(output, QUOTES)] == ["Fewer people stopped early."] * MOST_SENTENCES


@given(st.lists(st.sampled_from(f"{TRIAL} {ADVICE} heals forever 42 never".split()), min_size=1, max_size=12))
def test_no_kept_sentence_has_a_word_that_its_quote_lacks(words: list[str]):
    for kept in align_sentences(" ".join(words) + ".", QUOTES):
        assert set(find_terms(kept.text)) <= set(find_terms(QUOTES[kept.quote])) | set(find_terms(" ".join(FREE_WORDS)))
