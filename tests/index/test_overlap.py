from pathlib import Path

import pytest

from index.embedders import load_embedder
from index.overlap import Overlap, OverlapFinder
from index.searcher import Searcher

LEAD = "Interpersonal psychotherapy is a short therapy that works on relationships. It was first tested in 1974."


@pytest.fixture(scope="module")
def searcher(small_index: Path) -> Searcher:
    return Searcher.open(small_index, load_embedder=lambda _name: load_embedder("hashing"))


def test_a_copied_paragraph_is_a_copy_whatever_else_is_near(searcher: Searcher):
    ((first, *_),) = OverlapFinder(searcher).find([LEAD])
    assert first.passage.text.startswith("Interpersonal psychotherapy is a short therapy")
    assert (first.likeness, first.shared) == ("copy", 1.0)


def test_half_a_paragraph_is_nearly_a_copy(searcher: Searcher):
    text = "Interpersonal psychotherapy is a short therapy that works on relationships. Tomatoes grow best where nobody steps on them."
    ((first, *_),) = OverlapFinder(searcher).find([text])
    assert first.likeness == "near_copy"


def test_what_is_left_out_is_not_found(searcher: Searcher):
    finder = OverlapFinder(searcher)
    ((first, *_),) = finder.find([LEAD])
    ((second, *_),) = finder.find([LEAD], without=frozenset({first.passage.passage_id}))
    assert second.passage != first.passage


def test_cosines_are_those_of_the_vectors(searcher: Searcher):
    passage = searcher.passages[0]
    cosines = searcher.passage_cosines([passage.embedding_text])
    assert cosines.shape == (1, len(searcher.passages))
    assert cosines[0, 0] == pytest.approx(1.0, abs=1e-5)


def test_nothing_is_found_for_nothing(searcher: Searcher):
    assert OverlapFinder(searcher).find([]) == []


@pytest.mark.parametrize(
    ("shared", "cosine", "likeness"),
    [(0.8, 0.0, "copy"), (0.79, 0.9, "near_copy"), (0.3, 0.0, "near_copy"), (0.29, 0.7, "same_subject"), (0.29, 0.69, None)],
)
def test_likeness_changes_at_its_bounds(searcher: Searcher, shared: float, cosine: float, likeness: str | None):
    assert Overlap(searcher.passages[0], shared, cosine).likeness == likeness


def test_passages_that_stand_twice_are_grouped(searcher: Searcher):
    assert OverlapFinder(searcher).copies(least_words=3) == []
