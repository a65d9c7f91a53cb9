import numpy as np

from index.token_basis import DIMENSIONS, basis_digest, find_basis, read_basis_texts


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


def test_another_model_or_other_texts_are_another_space():
    texts = read_basis_texts()
    assert len(texts) > 1000
    assert len({basis_digest("a", texts), basis_digest("b", texts), basis_digest("a", texts[1:])}) == 3
