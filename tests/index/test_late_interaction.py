"""Late interaction, compared with a plain reading of its definition."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.late_interaction import SCALE, LateInteraction, keep_tokens
from index.schema import TextVectors

WORDS = 9
EYE = np.eye(WORDS, dtype=np.float32)


def text(*words: int) -> TextVectors:
    """A text whose tokens are words of ten characters; the cosine of two is 1 if they are the same, else 0."""
    ids = np.array(words, np.int64)
    starts = np.arange(len(ids)) * 10
    return TextVectors(EYE[0], EYE[ids] if len(ids) else np.zeros((0, WORDS), np.float32), ids, starts)


def index_of(*passages: tuple[int, ...]) -> LateInteraction:
    return LateInteraction.build([keep_tokens(text(*words)) for words in passages])


def plain_score(question: tuple[int, ...], passages: list[tuple[int, ...]], at: int) -> float:
    """The share of the question's words that the passage holds, each by the root of its inverse document frequency."""
    held = {word: sum(word in passage for passage in passages) for word in range(WORDS)}
    weights = [float(np.sqrt(np.log1p(len(passages) / (1 + held[word])))) for word in question]
    return sum(weight for word, weight in zip(question, weights, strict=True) if word in passages[at]) / sum(weights)


@given(
    st.lists(st.integers(0, WORDS - 1), min_size=1, max_size=5).map(tuple),
    st.lists(st.lists(st.integers(0, WORDS - 1), max_size=6).map(tuple), min_size=1, max_size=6),
)
def test_a_score_is_the_mean_best_match_of_the_questions_tokens(question: tuple[int, ...], passages: list[tuple[int, ...]]):
    index = index_of(*passages, tuple(range(WORDS)))  # the last one holds every word, so that none is unknown
    whole = [*passages, tuple(range(WORDS))]
    expected = [plain_score(question, whole, at) for at in range(len(whole))]
    np.testing.assert_allclose(index.score(text(*question), np.arange(len(whole))), expected, atol=1e-5)


def test_only_the_rows_asked_for_are_scored_in_their_order():
    index = index_of((1, 2), (3,), (1,))
    assert index.score(text(1), np.array([1, 2])).tolist() == pytest.approx([0.0, 1.0])


def test_a_question_without_tokens_scores_nothing():
    assert index_of((1, 2)).score(text(), np.array([0])).tolist() == [0.0]


def test_a_word_counts_the_more_the_fewer_passages_hold_it():
    index = index_of((1,), (1, 2), (1, 3), (1, 3))
    with_rare, with_rarer, with_unknown = (index.score(text(1, word), np.array([0]))[0] for word in (3, 2, 8))
    assert with_rare > with_rarer > with_unknown > 0


def test_a_byte_a_number_moves_a_cosine_by_less_than_a_hundredth():
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(40, 128)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    kept = keep_tokens(TextVectors(vectors[0], vectors, np.arange(40), np.arange(40)))
    assert np.abs(vectors @ vectors.T - (kept.vectors.astype(np.float32) / SCALE) @ vectors.T).max() < 0.01


def test_a_span_is_read_by_the_tokens_that_begin_in_it():
    index = index_of((5,), (1, 2, 3, 4))
    whole, first, last, none = index.score_spans(text(1, 4), 1, [(0, 40), (0, 10), (30, 40), (11, 19)])
    assert whole == pytest.approx(1)
    assert (first, last) == (pytest.approx(0.5), pytest.approx(0.5))
    assert none == 0
    assert index.score_spans(text(1, 4), 1, []).tolist() == []


def test_what_was_saved_is_what_is_loaded(tmp_path: Path):
    index = index_of((1, 2), (), (3, 3, 4))
    index.save(tmp_path)
    loaded = LateInteraction.load(tmp_path)
    assert len(loaded) == 3
    rows = np.arange(3)
    assert loaded.score(text(1, 3), rows).tolist() == index.score(text(1, 3), rows).tolist()
    assert loaded.passage(2).token_ids.tolist() == [3, 3, 4]


def test_an_index_of_nothing_is_empty():
    assert len(LateInteraction.build([])) == 0


@pytest.mark.parametrize(("start", "end", "found"), [(0, 99, [3, 4, 5]), (10, 20, [4]), (1, 30, [4, 5]), (11, 19, []), (30, 40, [])])
def test_the_tokens_between_two_places_are_those_that_begin_there(start: int, end: int, found: list[int]):
    assert index_of((1, 2), (3, 4, 5)).between(1, start, end).token_ids.tolist() == found
