from hypothesis import given
from hypothesis import strategies as st

from index.highlighting import asked_terms, find_matches, marked_terms
from index.schema import Expansion, Interpretation


def marked(text: str, interpretation: Interpretation) -> list[str]:
    return [text[start:end] for start, end in find_matches(text, asked_terms(interpretation))]


def test_words_are_matched_by_their_stem_and_stop_words_never():
    read = Interpretation("how is the trauma treated")
    assert marked("The treating of trauma: it treats.", read) == ["treating", "trauma", "treats"]


def test_meanings_of_abbreviations_and_mended_words_are_matched():
    read = Interpretation("IPT anxeity", "IPT anxiety", (Expansion("IPT", "interpersonal psychotherapy"),))
    assert marked("Interpersonal psychotherapy (IPT) for anxiety.", read) == ["Interpersonal", "psychotherapy", "IPT", "anxiety"]


def test_accents_do_not_matter():
    assert marked("La depresión", Interpretation("depresion")) == ["depresión"]


@given(st.text(max_size=80), st.text(max_size=30))
def test_spans_are_in_order_and_inside_the_text(text: str, query: str):
    spans = find_matches(text, asked_terms(Interpretation(query)))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


def test_of_a_question_still_being_typed_the_finished_word_is_matched():
    read = Interpretation("help with depres", finished="help with depression")
    assert marked("Depression can be treated.", read) == ["Depression"]


def test_articles_and_prepositions_of_a_spanish_question_are_not_marked():
    text = "Las pastillas para dormir se dejan poco a poco con el médico."
    spans = find_matches(text, marked_terms(Interpretation("no puedo dormir con el ruido de la calle", language="es")))
    assert [text[start:end] for start, end in spans] == ["dormir"]


def test_in_any_other_question_they_are_parts_of_names():
    assert marked_terms(Interpretation("Universidad de Oregon")) == asked_terms(Interpretation("Universidad de Oregon"))
    assert "de" in marked_terms(Interpretation("Universidad de Oregon"))
