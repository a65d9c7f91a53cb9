"""Every file of index/stores/ finds what one matrix product finds."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.stores import store_module, store_names


def unit_rows(rows: int, dimension: int, seed: int) -> np.ndarray:
    matrix = np.random.default_rng(seed).standard_normal((rows, dimension)).astype(np.float32)
    return matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


@pytest.mark.parametrize("name", store_names())
@given(rows=st.integers(1, 60), k=st.integers(0, 80), seed=st.integers(0, 9))
@settings(max_examples=25, deadline=None)
def test_scores_and_rows_are_those_of_the_exact_product(name: str, rows: int, k: int, seed: int):
    vectors, question = unit_rows(rows, 16, seed), unit_rows(1, 16, seed + 100)[0]
    found, scores = store_module(name).build(vectors).search(question, k)
    exact = vectors @ question
    order = np.argsort(-exact, kind="stable")[:k]
    np.testing.assert_array_equal(found, order)
    np.testing.assert_allclose(scores, exact[order], atol=1e-5)


@pytest.mark.parametrize("name", store_names())
def test_equal_rows_come_in_the_order_of_their_numbers(name: str):
    vectors = np.tile(np.eye(8, dtype=np.float32)[:1], (5, 1))
    found, _ = store_module(name).build(vectors).search(vectors[0], 5)
    assert found.tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("name", store_names())
def test_a_saved_store_answers_as_before(name: str, tmp_path: Path):
    vectors = unit_rows(30, 16, 3)
    module = store_module(name)
    store = module.build(vectors)
    store.save(tmp_path)
    again = module.load(tmp_path)
    assert len(again) == 30
    for one, other in zip(store.search(vectors[4], 7), again.search(vectors[4], 7), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_graph_for_large_collections_finds_nearly_what_the_exact_product_finds():
    from index.stores import faiss_store

    vectors = unit_rows(2000, 32, 1)
    found, scores = faiss_store.build(vectors, flat_up_to=100).search(vectors[7], 10)
    exact = np.argsort(-(vectors @ vectors[7]))[:10]
    assert len(set(found.tolist()) & set(exact.tolist())) >= 9
    np.testing.assert_allclose(scores, vectors[found] @ vectors[7], atol=1e-5)


def test_an_unknown_store_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="numpy_exact"):
        store_module("nonesuch")
