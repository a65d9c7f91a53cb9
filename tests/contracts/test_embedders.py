"""Every file of index/embedders/ keeps the same promises; a new one is tested by existing."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embedders import embedder_names, load_embedder
from index.errors import UnusableModel
from index.late_interaction import LateInteraction, keep_tokens
from index.schema import Embedder, TokenEmbedder

MODEL = Path("var/model")
TEXTS = ["IPT for PTSD", "fees and insurance", "Interpersonal psychotherapy is a short therapy. " * 9, "é", ""]


@pytest.fixture(scope="module")
def embedder_of() -> Callable[[str], Embedder]:
    loaded: dict[str, Embedder] = {}

    def load(name: str) -> Embedder:
        if name == "onnx_cpu" and not (MODEL / "model.json").is_file():
            pytest.skip("no exported model: run python -m index.model_export")
        if name == "sentence_transformer":
            pytest.skip("imports torch: compared with the exported graph when that is written, and in test_model_export.py")
        return loaded.setdefault(name, load_embedder(name))

    return load


@pytest.mark.parametrize("name", embedder_names())
def test_vectors_have_unit_length_and_the_promised_shape(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    vectors = embedder.embed_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-2)  # bf16 keeps 8 bits


@pytest.mark.parametrize("name", embedder_names())
def test_a_text_has_the_same_vector_alone_and_in_company(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    together = embedder.embed_passages(TEXTS)
    for text, vector in zip(TEXTS, together, strict=True):
        assert embedder.embed_passages([text])[0] @ vector > 0.998


@pytest.mark.parametrize("name", embedder_names())
def test_tokens_have_unit_length_stand_where_they_say_and_are_the_same_in_company(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    if not isinstance(embedder, TokenEmbedder):
        pytest.skip("knows no tokens")
    for text, read in zip(TEXTS, embedder.read_passages(TEXTS), strict=True):
        (alone,) = embedder.read_passages([text])
        assert read.tokens.shape[0] == len(read.token_ids) == len(read.starts)
        assert read.token_ids.tolist() == alone.token_ids.tolist()
        np.testing.assert_allclose(np.linalg.norm(read.tokens, axis=1), 1, atol=1e-2)
        assert (read.tokens * alone.tokens).sum(axis=1).min(initial=1) > 0.99
        assert all(0 <= start < len(text) and not text[start].isspace() for start in read.starts)


@pytest.mark.parametrize("name", embedder_names())
def test_a_word_is_met_best_by_a_passage_that_holds_it(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    if not isinstance(embedder, TokenEmbedder):
        pytest.skip("knows no tokens")
    passages = ["Insurance plans we accept", "Parking behind the house", "Grief takes its time"]
    index = LateInteraction.build([keep_tokens(read) for read in embedder.read_passages(passages)])
    assert int(np.argmax(index.score(embedder.read_question("parking"), np.arange(3)))) == 1


@pytest.mark.parametrize("name", embedder_names())
def test_a_question_is_read_for_what_it_is_about_and_for_what_it_asks(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    for text in TEXTS:
        read = embedder.read_question(text)
        np.testing.assert_allclose(read.whole, embedder.embed_question(text), atol=1e-6)
        assert read.asked.shape == (embedder.dimension,)
        assert np.linalg.norm(read.asked) == pytest.approx(1, abs=1e-2)


@pytest.mark.parametrize("name", embedder_names())
def test_no_texts_give_no_vectors(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    assert embedder.embed_passages([]).shape == (0, embedder.dimension)


@pytest.mark.parametrize("name", embedder_names())
def test_a_longer_text_has_more_tokens_even_beyond_what_is_read(name: str, embedder_of: Callable[[str], Embedder]):
    embedder = embedder_of(name)
    counts = [embedder.count_tokens("sleep " * words) for words in (1, 10, 1000)]
    assert counts[0] < counts[1] < counts[2]
    assert counts[2] > embedder.max_tokens


def test_the_hashing_embedder_gives_the_same_vector_in_every_process():
    code = "from index.embedders import load_embedder; print(load_embedder('hashing').embed_question('sleep and mania')[:4].tolist())"
    outputs = {
        subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_a_nonsense_word_is_like_nothing_to_the_hashing_embedder():
    embedder = load_embedder("hashing")
    words = embedder.embed_passages(["inhaler", "therapy", "fees", "insurance", "anxiety", "grief"])
    assert (words @ embedder.embed_question("xqzvb")).max() < 0.25


def test_an_unknown_embedder_is_refused_with_those_there_are():
    with pytest.raises(UnusableModel, match="onnx_cpu"):
        load_embedder("nonesuch")


def test_a_missing_export_is_refused_with_the_command_that_writes_it(tmp_path: Path):
    with pytest.raises(UnusableModel, match=r"index\.model_export --out"):
        load_embedder("onnx_cpu", str(tmp_path))
