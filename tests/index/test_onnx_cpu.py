import subprocess
import sys

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.normalizers import Lowercase
from tokenizers.pre_tokenizers import WhitespaceSplit

from index.embedders.onnx_cpu import ExportedModel, OnnxEmbedder, Tokens, TokenVectors
from index.schema import FloatMatrix


def test_openvino_is_opened_without_its_telemetry():
    code = "from index.embedders.onnx_cpu import usable_engines as u; import sys; print(u(), sys.modules['openvino_telemetry'])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=True).stdout
    assert "onnxruntime" in told
    assert told.strip().endswith("None")


def small_embedder(runs: list[Tokens]) -> OnnxEmbedder:
    """An embedder of five words, without a question prompt, that notes what its engine was run on."""
    words = {word: number for number, word in enumerate(("[UNK]", "sleep", "diary", "can't", "rest"))}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = Lowercase(), WhitespaceSplit()

    def engine(inputs: dict[str, Tokens]) -> tuple[FloatMatrix, TokenVectors]:
        """The sum of a text's numbers, twice, and each number itself."""
        runs.append(inputs["input_ids"])
        sums = np.repeat(inputs["input_ids"].sum(axis=1, keepdims=True), 2, axis=1).astype(np.float32)
        return sums, inputs["input_ids"][:, :, None].astype(np.float32)

    return OnnxEmbedder(ExportedModel("small", "digest", 2, 16, "none", "", "basis"), tokenizer, engine)


def test_what_somebody_types_is_embedded_once_for_the_search_and_for_the_vote():
    runs: list[Tokens] = []
    embedder = small_embedder(runs)
    asked = embedder.embed_question("Sleep diary")
    both = embedder.embed_passages(["sleep diary", "SLEEP diary"])
    assert len(runs) == 1
    assert np.array_equal(both, np.stack([asked, asked]))


def test_a_build_embeds_in_batches_and_fills_no_memory_for_questions():
    runs: list[Tokens] = []
    embedder = small_embedder(runs)
    assert embedder.embed_passages(["sleep"] * 5).shape == (5, 2)
    assert len(runs) == 1
    embedder.embed_question("sleep")
    assert len(runs) == 2


def test_nobody_can_change_a_vector_that_is_remembered():
    with pytest.raises(ValueError, match="read-only"):
        small_embedder([]).embed_question("sleep")[0] = 1.0


def test_each_text_gets_the_vectors_of_its_own_tokens_whatever_it_shares_a_batch_with():
    texts = ["rest", "sleep diary can't", "sleep diary"]
    read = list(small_embedder([]).read_passages(texts))
    assert [one.token_ids.tolist() for one in read] == [[4], [1, 2, 3], [1, 2]]
    assert [one.tokens[:, 0].tolist() for one in read] == [[4.0], [1.0, 2.0, 3.0], [1.0, 2.0]]
    assert [one.whole[0] for one in read] == [4.0, 6.0, 3.0]
    assert [one.starts.tolist() for one in read] == [[0], [0, 6, 12], [0, 6]]


def test_a_question_is_read_once_for_its_vector_and_its_tokens():
    runs: list[Tokens] = []
    embedder = small_embedder(runs)
    read = embedder.read_question("sleep diary")
    assert np.array_equal(embedder.embed_question("sleep diary"), read.whole)
    assert (len(runs), read.token_ids.tolist()) == (1, [1, 2])
