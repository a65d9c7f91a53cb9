from hypothesis import given
from hypothesis import strategies as st

from index.shared_words import mark_shared


def test_runs_of_four_words_are_marked_and_shorter_ones_are_not():
    pieces = mark_shared("We say: talk about grief, with someone. It is good.", "To talk about grief with someone helps. It is bad.")
    assert [text for text, is_shared in pieces if is_shared] == ["talk about grief, with someone"]


def test_case_and_accents_make_no_difference():
    assert mark_shared("La Depresión se trata", "la depresion SE trata hoy")[1] == ("La Depresión se trata", True)


@given(st.text(alphabet="ab .\n'é", max_size=80), st.text(alphabet="ab .\n'é", max_size=80))
def test_the_pieces_are_the_text(text: str, other: str):
    assert "".join(piece for piece, _ in mark_shared(text, other)) == text
