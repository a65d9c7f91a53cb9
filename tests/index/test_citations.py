from index.citations import carried_markers, cite_span
from tests.index.conftest import ARTICLE, URL, span


def test_a_citation_names_the_place_and_the_literature_of_exactly_its_sentences():
    citation = cite_span(ARTICLE, *span("It is a short-term"))
    assert (citation.title, citation.heading_path, citation.url) == ("IPT", ("PTSD",), URL + "#ptsd")
    assert [reference.text for reference in citation.references] == ["B. 2002."]


def test_a_span_over_two_sentences_carries_the_markers_of_both():
    assert carried_markers(ARTICLE, *span("IPT helps. It is a short-term")) == ("1", "2")
