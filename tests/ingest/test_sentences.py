from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import split_sentences


def texts(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in split_sentences(text, language)]


def test_a_full_stop_after_an_abbreviation_ends_nothing():
    assert texts("Dr. Oduya sees you. It takes e.g. an hour.") == ["Dr. Oduya sees you.", "It takes e.g. an hour."]


def test_decimals_and_codes_stay_whole():
    assert texts("About 3.5% have F43.10 here. That is few.") == ["About 3.5% have F43.10 here.", "That is few."]


def test_spanish_is_split_too():
    assert texts("La Dra. Calloway habla español. ¿Cuándo empieza?", "es") == ["La Dra. Calloway habla español.", "¿Cuándo empieza?"]


def test_an_unknown_language_is_split_as_english():
    assert texts("One. Two.", "") == ["One.", "Two."]


@given(st.text(max_size=200))
def test_spans_are_in_order_and_hold_every_visible_character(text: str):
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    outside = text
    for start, end in reversed(spans):
        outside = outside[:start] + outside[end:]
    assert outside.strip() == ""
