from io import BytesIO

import numpy as np

from index.question_adapter import bundled_adapter
from index.token_basis import BASIS, DIMENSIONS, MODEL, basis_digest, bundled_basis, find_basis, read_basis_texts, write_basis

BUNDLED = bundled_adapter().model
"""The weights of the model for which the product brings what it has learnt."""


def test_the_basis_holds_the_directions_in_which_the_tokens_lie():
    rng = np.random.default_rng(3)
    few = rng.normal(size=(400, 5)) @ rng.normal(size=(5, 384))
    tokens = (few / np.linalg.norm(few, axis=1, keepdims=True)).astype(np.float32)
    basis = find_basis(tokens)
    assert basis.shape == (384, DIMENSIONS)
    np.testing.assert_allclose(basis.T @ basis, np.eye(DIMENSIONS), atol=1e-4)
    np.testing.assert_allclose(tokens @ basis @ basis.T, tokens, atol=1e-4)


def test_a_small_model_keeps_all_its_dimensions():
    assert find_basis(np.eye(6, dtype=np.float32)).shape == (6, 6)


def test_another_model_or_what_spans_it_is_another_space():
    assert len(read_basis_texts()) > 1000
    assert len({basis_digest("a", "1"), basis_digest("b", "1"), basis_digest("a", BUNDLED)}) == 3


def test_the_bundled_directions_are_those_of_one_model_and_of_unit_length():
    assert bundled_basis("another model's") is None
    basis = bundled_basis(BUNDLED)
    assert basis is not None
    np.testing.assert_allclose(basis.T @ basis, np.eye(DIMENSIONS), atol=1e-4)


def test_a_written_basis_is_read_as_it_was():
    basis = np.eye(4, dtype=np.float32)
    with np.load(BytesIO(write_basis("w", basis))) as arrays:
        assert str(arrays[MODEL]) == "w"
        np.testing.assert_array_equal(arrays[BASIS], basis)
